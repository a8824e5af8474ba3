using System;

namespace Lwm2m.Formats;

/// <summary>
/// Writes and reads one record at a time through a small buffer, whatever <see cref="IStorage"/> is behind it. A record
/// begins with the version of its form and ends with the CRC-32 of all before; it is read only after the whole of it was found intact.
/// What goes wrong on the way is remembered in <see cref="Failed"/>, so that only the end need be checked.
/// </summary>
public sealed class SealedRecord
{
    private const byte Version = 1;
    private const int ChecksumBytes = 4;

    private readonly IStorage _storage;
    private readonly byte[] _buffer;
    private string _name = "";

    // The next byte of the buffer, and the end of what was read into it.
    private int _at;
    private int _end;

    // Of the record: what was read of it so far, and where its content ends.
    private int _position;
    private int _length;
    private int _crc;

    /// <summary>Makes a reader and writer; the buffer is allocated here.</summary>
    /// <param name="storage">Where the records are.</param>
    /// <param name="bufferBytes">Bytes that are handed over at a time.</param>
    public SealedRecord(IStorage storage, int bufferBytes)
    {
        _storage = storage;
        _buffer = new byte[bufferBytes < 16 ? 16 : bufferBytes];
    }

    /// <summary>The storage refused, or the record makes no sense.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes of the record that were not read yet.</summary>
    public int Remaining => _length - _position + _end - _at;

    /// <summary>Begins a new version of a record.</summary>
    public void Begin(string name)
    {
        _at = 0;
        _crc = Crc32.Start;
        Failed = !_storage.BeginReplace(name);
        Byte(Version);
    }

    /// <summary>Seals the record and puts it in the place of the one before. False: that one stands.</summary>
    public bool End()
    {
        Flush();
        int crc = Crc32.Finish(_crc);
        for (int index = 0; index < ChecksumBytes; index++)
            _buffer[index] = (byte)(crc >> index * 8);
        Failed = Failed || !_storage.Append(_buffer, 0, ChecksumBytes) || !_storage.Commit();
        return !Failed;
    }

    /// <summary>Writes a byte.</summary>
    /// <param name="value">0..255.</param>
    public void Byte(int value)
    {
        if (_at == _buffer.Length)
            Flush();
        _buffer[_at++] = (byte)value;
    }

    /// <summary>Seven bits a byte, lowest first; small numbers of either sign are short.</summary>
    public void Number(long value)
    {
        ulong rest = (ulong)(value << 1) ^ (ulong)(value >> 63);
        while (rest >= 0x80)
        {
            Byte((int)(rest & 0x7F) | 0x80);
            rest >>= 7;
        }

        Byte((int)rest);
    }

    /// <summary>All eight bytes, lowest first.</summary>
    public void Bits(long value)
    {
        for (int shift = 0; shift < 64; shift += 8)
            Byte((int)(value >> shift) & 0xFF);
    }

    /// <summary>A length and as many bytes.</summary>
    public void Bytes(byte[] from, int offset, int count)
    {
        Number(count);
        while (count > 0)
        {
            if (_at == _buffer.Length)
                Flush();
            int part = _buffer.Length - _at < count ? _buffer.Length - _at : count;
            Array.Copy(from, offset, _buffer, _at, part);
            _at += part;
            offset += part;
            count -= part;
        }
    }

    private void Flush()
    {
        _crc = Crc32.Add(_crc, _buffer, 0, _at);
        Failed = Failed || !_storage.Append(_buffer, 0, _at);
        _at = 0;
    }

    /// <summary>Checks a record as a whole and goes to its beginning.</summary>
    /// <returns>0, or <see cref="StorageStatus"/>.</returns>
    public int Open(string name)
    {
        _name = name;
        int crc = Crc32.Start;
        int length = 0;
        int read = _buffer.Length;
        while (read == _buffer.Length)
        {
            read = _storage.Read(name, length, _buffer, 0, _buffer.Length);
            if (read < 0)
                return length == 0 ? read : StorageStatus.Corrupt;
            crc = Crc32.Add(crc, _buffer, 0, read);
            length += read;
        }

        _length = length - ChecksumBytes;
        Rewind();
        return crc == Crc32.Intact && !Failed ? 0 : StorageStatus.Corrupt;
    }

    /// <summary>Goes to the beginning of the record that is open.</summary>
    public void Rewind()
    {
        _position = 0;
        _at = 0;
        _end = 0;
        Failed = _length < 1;
        if (ReadByte() != Version)
            Failed = true;
    }

    /// <summary>0 where it failed.</summary>
    public int ReadByte()
    {
        if (_at == _end && !Fill())
            return 0;
        return _buffer[_at++];
    }

    /// <summary>What <see cref="Number"/> wrote; 0 where it failed.</summary>
    public long ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)(value >> 1) ^ -(long)(value & 1);
        }

        Failed = true;
        return 0;
    }

    /// <summary>A number that can only be in a range; its lower end where it failed.</summary>
    public int ReadNumber(int lowest, int highest)
    {
        long value = ReadNumber();
        if (value >= lowest && value <= highest)
            return (int)value;
        Failed = true;
        return lowest;
    }

    /// <summary>What <see cref="Bits"/> wrote.</summary>
    public long ReadBits()
    {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8)
            value |= (long)ReadByte() << shift;
        return value;
    }

    /// <summary>What <see cref="Bytes"/> wrote, in an array of its own; empty where it failed.</summary>
    public byte[] ReadBytes()
    {
        byte[] bytes = new byte[ReadNumber(0, Remaining)];
        int count = 0;
        while (count < bytes.Length && (_at < _end || Fill()))
        {
            int part = _end - _at < bytes.Length - count ? _end - _at : bytes.Length - count;
            Array.Copy(_buffer, _at, bytes, count, part);
            _at += part;
            count += part;
        }

        return bytes;
    }

    private bool Fill()
    {
        int wanted = _length - _position < _buffer.Length ? _length - _position : _buffer.Length;
        if (!Failed && wanted > 0 && _storage.Read(_name, _position, _buffer, 0, wanted) == wanted)
        {
            _position += wanted;
            _at = 0;
            _end = wanted;
            return true;
        }

        Failed = true;
        return false;
    }
}
