using System;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

public class AtomicWriteTests
{
    private sealed class Picky : Lwm2mObject
    {
        public readonly long[] Values = { 1, 2, 3 };
        public bool Throws;

        public Picky()
            : base(new ObjectDefinition(30001, "1.0",
                Resource.ReadWrite(0, DataType.Integer),
                Resource.ReadWrite(1, DataType.Integer),
                Resource.ReadWrite(2, DataType.Integer),
                Resource.Executable(3))) => AddInstance(0);

        protected internal override Outcome Read(int instance, int resource, ValueWriter value) => value.Integer(Values[resource]);

        protected internal override Outcome Write(int instance, int resource, ValueReader value)
        {
            value.GetInteger(out long number);
            if (number == 13)
                return Throws ? throw new InvalidOperationException("thirteen") : Outcome.BadRequest;
            Values[resource] = number;
            return Outcome.Ok;
        }

        protected internal override Outcome Execute(int instance, int resource, ExecuteArguments arguments) =>
            throw new InvalidOperationException("no");
    }

    [TestCase(false, "ACK 4.00")]
    [TestCase(true, "ACK 5.00")]
    public void What_the_object_refuses_half_way_is_put_back(bool throws, string answer)
    {
        var picky = new Picky { Throws = throws };
        Bed bed = new Bed(setUp: c => c.Add(picky)).Registered();
        Assert.That(bed.Ask("CON POST /30001/0 cf=110 \"[{\"bn\":\"/30001/0/\",\"n\":\"0\",\"v\":10},{\"n\":\"1\",\"v\":11},{\"n\":\"2\",\"v\":13}]\""), Does.StartWith(answer));
        Assert.That(picky.Values, Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(bed.Events.Lines, Has.No.Member("written /30001/0/0"));
    }

    [Test]
    public void A_handler_that_throws_costs_one_request_and_is_reported()
    {
        Bed bed = new Bed(setUp: c => c.Add(new Picky())).Registered();
        Assert.That(bed.Ask("CON POST /30001/0/3"), Is.EqualTo("ACK 5.00"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "threw InvalidOperationException" }));
        Assert.That(bed.Ask("CON GET /30001/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }

    private sealed class Clumsy : ClientListener
    {
        public int Told;

        public override void OnRegistered(ServerAccount server) => throw new InvalidOperationException("registered");

        public override void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
            throw new InvalidOperationException("written");

        public override void OnHandlerError(ServerAccount? server, Exception thrown)
        {
            Told++;
            throw new InvalidOperationException("again", thrown);
        }
    }

    [Test]
    public void A_listener_that_throws_is_told_and_disturbs_nothing()
    {
        var clumsy = new Clumsy();
        Bed bed = new Bed(setUp: c => c.Listener = clumsy).Registered();
        Assert.That(clumsy.Told, Is.EqualTo(1));
        Assert.That(bed.Ask("CON PUT /1/0/2 cf=0 \"5\""), Is.EqualTo("ACK 2.04"));
        Assert.That(clumsy.Told, Is.EqualTo(2));
        Assert.That(bed.Ask("CON GET /1/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"5\""));
        Assert.That(bed.Client.Listener, Is.SameAs(clumsy));
    }
}
