using System;
using System.Device.Gpio;
using System.Device.I2c;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Iot.Device.Bmxx80;
using Lwm2m.Client;
using Lwm2m.Formats;
using RaspberryPi;

const int LampPin = 17;
const int SensorValue = 5700;
const int Units = 5701;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: lwm2m-lamp ENDPOINT coap://SERVER[:PORT]");
    return 2;
}

using var gpio = new GpioController();
using var bus = I2cDevice.Create(new I2cConnectionSettings(1, Bme280.SecondaryI2cAddress));
using var sensor = new Bme280(bus);

var temperature = new StoredObject(new ObjectDefinition(
    3303,
    "1.1",
    Resource.ReadOnly(SensorValue, DataType.Float, mandatory: true),
    Resource.ReadOnly(Units, DataType.String)));
temperature.AllowCreate = false;
temperature.AddInstance(0);
temperature.Set(0, SensorValue, Measure());
temperature.Set(0, Units, "Cel");

var client = new Lwm2mClient(new ClientOptions(args[0]));
client.AddServer(args[1], shortServerId: 1, lifetimeSeconds: 300);
client.Add(new DeviceObject("Raspberry Pi", "Lamp"));
client.Add(temperature);
client.Add(new LampObject(gpio, LampPin));

// Ctrl-C, and what systemd sends to stop the service: both say good-bye to the server first.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);

Task measuring = MeasureEvery(TimeSpan.FromSeconds(5));
await client.RunAsync(stop.Token);
await measuring;
return 0;

void Leave(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// The client notifies the servers that observe the value, as often as they asked for.
async Task MeasureEvery(TimeSpan pause)
{
    using var timer = new PeriodicTimer(pause);
    try
    {
        while (await timer.WaitForNextTickAsync(stop.Token))
            temperature.Set(0, SensorValue, Measure());
    }
    catch (OperationCanceledException)
    {
        // The ordinary end.
    }
}

// Tenths of a degree: the sensor is not better than that, and each digit costs a byte on the air.
double Measure() => Math.Round(sensor.Read().Temperature?.DegreesCelsius ?? double.NaN, 1);
