using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// What <see cref="CoapRequest"/> and <see cref="CoapResponse"/> have in common: code, options and a body that is written in place. Builders
/// belong to the endpoint, are used again and again, and are valid until they are sent or the next one is begun.
/// </summary>
public abstract class CoapOutgoing
{
    private const int EntryHeader = 4;
    private const int ObserveBit = 1;
    private const int AcceptBit = 2;
    private const int MaxAgeBit = 4;
    private const int Block1Bit = 8;
    private const int Block2Bit = 16;
    private const int Size1Bit = 32;
    private const int Size2Bit = 64;
    private const int AddedBit = 128;

    private readonly byte[] _options;
    private int _optionsLength;
    private int _lastOption;
    private int _written;
    private int _payloadLength;

    private int _code;
    private int _contentFormat;

    // Which of the values below mean something: one store makes a builder clean, and one look tells that there is nothing to write.
    private int _present;
    private int _observe;
    private int _accept;
    private long _maxAge;
    private int _block1;
    private int _block2;
    private int _size1;
    private int _size2;

    internal CoapPeer? Peer;
    internal byte[]? ETagOption;

    // The part of the body that goes into this message.
    internal int SendOffset;
    internal int SendLength;

    internal CoapOutgoing(byte[] work, int payloadOffset, byte[] options)
    {
        _options = options;
        Payload = work;
        PayloadOffset = payloadOffset;
    }

    /// <summary>Method or response code: see <see cref="CoapCode"/>.</summary>
    public int Code
    {
        get => _code;
        set => _code = value;
    }

    /// <summary>Content-Format of the body, -1 for none.</summary>
    public int ContentFormat
    {
        get => _contentFormat;
        set => _contentFormat = value;
    }

    /// <summary>The buffer to write the body to, from <see cref="PayloadOffset"/> on.</summary>
    public byte[] Payload { get; }

    /// <summary>Where the body begins.</summary>
    public int PayloadOffset { get; }

    /// <summary>Largest body in bytes.</summary>
    public int PayloadCapacity => Payload.Length - PayloadOffset;

    /// <summary>Length of the body in bytes, to be set after writing it.</summary>
    public int PayloadLength
    {
        get => _payloadLength;
        set
        {
            if (value < 0 || value > Payload.Length - PayloadOffset) throw new ArgumentOutOfRangeException(nameof(value));
            _payloadLength = value;
        }
    }

    internal int ObserveOption
    {
        get => (_present & ObserveBit) == 0 ? -1 : _observe;
        set
        {
            _observe = value;
            _present = value < 0 ? _present & ~ObserveBit : _present | ObserveBit;
        }
    }

    internal int AcceptOption
    {
        get => (_present & AcceptBit) == 0 ? -1 : _accept;
        set
        {
            _accept = value;
            _present = value < 0 ? _present & ~AcceptBit : _present | AcceptBit;
        }
    }

    internal long MaxAgeOption
    {
        get => (_present & MaxAgeBit) == 0 ? -1 : _maxAge;
        set
        {
            _maxAge = value;
            _present = value < 0 ? _present & ~MaxAgeBit : _present | MaxAgeBit;
        }
    }

    internal int Block1Option
    {
        get => (_present & Block1Bit) == 0 ? -1 : _block1;
        set
        {
            _block1 = value;
            _present = value < 0 ? _present & ~Block1Bit : _present | Block1Bit;
        }
    }

    internal int Block2Option
    {
        get => (_present & Block2Bit) == 0 ? -1 : _block2;
        set
        {
            _block2 = value;
            _present = value < 0 ? _present & ~Block2Bit : _present | Block2Bit;
        }
    }

    internal int Size1Option
    {
        get => (_present & Size1Bit) == 0 ? -1 : _size1;
        set
        {
            _size1 = value;
            _present = value < 0 ? _present & ~Size1Bit : _present | Size1Bit;
        }
    }

    internal int Size2Option
    {
        get => (_present & Size2Bit) == 0 ? -1 : _size2;
        set
        {
            _size2 = value;
            _present = value < 0 ? _present & ~Size2Bit : _present | Size2Bit;
        }
    }

    internal int OptionsLength => _optionsLength;

    /// <summary>Adds an opaque option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, byte[] value, int offset, int length)
    {
        int at = Open(number);
        if (length > _options.Length - at) throw NoRoom(number);
        Array.Copy(value, offset, _options, at, length);
        Close(number, length);
    }

    /// <summary>Adds a string option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, string value)
    {
        int at = Open(number);
        Close(number, Text(number, at, value));
    }

    /// <summary>Adds a uint option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <param name="number">Option number.</param>
    /// <param name="value">0..4294967295.</param>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, long value)
    {
        int at = Open(number);
        if (_options.Length - at < 4) throw NoRoom(number);
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            byte part = (byte)(value >> shift);
            if (part == 0 && length == 0) continue;
            _options[at + length++] = part;
        }

        Close(number, length);
    }

    internal void AddDecimal(int number, long value)
    {
        int at = Open(number);
        Close(number, Digits(number, at, value));
    }

    internal void AddPair(int number, string key, string value)
    {
        int at = Open(number);
        int length = Text(number, at, key);
        length = Equals(number, at, length);
        Close(number, length + Text(number, at + length, value));
    }

    internal void AddPair(int number, string key, long value)
    {
        int at = Open(number);
        int length = Text(number, at, key);
        length = Equals(number, at, length);
        Close(number, length + Digits(number, at + length, value));
    }

    internal void ResetOutgoing(int code)
    {
        _code = code;
        _contentFormat = -1;
        ETagOption = null;
        SendLength = 0;
        _payloadLength = 0;
        _optionsLength = 0;
        _lastOption = 0;
        _present = 0;
    }

    /// <summary>All options in ascending order; the added ones fall in where their numbers belong.</summary>
    internal void WriteOptions(CoapWriter writer)
    {
        int present = _optionsLength == 0 ? _present : _present | AddedBit;
        _written = 0;
        if (present != 0 || ETagOption != null) WriteBeforeContentFormat(writer, present);
        if (_contentFormat >= 0) writer.UintOption(CoapOption.ContentFormat, _contentFormat);
        if (present != 0) WriteAfterContentFormat(writer, present);
    }

    private void WriteBeforeContentFormat(CoapWriter writer, int present)
    {
        if (ETagOption != null)
        {
            WriteAdded(writer, CoapOption.ETag);
            writer.Option(CoapOption.ETag, ETagOption, 0, ETagOption.Length);
        }

        if ((present & ObserveBit) != 0) Write(writer, CoapOption.Observe, _observe);
        WriteAdded(writer, CoapOption.ContentFormat);
    }

    private void WriteAfterContentFormat(CoapWriter writer, int present)
    {
        if ((present & MaxAgeBit) != 0) Write(writer, CoapOption.MaxAge, _maxAge);
        if ((present & AcceptBit) != 0) Write(writer, CoapOption.Accept, _accept);
        if ((present & Block2Bit) != 0) Write(writer, CoapOption.Block2, _block2);
        if ((present & Block1Bit) != 0) Write(writer, CoapOption.Block1, _block1);
        if ((present & Size2Bit) != 0) Write(writer, CoapOption.Size2, _size2);
        if ((present & Size1Bit) != 0) Write(writer, CoapOption.Size1, _size1);
        WriteAdded(writer, int.MaxValue);
    }

    private void Write(CoapWriter writer, int number, long value)
    {
        if (_written < _optionsLength) WriteAdded(writer, number);
        writer.UintOption(number, value);
    }

    /// <summary>Added options are kept as number, length (two bytes each) and value.</summary>
    private void WriteAdded(CoapWriter writer, int below)
    {
        byte[] options = _options;
        int at = _written;
        while (at < _optionsLength)
        {
            int number = (options[at] << 8) | options[at + 1];
            if (number >= below) break;
            int length = (options[at + 2] << 8) | options[at + 3];
            writer.Option(number, options, at + EntryHeader, length);
            at += EntryHeader + length;
        }

        _written = at;
    }

    private int Open(int number)
    {
        if (number < _lastOption)
            throw new InvalidOperationException("Option " + number + " must be added before option " + _lastOption + ".");
        if (_options.Length - _optionsLength < EntryHeader) throw NoRoom(number);
        return _optionsLength + EntryHeader;
    }

    private void Close(int number, int length)
    {
        byte[] options = _options;
        int at = _optionsLength;
        options[at] = (byte)(number >> 8);
        options[at + 1] = (byte)number;
        options[at + 2] = (byte)(length >> 8);
        options[at + 3] = (byte)length;
        _optionsLength = at + EntryHeader + length;
        _lastOption = number;
    }

    private int Equals(int number, int at, int length)
    {
        if (at + length >= _options.Length) throw NoRoom(number);
        _options[at + length] = (byte)'=';
        return length + 1;
    }

    private int Text(int number, int at, string text)
    {
        int room = _options.Length - at;
        int chars = text.Length;
        if (chars * 3 <= room) return Encoding.UTF8.GetBytes(text, 0, chars, _options, at);
        // Close to the end: there is no way to ask for the length alone on both runtimes.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > room) throw NoRoom(number);
        Array.Copy(bytes, 0, _options, at, bytes.Length);
        return bytes.Length;
    }

    private int Digits(int number, int at, long value)
    {
        if (_options.Length - at < DecimalText.MaxLength) throw NoRoom(number);
        return DecimalText.Write(_options, at, value);
    }

    private static InvalidOperationException NoRoom(int number) => new InvalidOperationException("No room for option " + number + ": MaxHeaderBytes.");
}
