using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// The path of one device over one non-IP access point: one packet is one datagram. The server sees one port whatever the device does: the
/// path outlives detach and reset, and keeps some packets for a device that is away, as the exposure function does that knows devices by name.
/// </summary>
internal sealed class ScefContext : IDisposable
{
    private const int MaxKept = 16;

    private readonly CellularNetwork _network;
    private readonly IServerLink _link;
    private readonly Queue<byte[]> _kept = new();
    private ISubscriber _device;
    private Action<byte[]>? _received;
    private DateTimeOffset _periodStart;
    private int _sentInPeriod;

    public ScefContext(CellularNetwork network, NonIpApn apn, ISubscriber device)
    {
        _network = network;
        _device = device;
        Apn = apn;
        _link = apn.Server(device.Number, data => network.Loop.Run(() => Down(data)));
    }

    public NonIpApn Apn { get; }

    public string Number => _device.Number;

    /// <summary>The device activated a context here. A second one of the same device takes over.</summary>
    public void Open(ISubscriber device, Action<byte[]> received)
    {
        _device = device;
        _received = received;
        while (_kept.TryDequeue(out byte[]? data))
            Deliver(data);
    }

    /// <summary>The context is gone.</summary>
    public void Close(Action<byte[]> received)
    {
        if (_received == received)
            _received = null;
    }

    /// <summary>A packet of the device's.</summary>
    public void Up(byte[] data, bool isException)
    {
        _network.Count(_device, Bearer.NonIp, AirDirection.Up, data.Length);
        if (data.Length > Apn.Options.Mtu)
        {
            Apn.CountOverMtu();
            return;
        }
        if (!TakeRate() && !(isException && Apn.Options.AllowsExceptionReports))
        {
            Apn.CountOverRate();
            return;
        }
        _network.OnNonIp(Number, Apn.Name, AirDirection.Up, data);
        if (!_network.Chance(_network.Options.NonIpLoss))
            _network.Loop.After(_network.Options.PacketDelay, () => _link.Send(data));
    }

    /// <summary>A packet for the device: kept while it sleeps or is away.</summary>
    public void Down(byte[] data)
    {
        if (data.Length > Apn.Options.Mtu)
        {
            Apn.CountOverMtu();
            return;
        }
        _network.Loop.After(_network.Options.PacketDelay, () => Deliver(data));
    }

    public void Dispose() => _link.Dispose();

    private void Deliver(byte[] data)
    {
        if (_received == null)
        {
            Keep(data);
            return;
        }
        _device.Page(() =>
        {
            if (_received is not { } received)
            {
                Keep(data);
                return;
            }
            _network.Count(_device, Bearer.NonIp, AirDirection.Down, data.Length);
            if (_network.Chance(_network.Options.NonIpLoss))
                return;
            _network.OnNonIp(Number, Apn.Name, AirDirection.Down, data);
            received(data);
        });
    }

    private void Keep(byte[] data)
    {
        if (_kept.Count < MaxKept)
            _kept.Enqueue(data);
    }

    private bool TakeRate()
    {
        if (Apn.Options.RatePeriod == TimeSpan.Zero)
            return true;
        DateTimeOffset now = _network.Loop.Now;
        if (now - _periodStart >= Apn.Options.RatePeriod)
        {
            _periodStart = now;
            _sentInPeriod = 0;
        }
        return ++_sentInPeriod <= Apn.Options.MaxUplinkRate;
    }
}
