namespace Lwm2m.Client;

/// <summary>A port of the client: whoever can put the device to sleep. On a board it may do so within the call and return when
/// the device wakes.</summary>
public interface IPower
{
    /// <summary>
    /// All servers that the client has know that it sleeps, are disabled, or are not to be tried before this time is over. Called by the
    /// runner under the client's gate whenever the end of that sleep changes. Only a value that the application changes, or
    /// <see cref="Lwm2mClient.WakeUp"/>, has work for the client before that.
    /// </summary>
    /// <param name="milliseconds">How long from now; <see cref="long.MaxValue"/> where nothing is planned at all.</param>
    void MaySleep(long milliseconds);
}
