using System;
using System.Collections.Generic;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class Lwm2mObjectTests
{
    private sealed class Pump : Lwm2mObject
    {
        private bool _on;

        public Pump(int maxInstances = 16)
            : base(new ObjectDefinition(
                26241,
                "1.0",
                Resource.ReadOnly(0, DataType.Float),
                Resource.ReadWrite(1, DataType.Boolean),
                Resource.Executable(2)) { MaxInstances = maxInstances })
        {
        }

        public double Pressure { get; set; } = 2.5;

        public void Add(int instance) => AddInstance(instance);

        public bool Drop(int instance) => RemoveInstance(instance);

        protected internal override Outcome Read(int instance, int resource, ValueWriter value) =>
            resource == 0 ? value.Float(Pressure) : value.Boolean(_on);

        protected internal override Outcome Write(int instance, int resource, ValueReader value) => value.GetBoolean(out _on);

        protected internal override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
        {
            Pressure = 0;
            Changed(instance, 0);
            return Outcome.Ok;
        }
    }

    [Test]
    public void An_object_of_ones_own_is_read_written_and_executed()
    {
        Pump pump = new();
        pump.Add(0);
        Bench bench = new(pump);
        Assert.That(bench.Text(0, 0), Is.EqualTo("2.5"));
        Assert.That(bench.Text(0, 1), Is.EqualTo("0"));
        Assert.That(bench.PutText(0, 1, "1"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 1), Is.EqualTo("1"));
        Assert.That(bench.PutText(0, 1, "maybe"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(bench.Post(0, 2), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 0), Is.EqualTo("0"));
        Assert.That(bench.Heard, Is.EqualTo(new[] { "/26241/0/0" }));
    }

    [Test]
    public void What_a_handler_does_not_support_is_refused()
    {
        Pump pump = new();
        Assert.That(pump.Create(0), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(pump.Delete(0), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(pump.ClearInstance(0, 1, 0), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(pump.Clear(0, 1), Is.EqualTo(Outcome.Ok), "a replace that leaves the resource out must still succeed");
    }

    [Test]
    public void Changes_reach_the_client_with_their_path()
    {
        Pump pump = new();
        pump.Changed(0, 0);
        Bench bench = new(pump);
        pump.Add(3);
        pump.Changed(3);
        pump.Changed(3, 1);
        pump.Changed(3, 1, 7);
        pump.Drop(3);
        Assert.That(bench.Heard, Is.EqualTo(new[] { "instances", "/26241/3", "/26241/3/1", "/26241/3/1/7", "instances" }));
    }

    [Test]
    public void Instances_are_listed_in_order_with_and_without_gaps([Values(1, 2, 3)] int seed)
    {
        Console.WriteLine($"seed {seed}");
        Random random = new(seed);
        Pump pump = new(64);
        SortedSet<int> expected = [];
        for (int step = 0; step < 400; step++)
        {
            int id = random.Next(0, seed == 1 ? 40 : 65535);
            if (expected.Count < 40 && expected.Add(id))
                pump.Add(id);
            else if (expected.Count > 0)
            {
                int[] present = [.. expected];
                int gone = present[random.Next(present.Length)];
                expected.Remove(gone);
                Assert.That(pump.Drop(gone), Is.True);
                Assert.That(pump.Drop(gone), Is.False);
            }

            int position = 0;
            foreach (int present in expected)
                Assert.That(pump.InstanceAt(position++), Is.EqualTo(present));
            Assert.That(pump.InstanceCount, Is.EqualTo(position));
            Assert.That(pump.InstanceAt(position), Is.EqualTo(-1));
            for (int probe = 0; probe < 50; probe++)
            {
                int asked = probe < 45 ? probe : random.Next(65535);
                Assert.That(pump.HasInstance(asked), Is.EqualTo(expected.Contains(asked)));
            }

            int free = 0;
            while (expected.Contains(free))
                free++;
            Assert.That(pump.FreeInstanceId(), Is.EqualTo(free));
        }
    }

    [Test]
    public void A_mistake_with_an_instance_names_it()
    {
        Pump pump = new(2);
        pump.Add(5);
        Assert.That(() => pump.Add(5), Throws.ArgumentException.With.Message.Contains("/26241/5"));
        Assert.That(() => pump.Add(65535), Throws.ArgumentException.With.Message.Contains("/26241/65535"));
        pump.Add(6);
        Assert.That(() => pump.Add(7), Throws.InvalidOperationException.With.Message.Contains("/26241/7"));
        Assert.That(() => new DeviceObject().AddInstance(1), Throws.ArgumentException.With.Message.Contains("/3/1"));
    }
}
