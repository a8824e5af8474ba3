using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient over a modem behind a serial server or a terminal: short messages, non-IP data, the modem's sockets, and a modem that does not work.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientModemTests
{
    private const string Endpoint = "demo-at-modem";
    private const string Number = "491701234567";
    private const string ServerNumber = "+491700000001";
    private const string Apn = "lwm2m.nidd";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase("generic", "coap+nidd://" + Apn, "N")]
    [TestCase("sara-r4", "coap+nidd://" + Apn, "N")]
    [TestCase("nrf91", "coap+nidd://" + Apn, "N")]
    [TestCase("generic", "tel:" + ServerNumber, "S")]
    [TestCase("bg95", "", "U")]
    [TestCase("sim7080", "", "U")]
    public async Task A_server_is_reached_over_the_modem(string profile, string uri, string binding)
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        using var network = new CellularNetwork();
        using SimulatedModem modem = Make(network, server, profile);
        string port = modem.ListenTcp().Port.ToString(CultureInfo.InvariantCulture);
        await using SampleProcess demo = Start($"tcp:127.0.0.1:{port};profile={profile}", uri.Length == 0 ? server.Uri : uri, "--sms-number", Number);
        Registration device = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        Assert.That((device.Binding, device.Sms), Is.EqualTo((binding, Number)));
        Assert.That((await device.ReadAsync("/3303/0/5700").WaitAsync(Patience)).Value, Is.EqualTo(21.5));
        Assert.That((await device.ReadAsync("/4/0/2").WaitAsync(Patience)).Value, Is.EqualTo(-95).Or.EqualTo(-75).Or.EqualTo(-141));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    public async Task With_a_modem_that_has_no_sockets_ip_goes_beside_it_and_is_counted()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        using var network = new CellularNetwork();
        using SimulatedModem modem = Make(network, server, "generic");
        await using SampleProcess demo = Start("tcp:127.0.0.1:" + modem.ListenTcp().Port.ToString(CultureInfo.InvariantCulture), server.Uri);
        Registration device = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        Assert.That(device.Binding, Is.EqualTo("U"));
        Assert.That((await device.ExecuteAsync("/7/0/6").WaitAsync(Patience)).CodeText, Is.EqualTo("2.04"));
        for (int i = 0; i < 20; i++)
            await device.ReadAsync("/3/0").WaitAsync(Patience);
        Assert.That((await device.ReadAsync("/7/0/2").WaitAsync(Patience)).Value, Is.GreaterThanOrEqualTo(2), "kB sent");
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    [Platform("Linux")]
    public async Task A_terminal_is_a_port_too()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        using var network = new CellularNetwork();
        using SimulatedModem modem = Make(network, server, "generic");
        await using SampleProcess demo = Start(modem.OpenTerminal() + "@9600", "coap+nidd://" + Apn);
        await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    public async Task A_sim_that_wants_a_pin_is_told()
    {
        using var network = new CellularNetwork();
        using var modem = new SimulatedModem(new SimulatedModemOptions { Network = network, Pin = "1234" });
        string port = modem.ListenTcp().Port.ToString(CultureInfo.InvariantCulture);
        await using SampleProcess demo = Start("tcp:127.0.0.1:" + port, "tel:" + ServerNumber);
        await ErrorAsync(demo, "sim-pin");
    }

    [Test]
    public async Task A_port_that_is_missing_is_told()
    {
        await using SampleProcess demo = Start("/dev/there-is-no-such-port", "tel:" + ServerNumber);
        await ErrorAsync(demo, "port-missing");
    }

    [Test]
    public async Task A_modem_that_never_answers_is_told()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using SampleProcess demo = Start("tcp:127.0.0.1:" + ((IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), "tel:" + ServerNumber);
        await ErrorAsync(demo, "modem-silent");
    }

    private static SimulatedModem Make(CellularNetwork network, LocalServer server, string profile)
    {
        network.AddSmsApplication(ServerNumber, server.EndPoint);
        network.AddNonIpApn(Apn, server.EndPoint);
        return new SimulatedModem(new SimulatedModemOptions { Network = network, Profile = profile, Number = Number });
    }

    private static SampleProcess Start(string modem, string uri, params string[] more) =>
        SampleProcess.Start("DemoClient", ["--endpoint", Endpoint, "--modem", modem, "--server", uri, "--json", .. more]);

    private static async Task ErrorAsync(SampleProcess demo, string reason)
    {
        await demo.LineAsync(line => line.StartsWith("{\"event\":\"error\",\"reason\":\"" + reason + "\",\"message\":", StringComparison.Ordinal), reason);
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }
}
