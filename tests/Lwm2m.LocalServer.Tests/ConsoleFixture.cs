using System.Collections.Concurrent;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Samples.Cli;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A console of the server whose lines a test types and reads.</summary>
public abstract class ConsoleFixture : ServerFixture
{
    private readonly BlockingCollection<string> _printed = new();
    private TypedLines _typed = null!;

    protected Task Running { get; private set; } = Task.CompletedTask;

    [SetUp]
    public void StartConsole()
    {
        while (_printed.TryTake(out _))
        {
        }
        _typed = new TypedLines();
        Running = new ServerConsole(Server, _typed, new PrintedLines(_printed)).RunAsync(Stop);
        Assert.That(Next(), Is.EqualTo("listening on " + Server.Uri));
    }

    [TearDown]
    public async Task StopConsoleAsync()
    {
        _typed.Type(null);
        await Running;
    }

    protected void Type(string line) => _typed.Type(line);

    protected string Next() => _printed.TryTake(out string? line, 10_000) ? line : "(nothing was printed)";

    protected void Register()
    {
        Device.Register();
        Assert.That(Next(), Does.StartWith("registered"));
    }

    private sealed class TypedLines : TextReader
    {
        private readonly BlockingCollection<string?> _lines = new();

        public void Type(string? line) => _lines.Add(line);

        public override string? ReadLine() => _lines.Take();
    }

    private sealed class PrintedLines(BlockingCollection<string> lines) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value == '\n')
            {
                lines.Add(_line.ToString());
                _line.Clear();
            }
            else if (value != '\r')
            {
                _line.Append(value);
            }
        }
    }
}
