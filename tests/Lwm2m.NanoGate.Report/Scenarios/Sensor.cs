using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>Temperature (3303) as an application would write it: a few values, a calibration to write, and an executable reset.</summary>
internal sealed class Sensor : StoredObject
{
    public const int Id = 3303;
    public const int Smallest = 5601;
    public const int Largest = 5602;
    public const int ResetExtremes = 5605;
    public const int Value = 5700;
    public const int Units = 5701;
    public const int Calibration = 5821;

    public Sensor(int instances)
        : base(Definition3303(instances), capacity: 5 * instances)
    {
        for (int instance = 0; instance < instances; instance++)
        {
            AddInstance(instance);
            Set(instance, Smallest, -10.5);
            Set(instance, Largest, 40.25);
            Set(instance, Value, 21.5);
            Set(instance, Units, "Cel");
            Set(instance, Calibration, 1.0);
        }
    }

    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments) => Outcome.Ok;

    private static ObjectDefinition Definition3303(int instances) => new(
        Id,
        "1.1",
        Resource.ReadOnly(Smallest, DataType.Float),
        Resource.ReadOnly(Largest, DataType.Float),
        Resource.Executable(ResetExtremes),
        Resource.ReadOnly(Value, DataType.Float, mandatory: true),
        Resource.ReadOnly(Units, DataType.String),
        Resource.ReadWrite(Calibration, DataType.Float)) { MaxInstances = instances };
}
