using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

[TestFixture(false)]
[TestFixture(true)]
public class TcpContractTests : TransportContract
{
    public TcpContractTests(bool withSession)
        : base(withSession)
    {
    }

    protected override ITransportBench MakeBench() => new TcpBench(false);
}
