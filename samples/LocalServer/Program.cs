using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples;
using Lwm2m.Samples.Cli;

var bind = new Option<IPAddress>("--bind")
{
    Description = "Address to listen on. The server has no security: anything but loopback opens it to your network.",
    DefaultValueFactory = _ => IPAddress.Loopback,
    CustomParser = ParseAddress,
};
var port = new Option<int>("--port") { Description = "UDP port to listen on; 0 takes any free one.", DefaultValueFactory = _ => 5683 };
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 65535)
        result.AddError("--port is 0 to 65535.");
});
var refuse = new Option<string[]>("--refuse")
{
    Description = "Version of LwM2M to answer with 4.12, so that clients step down; repeatable.",
    DefaultValueFactory = _ => [],
};
var root = new RootCommand("A small LwM2M server for the desk. Type 'help' for its commands; 'exit' or the end of the input ends it.")
{
    bind,
    port,
    refuse,
};
root.SetAction((parsed, stop) => RunAsync(parsed.GetValue(bind)!, parsed.GetValue(port), parsed.GetValue(refuse)!, stop));
return await root.Parse(args).InvokeAsync();

static IPAddress? ParseAddress(ArgumentResult result)
{
    string text = result.Tokens[0].Value;
    if (IPAddress.TryParse(text, out IPAddress? address))
        return address;
    result.AddError($"--bind: \"{text}\" is no IPv4 or IPv6 address.");
    return null;
}

static async Task<int> RunAsync(IPAddress address, int port, string[] refused, CancellationToken stop)
{
    var options = new LocalServerOptions { Address = address, Port = port, Log = line => Console.Error.WriteLine(line) };
    options.RefusedVersions.UnionWith(refused);
    LocalServer server;
    try
    {
        server = LocalServer.Start(options);
    }
    catch (SocketException problem)
    {
        Console.Error.WriteLine($"Cannot listen on {new IPEndPoint(address, port)}: {problem.Message}");
        return 1;
    }
    await using (server)
    {
        await new ServerConsole(server, Console.In, Console.Out).RunAsync(stop);
    }
    return 0;
}
