namespace Lwm2m.Formats;

/// <summary>
/// A port of the client: a few small named records that survive a power cut. A record is replaced as a whole, however long it is
/// and wherever the power is cut: what is read afterwards is the old one or the new one. The client seals what it stores with a
/// version and a checksum of its own, and keeps secrets in it: whoever stores it keeps others from reading it.
/// <para>The client's records are <c>accounts</c>, <c>access</c>, <c>attributes</c>, <c>objects</c>, <c>observations</c> and
/// <c>registrations</c>. Without them it starts as it left the factory. All calls come from one thread at a time and never overlap
/// but in the order given here. Nothing may throw: what cannot be done is a return value.</para>
/// </summary>
public interface IStorage
{
    /// <summary>Reads a part of a record as it was committed last.</summary>
    /// <param name="name">Name of the record: lower case letters.</param>
    /// <param name="position">First byte of the part, counted from 0.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">Index of the first one.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>How many were read, fewer than wanted at the end of the record and 0 beyond;
    /// <see cref="StorageStatus.None"/> where there is no such record, <see cref="StorageStatus.Corrupt"/> where there is one that
    /// cannot be read.</returns>
    int Read(string name, int position, byte[] buffer, int offset, int count);

    /// <summary>Begins a new version of a record; until <see cref="Commit"/> the one before stands. A version that was begun and
    /// not committed is forgotten.</summary>
    /// <param name="name">Name of the record.</param>
    /// <returns>False when nothing can be stored now.</returns>
    bool BeginReplace(string name);

    /// <summary>Adds bytes to the version that was begun.</summary>
    /// <param name="buffer">Where the bytes are; the caller uses it again as soon as this returns.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False when they cannot be stored, for example because the medium is full. The version before stands.</returns>
    bool Append(byte[] buffer, int offset, int count);

    /// <summary>Puts the version that was begun in the place of the one before. When this returns true it survives a power cut.</summary>
    /// <returns>False when it cannot be stored. The version before stands.</returns>
    bool Commit();

    /// <summary>Deletes a record.</summary>
    /// <param name="name">Name of the record.</param>
    /// <returns>False when it is still there.</returns>
    bool Delete(string name);

    /// <summary>Puts a record that makes no sense out of the way, so that somebody can look at it; one that was set aside before
    /// may be lost. Afterwards there is no such record.</summary>
    /// <param name="name">Name of the record.</param>
    /// <returns>False when it is still there.</returns>
    bool SetAside(string name);
}
