using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Samples.ModemSimulator.Cli;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>The console, and the program as a process.</summary>
public class ConsoleTests
{
    [Test]
    public async Task Commands_are_carried_out_and_mistakes_named()
    {
        using var network = new CellularNetwork(new CellularNetworkOptions { Time = new SimulatedClock() });
        network.AddSmsApplication("+12125550178", new FakeServer().Open);
        using var modem = new SimulatedModem(new SimulatedModemOptions { Network = network });
        var sent = new List<string>();
        network.ShortMessageAccepted += (_, e) => sent.Add(Convert.ToHexString(e.Message.UserData));
        string[] typed =
        [
            "coverage off", "trigger", "trigger wap", "sms 0xAABB", "sms hi there", "coverage on", "fault urc 0.5", "fault split 3 10", "fault fail +CSQ +CME ERROR: 30",
            "fault silent on", "fault off", "packet lwm2m.nidd AA", "nonsense", "trigger xyz", "traffic", "quit", "reset",
        ];
        var output = new StringWriter();
        await new SimulatorConsole(new StringReader(string.Join('\n', typed)), output).RunAsync(modem, "nowhere", CancellationToken.None);
        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.That(lines[0], Is.EqualTo("listening on nowhere"));
        Assert.That(lines[1..12], Is.All.EqualTo("ok"));
        Assert.That(lines[12], Does.StartWith("error: The device never had a context on lwm2m.nidd."));
        Assert.That(lines[13], Is.EqualTo("error: \"nonsense\" is no command; help shows all"));
        Assert.That(lines[14], Does.StartWith("error: "));
        Assert.That(lines[15], Is.EqualTo("sms down 4 messages 43+119 bytes"));
        Assert.That(lines, Has.Length.EqualTo(16));
        Assert.That(sent, Is.EqualTo(new[]
        {
            "4402B60B2161FB63B13101300138", "0605040B84C002010603C4AF9A4402B60B2161FB63B13101300138", "AABB", "E834888E2ECBCB",
        }));
    }

    [Test]
    public async Task The_program_tells_where_it_listens()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Lwm2m.Samples.ModemSimulator.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "--tcp", "0", "--profile", "nrf91", "--number", "491709999999"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.That(line, Does.Match(@"^listening on tcp:127\.0\.0\.1:\d+$"));
            using var client = new TcpClient("127.0.0.1", int.Parse(line!.Split(':')[^1]));
            client.GetStream().Write("ATE0\rAT+CNUM\r"u8);
            using var reader = new StreamReader(client.GetStream());
            string? read;
            do
                read = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
            while (read?.StartsWith("+CNUM", StringComparison.Ordinal) == false);
            Assert.That(read, Is.EqualTo("+CNUM: ,\"+491709999999\",145"));
            await process.StandardInput.WriteLineAsync("quit");
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.That(process.ExitCode, Is.Zero);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
