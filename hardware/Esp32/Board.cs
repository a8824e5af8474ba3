using System;
using System.Device.I2c;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Networking;

namespace Esp32;

/// <summary>What is soldered to this board: Wi-Fi, and an LM75 or TMP102 on the I2C bus.</summary>
public sealed class Board
{
    private const int Bus = 1;
    private const int SensorAddress = 0x48;
    private const int ConnectTimeoutMs = 60000;

    private readonly I2cDevice _sensor;
    private readonly byte[] _reading = new byte[2];

    public Board()
    {
        Configuration.SetPinFunction(Gpio.IO21, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(Gpio.IO22, DeviceFunction.I2C1_CLOCK);
        _sensor = I2cDevice.Create(new I2cConnectionSettings(Bus, SensorAddress));
    }

    /// <summary>Joins a network and gets an address; the firmware comes back to it by itself when it was lost.</summary>
    public bool ConnectWifi(string ssid, string password) =>
        WifiNetworkHelper.ConnectDhcp(ssid, password, requiresDateTime: false, token: new CancellationTokenSource(ConnectTimeoutMs).Token);

    /// <summary>The temperature in degrees Celsius; false when the sensor does not answer.</summary>
    public bool TryReadTemperature(out double celsius)
    {
        // Register 0, which a read without a write before it gives: 1/256 degrees, the high byte first.
        bool complete = _sensor.Read(_reading).Status == I2cTransferStatus.FullTransfer;
        celsius = (short)(_reading[0] << 8 | _reading[1]) / 256.0;
        return complete;
    }
}
