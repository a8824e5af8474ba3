using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over packets without IP.</summary>
[TestFixture("generic")]
[TestFixture("nrf91")]
[Parallelizable(ParallelScope.Self)]
public sealed class NonIpTests : ManagementSuite
{
    private readonly string _profile;

    public NonIpTests(string profile) => _profile = profile;

    protected override Task<Bench> MakeBenchAsync() => NonIpBench.MakeAsync(_profile);
}
