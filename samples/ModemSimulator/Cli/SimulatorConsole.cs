using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator.Cli;

/// <summary>The console of a simulated modem: reads commands, prints what they did.</summary>
public sealed class SimulatorConsole
{
    // POST /1/0/8 with a token, the message of LwM2M Core 1.1, appendix L.
    private static readonly byte[] s_trigger = Convert.FromHexString("4402B60B2161FB63B13101300138");

    private static readonly string[] s_help =
    [
        "coverage off|on|SECONDS        takes the network away, for a time or until it is on again",
        "reset                          resets the modem",
        "trigger [wap] [HEX]            sends a Registration Update Trigger, or a CoAP message, by SMS",
        "sms TEXT                       sends text to the device; 0x... sends 8-bit data",
        "packet APN HEX                 sends a non-IP packet to the device",
        "fault urc|reset|echo|garbage P chances from 0 to 1: lost lines, resets in commands, echo flips, garbage",
        "fault split BYTES [MS]         writes at most so many bytes at a time",
        "fault delay MS                 holds final results back",
        "fault between on|off           unsolicited lines between the lines of an answer",
        "fault lose PREFIX              loses the next unsolicited line that starts so",
        "fault fail COMMAND [RESULT]    fails the next command of that name",
        "fault silent on|off            takes everything, says nothing",
        "fault sms LOSS [TWICE] [ORDER] chances for each short message",
        "fault packets P                chance that a packet is lost, non-IP or UDP",
        "fault off                      no more trouble",
        "traffic                        bytes on the air since the last time",
        "log on|off                     every line on the serial line",
        "quit                           ends",
    ];

    private readonly TextReader _input;
    private readonly TextWriter _output;
    private volatile bool _isLogging;

    /// <summary>Makes a console.</summary>
    /// <param name="input">Where commands come from, one a line.</param>
    /// <param name="output">Where everything is printed.</param>
    public SimulatorConsole(TextReader input, TextWriter output)
    {
        _input = input;
        _output = TextWriter.Synchronized(output);
    }

    /// <summary>Prints a line of the modem's log, where <c>log on</c> was typed.</summary>
    /// <param name="line">Line.</param>
    public void Log(string line)
    {
        if (_isLogging)
            Print(line);
    }

    /// <summary>Runs until <c>quit</c>, the end of the input, or until it is stopped.</summary>
    /// <param name="modem">The modem.</param>
    /// <param name="place">Where it listens; printed at first.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(SimulatedModem modem, string place, CancellationToken stop)
    {
        Print("listening on " + place);
        TrafficCounters counted = modem.Traffic.Snapshot();
        try
        {
            // Console input cannot be cancelled, so it is read on a thread of its own that ends with the process.
            while (await Task.Run(_input.ReadLine, CancellationToken.None).WaitAsync(stop).ConfigureAwait(false) is { } line)
            {
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 0)
                    continue;
                if (words[0] is "quit" or "exit")
                    return;
                if (words[0] == "traffic")
                {
                    TrafficCounters now = modem.Traffic.Snapshot();
                    Print(now.Since(counted).ToString());
                    counted = now;
                    continue;
                }
                Execute(modem, words, line);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Execute(SimulatedModem modem, string[] words, string line)
    {
        try
        {
            if (words[0] == "help")
            {
                foreach (string text in s_help)
                    Print(text);
                return;
            }
            Print(Do(modem, words, line) ? "ok" : $"error: \"{line}\" is no command; help shows all");
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            Print("error: " + problem.Message);
        }
    }

    private bool Do(SimulatedModem modem, string[] words, string line)
    {
        switch (words)
        {
            case ["coverage", "on"]:
                modem.HasCoverage = true;
                return true;
            case ["coverage", "off"]:
                modem.HasCoverage = false;
                return true;
            case ["coverage", var seconds]:
                modem.LoseCoverage(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
                return true;
            case ["reset"]:
                modem.Reset();
                return true;
            case ["trigger", "wap", .. var hex]:
                modem.Network.SendTrigger(modem.Number, MessageOf(hex), true);
                return true;
            case ["trigger", .. var hex]:
                modem.Network.SendTrigger(modem.Number, MessageOf(hex));
                return true;
            case ["sms", var data] when data.StartsWith("0x", StringComparison.OrdinalIgnoreCase):
                modem.Network.Send(ShortMessage.OfData("+491700000002", modem.Number, Convert.FromHexString(data[2..])));
                return true;
            case ["sms", _, ..]:
                modem.Network.SendText("+491700000002", modem.Number, line.TrimStart()[4..]);
                return true;
            case ["packet", var apn, var hex]:
                if (!modem.Network.SendNonIp(modem.Number, apn, Convert.FromHexString(hex)))
                    throw new InvalidOperationException($"The device never had a context on {apn}.");
                return true;
            case ["fault", .. var fault]:
                return Fault(modem, fault);
            case ["log", "on" or "off"]:
                _isLogging = words[1] == "on";
                return true;
            default:
                return false;
        }
    }

    private static bool Fault(SimulatedModem modem, string[] words)
    {
        ModemFaults faults = modem.Faults;
        CellularNetworkOptions network = modem.Network.Options;
        switch (words)
        {
            case ["off"]:
                faults.Clear();
                network.SmsLoss = network.SmsDuplication = network.SmsReordering = network.NonIpLoss = network.UdpLoss = 0;
                return true;
            case ["urc", var chance]:
                faults.UrcLoss = Chance(chance);
                return true;
            case ["reset", var chance]:
                faults.ResetInCommand = Chance(chance);
                return true;
            case ["echo", var chance]:
                faults.EchoFlip = Chance(chance);
                return true;
            case ["garbage", var chance]:
                faults.Garbage = Chance(chance);
                return true;
            case ["split", var bytes, .. var pause]:
                faults.ChunkBytes = int.Parse(bytes, CultureInfo.InvariantCulture);
                faults.ChunkDelay = TimeSpan.FromMilliseconds(pause.Length > 0 ? Milliseconds(pause[0]) : 1);
                return true;
            case ["delay", var time]:
                faults.FinalDelay = TimeSpan.FromMilliseconds(Milliseconds(time));
                return true;
            case ["between", "on" or "off"]:
                faults.UrcsBetweenLines = words[1] == "on";
                return true;
            case ["lose", var prefix]:
                faults.LoseNextUrc(prefix);
                return true;
            case ["fail", var command]:
                faults.FailNext(command);
                return true;
            case ["fail", var command, .. var result]:
                faults.FailNext(command, string.Join(' ', result));
                return true;
            case ["silent", "on" or "off"]:
                faults.IsSilent = words[1] == "on";
                return true;
            case ["sms", var loss, .. var more]:
                network.SmsLoss = Chance(loss);
                network.SmsDuplication = more.Length > 0 ? Chance(more[0]) : 0;
                network.SmsReordering = more.Length > 1 ? Chance(more[1]) : 0;
                return true;
            case ["packets", var chance]:
                network.NonIpLoss = network.UdpLoss = Chance(chance);
                return true;
            default:
                return false;
        }
    }

    private static byte[] MessageOf(string[] hex) => hex.Length == 0 ? s_trigger : Convert.FromHexString(hex[0]);

    private static double Chance(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Milliseconds(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private void Print(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }
}
