using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>A program that somebody else wrote, as a process. Its standard input stays open until it is disposed of.</summary>
internal sealed class PeerProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private PeerProgram(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = PeersFolder,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string PeersFolder { get; } = Path.Combine(FindRoot(), "tests", "interop-peers");

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public bool HasExited => _process.HasExited;

    public static PeerProgram Libcoap(string program, params string[] arguments)
    {
        Require(IsOnPath(program), program + " (Debian: libcoap3-bin)");
        return new PeerProgram(program, arguments);
    }

    public static PeerProgram Node(string script, params string[] arguments) => Node("coap", script, arguments);

    public static PeerProgram Lwm2mNodeLib(params string[] arguments) => Node("lwm2m-node-lib", "lwm2m-server.js", arguments);

    /// <summary>Waits for the end of the program and of its output.</summary>
    public void WaitForExit()
    {
        Assert.That(_process.WaitForExit(TimeSpan.FromSeconds(60)), Is.True, "still running: " + Output + Errors);
        _process.WaitForExit();
    }

    public string WaitForLine() => WaitForLine(_ => true, "line");

    /// <summary>Waits until as many lines as asked for satisfy a condition, and gives the last one of them.</summary>
    public string WaitForLine(Func<string, bool> isIt, string description, int occurrence = 1)
    {
        Stopwatch patience = Stopwatch.StartNew();
        while (true)
        {
            string[] found = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(isIt).Take(occurrence).ToArray();
            if (found.Length == occurrence) return found[^1];
            Assert.That(_process.HasExited, Is.False, Errors);
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), $"no {description} came: {Output}{Errors}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Writes a line to standard input.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }


    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static PeerProgram Node(string package, string script, string[] arguments)
    {
        Require(IsOnPath("node"), "node");
        Require(Directory.Exists(Path.Combine(PeersFolder, "node_modules", package)), $"npm's {package} (npm ci --prefix tests/interop-peers)");
        string[] all = new string[arguments.Length + 1];
        all[0] = script;
        arguments.CopyTo(all, 1);
        return new PeerProgram("node", all);
    }

    private static void Require(bool isThere, string what)
    {
        if (isThere) return;
        string reason = what + " is not installed; .ci/peers installs it";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Ignore(reason);
    }

    private static bool IsOnPath(string program)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (folder.Length > 0 && (File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")))) return true;
        }

        return false;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "Lwm2m.Client.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Lwm2m.Client.sln is in no folder above " + AppContext.BaseDirectory);
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line == null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
