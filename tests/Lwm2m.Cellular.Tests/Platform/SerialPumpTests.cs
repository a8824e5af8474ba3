using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>The pump over real ports: a TCP connection on loopback, and a pseudo-terminal.</summary>
[TestFixture]
internal sealed class SerialPumpTests : IWakeUp
{
    private const int PatienceMs = 20000;

    private readonly AutoResetEvent _woken = new(false);

    public void Wake() => _woken.Set();

    [Test]
    public void Bytes_pass_both_ways_and_a_lost_connection_is_opened_anew()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        SerialPump pump = SerialPump.For($"tcp:127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}");
        Assert.That(pump.IsOpen, Is.False);
        pump.Attach(this);
        try
        {
            using (TcpClient first = server.AcceptTcpClient())
            {
                Until(() => pump.IsOpen);
                Assert.That(pump.Openings, Is.EqualTo(1));
                first.GetStream().Write(Encoding.ASCII.GetBytes("\r\nRDY\r\n"));
                Assert.That(Read(pump, 7), Is.EqualTo("\r\nRDY\r\n"));
                Assert.That(pump.Write(Encoding.ASCII.GetBytes("xAT\r"), 1, 3), Is.EqualTo(3));
                Assert.That(Read(first.GetStream(), 3), Is.EqualTo("AT\r"));
            }

            using TcpClient second = server.AcceptTcpClient();
            Until(() => pump.Openings == 2 && pump.IsOpen);
        }
        finally
        {
            pump.Attach(null);
        }

        Assert.That(pump.IsOpen, Is.False);
        Assert.That(pump.Write(new byte[1], 0, 1), Is.Zero);
    }

    [Test]
    public void More_bytes_than_the_buffer_holds_pass_in_their_order()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        SerialPump pump = new(new TcpPort("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port), 64);
        pump.Attach(this);
        try
        {
            using TcpClient peer = server.AcceptTcpClient();
            Until(() => pump.IsOpen);
            byte[] sent = new byte[5000];
            for (int i = 0; i < sent.Length; i++)
                sent[i] = (byte)(i * 7 >> 2);
            Thread writer = new(() => peer.GetStream().Write(sent));
            writer.Start();
            Assert.That(Read(pump, sent.Length), Is.EqualTo(Encoding.Latin1.GetString(sent)));
            writer.Join();

            int written = 0;
            using MemoryStream arrived = new();
            byte[] piece = new byte[100];
            while (arrived.Length < sent.Length)
            {
                written += pump.Write(sent, written, sent.Length - written);
                if (peer.Available > 0)
                    arrived.Write(piece, 0, peer.GetStream().Read(piece));
                else
                    _woken.WaitOne(10);
            }

            Assert.That(arrived.ToArray(), Is.EqualTo(sent));
        }
        finally
        {
            pump.Attach(null);
        }
    }

    [Test]
    [Platform("Linux")]
    public void Terminal_passes_bytes_unchanged_and_echoes_nothing()
    {
        using PseudoTerminal terminal = new();
        SerialPump pump = SerialPump.For(terminal.Name + "@9600");
        pump.Attach(this);
        try
        {
            Until(() => pump.IsOpen);
            const string said = "\r\n+X: \x03\x04\x11\x13\x1A\xFF\r\n";
            terminal.Master.Write(Encoding.Latin1.GetBytes(said));
            Assert.That(Read(pump, said.Length), Is.EqualTo(said));
            pump.Write(Encoding.Latin1.GetBytes("AT\r\n\x1A\x03"), 0, 6);
            Assert.That(Read(terminal.Master, 6), Is.EqualTo("AT\r\n\x1A\x03"));
        }
        finally
        {
            pump.Attach(null);
        }
    }

    [Test]
    [Platform("Linux")]
    public void Port_that_does_not_exist_is_none()
    {
        Assert.That(new TermiosPort("/dev/there-is-no-such-port").TryOpen(), Is.Null);
        Assert.That(new TermiosPort("/dev/null").TryOpen(), Is.Null);
    }

    [TestCase("tcp:")]
    [TestCase("tcp:host")]
    [TestCase("tcp:host:0")]
    [TestCase("tcp:host:70000")]
    [TestCase("/dev/ttyUSB0@1")]
    [TestCase("/dev/ttyUSB0@fast")]
    public void Name_that_names_no_port_is_refused(string name) => Assert.Throws<FormatException>(() => SerialPump.For(name));

    private void Until(Func<bool> holds)
    {
        long end = Environment.TickCount64 + PatienceMs;
        while (!holds())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(end), "nothing happened");
            _woken.WaitOne(100);
        }
    }

    private string Read(SerialPump pump, int count)
    {
        StringBuilder text = new();
        while (text.Length < count)
        {
            int run = 0;
            int offset = 0;
            Until(() => (run = pump.Peek(out offset)) > 0);
            text.Append(Encoding.Latin1.GetString(pump.Input, offset, run));
            pump.Take(run);
        }

        return text.ToString();
    }

    private static string Read(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
