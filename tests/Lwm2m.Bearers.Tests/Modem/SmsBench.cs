using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;

namespace Lwm2m.Bearers.Tests;

/// <summary>Short messages.</summary>
public sealed class SmsBench : ModemBench
{
    /// <summary>The server's number.</summary>
    public const string Number = "+491700000001";

    private readonly SmsTransport _transport;

    [SetsRequiredMembers]
    public SmsBench(string profile = "generic", bool isSecured = false)
        : base(profile, isSecured)
    {
        Network.AddSmsApplication(Number, Front);
        _transport = new SmsTransport(Modem) { CarriesSessions = isSecured };
    }

    public override string Uri => "tel:" + Number;

    public override char Binding => 'S';

    public static Task<Bench> MakeAsync(string profile = "generic", bool isSecured = false) => Task.FromResult<Bench>(new SmsBench(profile, isSecured));

    public override void Connect(Lwm2mClient client)
    {
        _transport.Client = client;
        client.UseTransport(_transport);
    }
}
