using System;

namespace Lwm2m.Formats;

/// <summary>
/// Finds and reads the file EF(LwM2M_Bootstrap) of a smartcard: the PKCS#15 application by its id or through EF(DIR), EF(ODF),
/// EF(DODF) with the entry of OID 2.23.43.9.1, and the file that it names (Core 1.1, appendix G). On a logical channel of its own, which is
/// closed after each look.
/// </summary>
public sealed class SmartcardReader
{
    /// <summary>There is no card, or no bootstrap information on it.</summary>
    public const int None = 0;

    /// <summary>The card could not be asked.</summary>
    public const int Unknown = -1;

    private const int BlockBytes = 0x80;
    private const int MaxFileBytes = 32768;
    private const int MaxDirectories = 4;

    // FNV-1a: another file, by accident or by a change of the card, is to be seen, not a forged one.
    private const int HashStart = unchecked((int)2166136261);
    private const int HashPrime = 16777619;

    // Made when they are needed: on the board a static array would lie on the heap for ever.
    private static byte[] Application => new byte[] { 0xA0, 0x00, 0x00, 0x00, 0x63, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35 };

    // OID 2.23.43.9.1 with its tag.
    private static byte[] BootstrapOid => new byte[] { 0x06, 0x04, 0x67, 0x2B, 0x09, 0x01 };

    private readonly ISmartcard _card;
    private readonly byte[] _command = new byte[32];
    private readonly byte[] _response = new byte[258];

    // The directory file that is looked through.
    private readonly byte[] _file = new byte[256];
    private int _fileLength;
    private int _channel;
    private int _status;

    /// <summary>Makes a reader.</summary>
    /// <param name="card">What exchanges commands with the card.</param>
    public SmartcardReader(ISmartcard card) => _card = card;

    /// <summary>Looks at the bootstrap file without keeping it.</summary>
    /// <returns>A hash of it, never 0 or -1; <see cref="None"/> or <see cref="Unknown"/>.</returns>
    public int Hash()
    {
        int hash = HashStart;
        int length = Read(null, ref hash);
        if (length <= 0)
            return length;
        return hash == None || hash == Unknown ? 1 : hash;
    }

    /// <summary>Reads the bootstrap file; null where there is none.</summary>
    public byte[]? Content()
    {
        int hash = HashStart;
        int length = Read(null, ref hash);
        if (length <= 0)
            return null;
        byte[] content = new byte[length];
        return Read(content, ref hash) == length ? content : null;
    }

    private int Read(byte[]? into, ref int hash)
    {
        _channel = 0;
        int count = Send(0x70, 0x00, 0x00, 0, 1);
        if (count < 0)
            return count == -2 ? None : Unknown;
        if (!IsOk || count < 1 || _response[0] < 1 || _response[0] > 3)
            return Unknown;
        _channel = _response[0];
        int length = Unknown;
        try
        {
            length = SelectApplication() ? ReadBootstrap(into, ref hash) : None;
            // A card that was pulled in the middle, or a modem that was busy: the next look will tell.
            if (length == None && _status == 0)
                length = Unknown;
        }
        finally
        {
            int channel = _channel;
            Send(0x70, 0x80, channel, 0, -1);
        }

        return length;
    }

    private bool SelectApplication()
    {
        byte[] application = Application;
        Array.Copy(application, 0, _command, 5, application.Length);
        Send(0xA4, 0x04, 0x04, application.Length, 0);
        if (IsOk)
            return true;
        if (_status == 0 || !SelectFile(0x3F00, 0x2F00))
            return false;

        // EF(DIR) is made of records: 61 { 4F id, 51 path }.
        for (int record = 1; record <= 10; record++)
        {
            int count = Send(0xB2, record, 0x04, 0, 0);
            if (!IsOk || count < 2)
                return false;
            int path = FindPath(count);
            if (path > 0 && SelectPath(_response, path + 1, _response[path]))
                return true;
        }

        return false;
    }

    // Index of the length byte of the path of a record that is about PKCS#15; 0 where it is about something else.
    private int FindPath(int count)
    {
        if (_response[0] != 0x61)
            return 0;
        bool isIt = false;
        for (int at = 2; at + 1 < count; at += 2 + _response[at + 1])
        {
            int length = _response[at + 1];
            if (at + 2 + length > count)
                return 0;
            if (_response[at] == 0x4F)
                isIt = length >= 5 && Matches(_response, at + 2, Application, 5);
            else if (_response[at] == 0x51 && isIt)
                return at + 1;
        }

        return 0;
    }

    // The directories come in the order of their priority (appendix G).
    private int ReadBootstrap(byte[]? into, ref int hash)
    {
        for (int directory = 0; directory < MaxDirectories; directory++)
        {
            if (!SelectFile(0x7FFF, 0x5031))
                return None;
            ReadDirectory();
            int path = FindDirectory(directory);
            if (path < 0)
                return None;
            if (!SelectPath(_file, path + 1, _file[path]))
                continue;
            ReadDirectory();
            path = FindBootstrapEntry();
            if (path >= 0 && SelectPath(_file, path + 1, _file[path]))
                return ReadFile(into, ref hash);
        }

        return None;
    }

    // EF(ODF): A7 { 30 { 04 path } } for each directory of data objects. Index of the path's length byte, or -1.
    private int FindDirectory(int number)
    {
        for (int at = 0; at + 1 < _fileLength && _file[at] != 0 && _file[at] != 0xFF;)
        {
            int start = Contents(at, out int end);
            if (_file[at] == 0xA7 && number-- == 0)
                return PathWithin(start, end);
            at = end;
        }

        return -1;
    }

    // An entry whose flags ask for a PIN (private or modifiable) cannot be read.
    private int FindBootstrapEntry()
    {
        byte[] oid = BootstrapOid;
        for (int at = 0; at + 1 < _fileLength && _file[at] != 0 && _file[at] != 0xFF;)
        {
            int start = Contents(at, out int end);
            bool needsPin = false;
            for (int inside = start; inside + oid.Length <= end; inside++)
            {
                if (_file[inside] == 0x03 && _file[inside + 1] == 0x02 && (_file[inside + 3] & 0xC0) != 0)
                    needsPin = true;
                if (!needsPin && Matches(_file, inside, oid, oid.Length))
                    return PathWithin(inside + oid.Length, end);
            }

            at = end;
        }

        return -1;
    }

    // 30 { 04 path }: index of the path's length byte, or -1.
    private int PathWithin(int start, int end)
    {
        int at = start + 2;
        bool isPath = at + 1 < end && _file[start] == 0x30 && _file[at] == 0x04 && _file[at + 1] >= 2 && _file[at + 1] <= 16
            && at + 2 + _file[at + 1] <= end;
        return isPath ? at + 1 : -1;
    }

    // Where the contents of the element at an index begin and end; never beyond the file.
    private int Contents(int at, out int end)
    {
        int length = _file[at + 1];
        int start = at + 2;
        if (length == 0x81 && start < _fileLength)
            length = _file[start++];
        end = start + length;
        if (length > 0x81 && start == at + 2 || end > _fileLength)
            end = _fileLength;
        return start;
    }

    private void ReadDirectory()
    {
        _fileLength = 0;
        int count = BlockBytes;
        while (_fileLength + BlockBytes <= _file.Length && count == BlockBytes)
        {
            count = Send(0xB0, _fileLength >> 8, _fileLength & 0xFF, 0, BlockBytes);
            if (!IsOk || count <= 0)
                return;
            if (count > BlockBytes)
                count = BlockBytes;
            Array.Copy(_response, 0, _file, _fileLength, count);
            _fileLength += count;
        }
    }

    // The first four bytes tell how long the contents are; the file itself may be longer.
    private int ReadFile(byte[]? into, ref int hash)
    {
        int total = MaxFileBytes;
        int at = 0;
        while (at < total)
        {
            int wanted = total - at < BlockBytes ? total - at : BlockBytes;
            int count = Send(0xB0, at >> 8, at & 0xFF, 0, wanted);
            if (!IsOk || count <= 0)
                return at == 0 && _status != 0 ? None : Unknown;
            if (at == 0)
            {
                if (count < 4)
                    return None;
                total = 4 + (_response[2] << 8 | _response[3]);
                if (total > MaxFileBytes)
                    return None;
            }

            if (count > total - at)
                count = total - at;
            hash = Add(hash, count);
            if (into != null)
            {
                if (at + count > into.Length)
                    return Unknown;
                Array.Copy(_response, 0, into, at, count);
            }

            at += count;
        }

        return total;
    }

    private int Add(int hash, int count)
    {
        for (int at = 0; at < count; at++)
            hash = (hash ^ _response[at]) * HashPrime;
        return hash;
    }

    private bool SelectPath(byte[] from, int offset, int length)
    {
        // A path of one file is relative to the application; a longer one begins at the top.
        int at = 5;
        if (length == 2)
        {
            _command[at++] = 0x7F;
            _command[at++] = 0xFF;
        }
        else if (length > 2 && from[offset] == 0x3F && from[offset + 1] == 0x00)
        {
            offset += 2;
            length -= 2;
        }

        if (length < 2 || at + length > _command.Length - 1)
            return false;
        Array.Copy(from, offset, _command, at, length);
        Send(0xA4, 0x08, 0x04, at + length - 5, 0);
        return IsOk;
    }

    private bool SelectFile(int directory, int file)
    {
        int at = 5;
        if (directory != 0x3F00)
        {
            _command[at++] = (byte)(directory >> 8);
            _command[at++] = (byte)directory;
        }

        _command[at++] = (byte)(file >> 8);
        _command[at++] = (byte)file;
        Send(0xA4, 0x08, 0x04, at - 5, 0);
        return IsOk;
    }

    // Warnings come with data, and 91xx is a success of a card that has something to tell its phone.
    private bool IsOk => _status == 0x9000 || _status >> 8 == 0x91 || _status >> 8 == 0x62;

    // Data lies behind the header already. Length of the answer's data; -1 when the card could not be asked, -2 when there is none.
    private int Send(int instruction, int first, int second, int data, int expected)
    {
        _command[0] = (byte)_channel;
        _command[1] = (byte)instruction;
        _command[2] = (byte)first;
        _command[3] = (byte)second;
        _command[4] = (byte)data;
        int length = data > 0 ? 5 + data : 4;
        if (expected >= 0)
            _command[length++] = (byte)expected;
        int count = Exchange(length);
        if (count < 0)
            return count;
        if (_status >> 8 == 0x6C && expected >= 0)
        {
            // The right length, and once more.
            _command[length - 1] = (byte)_status;
            count = Exchange(length);
        }
        else if (_status >> 8 == 0x61 && count == 0)
        {
            _command[1] = 0xC0;
            _command[2] = 0;
            _command[3] = 0;
            _command[4] = (byte)_status;
            count = Exchange(5);
        }

        return count;
    }

    private int Exchange(int length)
    {
        int count = _card.Transmit(_command, length, _response);
        if (count < 2 || count > _response.Length)
        {
            _status = 0;
            return count == 0 ? -2 : -1;
        }

        _status = _response[count - 2] << 8 | _response[count - 1];
        return count - 2;
    }

    private static bool Matches(byte[] buffer, int offset, byte[] wanted, int length)
    {
        for (int at = 0; at < length; at++)
            if (buffer[offset + at] != wanted[at])
                return false;
        return true;
    }
}
