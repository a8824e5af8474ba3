using System.Threading;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Esp32;

/// <summary>A thermometer: Temperature (/3303) over Wi-Fi.</summary>
public static class Program
{
    private const int SensorValue = 5700;
    private const int Units = 5701;
    private const int PauseMs = 5000;

    public static void Main()
    {
        Board board = new Board();
        while (!board.ConnectWifi(Settings.Ssid, Settings.Password))
            Thread.Sleep(PauseMs);

        // The capacities are what is used, so that no memory lies idle.
        StoredObject temperature = new StoredObject(
            new ObjectDefinition(
                3303,
                "1.1",
                Resource.ReadOnly(SensorValue, DataType.Float, mandatory: true),
                Resource.ReadOnly(Units, DataType.String)),
            capacity: 2);
        temperature.AllowCreate = false;
        temperature.AddInstance(0);
        temperature.Set(0, SensorValue, 0.0);
        temperature.Set(0, Units, "Cel");

        Lwm2mClient client = new Lwm2mClient(new ClientOptions(Settings.Endpoint));
        client.AddServer(Settings.Server, 1, 300);
        client.Add(new DeviceObject("Espressif", "ESP32", capacity: 8));
        client.Add(temperature);
        new Thread(client.Run).Start();

        while (true)
        {
            if (board.TryReadTemperature(out double celsius))
                temperature.Set(0, SensorValue, celsius);
            Thread.Sleep(PauseMs);
        }
    }
}
