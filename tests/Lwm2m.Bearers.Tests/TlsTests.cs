using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over TLS.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class TlsTests : ManagementSuite
{
    protected override Task<Bench> MakeBenchAsync() => TcpBench.MakeAsync(isTls: true);
}
