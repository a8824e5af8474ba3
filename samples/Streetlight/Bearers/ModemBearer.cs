using System;
using System.IO;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Samples.Streetlight;

/// <summary>A simulated modem in a simulated network: short messages, or packets without IP.</summary>
internal sealed class ModemBearer : Bearer, ISerialPort
{
    private const string ServerNumber = "+491700000001";
    private const string Apn = "lwm2m.nidd";

    private readonly CellularNetwork _network = new();
    private readonly SimulatedModem _modem;
    private readonly bool _isSms;

    public ModemBearer(LocalServer server, bool isSms)
    {
        _isSms = isSms;
        _network.AddSmsApplication(ServerNumber, server.EndPoint);
        _network.AddNonIpApn(Apn, server.EndPoint);
        _modem = new SimulatedModem(new SimulatedModemOptions { Network = _network });
    }

    public override string Uri => _isSms ? "tel:" + ServerNumber : "coap+nidd://" + Apn;

    public override string Letter => _isSms ? "S" : "N";

    public override AirCount Air
    {
        get
        {
            Samples.ModemSimulator.Bearer bearer = _isSms ? Samples.ModemSimulator.Bearer.Sms : Samples.ModemSimulator.Bearer.NonIp;
            TrafficCount up = _modem.Traffic[bearer, AirDirection.Up];
            TrafficCount down = _modem.Traffic[bearer, AirDirection.Down];
            return new AirCount(up.Messages, up.TotalBytes, down.Messages, down.TotalBytes);
        }
    }

    public override void Connect(Lwm2mClient client)
    {
        // A context without IP is defined before the modem attaches.
        var modem = new CellularModem(new SerialPump(this), new ModemOptions { LineBytes = 2000, RadioOffCommand = _isSms ? null : "AT+CFUN=0" });
        client.UseTransport(_isSms ? new SmsTransport(modem) { Client = client } : new NonIpTransport(modem, new NonIpOptions()));
    }

    public override void Lose() => _modem.HasCoverage = false;

    public override void Restore() => _modem.HasCoverage = true;

    public override ValueTask DisposeAsync()
    {
        _modem.Dispose();
        _network.Dispose();
        return ValueTask.CompletedTask;
    }

    Stream? ISerialPort.TryOpen() => _modem.OpenStream();
}
