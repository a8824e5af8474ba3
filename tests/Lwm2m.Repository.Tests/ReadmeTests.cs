using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Lwm2m.Client;
using Microsoft.CodeAnalysis;

namespace Lwm2m.Repository.Tests;

/// <summary>The two programs of the README do what it says: they are compiled from there and talk to a server played by hand.</summary>
public class ReadmeTests
{
    private const string StopName = "stop of the program under test";

    private static byte LastMessageId;

    private static RepositoryFile Readme => RepositoryFolder.Find("README.md")!;

    [Test]
    public void The_first_programs_have_at_most_15_lines_an_object_of_ones_own_25_and_a_program_for_a_bearer_20() =>
        Assert.That(CodeBlock.In(Readme).Where(b => b.MaxLines != null).Select(b => (b.MaxLines, b.IsProgram)), Is.EqualTo(new[] { ((int?)15, true), (25, false), (15, true), (20, true), (20, true), (20, true), (20, true), (20, true) }));

    [Test]
    [CancelAfter(60_000)]
    public async Task The_first_program_registers_serves_its_temperature_and_leaves(CancellationToken timeout)
    {
        using UdpClient server = new(new IPEndPoint(IPAddress.Loopback, 0));
        Task program = Run("", server, out CancellationTokenSource stop);

        UdpReceiveResult register = await Receive(server, "CON POST", timeout);
        Assert.That(Ascii(register.Buffer), Does.Contain("ep=my-thermometer").And.Contain("</3303/0>"));
        await Answer(server, register, 0x41, Option(8, "rd"), Option(0, "1"));

        Assert.That(await Get(server, register.RemoteEndPoint, "3303/0/5700", timeout), Is.EqualTo("21.5"));

        await stop.CancelAsync();
        UdpReceiveResult leave = await Receive(server, "CON DELETE", timeout);
        Assert.That(Ascii(leave.Buffer), Does.Contain("rd").And.Contain("1"));
        await Answer(server, leave, 0x42);
        await program.WaitAsync(timeout);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_object_of_ones_own_is_read_written_and_executed(CancellationToken timeout)
    {
        using UdpClient server = new(new IPEndPoint(IPAddress.Loopback, 0));
        Task program = Run("client.Add(new Doorbell());\n", server, out CancellationTokenSource stop);

        UdpReceiveResult register = await Receive(server, "CON POST", timeout);
        IPEndPoint client = register.RemoteEndPoint;
        Assert.That(Ascii(register.Buffer), Does.Contain("</26241/0>"));
        await Answer(server, register, 0x41, Option(8, "rd"), Option(0, "1"));

        Assert.That(await Get(server, client, "26241/0/1", timeout), Is.EqualTo("Westminster"));
        byte[] written = await Ask(server, client, 3, [Option(11, "26241"), Option(0, "0"), Option(0, "1"), Option(1, "")], "Big Ben", timeout);
        Assert.That(written[1], Is.EqualTo(0x44), "2.04");
        Assert.That(await Get(server, client, "26241/0/1", timeout), Is.EqualTo("Big Ben"));

        Assert.That(await Get(server, client, "26241/0/0", timeout), Is.EqualTo("0"));
        byte[] executed = await Ask(server, client, 2, [Option(11, "26241"), Option(0, "0"), Option(0, "2")], "", timeout);
        Assert.That(executed[1], Is.EqualTo(0x44), "2.04");
        Assert.That(await Get(server, client, "26241/0/0", timeout), Is.EqualTo("1"));

        await stop.CancelAsync();
        await Answer(server, await Receive(server, "CON DELETE", timeout), 0x42);
        await program.WaitAsync(timeout);
    }

    [Test]
    public void The_two_commands_name_what_exists() => Assert.Multiple(() =>
    {
        Assert.That(Readme.Lines, Does.Contain("dotnet run --project samples/Streetlight").And.Contain("dotnet test Lwm2m.Client.sln"));
        Assert.That(Directory.EnumerateFiles(RepositoryFolder.FullPath("samples/Streetlight"), "*.csproj"), Is.Not.Empty);
    });

    [Test]
    public void The_limits_are_those_of_the_code()
    {
        // | `Coap.Transfers`, what it is | on .NET | on the board | ...
        string[][] rows = [.. Readme.Lines.SkipWhile(l => !l.StartsWith("| limit", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries))];
        Assert.That(rows, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (string[] row in rows)
            {
                string path = row[1].Split('`')[1];
                Assert.That(row[2..4], Is.EqualTo(new[] { Limit(Limits.ForHost(), path), Limit(Limits.ForBoard(), path) }), path);
            }
        });
    }

    private static string Limit(object limits, string path) =>
        path.Split('.').Aggregate(limits, (o, name) => o.GetType().GetProperty(name)!.GetValue(o)!).ToString()!;

    /// <summary>Runs the first program, with more statements before it runs the client and the README's types beside it.</summary>
    private static Task Run(string more, UdpClient server, out CancellationTokenSource stop)
    {
        IReadOnlyList<CodeBlock> blocks = CodeBlock.In(Readme);
        CodeBlock first = blocks.First(b => b.IsProgram);
        string types = blocks.First(b => !b.IsProgram).Text.Replace("using Lwm2m.Client;\nusing Lwm2m.Formats;\n", "", StringComparison.Ordinal);
        int port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
        stop = new CancellationTokenSource();
        AppDomain.CurrentDomain.SetData(StopName, stop);

        using MemoryStream image = new();
        IReadOnlyList<Diagnostic> problems = first.Compile(
            image,
            ("coap://localhost:5683", $"coap://127.0.0.1:{port}"),
            ("new CancellationTokenSource()", $"(CancellationTokenSource)AppDomain.CurrentDomain.GetData(\"{StopName}\")!"),
            ("await client.RunAsync(stop.Token);", more + "await client.RunAsync(stop.Token);\n" + types));
        Assert.That(problems, Is.Empty);
        MethodInfo entry = Assembly.Load(image.ToArray()).EntryPoint!;
        object?[] arguments = entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        return Task.Run(() => entry.Invoke(null, arguments));
    }

    private static async Task<string> Get(UdpClient server, IPEndPoint client, string path, CancellationToken timeout)
    {
        byte[][] options = [.. path.Split('/').Select((p, i) => Option(i == 0 ? 11 : 0, p)), Option(6, "")];
        byte[] answer = await Ask(server, client, 1, options, "", timeout);
        Assert.That(answer[1], Is.EqualTo(0x45), "2.05");
        return Ascii(answer)[(Array.LastIndexOf(answer, (byte)0xff) + 1)..];
    }

    /// <summary>Sends a confirmable request and gives the piggybacked answer.</summary>
    private static async Task<byte[]> Ask(UdpClient server, IPEndPoint client, byte code, byte[][] options, string payload, CancellationToken timeout)
    {
        byte[] id = [0, ++LastMessageId];
        byte[] body = payload.Length == 0 ? [] : [0xff, .. Encoding.ASCII.GetBytes(payload)];
        await server.SendAsync(new byte[] { 0x41, code, id[0], id[1], 0x77 }.Concat(options.SelectMany(o => o)).Concat(body).ToArray(), client, timeout);
        byte[] answer = (await server.ReceiveAsync(timeout)).Buffer;
        Assert.That(answer[..1].Concat(answer[2..5]), Is.EqualTo(new byte[] { 0x61, id[0], id[1], 0x77 }), "an acknowledgement with the same token");
        return answer;
    }

    private static async Task<UdpReceiveResult> Receive(UdpClient server, string what, CancellationToken timeout)
    {
        UdpReceiveResult received = await server.ReceiveAsync(timeout);
        string type = (received.Buffer[0] & 0xf0) == 0x40 ? "CON" : "other";
        string code = received.Buffer[1] switch { 1 => "GET", 2 => "POST", 4 => "DELETE", byte other => $"{other}" };
        Assert.That($"{type} {code}", Is.EqualTo(what));
        return received;
    }

    private static async Task Answer(UdpClient server, UdpReceiveResult request, byte code, params byte[][] options)
    {
        byte[] bytes = request.Buffer;
        int tokenLength = bytes[0] & 0x0f;
        byte[] answer = [(byte)(0x60 | tokenLength), code, .. bytes[2..(4 + tokenLength)], .. options.SelectMany(o => o)];
        await server.SendAsync(answer, request.RemoteEndPoint);
    }

    private static byte[] Option(int delta, string value) => [(byte)(delta << 4 | value.Length), .. Encoding.ASCII.GetBytes(value)];

    private static string Ascii(byte[] bytes) => Encoding.ASCII.GetString(bytes);
}
