using System;
using System.Collections.Generic;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>A server without sockets: notes what it gets, and answers as it is told.</summary>
public sealed class FakeServer
{
    public List<string> Got { get; } = [];

    public List<string> Devices { get; } = [];

    public Action<byte[]> Answer { get; private set; } = _ => { };

    public IServerLink Open(string device, Action<byte[]> received)
    {
        Devices.Add(device);
        Answer = received;
        return new Link(this);
    }

    private sealed class Link(FakeServer server) : IServerLink
    {
        public void Send(byte[] datagram) => server.Got.Add(Convert.ToHexString(datagram));

        public void Dispose()
        {
        }
    }
}
