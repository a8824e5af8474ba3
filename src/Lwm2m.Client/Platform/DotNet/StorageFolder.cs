using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>The files of one folder, for <see cref="FileStorage"/>. On Unix only the owner may read them (mode 0600 in a folder of
/// mode 0700), since secret keys are among what is stored; elsewhere the folder's own permissions count.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A file is open between Create and Close only, while a record is written.")]
public sealed class StorageFolder : IStorageFiles
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private FileStream? _open;

    /// <summary>Takes a folder, and makes it where it is not there.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public StorageFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, FileMode600 | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public int Length(string file)
    {
        try
        {
            var about = new FileInfo(At(file));
            return about.Exists ? (int)Math.Min(about.Length, int.MaxValue) : -1;
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public int Read(string file, int position, byte[] buffer, int offset, int count)
    {
        try
        {
            using var stream = new FileStream(At(file), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            stream.Position = position;
            return stream.ReadAtLeast(buffer.AsSpan(offset, count), count, throwOnEndOfStream: false);
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public bool Create(string file)
    {
        try
        {
            Close();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = FileMode600;
            _open = new FileStream(At(file), options);
            // One that was there already keeps the mode that it had.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_open.SafeFileHandle, FileMode600);
            return true;
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            Close();
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
        catch (Exception problem) when (IsOfDisk(problem))
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
            using (open)
                open.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Rename(string file, string name)
    {
        try
        {
            File.Move(At(file), At(name), overwrite: true);
            return true;
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Delete(string file)
    {
        try
        {
            File.Delete(At(file));
            return true;
        }
        catch (Exception problem) when (IsOfDisk(problem))
        {
            return false;
        }
    }

    private string At(string file) => Path.Combine(_folder, file);

    // Full, read-only, pulled out: the caller's answer. Anything else is a mistake of ours.
    private static bool IsOfDisk(Exception problem) => problem is IOException or UnauthorizedAccessException;
}
