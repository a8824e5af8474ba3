using Lwm2m.Coap;

namespace Lwm2m.Transport.Contract;

/// <summary>Gives each link a <see cref="TestSession"/>.</summary>
internal sealed class TestSessions : ISessionSource
{
    public TestSession? Last { get; private set; }

    public ISecureSession? SessionFor(int link, ServerUri uri) => Last = new TestSession(isClient: true);
}
