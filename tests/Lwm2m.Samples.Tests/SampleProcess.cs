using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A sample run as a process of its own, as a person or another program runs it.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reading;
    private readonly Task _readingErrors;
    private bool _ended;

    private SampleProcess(Process process)
    {
        _process = process;
        _reading = ReadOutput();
        _readingErrors = ReadErrors();
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>All lines of standard output so far.</summary>
    public string[] Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    /// <summary>All of standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a sample by the name of its assembly.</summary>
    public static SampleProcess Start(string assembly, params string[] arguments)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(path);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return new SampleProcess(Process.Start(start)!);
    }

    /// <summary>Writes a line to standard input.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Ends standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal, for example SIGTERM (15).</summary>
    public void Signal(int number) => Assert.That(Kill(_process.Id, number), Is.Zero);

    /// <summary>Waits until as many lines as asked for satisfy a condition, and gives the last one of them.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt, string description, int occurrence = 1)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            lock (_output)
            {
                string[] found = _output.Where(isIt).Take(occurrence).ToArray();
                if (found.Length == occurrence)
                    return found[^1];
                if (_ended)
                    throw new AssertionException($"The program ended without {description}.{Transcript()}");
            }

            try
            {
                await _news.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new AssertionException($"No {description} within {Patience.TotalSeconds} s.{Transcript()}");
            }
        }
    }

    /// <summary>Waits for exactly this line.</summary>
    public Task<string> LineAsync(string line, int occurrence = 1) => LineAsync(candidate => candidate == line, $"line {line}", occurrence);

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            await Task.WhenAll(_reading, _readingErrors).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"The program did not end within {Patience.TotalSeconds} s.{Transcript()}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await Task.WhenAll(_reading, _readingErrors);
        _process.Dispose();
        _news.Dispose();
    }

    private async Task ReadOutput()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
                _output.Add(line);
            _news.Release();
        }

        lock (_output)
            _ended = true;
        _news.Release();
    }

    private async Task ReadErrors()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            lock (_errors)
                _errors.AppendLine(line);
    }

    private string Transcript() =>
        $"{Environment.NewLine}Output:{Environment.NewLine}{string.Join(Environment.NewLine, Output)}{Environment.NewLine}Errors:{Environment.NewLine}{Errors}";

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
