using System;
using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Samples.ModemSimulator.Cli;

var profile = new Option<string>("--profile") { Description = "Which modem.", DefaultValueFactory = _ => "generic" };
profile.AcceptOnlyFromAmong([.. ModemProfiles.Names]);
var terminal = new Option<bool>("--pty") { Description = "Be a pseudo-terminal (Linux); the default." };
var tcp = new Option<int?>("--tcp") { Description = "Be a TCP port on 127.0.0.1 in place of a terminal; 0 takes a free one." };
var server = new Option<string>("--server")
{
    Description = "The LwM2M server behind the network: coap://ADDRESS:PORT on this machine.",
    DefaultValueFactory = _ => "coap://127.0.0.1:5683",
};
var number = new Option<string>("--number") { Description = "The device's number, without +.", DefaultValueFactory = _ => "491701234567" };
var serverNumber = new Option<string>("--server-number") { Description = "The server's number.", DefaultValueFactory = _ => "+491700000001" };
var apn = new Option<string>("--apn") { Description = "Non-IP access point to the server.", DefaultValueFactory = _ => "lwm2m.nidd" };
var mtu = new Option<int>("--mtu") { Description = "Its MTU in octets.", DefaultValueFactory = _ => 1358 };
var rate = new Option<int>("--rate") { Description = "Packets an hour that it lets up; 0 is unrestricted." };
var pin = new Option<string?>("--pin") { Description = "The PIN that the SIM wants." };
var baud = new Option<int>("--baud") { Description = "Bits per second on the serial line; 0 is unlimited." };
var delay = new Option<int>("--delay") { Description = "How long messages and packets take, in milliseconds." };
var host = new Option<string[]>("--host") { Description = "A name that devices reach by IP, on 127.0.0.1; repeatable.", DefaultValueFactory = _ => [] };
var seed = new Option<int>("--seed") { Description = "Where the chance of faults starts from.", DefaultValueFactory = _ => 1 };
var root = new RootCommand("A modem that does not exist, in a network that does not. Type 'help' for its commands; 'quit' or the end of the input ends it.")
{
    profile, terminal, tcp, server, number, serverNumber, apn, mtu, rate, pin, baud, delay, host, seed,
};
root.SetAction(async (parsed, stop) =>
{
    if (FindServer(parsed.GetValue(server)!) is not { } endPoint)
    {
        await Console.Error.WriteLineAsync("--server is coap://ADDRESS:PORT with a loopback address.").ConfigureAwait(false);
        return 1;
    }
    var options = new CellularNetworkOptions { Seed = parsed.GetValue(seed) };
    options.SmsDelay = options.PacketDelay = TimeSpan.FromMilliseconds(parsed.GetValue(delay));
    foreach (string name in parsed.GetValue(host)!)
        options.Hosts[name] = IPAddress.Loopback;
    using var network = new CellularNetwork(options);
    network.AddSmsApplication(parsed.GetValue(serverNumber)!, endPoint);
    int perHour = parsed.GetValue(rate);
    network.AddNonIpApn(parsed.GetValue(apn)!, endPoint, new NonIpApnOptions { Mtu = parsed.GetValue(mtu), RateUnit = perHour > 0 ? 2 : 0, MaxUplinkRate = perHour });
    var console = new SimulatorConsole(Console.In, Console.Out);
    using var modem = new SimulatedModem(new SimulatedModemOptions
    {
        Profile = parsed.GetValue(profile)!,
        Network = network,
        Number = parsed.GetValue(number)!,
        Pin = parsed.GetValue(pin),
        Baud = parsed.GetValue(baud),
        Seed = parsed.GetValue(seed),
        Log = console.Log,
    });
    try
    {
        int? port = parsed.GetValue(tcp);
        string place = port == null || parsed.GetValue(terminal) ? modem.OpenTerminal() : "tcp:" + modem.ListenTcp(port.Value);
        await console.RunAsync(modem, place, stop).ConfigureAwait(false);
        return 0;
    }
    catch (Exception problem) when (problem is SocketException or System.IO.IOException or PlatformNotSupportedException)
    {
        await Console.Error.WriteLineAsync(problem.Message).ConfigureAwait(false);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

static IPEndPoint? FindServer(string uri)
{
    if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) || parsed.Scheme != "coap")
        return null;
    IPAddress? address = parsed.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(parsed.Host.Trim('[', ']'), out IPAddress? literal) ? literal : null;
    return address != null && IPAddress.IsLoopback(address) ? new IPEndPoint(address, parsed.Port > 0 ? parsed.Port : 5683) : null;
}
