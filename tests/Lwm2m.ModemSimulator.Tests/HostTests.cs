using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>The ways to a modem: a stream, a TCP port, a pseudo-terminal.</summary>
public class HostTests
{
    private CellularNetwork _network = null!;
    private SimulatedModem _modem = null!;

    [SetUp]
    public void Start()
    {
        _network = new CellularNetwork();
        _modem = new SimulatedModem(new SimulatedModemOptions { Network = _network });
    }

    [TearDown]
    public void End()
    {
        _modem.Dispose();
        _network.Dispose();
    }

    [Test]
    public void A_stream_blocks_until_there_is_something()
    {
        using Stream stream = _modem.OpenStream();
        stream.Write("ATE0\r"u8);
        Assert.That(Read(stream, 11), Is.EqualTo("ATE0\r\r\nOK\r\n"));
        stream.ReadTimeout = 20;
        Assert.That(() => stream.ReadByte(), Throws.InstanceOf<TimeoutException>());
        stream.ReadTimeout = Timeout.Infinite;
        Task<string> reading = Task.Run(() => Read(stream, 6));
        stream.Write("AT\r"u8);
        Assert.That(reading.Wait(20_000) ? reading.Result : "", Is.EqualTo("\r\nOK\r\n"));
    }

    [Test]
    public async Task A_stream_is_read_without_a_thread_and_ends_with_the_modem()
    {
        using Stream stream = _modem.OpenStream();
        byte[] buffer = new byte[11];
        Task reading = stream.ReadExactlyAsync(buffer).AsTask();
        Assert.That(reading.IsCompleted, Is.False);
        await stream.WriteAsync("ATE0\r"u8.ToArray());
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        using var stop = new CancellationTokenSource();
        Task<int> waiting = stream.ReadAsync(buffer, stop.Token).AsTask();
        await stop.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        _modem.Dispose();
        Assert.That(await stream.ReadAsync(buffer), Is.Zero);
    }

    [Test]
    public void A_TCP_port_is_a_serial_line()
    {
        IPEndPoint place = _modem.ListenTcp();
        using (var first = new TcpClient())
        {
            first.Connect(place);
            first.GetStream().Write("ATE0\r"u8);
            Assert.That(Read(first.GetStream(), 11), Is.EqualTo("ATE0\r\r\nOK\r\n"));
        }
        using var second = new TcpClient();
        second.Connect(place);
        second.GetStream().Write("AT\r"u8);
        Assert.That(Read(second.GetStream(), 6), Is.EqualTo("\r\nOK\r\n"));
    }

    [Test]
    [Platform("Linux")]
    public void A_terminal_is_opened_closed_and_opened_again()
    {
        string path = _modem.OpenTerminal();
        Assert.That(path, Does.StartWith("/dev/pts/"));
        using (FileStream port = Open(path))
        {
            port.Write("ATE0\r"u8);
            Assert.That(Read(port, 11), Is.EqualTo("ATE0\r\r\nOK\r\n"));
            port.Write("AT+CIMI\r"u8);
            Assert.That(Read(port, 25), Is.EqualTo("\r\n262011234567890\r\n\r\nOK\r\n"));
        }
        using FileStream again = Open(path);
        // Every byte passes: the terminal is raw, so that neither Ctrl-Z nor Ctrl-C nor a line end is turned into something else.
        again.Write("AT+CMGS=1\r"u8);
        Assert.That(Read(again, 4), Is.EqualTo("\r\n> "));
        again.Write("\x03\x0d\x04\x1a"u8);
        Assert.That(Read(again, 19), Is.EqualTo("\r\n+CMS ERROR: 304\r\n"));
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);

    private static string Read(Stream stream, int count)
    {
        byte[] buffer = new byte[count];
        Task reading = Task.Run(() =>
        {
            for (int at = 0; at < count;)
                at += stream.Read(buffer, at, count - at) is > 0 and { } got ? got : throw new EndOfStreamException();
        });
        Assert.That(reading.Wait(20_000), Is.True, "too little came");
        return Encoding.Latin1.GetString(buffer);
    }
}
