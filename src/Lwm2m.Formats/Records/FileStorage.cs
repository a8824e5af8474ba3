namespace Lwm2m.Formats;

/// <summary>
/// Records in files, on a file system that need not be able to replace one atomically. A record has two files, its slots: a new
/// version goes into the one that is not in use, behind a rising number and before a length and a checksum, and when it has reached
/// the medium the other one is emptied. Of two slots that are whole, the one with the higher number counts. So a power cut
/// at any byte leaves the old version or the new one; and since an intact record never lies beside a newer broken one for
/// long, a broken one with nothing beside it is known to be corrupt rather than unfinished.
/// </summary>
public sealed class FileStorage : IStorage
{
    // 'L' 'W', version of this form, 0, number (4, low byte first); then the record; then its length (4) and CRC-32 (4).
    private const int HeaderBytes = 8;
    private const int TrailerBytes = 8;
    private const int OverheadBytes = HeaderBytes + TrailerBytes;
    private const byte Version = 1;
    private const int NoSlot = -1;

    private readonly IStorageFiles _files;

    // Headers, trailers, and what is looked at while looking for the slot that counts.
    private readonly byte[] _block = new byte[20];

    // What Current found out last: parts of a record are asked for one after the other. Of one that is being written, the length so far.
    private string _name = "";
    private int _slot;
    private int _length;
    private int _number;

    // The version that is being written; null where none is.
    private string? _writing;
    private int _crc;

    /// <summary>Keeps records in files.</summary>
    /// <param name="files">The file system: a <c>StorageFolder</c> of the platform, or one of your own.</param>
    public FileStorage(IStorageFiles files) => _files = files;

    /// <inheritdoc/>
    public int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        // A version that was begun and given up may have taken the place of the slot that is known.
        if (_writing != null)
            Abandon();
        if (_name != name)
        {
            int found = Current(name);
            if (found < 0)
                return found;
        }

        int left = _length - position;
        if (left <= 0)
            return 0;
        if (count > left)
            count = left;
        int read = _files.Read(File(name, _slot), HeaderBytes + position, buffer, offset, count);
        return read == count ? read : StorageStatus.Corrupt;
    }

    /// <inheritdoc/>
    public bool BeginReplace(string name)
    {
        if (_writing != null)
            Abandon();
        if (_name != name)
            Occupied(name);
        _name = "";
        _length = 0;
        _block[0] = (byte)'L';
        _block[1] = (byte)'W';
        _block[2] = Version;
        _block[3] = 0;
        Put(4, _number + 1);
        _crc = Crc32.Add(Crc32.Start, _block, 0, HeaderBytes);
        _writing = name;
        if (_files.Create(File(name, Other)) && _files.Append(_block, 0, HeaderBytes))
            return true;
        Abandon();
        return false;
    }

    /// <inheritdoc/>
    public bool Append(byte[] buffer, int offset, int count)
    {
        if (_writing == null)
            return false;
        _crc = Crc32.Add(_crc, buffer, offset, count);
        _length += count;
        if (_files.Append(buffer, offset, count))
            return true;
        Abandon();
        return false;
    }

    /// <inheritdoc/>
    public bool Commit()
    {
        if (_writing == null)
            return false;
        Put(0, _length);
        _crc = Crc32.Add(_crc, _block, 0, 4);
        Put(4, Crc32.Finish(_crc));
        if (!_files.Append(_block, 0, TrailerBytes) || !_files.Close())
        {
            Abandon();
            return false;
        }

        string name = _writing;
        int before = _slot;
        _slot = Other;
        _writing = null;
        _number++;
        _name = name;
        // It may fail, or be cut off: the number tells which of the two is newer.
        if (_files.Create(File(name, before == NoSlot ? 1 - _slot : before)))
            _files.Close();
        return true;
    }

    /// <inheritdoc/>
    public bool Delete(string name)
    {
        Forget();
        // The one that counts last: were it the first, a power cut in between could leave an older version. Emptying reaches the
        // medium when it is done, deleting may not.
        int last = Current(name) >= 0 ? _slot : 0;
        _name = "";
        string other = File(name, 1 - last);
        if (_files.Length(other) > 0 && !(_files.Create(other) && _files.Close()))
            return false;
        return Remove(File(name, last)) && Remove(other);
    }

    /// <inheritdoc/>
    public bool SetAside(string name)
    {
        Forget();
        string aside = name + ".bad";
        for (int slot = 0; slot < 2; slot++)
        {
            string file = File(name, slot);
            bool kept = _files.Length(file) > 0 && _files.Rename(file, aside);
            if (!kept && !Remove(file))
                return false;
        }

        return true;
    }

    // The slot that is not in use; the first one where neither is.
    private int Other => _slot == 0 ? 1 : 0;

    private static string File(string name, int slot) => name + (slot == 0 ? ".0" : ".1");

    private bool Remove(string file) => _files.Length(file) < 0 || _files.Delete(file);

    private void Forget()
    {
        if (_writing != null)
            Abandon();
        _name = "";
    }

    // What is half written takes up room, and is of no use. The slot that counts is as before.
    private void Abandon()
    {
        string file = File(_writing!, Other);
        _writing = null;
        _files.Close();
        if (_files.Create(file))
            _files.Close();
    }

    // The slot that must not be written. Nearly always the other one was emptied, and nothing need be checked to know.
    private void Occupied(string name)
    {
        int first = _files.Length(File(name, 0));
        int second = _files.Length(File(name, 1));
        if (first > 0 && second == 0 || first == 0 && second > 0)
        {
            _slot = first > 0 ? 0 : 1;
            _number = _files.Read(File(name, _slot), 0, _block, 0, HeaderBytes) == HeaderBytes ? Get(4) : 0;
        }
        else if (Current(name) < 0)
        {
            // An unfinished version is written over: beside another one it would look corrupt.
            _slot = first <= 0 && second > 0 ? 0 : NoSlot;
            _number = 0;
        }
    }

    // Finds the slot that counts: 0, or StorageStatus.
    private int Current(string name)
    {
        _name = "";
        int first = _files.Length(File(name, 0));
        int second = _files.Length(File(name, 1));
        bool isFirst = IsWhole(File(name, 0), first, out int number);
        bool isSecond = IsWhole(File(name, 1), second, out int secondNumber);
        if (!isFirst && !isSecond)
        {
            // A slot was never emptied: what lies in the other one was being written for the first time.
            if (first <= 0 && second <= 0 || first < 0 || second < 0)
                return StorageStatus.None;
            return StorageStatus.Corrupt;
        }

        // Numbers go round after 2^32 versions.
        bool takeSecond = isSecond && (!isFirst || secondNumber - number > 0);
        _slot = takeSecond ? 1 : 0;
        _number = takeSecond ? secondNumber : number;
        _length = (takeSecond ? second : first) - OverheadBytes;
        _name = name;
        return 0;
    }

    private bool IsWhole(string file, int length, out int number)
    {
        number = 0;
        if (length < OverheadBytes)
            return false;
        int crc = Crc32.Start;
        int tail = 0;
        for (int at = 0; at < length; )
        {
            // The trailer comes as a whole.
            int count = length - at - TrailerBytes;
            if (count > _block.Length)
                count = _block.Length;
            else if (count <= 0)
                count = TrailerBytes;
            if (_files.Read(file, at, _block, 0, count) != count)
                return false;
            if (at == 0)
            {
                if (_block[0] != 'L' || _block[1] != 'W' || _block[2] != Version)
                    return false;
                number = Get(4);
            }

            crc = Crc32.Add(crc, _block, 0, count);
            at += count;
            tail = Get(0);
        }

        return crc == Crc32.Intact && tail == length - OverheadBytes;
    }

    private void Put(int at, int value)
    {
        for (int index = 0; index < 4; index++)
            _block[at + index] = (byte)(value >> index * 8);
    }

    private int Get(int at) => _block[at] | _block[at + 1] << 8 | _block[at + 2] << 16 | _block[at + 3] << 24;
}
