namespace Lwm2m.Formats;

/// <summary>
/// What <see cref="FileStorage"/> needs of a file system: files in one folder, at most one of them open for writing. Nothing of it
/// has to be atomic, and nothing may throw.
/// </summary>
public interface IStorageFiles
{
    /// <summary>Length of a file in bytes; -1 where there is none.</summary>
    /// <param name="file">Name of the file, without its folder.</param>
    int Length(string file);

    /// <summary>Reads a part of a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="position">First byte of the part.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">Index of the first one.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>How many were read, fewer than wanted at the end of the file; -1 on failure.</returns>
    int Read(string file, int position, byte[] buffer, int offset, int count);

    /// <summary>Opens a file for writing and empties it. Others than the owner must not be able to read it.</summary>
    /// <param name="file">Name of the file.</param>
    /// <returns>False on failure; then no file is open.</returns>
    bool Create(string file);

    /// <summary>Writes at the end of the file that is open.</summary>
    /// <param name="buffer">Where the bytes are.</param>
    /// <param name="offset">Index of the first one.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure, for example because the medium is full.</returns>
    bool Append(byte[] buffer, int offset, int count);

    /// <summary>Closes the file that is open, if one is. True means that what was written has reached the medium.</summary>
    bool Close();

    /// <summary>Gives a file another name. A file of that name is replaced.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="name">Its new name.</param>
    /// <returns>False on failure.</returns>
    bool Rename(string file, string name);

    /// <summary>Deletes a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <returns>False when it is still there.</returns>
    bool Delete(string file);
}
