using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over TCP.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class TcpTests : ManagementSuite
{
    protected override Task<Bench> MakeBenchAsync() => TcpBench.MakeAsync(isTls: false);
}
