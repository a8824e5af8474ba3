using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Objects;

/// <summary>
/// Temperature sensors (IPSO, object 3303, version 1.0). Report what a sensor measures; the object keeps the smallest and
/// largest value itself, until a server resets them.
/// </summary>
public class Temperature : StoredObject
{
    /// <summary>Min Measured Value, in the unit of the sensor.</summary>
    public const int MinMeasuredValue = 5601;

    /// <summary>Max Measured Value, in the unit of the sensor.</summary>
    public const int MaxMeasuredValue = 5602;

    /// <summary>Min Range Value: the smallest value that the sensor can measure.</summary>
    public const int MinRangeValue = 5603;

    /// <summary>Max Range Value: the largest value that the sensor can measure.</summary>
    public const int MaxRangeValue = 5604;

    /// <summary>Reset Min and Max Measured Values.</summary>
    public const int ResetMinAndMax = 5605;

    /// <summary>Sensor Value.</summary>
    public const int SensorValue = 5700;

    /// <summary>Sensor Units.</summary>
    public const int SensorUnits = 5701;

    private const int ValuesPerSensor = 6;

    /// <summary>Makes the object with one sensor, instance 0, in degrees Celsius.</summary>
    /// <param name="celsius">What it measures at first.</param>
    /// <param name="maxSensors">How many sensors there may be.</param>
    public Temperature(double celsius, int maxSensors = 1)
        : base(Define(maxSensors), maxSensors * ValuesPerSensor)
    {
        AllowCreate = false;
        AddSensor(0, celsius);
    }

    /// <summary>Adds a sensor.</summary>
    /// <param name="instance">Its instance.</param>
    /// <param name="value">What it measures at first.</param>
    /// <param name="units">Unit of its values (RFC 8428): Cel, K.</param>
    public void AddSensor(int instance, double value, string units = "Cel")
    {
        AddInstance(instance);
        Set(instance, SensorUnits, units);
        Report(instance, value);
    }

    /// <summary>Reports what a sensor measures now. From any thread.</summary>
    /// <param name="instance">Its instance.</param>
    /// <param name="value">The value, in the unit of the sensor.</param>
    public void Report(int instance, double value) => Set(instance, SensorValue, value);

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (resource != SensorValue || GetFloat(instance, SensorValue, out double value) != Outcome.Ok)
            return;
        if (GetFloat(instance, MinMeasuredValue, out double min) != Outcome.Ok || value < min)
            Set(instance, MinMeasuredValue, value);
        if (GetFloat(instance, MaxMeasuredValue, out double max) != Outcome.Ok || value > max)
            Set(instance, MaxMeasuredValue, value);
    }

    /// <inheritdoc/>
    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        Outcome outcome = GetFloat(instance, SensorValue, out double value);
        if (outcome != Outcome.Ok)
            return outcome;
        Set(instance, MinMeasuredValue, value);
        Set(instance, MaxMeasuredValue, value);
        return Outcome.Ok;
    }

    private static ObjectDefinition Define(int maxSensors) => new(
        3303,
        "1.0",
        Resource.ReadOnly(MinMeasuredValue, DataType.Float),
        Resource.ReadOnly(MaxMeasuredValue, DataType.Float),
        Resource.ReadOnly(MinRangeValue, DataType.Float),
        Resource.ReadOnly(MaxRangeValue, DataType.Float),
        Resource.Executable(ResetMinAndMax),
        Resource.ReadOnly(SensorValue, DataType.Float, mandatory: true),
        Resource.ReadOnly(SensorUnits, DataType.String))
        { MaxInstances = maxSensors };
}
