using System;
using System.IO;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The files of one folder, for <see cref="FileStorage"/>. A board's file system has no owners and no modes: secrets in it are as safe
/// as the chip's flash, which is a matter of the board's flash encryption. What a failing file system throws is not documented:
/// whatever it is, the operation failed.
/// </summary>
public sealed class StorageFolder : IStorageFiles
{
    private readonly string _folder;
    private FileStream? _open;

    /// <summary>Takes a folder, and makes it where it is not there.</summary>
    /// <param name="folder">Its path, for example <c>I:\lwm2m</c>.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public StorageFolder(string folder)
    {
        _folder = folder;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder);
    }

    /// <inheritdoc/>
    public int Length(string file)
    {
        try
        {
            string path = At(file);
            if (!File.Exists(path))
                return -1;
            using FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            return (int)stream.Length;
        }
        catch (Exception)
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public int Read(string file, int position, byte[] buffer, int offset, int count)
    {
        try
        {
            using FileStream stream = new FileStream(At(file), FileMode.Open, FileAccess.Read);
            stream.Seek(position, SeekOrigin.Begin);
            int got = 0;
            while (got < count)
            {
                int more = stream.Read(buffer, offset + got, count - got);
                if (more <= 0)
                    break;
                got += more;
            }

            return got;
        }
        catch (Exception)
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public bool Create(string file)
    {
        Close();
        try
        {
            _open = new FileStream(At(file), FileMode.Create, FileAccess.Write);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Append(byte[] buffer, int offset, int count)
    {
        if (_open == null)
            return false;
        try
        {
            _open.Write(buffer, offset, count);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Close()
    {
        FileStream? open = _open;
        _open = null;
        if (open == null)
            return false;
        try
        {
            // The firmware's file systems write through when a file is closed; there is no other way to ask for it.
            open.Flush();
            open.Close();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Rename(string file, string name)
    {
        // Move does not replace.
        if (!Delete(name))
            return false;
        try
        {
            File.Move(At(file), At(name));
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Delete(string file)
    {
        try
        {
            string path = At(file);
            if (File.Exists(path))
                File.Delete(path);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private string At(string file) => Path.Combine(_folder, file);
}
