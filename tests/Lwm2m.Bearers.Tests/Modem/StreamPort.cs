using System.IO;
using Lwm2m.Cellular;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Bearers.Tests;

/// <summary>A simulated modem in this process as a serial port.</summary>
internal sealed class StreamPort : ISerialPort
{
    private readonly SimulatedModem _modem;

    public StreamPort(SimulatedModem modem) => _modem = modem;

    public Stream? TryOpen() => _modem.OpenStream();
}
