using System.Net;
using System.Net.Sockets;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>The addresses of a server.</summary>
internal static class NameLookup
{
    /// <summary>Asks the name service where the host is a name, for which the firmware stops all threads. Null when there is none.</summary>
    public static IPAddress[]? Find(ServerUri uri)
    {
        try
        {
            return uri.IsLiteral ? new IPAddress[] { IPAddress.Parse(uri.Host) } : Dns.GetHostEntry(uri.Host).AddressList;
        }
        catch (System.Exception)
        {
            // Which exceptions the firmware throws for an address family that it lacks is not documented.
            return null;
        }
    }
}
