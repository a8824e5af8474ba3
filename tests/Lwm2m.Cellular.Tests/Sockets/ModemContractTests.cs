using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sockets;

/// <summary>The contract of transports, over a modem that pushes data, one that wants to be read, without IP, and by short messages.</summary>
[TestFixture("bc66", 'U', false)]
[TestFixture("bc66", 'U', true)]
[TestFixture("bg96", 'U', false)]
[TestFixture("generic", 'N', false)]
[TestFixture("generic", 'N', true)]
[TestFixture("nrf91", 'N', false)]
[TestFixture("generic", 'S', false)]
[TestFixture("generic", 'S', true)]
public sealed class ModemContractTests : TransportContract
{
    private readonly string _profile;
    private readonly char _binding;

    public ModemContractTests(string profile, char binding, bool withSession)
        : base(withSession)
    {
        _profile = profile;
        _binding = binding;
    }

    protected override ITransportBench MakeBench() => new ModemBearerBench(_profile, _binding);
}
