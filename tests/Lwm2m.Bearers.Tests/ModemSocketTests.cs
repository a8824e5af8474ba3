using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Device management over a modem's own sockets.</summary>
[TestFixture("bg95", 'U')]
[TestFixture("bg95", 'T')]
[TestFixture("sara-r4", 'U')]
[TestFixture("sara-r4", 'T')]
[Parallelizable(ParallelScope.Self)]
public sealed class ModemSocketTests : ManagementSuite
{
    private readonly string _profile;
    private readonly char _binding;

    public ModemSocketTests(string profile, char binding)
    {
        _profile = profile;
        _binding = binding;
    }

    protected override Task<Bench> MakeBenchAsync() => SocketBench.MakeAsync(_profile, _binding);
}
