using System;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Objects;

/// <summary>
/// The LwM2M Test Object (object 3442, version 1.0): a resource of each data type, single and multiple, and executes that reset,
/// randomize and clear them. Its instance 0 is there from the start.
/// </summary>
public class TestObject : StoredObject
{
    /// <summary>Reset values.</summary>
    public const int ResetValues = 0;

    /// <summary>Randomize values.</summary>
    public const int RandomizeValues = 1;

    /// <summary>Clear values.</summary>
    public const int ClearValues = 2;

    /// <summary>Exec With Arguments: its arguments can be read in <see cref="ArgumentsList"/>.</summary>
    public const int ExecWithArguments = 3;

    /// <summary>Arguments List.</summary>
    public const int ArgumentsList = 4;

    /// <summary>Send Data. Refused (4.05): it asks for the Send operation, which the client does not have.</summary>
    public const int SendData = 5;

    /// <summary>Resources to Send: kept for <see cref="SendData"/>.</summary>
    public const int ResourcesToSend = 6;

    /// <summary>The single values have these ids; the multiple ones the same plus <see cref="MultipleOffset"/>.</summary>
    public const int StringValue = 110;

    /// <summary>Integer Value.</summary>
    public const int IntegerValue = 120;

    /// <summary>Unsigned Integer Value.</summary>
    public const int UnsignedIntegerValue = 125;

    /// <summary>Float Value.</summary>
    public const int FloatValue = 130;

    /// <summary>Boolean Value.</summary>
    public const int BooleanValue = 140;

    /// <summary>Opaque Value.</summary>
    public const int OpaqueValue = 150;

    /// <summary>Time Value.</summary>
    public const int TimeValue = 160;

    /// <summary>ObjLink Value.</summary>
    public const int ObjectLinkValue = 170;

    /// <summary>CoreLnk Value.</summary>
    public const int CoreLinkValue = 180;

    /// <summary>From a single value to the multiple one of the same type.</summary>
    public const int MultipleOffset = 1000;

    private const int MaxRandomLength = 20;
    private const int MaxRandomInstances = 10;

    private static readonly int[] Singles =
    {
        StringValue, IntegerValue, UnsignedIntegerValue, FloatValue, BooleanValue, OpaqueValue, TimeValue, ObjectLinkValue, CoreLinkValue
    };

    private readonly Random _random;

    /// <summary>Makes the object with its instance 0 and the initial values of the registry.</summary>
    /// <param name="random">What Randomize takes its values from; a seeded one gives the same values again.</param>
    /// <param name="capacity">How many values it holds, all instances together.</param>
    public TestObject(Random? random = null, int capacity = 512)
        : base(Define(), capacity)
    {
        _random = random ?? new Random();
        AddInstance(0);
        Reset(0);
    }

    /// <inheritdoc/>
    protected override void OnCreated(int instance) => Reset(instance);

    /// <inheritdoc/>
    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        switch (resource)
        {
            case ResetValues:
                Reset(instance);
                return Outcome.Ok;
            case RandomizeValues:
                Randomize(instance);
                return Outcome.Ok;
            case ClearValues:
                Clear(instance);
                return Outcome.Ok;
            case ExecWithArguments:
                KeepArguments(instance, arguments);
                return Outcome.Ok;
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    private void Reset(int instance)
    {
        SetEmpty(instance, ArgumentsList);
        SetEmpty(instance, ResourcesToSend);
        foreach (int single in Singles)
        {
            SetInitial(instance, single, -1);
            SetEmpty(instance, single + MultipleOffset);
            SetInitial(instance, single + MultipleOffset, 0);
        }
    }

    private void Randomize(int instance)
    {
        foreach (int single in Singles)
        {
            SetRandom(instance, single, -1);
            SetEmpty(instance, single + MultipleOffset);
            for (int left = _random.Next(MaxRandomInstances + 1), id = 0; left > 0; left--, id++)
                SetRandom(instance, single + MultipleOffset, id);
        }
    }

    private void Clear(int instance)
    {
        SetEmpty(instance, ArgumentsList);
        SetEmpty(instance, ResourcesToSend);
        foreach (int single in Singles)
        {
            SetNothing(instance, single);
            SetEmpty(instance, single + MultipleOffset);
        }
    }

    private void KeepArguments(int instance, ExecuteArguments arguments)
    {
        SetEmpty(instance, ArgumentsList);
        for (int position = 0; position < arguments.Count; position++)
            SetInstance(instance, ArgumentsList, arguments.Digit(position), arguments.GetValue(position));
    }

    private void SetInitial(int instance, int resource, int id)
    {
        switch (resource % MultipleOffset)
        {
            case StringValue:
                Put(instance, resource, id, "initial value");
                break;
            case IntegerValue:
                Put(instance, resource, id, 1024L);
                break;
            case UnsignedIntegerValue:
                Put(instance, resource, id, 1UL << 63);
                break;
            case FloatValue:
                Put(instance, resource, id, 3.14159);
                break;
            case BooleanValue:
                Put(instance, resource, id, true);
                break;
            case OpaqueValue:
                Put(instance, resource, id, new byte[] { 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF });
                break;
            case TimeValue:
                Put(instance, resource, id, 946684800L);
                break;
            case ObjectLinkValue:
                PutLink(instance, resource, id, 3, 0);
                break;
            case CoreLinkValue:
                Put(instance, resource, id, "</3442>");
                break;
        }
    }

    private void SetRandom(int instance, int resource, int id)
    {
        switch (resource % MultipleOffset)
        {
            case StringValue:
                Put(instance, resource, id, RandomText());
                break;
            case IntegerValue:
                Put(instance, resource, id, RandomBits());
                break;
            case UnsignedIntegerValue:
                Put(instance, resource, id, (ulong)RandomBits());
                break;
            case FloatValue:
                Put(instance, resource, id, (_random.NextDouble() - 0.5) * 1e6);
                break;
            case BooleanValue:
                Put(instance, resource, id, _random.Next(2) == 1);
                break;
            case OpaqueValue:
                byte[] bytes = new byte[_random.Next(MaxRandomLength + 1)];
                _random.NextBytes(bytes);
                Put(instance, resource, id, bytes);
                break;
            case TimeValue:
                Put(instance, resource, id, (long)_random.Next());
                break;
            case ObjectLinkValue:
                // The test object itself, the server, the device, or nothing.
                int linked = _random.Next(4);
                PutLink(instance, resource, id, linked == 0 ? 65535 : linked == 2 ? 3442 : linked, linked == 0 ? 65535 : 0);
                break;
            case CoreLinkValue:
                Put(instance, resource, id, "</" + _random.Next(65535) + ">");
                break;
        }
    }

    private void SetNothing(int instance, int resource)
    {
        switch (resource)
        {
            case StringValue:
            case CoreLinkValue:
                Set(instance, resource, "");
                break;
            case BooleanValue:
                Set(instance, resource, false);
                break;
            case OpaqueValue:
                Set(instance, resource, Array.Empty<byte>());
                break;
            case ObjectLinkValue:
                SetLink(instance, resource, 65535, 65535);
                break;
            default:
                Set(instance, resource, 0);
                break;
        }
    }

    private string RandomText()
    {
        char[] letters = new char[_random.Next(MaxRandomLength + 1)];
        for (int at = 0; at < letters.Length; at++)
            letters[at] = (char)('a' + _random.Next(26));
        return new string(letters);
    }

    private long RandomBits()
    {
        byte[] bytes = new byte[8];
        _random.NextBytes(bytes);
        return BitConverter.ToInt64(bytes, 0);
    }

    private void Put(int instance, int resource, int id, long value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void Put(int instance, int resource, int id, ulong value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void Put(int instance, int resource, int id, double value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void Put(int instance, int resource, int id, bool value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void Put(int instance, int resource, int id, string value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void Put(int instance, int resource, int id, byte[] value)
    {
        if (id < 0)
            Set(instance, resource, value);
        else
            SetInstance(instance, resource, id, value);
    }

    private void PutLink(int instance, int resource, int id, int linkedObject, int linkedInstance)
    {
        if (id < 0)
            SetLink(instance, resource, linkedObject, linkedInstance);
        else
            SetInstanceLink(instance, resource, id, linkedObject, linkedInstance);
    }

    private static ObjectDefinition Define() => new(
        3442,
        "1.0",
        Resource.Executable(ResetValues),
        Resource.Executable(RandomizeValues),
        Resource.Executable(ClearValues),
        Resource.Executable(ExecWithArguments),
        Resource.ReadOnly(ArgumentsList, DataType.String, multiple: true),
        Resource.Executable(SendData),
        Resource.ReadWrite(ResourcesToSend, DataType.String, multiple: true),
        Resource.ReadWrite(StringValue, DataType.String),
        Resource.ReadWrite(IntegerValue, DataType.Integer),
        Resource.ReadWrite(UnsignedIntegerValue, DataType.Unsigned),
        Resource.ReadWrite(FloatValue, DataType.Float),
        Resource.ReadWrite(BooleanValue, DataType.Boolean),
        Resource.ReadWrite(OpaqueValue, DataType.Opaque),
        Resource.ReadWrite(TimeValue, DataType.Time),
        Resource.ReadWrite(ObjectLinkValue, DataType.ObjectLink),
        Resource.ReadWrite(CoreLinkValue, DataType.CoreLink),
        Resource.ReadWrite(MultipleOffset + StringValue, DataType.String, multiple: true),
        Resource.ReadWrite(MultipleOffset + IntegerValue, DataType.Integer, multiple: true),
        Resource.ReadWrite(MultipleOffset + UnsignedIntegerValue, DataType.Unsigned, multiple: true),
        Resource.ReadWrite(MultipleOffset + FloatValue, DataType.Float, multiple: true),
        Resource.ReadWrite(MultipleOffset + BooleanValue, DataType.Boolean, multiple: true),
        Resource.ReadWrite(MultipleOffset + OpaqueValue, DataType.Opaque, multiple: true),
        Resource.ReadWrite(MultipleOffset + TimeValue, DataType.Time, multiple: true),
        Resource.ReadWrite(MultipleOffset + ObjectLinkValue, DataType.ObjectLink, multiple: true),
        Resource.ReadWrite(MultipleOffset + CoreLinkValue, DataType.CoreLink, multiple: true));
}
