using Lwm2m.Coap;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Bearers.Tests;

/// <summary>A session for each link that wraps every message.</summary>
internal sealed class WrappedSessions : ISessionSource
{
    public ISecureSession? SessionFor(int link, ServerUri uri) => new TestSession(isClient: true);
}
