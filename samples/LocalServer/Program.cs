using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples;
using Lwm2m.Samples.Cli;

var bind = new Option<IPAddress>("--bind")
{
    Description = "Address to listen on. The server knows no clients: anything but loopback opens it to your network.",
    DefaultValueFactory = _ => IPAddress.Loopback,
    CustomParser = ParseAddress,
};
var port = new Option<int>("--port") { Description = "UDP port to listen on; 0 takes any free one.", DefaultValueFactory = _ => 5683 };
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 65535)
        result.AddError("--port is 0 to 65535.");
});
var tcp = new Option<int?>("--tcp") { Description = "TCP port for coap+tcp; 0 takes any free one. Without it nothing listens there." };
var tls = new Option<int?>("--tls") { Description = "TCP port for coaps+tcp; 0 takes any free one. Needs --cert and --key." };
var certificate = new Option<FileInfo>("--cert") { Description = "The server's certificate in PEM." };
var key = new Option<FileInfo>("--key") { Description = "The key of --cert in PEM, not encrypted." };
var trust = new Option<FileInfo>("--trust") { Description = "Roots in PEM that certificates of clients must lead to; without it clients need none." };
foreach (Option<int?> one in new[] { tcp, tls })
{
    one.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
            result.AddError($"{one.Name} is 0 to 65535.");
    });
}
foreach (Option<FileInfo> one in new[] { certificate, key, trust })
    one.AcceptExistingOnly();
var bootstrapPort = new Option<int?>("--bootstrap-port")
{
    Description = "UDP port for the bootstrap server alone; 0 takes any free one. Without it, clients are bootstrapped on --port.",
};
bootstrapPort.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
        result.AddError("--bootstrap-port is 0 to 65535.");
});
var awake = new Option<int>("--awake")
{
    Description = "How long a client in queue mode listens after each of its messages, in milliseconds.",
    DefaultValueFactory = _ => 93_000,
};
var refuse = new Option<string[]>("--refuse")
{
    Description = "Version of LwM2M to answer with 4.12, so that clients step down; repeatable.",
    DefaultValueFactory = _ => [],
};
var root = new RootCommand("A small LwM2M server for the desk. Type 'help' for its commands; 'exit' or the end of the input ends it.")
{
    bind,
    port,
    tcp,
    tls,
    certificate,
    key,
    trust,
    bootstrapPort,
    awake,
    refuse,
};
root.SetAction((parsed, stop) =>
{
    var options = new LocalServerOptions
    {
        Address = parsed.GetValue(bind)!,
        Port = parsed.GetValue(port),
        TcpPort = parsed.GetValue(tcp),
        TlsPort = parsed.GetValue(tls),
        AwakeMs = parsed.GetValue(awake),
        Log = line => Console.Error.WriteLine(line),
    };
    options.RefusedVersions.UnionWith(parsed.GetValue(refuse)!);
    try
    {
        ReadCertificates(options, parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(trust));
    }
    catch (CryptographicException problem)
    {
        Console.Error.WriteLine($"--cert, --key, --trust: {problem.Message}");
        return Task.FromResult(1);
    }
    return RunAsync(options, parsed.GetValue(bootstrapPort), stop);
});
return await root.Parse(args).InvokeAsync();

static IPAddress? ParseAddress(ArgumentResult result)
{
    string text = result.Tokens[0].Value;
    if (IPAddress.TryParse(text, out IPAddress? address))
        return address;
    result.AddError($"--bind: \"{text}\" is no IPv4 or IPv6 address.");
    return null;
}

static void ReadCertificates(LocalServerOptions options, FileInfo? certificate, FileInfo? key, FileInfo? trust)
{
    if (options.TlsPort != null && (certificate == null || key == null))
        throw new CryptographicException("--tls needs --cert and --key.");
    if (certificate != null && key != null)
        options.Certificate = X509Certificate2.CreateFromPemFile(certificate.FullName, key.FullName);
    if (trust == null)
        return;
    options.Trust = [];
    options.Trust.ImportFromPemFile(trust.FullName);
}

static async Task<int> RunAsync(LocalServerOptions options, int? bootstrapPort, CancellationToken stop)
{
    await using LocalServer? server = TryStart(options);
    if (server == null)
        return 1;
    if (bootstrapPort == null)
    {
        await new ServerConsole(server, Console.In, Console.Out).RunAsync(stop);
        return 0;
    }
    await using LocalServer? bootstrap = TryStart(new LocalServerOptions { Address = options.Address, Port = bootstrapPort.Value, Log = options.Log });
    if (bootstrap == null)
        return 1;
    bootstrap.Provision("*", new BootstrapAccount(server.Uri));
    await new ServerConsole(server, Console.In, Console.Out, bootstrap).RunAsync(stop);
    return 0;
}

static LocalServer? TryStart(LocalServerOptions options)
{
    try
    {
        return LocalServer.Start(options);
    }
    catch (SocketException problem)
    {
        Console.Error.WriteLine($"Cannot listen on {options.Address}: {problem.Message}");
        return null;
    }
}
