using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Access;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Composite;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CompositeWriteTests
{
    private readonly StoredObject _portfolio = new(new ObjectDefinition(16, "1.0",
        Resource.ReadWrite(0, DataType.String, multiple: true, mandatory: true),
        Resource.Executable(1),
        Resource.ReadWrite(3, DataType.Integer)));

    private Bed Portfolio(int servers = 1)
    {
        _portfolio.AddInstance(0);
        _portfolio.SetInstance(0, 0, 0, "a");
        _portfolio.SetInstance(0, 0, 3, "b");
        Bed bed = new Bed(setUp: c => c.Add(_portfolio), lifetime: 300, servers: servers);
        bed.RegisteredAtAll();
        return bed;
    }

    [Test]
    public void Int_257_values_of_several_objects_are_written_in_one_go()
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON IPATCH / cf=112 hex:83a321612f0065312f302f32021865a20065312f302f3604f5a20066332f302f31330200"),
            Is.EqualTo("ACK 2.04"));
        bed.Events.Lines.Clear();
        Assert.That(bed.Ask("CON IPATCH / cf=110 \"[{\"n\":\"/1/0/2\",\"v\":101},{\"n\":\"/16/0/0/0\",\"vs\":\"x\"},{\"n\":\"/16/0/0/7\",\"vs\":\"y\"},{\"n\":\"/16/0/3\",\"v\":5}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "written /1/0/2", "written /16/0/0/0", "written /16/0/0/7", "written /16/0/3" }));
        Assert.That(bed.Ask("CON GET /16/0 accept=110"), Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/16/0/\",\"n\":\"0/0\",\"vs\":\"x\"},{\"n\":\"0/3\",\"vs\":\"b\"},{\"n\":\"0/7\",\"vs\":\"y\"},{\"n\":\"3\",\"v\":5}]\""));
        Assert.That(bed.Ask("CON GET /1/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"101\""));
    }

    [Test]
    public void A_written_lifetime_is_told_with_an_update()
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON IPATCH / cf=110 \"[{\"n\":\"/1/0/1\",\"v\":600}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/1?lt=600"));
    }

    [TestCase("cf=322 hex:82a200662f312f302f32021865a200692f31362f302f302f3302f6", "2.04", "a", TestName = "Null in SenML ETCH removes a resource instance")]
    [TestCase("cf=320 \"[{\"n\":\"/16/0/0/3\",\"v\":null}]\"", "2.04", "a", TestName = "Null in ETCH JSON")]
    [TestCase("cf=112 hex:81a200692f31362f302f302f3302f6", "4.00", "ab", TestName = "Null in SenML CBOR")]
    [TestCase("cf=322 hex:81a200692f31362f302f302f3902f6", "4.04", "ab", TestName = "Null for an instance that is not there")]
    [TestCase("cf=322 hex:81a200672f31362f302f3302f6", "4.00", "ab", TestName = "Null for a single resource")]
    [TestCase("cf=322 hex:81a200672f31362f302f3002f6", "4.00", "ab", TestName = "Null for a whole resource")]
    [TestCase("cf=11544 hex:a1821000a100a1036163", "2.04", "ac", TestName = "LwM2M CBOR")]
    public void Formats(string payload, string code, string texts)
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON IPATCH / " + payload).Split(' ')[1], Is.EqualTo(code));
        string read = bed.Ask("CON GET /16/0/0 accept=110");
        Assert.That(string.Concat(read.Split("\"vs\":\"").Skip(1).Select(t => t[0])), Is.EqualTo(texts));
    }

    [TestCase("{\"n\":\"/1/0/0\",\"v\":3}", "4.05", TestName = "Read only")]
    [TestCase("{\"n\":\"/16/0/1\",\"v\":3}", "4.05", TestName = "Executable")]
    [TestCase("{\"n\":\"/16/0/9\",\"v\":3}", "4.04", TestName = "Unknown resource")]
    [TestCase("{\"n\":\"/16/1/3\",\"v\":3}", "4.04", TestName = "Unknown instance")]
    [TestCase("{\"n\":\"/17/0/3\",\"v\":3}", "4.04", TestName = "Unknown object")]
    [TestCase("{\"n\":\"/0/0/0\",\"vs\":\"x\"}", "4.01", TestName = "Security")]
    [TestCase("{\"n\":\"/16/0/3\",\"vs\":\"x\"}", "4.00", TestName = "Wrong type")]
    [TestCase("{\"n\":\"/16/0\",\"v\":3}", "4.00", TestName = "Above a resource")]
    [TestCase("{\"n\":\"/16/0/3\"}", "4.00", TestName = "No value")]
    [TestCase("{\"n\":\"/16/0/3\",\"v\":1},", "4.00", TestName = "Malformed")]
    public void One_refusal_refuses_all(string record, string code)
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask($"CON IPATCH / cf=110 \"[{{\"n\":\"/1/0/2\",\"v\":77}},{record}]\"").Split(' ')[1], Is.EqualTo(code));
        Assert.That(bed.Ask("CON GET /1/0/2"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Events.Lines, Is.Empty);
    }

    [TestCase("CON IPATCH / \"[{\"n\":\"/1/0/2\",\"v\":77}]\"", "4.00", TestName = "No content format")]
    [TestCase("CON IPATCH / cf=0 \"1\"", "4.15", TestName = "Text")]
    [TestCase("CON IPATCH / cf=11542 hex:C10205", "4.15", TestName = "TLV")]
    [TestCase("CON IPATCH / cf=110 \"[]\"", "4.00", TestName = "Nothing")]
    [TestCase("CON IPATCH /1 cf=110 \"[{\"n\":\"/1/0/2\",\"v\":77}]\"", "4.05", TestName = "With an object path")]
    public void The_request_goes_to_the_root(string request, string code) =>
        Assert.That(Portfolio().Ask(request).Split(' ')[1], Is.EqualTo(code));

    [Test]
    public void Each_target_needs_the_right_to_write()
    {
        Bed bed = Portfolio(servers: 2);
        Assert.That(bed.Code(0, "CON IPATCH / cf=110 \"[{\"n\":\"/1/0/2\",\"v\":77},{\"n\":\"/1/1/2\",\"v\":77}]\""), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON GET /1/0/2"), Is.EqualTo("4.04"));
        Assert.That(bed.Code(1, "CON IPATCH / cf=110 \"[{\"n\":\"/1/1/2\",\"v\":77},{\"n\":\"/16/0/3\",\"v\":7}]\""), Is.EqualTo("2.04"));
    }

    // Refuses every value whose number is on its list, and then and now throws.
    private sealed class Picky : Lwm2mObject
    {
        public readonly long[,] Values = new long[3, 4];
        public int RefuseAfter = -1;
        public bool Throws;

        public Picky(int id)
            : base(new ObjectDefinition(id, "1.0", Enumerable.Range(0, 4).Select(r => Resource.ReadWrite(r, DataType.Integer)).ToArray()))
        {
            for (int instance = 0; instance < 3; instance++)
                AddInstance(instance);
        }

        protected internal override Outcome Read(int instance, int resource, ValueWriter value) => value.Integer(Values[instance, resource]);

        protected internal override Outcome Write(int instance, int resource, ValueReader value)
        {
            if (RefuseAfter-- == 0)
                return Throws ? throw new InvalidOperationException() : Outcome.BadRequest;
            Outcome outcome = value.GetInteger(out long number);
            Values[instance, resource] = number;
            return outcome;
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Whatever_is_refused_half_way_leaves_all_as_it_was(int seed)
    {
        TestContext.Out.WriteLine("seed " + seed);
        var random = new Random(seed);
        Picky[] objects = { new(30001), new(30002) };
        Bed bed = new Bed(setUp: c => { c.Add(objects[0]); c.Add(objects[1]); }, lifetime: 0).Registered();
        for (int round = 0; round < 300; round++)
        {
            var paths = new HashSet<(int Object, int Instance, int Resource)>();
            int count = random.Next(1, 10);
            while (paths.Count < count)
                paths.Add((random.Next(2), random.Next(3), random.Next(4)));
            var before = objects.Select(o => (long[,])o.Values.Clone()).ToArray();
            int fails = random.Next(2) == 0 ? random.Next(count) : -1;
            int seen = 0;
            foreach (Picky target in objects)
            {
                target.RefuseAfter = -1;
                target.Throws = random.Next(3) == 0;
            }

            (int Object, int Instance, int Resource)[] order = paths.ToArray();
            if (fails >= 0)
            {
                int failing = order[fails].Object;
                seen = order.Take(fails).Count(p => p.Object == failing);
                objects[failing].RefuseAfter = seen;
            }

            int value = random.Next(1000);
            string records = string.Join(",", order.Select((p, i) => $"{{\"n\":\"/{30001 + p.Object}/{p.Instance}/{p.Resource}\",\"v\":{value + i}}}"));
            string answer = bed.Ask($"CON IPATCH / cf=110 \"[{records}]\"");
            foreach (Picky target in objects)
                target.RefuseAfter = -1;
            if (fails < 0)
            {
                Assert.That(answer, Is.EqualTo("ACK 2.04"), $"seed {seed}, round {round}");
                for (int index = 0; index < order.Length; index++)
                    before[order[index].Object][order[index].Instance, order[index].Resource] = value + index;
            }
            else
            {
                Assert.That(answer.Split(' ')[1], Is.EqualTo("4.00").Or.EqualTo("5.00"), $"seed {seed}, round {round}");
            }

            for (int index = 0; index < 2; index++)
                Assert.That(objects[index].Values, Is.EqualTo(before[index]), $"seed {seed}, round {round}");
        }
    }
}
