using System.Collections.Generic;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

/// <summary>The object that servers observe, write, execute, create and delete. Every command carries a number of its own: one that comes
/// twice within one run of the client is a command that was run twice.</summary>
internal sealed class Probe : StoredObject
{
    public const int ObjectId = 33000;
    public const int Counter = 0;
    public const int Setpoint = 1;
    public const int Mark = 2;
    public const int Command = 3;
    public const int Instances = 2;
    public const int MaxInstances = 6;

    private readonly Device _device;
    private readonly HashSet<long> _run = new();

    public Probe(Device device)
        : base(Define(), MaxInstances * 4)
    {
        _device = device;
        AllowBootstrapDelete = false;
        IsKept = true;
        for (int instance = 0; instance < Instances; instance++)
        {
            AddInstance(instance);
            Set(instance, Counter, 0);
        }
    }

    protected override void OnCreated(int instance) => Set(instance, Counter, 0);

    protected override void OnWritten(int instance, int resource, int resourceInstance)
    {
        long before = _device.BeginOwn();
        if (GetInteger(instance, resource, out long number) == Outcome.Ok && _device.IsAsked(number))
            Once(number, resource == Mark ? "Create" : "Write");
        _device.EndOwn(before);
    }

    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        long before = _device.BeginOwn();
        long number = 0;
        for (int index = 0; index < arguments.ValueLength(0); index++)
            number = number * 10 + arguments.ValueAt(0, index) - '0';
        Once(number, "Execute");
        _device.EndOwn(before);
        return Outcome.Ok;
    }

    private void Once(long number, string what)
    {
        if (!_run.Add(number))
            _device.World.Break($"{what} with number {number} was run twice within one run of the client");
    }

    private static ObjectDefinition Define() => new(
        ObjectId,
        "1.0",
        Resource.ReadOnly(Counter, DataType.Integer, mandatory: true),
        Resource.ReadWrite(Setpoint, DataType.Integer),
        Resource.ReadWrite(Mark, DataType.Integer),
        Resource.Executable(Command))
    {
        MaxInstances = MaxInstances,
    };
}
