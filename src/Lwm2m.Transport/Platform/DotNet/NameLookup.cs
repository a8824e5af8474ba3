using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Transport;

/// <summary>One question to the name service, asked in the background.</summary>
internal sealed class NameLookup
{
    private IPAddress[]? _addresses;

    private NameLookup()
    {
    }

    public bool IsComplete => Volatile.Read(ref _addresses) != null;

    /// <summary>What was found, in the order of preference (RFC 6724); empty when there is nothing.</summary>
    public IPAddress[] Addresses => Volatile.Read(ref _addresses) ?? Array.Empty<IPAddress>();

    /// <param name="host">The name.</param>
    /// <param name="resolve">Finds the addresses.</param>
    /// <param name="wake">Is signalled when the answer is there.</param>
    public static NameLookup Start(string host, Func<string, Task<IPAddress[]>> resolve, WakeSocket wake)
    {
        var lookup = new NameLookup();
        _ = Task.Run(() => lookup.AskAsync(host, resolve, wake));
        return lookup;
    }

    private async Task AskAsync(string host, Func<string, Task<IPAddress[]>> resolve, WakeSocket wake)
    {
        IPAddress[] found = Array.Empty<IPAddress>();
        try
        {
            found = await resolve(host).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // No such name, no name server, or whatever a resolver of the application throws: nothing was found, and the
            // next Open asks again. A link that waits for ever would be worse than a lost reason.
        }
        Volatile.Write(ref _addresses, found);
        wake.Signal();
    }
}
