using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Bearers.Tests;

/// <summary>Packets without IP.</summary>
public sealed class NonIpBench : ModemBench
{
    /// <summary>The access point behind which the server is.</summary>
    public const string ApnName = "lwm2m.nidd";

    private readonly NonIpTransport _transport;

    [SetsRequiredMembers]
    public NonIpBench(string profile = "generic", bool isSecured = false, NonIpApnOptions? apn = null)
        : base(profile, isSecured)
    {
        Apn = Network.AddNonIpApn(ApnName, Front, apn);
        _transport = new NonIpTransport(Modem, new NonIpOptions { Profile = ModemProfile.Find(profile), Apn = ApnName });
    }

    /// <summary>What the network allows there, and what it dropped.</summary>
    public NonIpApn Apn { get; }

    public override string Uri => "coap+nidd://" + ApnName;

    public override char Binding => 'N';

    public static Task<Bench> MakeAsync(string profile = "generic", bool isSecured = false) => Task.FromResult<Bench>(new NonIpBench(profile, isSecured));

    public override void Connect(Lwm2mClient client) => client.UseTransport(_transport);
}
