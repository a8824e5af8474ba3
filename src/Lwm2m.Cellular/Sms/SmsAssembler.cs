using System;

namespace Lwm2m.Cellular;

/// <summary>
/// Puts the parts of longer messages together (3GPP 23.040 9.2.3.24.1): in any order, with repeats, for several messages at a time. All memory is
/// allocated at the start. What stays incomplete gives way after a while, or to a newer message.
/// </summary>
public sealed class SmsAssembler
{
    /// <summary>Most octets in a part: the smallest header of one takes six.</summary>
    public const int PartBytes = SmsPdu.MaxUserDataBytes - 6;

    private readonly int _maxParts;
    private readonly int _timeoutMs;

    // A message takes one place in each of these; its parts lie at equal distances until it is whole, and then one behind the other.
    private readonly byte[] _data;
    private readonly byte[] _senders;
    private readonly int[] _references;
    private readonly byte[] _parts;
    private readonly byte[] _missing;
    private readonly long[] _begunMs;

    // One more than the length of each part; 0 while it is missing.
    private readonly byte[] _lengths;

    /// <summary>Makes an assembler.</summary>
    /// <param name="places">Messages at a time, at least 1.</param>
    /// <param name="maxParts">Most parts of a message, 1 to 255.</param>
    /// <param name="timeoutMs">How long missing parts are waited for.</param>
    public SmsAssembler(int places, int maxParts, int timeoutMs)
    {
        _maxParts = maxParts;
        _timeoutMs = timeoutMs;
        _data = new byte[places * maxParts * PartBytes];
        _senders = new byte[places * SmsAddress.MaxBytes];
        _references = new int[places];
        _parts = new byte[places];
        _missing = new byte[places];
        _begunMs = new long[places];
        _lengths = new byte[places * maxParts];
    }

    /// <summary>Holds the message that <see cref="Add"/> completed.</summary>
    public byte[] Buffer => _data;

    /// <summary>Index of its first byte.</summary>
    public int Offset { get; private set; }

    /// <summary>Its length in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Takes in a part.</summary>
    /// <param name="buffer">Holds it.</param>
    /// <param name="pdu">Where it lies there; of more parts than one.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>True when its message is whole: it stands in <see cref="Buffer"/> until the next call.</returns>
    public bool Add(byte[] buffer, SmsPdu pdu, long nowMs)
    {
        if (pdu.Parts > _maxParts || pdu.DataLength > PartBytes)
            return false;
        int place = Find(buffer, pdu, nowMs);
        if (place >= 0 && _lengths[place * _maxParts + pdu.Part - 1] != 0)
        {
            // The network repeats what it got no acknowledgement for. A part that differs belongs to a new message: some senders
            // number all of theirs alike.
            if (IsRepeat(place, buffer, pdu))
                return false;
            Begin(place, buffer, pdu, nowMs);
        }
        else if (place < 0)
        {
            place = FreePlace(nowMs);
            Begin(place, buffer, pdu, nowMs);
        }

        int part = place * _maxParts + pdu.Part - 1;
        Array.Copy(buffer, pdu.DataOffset, _data, part * PartBytes, pdu.DataLength);
        _lengths[part] = (byte)(pdu.DataLength + 1);
        if (--_missing[place] > 0)
            return false;
        Close(place);
        return true;
    }

    private int Find(byte[] buffer, SmsPdu pdu, long nowMs)
    {
        for (int place = 0; place < _parts.Length; place++)
            if (_references[place] == pdu.Reference && _parts[place] == pdu.Parts && nowMs - _begunMs[place] < _timeoutMs
                && SmsAddress.AreEqual(_senders, place * SmsAddress.MaxBytes, buffer, pdu.SenderOffset))
                return place;
        return -1;
    }

    // One that is unused or too old, else one that is whole, else the oldest.
    private int FreePlace(long nowMs)
    {
        int found = 0;
        for (int place = 0; place < _parts.Length; place++)
        {
            if (_parts[place] == 0 || nowMs - _begunMs[place] >= _timeoutMs)
                return place;
            bool isWhole = _missing[place] == 0;
            bool isFoundWhole = _missing[found] == 0;
            if (isWhole != isFoundWhole ? isWhole : _begunMs[place] < _begunMs[found])
                found = place;
        }

        return found;
    }

    private void Begin(int place, byte[] buffer, SmsPdu pdu, long nowMs)
    {
        Array.Copy(buffer, pdu.SenderOffset, _senders, place * SmsAddress.MaxBytes, SmsAddress.Length(buffer, pdu.SenderOffset));
        _references[place] = pdu.Reference;
        _parts[place] = (byte)pdu.Parts;
        _missing[place] = (byte)pdu.Parts;
        _begunMs[place] = nowMs;
        int first = place * _maxParts;
        for (int part = 0; part < _maxParts; part++)
            _lengths[first + part] = 0;
    }

    private void Close(int place)
    {
        int first = place * _maxParts;
        Offset = first * PartBytes;
        int at = Offset;
        for (int part = 0; part < _parts[place]; part++)
        {
            int length = _lengths[first + part] - 1;
            int from = (first + part) * PartBytes;
            if (from != at)
                Array.Copy(_data, from, _data, at, length);
            at += length;
        }

        Length = at - Offset;
    }

    private bool IsRepeat(int place, byte[] buffer, SmsPdu pdu)
    {
        int first = place * _maxParts;
        int part = first + pdu.Part - 1;
        if (_lengths[part] != pdu.DataLength + 1)
            return false;
        int at = part * PartBytes;
        if (_missing[place] == 0)
        {
            at = first * PartBytes;
            for (int before = first; before < part; before++)
                at += _lengths[before] - 1;
        }

        for (int i = 0; i < pdu.DataLength; i++)
            if (_data[at + i] != buffer[pdu.DataOffset + i])
                return false;
        return true;
    }
}
