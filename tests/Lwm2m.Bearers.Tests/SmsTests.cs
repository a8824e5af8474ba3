using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over short messages.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SmsTests : ManagementSuite
{
    protected override Task<Bench> MakeBenchAsync() => SmsBench.MakeAsync();
}
