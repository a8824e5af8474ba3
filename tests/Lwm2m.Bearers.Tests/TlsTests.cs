using System.Threading.Tasks;
using Lwm2m.Samples;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over TLS.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class TlsTests : ManagementSuite
{
    protected override Task<Bench> MakeBenchAsync() => TcpBench.MakeAsync(isTls: true);

    [Test]
    public async Task Int_404_Certificate_over_TCP()
    {
        Registration device = await RegisterAsync();
        Assert.That((device.Binding, device.IsActive), Is.EqualTo(("T", true)));
        Assert.That(Client.Account(0).Uri, Does.StartWith("coaps+tcp://"));
    }
}
