using System.Collections.Generic;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>Each modem that there is a profile for, by each way that it has.</summary>
[TestFixtureSource(nameof(Ways))]
[Parallelizable(ParallelScope.Self)]
public sealed class ModemTests : EssentialsTest
{
    private readonly string _profile;
    private readonly char _binding;

    public ModemTests(string profile, char binding)
    {
        _profile = profile;
        _binding = binding;
    }

    public static IEnumerable<TestFixtureData> Ways
    {
        get
        {
            foreach (string name in ModemProfile.Names)
            {
                ModemProfile profile = ModemProfile.Find(name)!;
                yield return new TestFixtureData(name, 'S');
                if (profile.Has("nidd"))
                    yield return new TestFixtureData(name, 'N');
                if (profile.Has("udp"))
                    yield return new TestFixtureData(name, 'U');
                if (profile.Has("tcp"))
                    yield return new TestFixtureData(name, 'T');
            }
        }
    }

    protected override Task<Bench> MakeBenchAsync() => _binding switch
    {
        'S' => SmsBench.MakeAsync(_profile),
        'N' => NonIpBench.MakeAsync(_profile),
        _ => SocketBench.MakeAsync(_profile, _binding),
    };
}
