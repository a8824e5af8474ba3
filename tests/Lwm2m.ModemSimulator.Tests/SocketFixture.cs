using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>A UDP server on this machine, beside the network.</summary>
public abstract class SocketFixture : ModemFixture
{
    private UdpClient _server = null!;
    private IPEndPoint? _device;

    protected int Port => ((IPEndPoint)_server.Client.LocalEndPoint!).Port;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(20);

    [SetUp]
    public void StartServer()
    {
        _server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _server.Client.ReceiveTimeout = 20_000;
        Network.Options.Hosts["203.0.113.5"] = IPAddress.Loopback;
        Network.Options.Hosts["server.example"] = IPAddress.Loopback;
    }

    [TearDown]
    public void StopServer() => _server.Dispose();

    /// <summary>What the server gets next, as hexadecimal digits.</summary>
    protected string ServerGot()
    {
        byte[] data = _server.Receive(ref _device);
        return Convert.ToHexString(data);
    }

    protected void Answer(string text) => Answer(Encoding.Latin1.GetBytes(text));

    protected void Answer(params byte[] data) => _server.Send(data, _device);
}
