using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Objects;

/// <summary>
/// Lights (IPSO, object 3311, version 1.0). A server or the application switches and dims them; <see cref="Switched"/> does it.
/// Times and energy are counted by the application, which has the clock: <see cref="CountOnTime"/>.
/// </summary>
public class LightControl : StoredObject
{
    /// <summary>Sensor Units, of the cumulative power.</summary>
    public const int SensorUnits = 5701;

    /// <summary>Colour, in a colour space of the device's choice.</summary>
    public const int Colour = 5706;

    /// <summary>Application Type.</summary>
    public const int ApplicationType = 5750;

    /// <summary>Cumulative active power in Wh.</summary>
    public const int CumulativeActivePower = 5805;

    /// <summary>Power factor.</summary>
    public const int PowerFactor = 5820;

    /// <summary>On/Off.</summary>
    public const int OnOff = 5850;

    /// <summary>Dimmer in percent.</summary>
    public const int Dimmer = 5851;

    /// <summary>On time in seconds; a server resets it by writing 0.</summary>
    public const int OnTime = 5852;

    private const int ValuesPerLight = 8;

    /// <summary>Makes the object with one light, instance 0, that is off.</summary>
    /// <param name="maxLights">How many lights there may be.</param>
    public LightControl(int maxLights = 1)
        : base(Define(maxLights), maxLights * ValuesPerLight)
    {
        AllowCreate = false;
        AddLight(0);
    }

    /// <summary>Called when On/Off or the dimmer of a light were set: on the runner's thread when a server did, else on the caller's.</summary>
    public LightSwitched? Switched { get; set; }

    /// <summary>Adds a light that is off.</summary>
    /// <param name="instance">Its instance.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="applicationType">What it is used for.</param>
    public void AddLight(int instance, string colour = "#FFFFFF", string applicationType = "light")
    {
        AddInstance(instance);
        Set(instance, OnOff, false);
        Set(instance, Dimmer, 0);
        Set(instance, OnTime, 0);
        Set(instance, Colour, colour);
        Set(instance, ApplicationType, applicationType);
    }

    /// <summary>True when the light is on.</summary>
    public bool IsOn(int instance)
    {
        GetBoolean(instance, OnOff, out bool on);
        return on;
    }

    /// <summary>How bright the light shines: the dimmer in percent while it is on, 0 while it is off.</summary>
    public int Brightness(int instance)
    {
        GetInteger(instance, Dimmer, out long percent);
        return IsOn(instance) ? (int)percent : 0;
    }

    /// <summary>Adds to the On time of a light, if it is on.</summary>
    /// <param name="instance">The light.</param>
    /// <param name="seconds">Seconds since the last call.</param>
    public void CountOnTime(int instance, int seconds)
    {
        if (IsOn(instance) && GetInteger(instance, OnTime, out long total) == Outcome.Ok)
            Set(instance, OnTime, total + seconds);
    }

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (resource == OnOff || resource == Dimmer)
            Switched?.Invoke(this, instance);
    }

    private static ObjectDefinition Define(int maxLights) => new ObjectDefinition(
        3311,
        "1.0",
        Resource.ReadOnly(SensorUnits, DataType.String),
        Resource.ReadWrite(Colour, DataType.String),
        Resource.ReadWrite(ApplicationType, DataType.String),
        Resource.ReadOnly(CumulativeActivePower, DataType.Float),
        Resource.ReadOnly(PowerFactor, DataType.Float),
        Resource.ReadWrite(OnOff, DataType.Boolean, mandatory: true),
        Resource.ReadWrite(Dimmer, DataType.Integer),
        Resource.ReadWrite(OnTime, DataType.Integer))
        { MaxInstances = maxLights }
        .WithRange(Dimmer, 0, 100)
        .WithRange(OnTime, 0, long.MaxValue);
}
