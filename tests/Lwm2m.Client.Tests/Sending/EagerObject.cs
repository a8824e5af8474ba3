using System;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Sending;

/// <summary>An object whose handler does something of its own while it is read.</summary>
internal sealed class EagerObject : Lwm2mObject
{
    private readonly Action _whenRead;

    public EagerObject(Action whenRead)
        : base(new ObjectDefinition(3400, "1.0", Resource.ReadOnly(1, DataType.Integer), Resource.ReadOnly(2, DataType.Integer)))
    {
        _whenRead = whenRead;
        AddInstance(0);
    }

    protected internal override bool Has(int instance, int resource) => true;

    protected internal override Outcome Read(int instance, int resource, ValueWriter value)
    {
        _whenRead();
        return value.Integer(7);
    }
}
