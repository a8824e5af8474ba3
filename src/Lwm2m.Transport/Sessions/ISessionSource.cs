using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>A port: who makes the secure sessions of links, from keys that it knows.</summary>
public interface ISessionSource
{
    /// <summary>The session that a link to this server needs; null where messages go as they are.</summary>
    /// <param name="link">The link.</param>
    /// <param name="uri">The server.</param>
    ISecureSession? SessionFor(int link, ServerUri uri);
}
