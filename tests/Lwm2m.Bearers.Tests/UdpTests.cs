using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over UDP.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class UdpTests : ManagementSuite
{
    protected override Task<Bench> MakeBenchAsync() => UdpBench.MakeAsync();
}
