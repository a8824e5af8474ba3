using System.Device.Gpio;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace RaspberryPi;

/// <summary>Light Control (/3311): what a server writes to On/Off appears on a pin.</summary>
public sealed class LampObject : StoredObject
{
    private const int OnOff = 5850;

    private readonly GpioController _gpio;
    private readonly int _pin;

    public LampObject(GpioController gpio, int pin)
        : base(new ObjectDefinition(3311, "1.0", Resource.ReadWrite(OnOff, DataType.Boolean, mandatory: true)))
    {
        _gpio = gpio;
        _pin = pin;
        _gpio.OpenPin(pin, PinMode.Output);
        AllowCreate = false;
        AddInstance(0);
        Set(0, OnOff, false);
    }

    // Called for the value set above, and for whatever a server writes.
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        GetBoolean(0, OnOff, out bool on);
        _gpio.Write(_pin, on ? PinValue.High : PinValue.Low);
    }
}
