using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The path of one device over one non-IP access point: one packet is one datagram.</summary>
internal sealed class ScefContext : IDisposable
{
    private readonly CellularNetwork _network;
    private readonly ISubscriber _device;
    private readonly Action<byte[]> _received;
    private readonly IServerLink _link;
    private DateTimeOffset _periodStart;
    private int _sentInPeriod;
    private bool _isClosed;

    public ScefContext(CellularNetwork network, NonIpApn apn, ISubscriber device, Action<byte[]> received)
    {
        _network = network;
        _device = device;
        _received = received;
        Apn = apn;
        _link = apn.Server(device.Number, data => network.Loop.Run(() => Down(data)));
    }

    public NonIpApn Apn { get; }

    public string Number => _device.Number;

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
        if (_network.Chance(_network.Options.NonIpLoss))
            return;
        _network.Loop.After(_network.Options.PacketDelay, () =>
        {
            if (!_isClosed)
                _link.Send(data);
        });
    }

    /// <summary>A packet for the device: kept while it sleeps.</summary>
    public void Down(byte[] data)
    {
        if (_isClosed)
            return;
        if (data.Length > Apn.Options.Mtu)
        {
            Apn.CountOverMtu();
            return;
        }
        _network.Loop.After(_network.Options.PacketDelay, () => _device.Page(() =>
        {
            if (_isClosed)
                return;
            _network.Count(_device, Bearer.NonIp, AirDirection.Down, data.Length);
            if (_network.Chance(_network.Options.NonIpLoss))
                return;
            _network.OnNonIp(Number, Apn.Name, AirDirection.Down, data);
            _received(data);
        }));
    }

    public void Dispose()
    {
        _isClosed = true;
        _link.Dispose();
        _network.Remove(this);
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
