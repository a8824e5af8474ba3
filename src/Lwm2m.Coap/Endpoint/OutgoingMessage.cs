using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// The one message that an endpoint has under construction: <see cref="CoapRequest"/> and <see cref="CoapResponse"/> are its two faces. It lies
/// in the work buffer: first the room in which the message is composed in the end, then the options that were added, then the body.
/// </summary>
internal sealed class OutgoingMessage
{
    /// <summary>Header, token and the options that have a value of their own here: what comes before the added options, at most.</summary>
    internal const int OwnBytes = 64;

    // Slots of the option values, which share a table as in a message that was received.
    internal const int Observe = 0;
    internal const int MaxAge = 1;
    internal const int Accept = 2;
    internal const int Block2 = 3;
    internal const int Block1 = 4;
    internal const int Size2 = 5;
    internal const int Size1 = 6;
    private const int SlotCount = 7;
    private const int ETagSlot = SlotCount;
    private const int AddedSlot = SlotCount + 1;

    // Number and length of an added option, and a byte more: five bytes is the longest header that an option has in a message, so
    // composing the message never overtakes the options that are still to be read.
    private const int EntryHeader = 5;

    /// <summary>Method or response code.</summary>
    internal int Code;

    /// <summary>Content-Format of the body, -1 for none.</summary>
    internal int ContentFormat;

    /// <summary>Length of the whole body.</summary>
    internal int BodyLength;

    // The part of the body that goes into this message.
    internal int SendOffset;
    internal int SendLength;

    internal CoapPeer? Peer;

    // Which of the values mean something: one store makes a message clean, and one look tells that there is nothing to write.
    private readonly int[] _values = new int[SlotCount];
    private int _present;
    private int _eTag;
    private int _optionsEnd;
    private int _lastOption;
    private int _written;

    internal OutgoingMessage(byte[] work, int bodyOffset)
    {
        Work = work;
        BodyOffset = bodyOffset;
    }

    /// <summary>The work buffer.</summary>
    internal readonly byte[] Work;

    /// <summary>Where the body begins in it, and the room for options ends.</summary>
    internal readonly int BodyOffset;

    /// <summary>Bytes of the added options, at most as many in the message.</summary>
    internal int OptionsLength => _optionsEnd - OwnBytes;

    internal void Reset(int code)
    {
        Code = code;
        ContentFormat = -1;
        SendLength = 0;
        BodyLength = 0;
        _optionsEnd = OwnBytes;
        _lastOption = 0;
        _present = 0;
    }

    /// <summary>Value of an option, -1 when it is not there.</summary>
    internal long Get(int slot) => (_present & (1 << slot)) == 0 ? -1 : (uint)_values[slot];

    /// <summary>Sets an option, or takes it away with -1.</summary>
    internal void Set(int slot, long value)
    {
        _values[slot] = (int)value;
        _present = value < 0 ? _present & ~(1 << slot) : _present | (1 << slot);
    }

    /// <summary>Sets the ETag, of four bytes whose first one is not zero.</summary>
    internal void SetETag(int eTag)
    {
        _eTag = eTag;
        _present |= 1 << ETagSlot;
    }

    internal void AddOpaque(int number, byte[] value, int offset, int length)
    {
        int at = Open(number);
        if (length > BodyOffset - at) throw NoRoom(number);
        Array.Copy(value, offset, Work, at, length);
        Close(number, at + length);
    }

    internal void AddText(int number, string value) => Close(number, Text(number, Open(number), value));

    internal void AddDecimal(int number, long value) => Close(number, Digits(number, Open(number), value));

    internal void AddPair(int number, string key, string value)
    {
        int at = Equals(number, Text(number, Open(number), key));
        Close(number, Text(number, at, value));
    }

    internal void AddPair(int number, string key, long value)
    {
        int at = Equals(number, Text(number, Open(number), key));
        Close(number, Digits(number, at, value));
    }

    internal void AddUint(int number, long value)
    {
        int at = Open(number);
        if (BodyOffset - at < 4) throw NoRoom(number);
        int first = at;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            byte part = (byte)(value >> shift);
            if (part == 0 && at == first) continue;
            Work[at++] = part;
        }

        Close(number, at);
    }

    /// <summary>All options in ascending order; the added ones fall in where their numbers belong.</summary>
    internal void WriteOptions(CoapWriter writer)
    {
        int present = _present;
        if (present != 0) WriteBeforeContentFormat(writer, present);
        if (ContentFormat >= 0) writer.UintOption(CoapOption.ContentFormat, ContentFormat);
        if (present != 0) WriteAfterContentFormat(writer, present);
    }

    private void WriteBeforeContentFormat(CoapWriter writer, int present)
    {
        _written = OwnBytes;
        if ((present & (1 << ETagSlot)) != 0) Write(writer, CoapOption.ETag, _eTag);
        if ((present & (1 << Observe)) != 0) Write(writer, CoapOption.Observe, _values[Observe]);
        WriteAdded(writer, CoapOption.ContentFormat);
    }

    private void WriteAfterContentFormat(CoapWriter writer, int present)
    {
        if ((present & (1 << MaxAge)) != 0) Write(writer, CoapOption.MaxAge, _values[MaxAge]);
        if ((present & (1 << Accept)) != 0) Write(writer, CoapOption.Accept, _values[Accept]);
        if ((present & (1 << Block2)) != 0) Write(writer, CoapOption.Block2, _values[Block2]);
        if ((present & (1 << Block1)) != 0) Write(writer, CoapOption.Block1, _values[Block1]);
        if ((present & (1 << Size2)) != 0) Write(writer, CoapOption.Size2, _values[Size2]);
        if ((present & (1 << Size1)) != 0) Write(writer, CoapOption.Size1, _values[Size1]);
        WriteAdded(writer, int.MaxValue);
    }

    private void Write(CoapWriter writer, int number, int value)
    {
        if (_written < _optionsEnd) WriteAdded(writer, number);
        writer.UintOption(number, value);
    }

    private void WriteAdded(CoapWriter writer, int below)
    {
        byte[] work = Work;
        int at = _written;
        while (at < _optionsEnd)
        {
            int number = (work[at] << 8) | work[at + 1];
            if (number >= below) break;
            int length = (work[at + 2] << 8) | work[at + 3];
            writer.Option(number, work, at + EntryHeader, length);
            at += EntryHeader + length;
        }

        _written = at;
    }

    private int Open(int number)
    {
        if (number < _lastOption)
            throw new InvalidOperationException("Option " + number + " must be added before option " + _lastOption + ".");
        if (BodyOffset - _optionsEnd < EntryHeader) throw NoRoom(number);
        return _optionsEnd + EntryHeader;
    }

    private void Close(int number, int end)
    {
        byte[] work = Work;
        int at = _optionsEnd;
        int length = end - at - EntryHeader;
        work[at] = (byte)(number >> 8);
        work[at + 1] = (byte)number;
        work[at + 2] = (byte)(length >> 8);
        work[at + 3] = (byte)length;
        _optionsEnd = end;
        _lastOption = number;
        _present |= 1 << AddedSlot;
    }

    private int Equals(int number, int at)
    {
        if (at >= BodyOffset) throw NoRoom(number);
        Work[at] = (byte)'=';
        return at + 1;
    }

    private int Text(int number, int at, string text)
    {
        int room = BodyOffset - at;
        int chars = text.Length;
        if (chars * 3 <= room) return at + Encoding.UTF8.GetBytes(text, 0, chars, Work, at);
        // Close to the end: there is no way to ask for the length alone on both runtimes.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > room) throw NoRoom(number);
        Array.Copy(bytes, 0, Work, at, bytes.Length);
        return at + bytes.Length;
    }

    private int Digits(int number, int at, long value)
    {
        if (BodyOffset - at < DecimalText.MaxLength) throw NoRoom(number);
        return at + DecimalText.Write(Work, at, value);
    }

    private static InvalidOperationException NoRoom(int number) => new InvalidOperationException("No room for option " + number + ": MaxHeaderBytes.");
}
