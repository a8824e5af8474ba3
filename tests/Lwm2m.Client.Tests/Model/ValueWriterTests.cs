using System;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class ValueWriterTests
{
    private delegate Outcome Handler(ValueWriter value);

    private sealed class Handled : Lwm2mObject
    {
        private readonly Handler _handler;

        public Handled(DataType type, Handler handler, bool multiple = false)
            : base(new ObjectDefinition(4000, "1.0", Resource.ReadOnly(1, type, multiple)))
        {
            _handler = handler;
            AddInstance(0);
        }

        protected internal override Outcome Read(int instance, int resource, ValueWriter value) => _handler(value);
    }

    private static string Text(DataType type, Handler handler) => new Bench(new Handled(type, handler)).Text(0, 1);

    [Test]
    public void A_number_is_written_as_the_type_of_its_resource()
    {
        Assert.That(new Bench(new Handled(DataType.Float, v => v.Integer(42))).Tlv(0, 1), Is.EqualTo("C40142280000"));
        Assert.That(new Bench(new Handled(DataType.Integer, v => v.Integer(42))).Tlv(0, 1), Is.EqualTo("C1012A"));
        Assert.That(new Bench(new Handled(DataType.Integer, v => v.Unsigned(200))).Tlv(0, 1), Is.EqualTo("C20100C8"));
        Assert.That(new Bench(new Handled(DataType.Unsigned, v => v.Integer(200))).Tlv(0, 1), Is.EqualTo("C101C8"));
        Assert.That(Text(DataType.Time, v => v.Integer(-5)), Is.EqualTo("-5"));
        Assert.That(Text(DataType.Integer, v => v.Float(1e3)), Is.EqualTo("1000"));
        Assert.That(Text(DataType.Unsigned, v => v.Float(7)), Is.EqualTo("7"));
        Assert.That(Text(DataType.Float, v => v.Unsigned(ulong.MaxValue)), Is.EqualTo("18446744073709552000"));
        Assert.That(Text(DataType.Unsigned, v => v.Unsigned(ulong.MaxValue)), Is.EqualTo("18446744073709551615"));
        Assert.That(Text(DataType.Time, v => v.Unsigned(5)), Is.EqualTo("5"));
    }

    [Test]
    public void Every_type_has_its_method()
    {
        Assert.That(Text(DataType.String, v => v.String("h\u00e9")), Is.EqualTo("h\u00e9"));
        Assert.That(Text(DataType.String, v => v.Utf8("xab"u8.ToArray(), 1, 2)), Is.EqualTo("ab"));
        Assert.That(Text(DataType.CoreLink, v => v.CoreLink("</3>")), Is.EqualTo("</3>"));
        Assert.That(Text(DataType.Opaque, v => v.Opaque([9, 1, 2, 3], 1, 3)), Is.EqualTo("AQID"));
        Assert.That(Text(DataType.Boolean, v => v.Boolean(true)), Is.EqualTo("1"));
        Assert.That(Text(DataType.Time, v => v.Time(86400)), Is.EqualTo("86400"));
        Assert.That(Text(DataType.ObjectLink, v => v.ObjectLink(3, 65535)), Is.EqualTo("3:65535"));
    }

    [Test]
    public void A_value_of_another_type_is_an_error_of_the_device()
    {
        Handler[] wrong =
        [
            v => v.Integer(-1), v => v.Float(0.5), v => v.Float(double.NaN), v => v.Float(1e30), v => v.String("1"), v => v.Boolean(true),
            v => v.Opaque([1], 0, 1), v => v.Time(1), v => v.ObjectLink(1, 1), v => v.Instance(0), v => v.Utf8([49], 0, 1),
        ];
        foreach (Handler handler in wrong)
            Assert.That(Text(DataType.Unsigned, handler), Is.EqualTo("[InternalError]"));
        Assert.That(Text(DataType.Integer, v => v.Unsigned(1UL << 63)), Is.EqualTo("[InternalError]"));
        Assert.That(Text(DataType.Boolean, v => v.Integer(1)), Is.EqualTo("[InternalError]"));
    }

    [Test]
    public void A_handler_that_gives_no_value_or_two_is_not_believed()
    {
        Assert.That(Text(DataType.Integer, _ => Outcome.Ok), Is.EqualTo("[NotFound]"));
        Assert.That(Text(DataType.Integer, _ => Outcome.ServiceUnavailable), Is.EqualTo("[ServiceUnavailable]"));
        Assert.That(Text(DataType.Integer, v => { v.Integer(1); return v.Integer(2); }), Is.EqualTo("[InternalError]"));
        Assert.That(Text(DataType.Integer, v => { v.Integer(1); v.Integer(2); return Outcome.Ok; }), Is.EqualTo("[InternalError]"));
    }

    private static Outcome ThreeInstances(ValueWriter value)
    {
        for (int id = 0; id <= 6; id += 3)
        {
            value.Instance(id);
            value.Integer(id * 10);
        }

        return Outcome.Ok;
    }

    [Test]
    public void Instances_of_a_resource_are_written_and_one_of_them_alone_when_asked_for()
    {
        Bench bench = new(new Handled(DataType.Integer, ThreeInstances, multiple: true));
        Assert.That(bench.Tlv(0, 1), Is.EqualTo("880109" + "410000" + "41031E" + "41063C"));
        Assert.That(bench.Tlv(0, 1, 3), Is.EqualTo("41031E"));
        Assert.That(bench.Text(0, 1, 6), Is.EqualTo("60"));
        Assert.That(bench.Text(0, 1, 4), Is.EqualTo("[NotFound]"));
    }

    [Test]
    public void A_resource_without_instances_is_there_and_empty()
    {
        Bench bench = new(new Handled(DataType.Integer, _ => Outcome.Ok, multiple: true));
        Assert.That(bench.Tlv(0, 1), Is.EqualTo("8001"));
        Assert.That(bench.Tlv(0, 1, 0), Is.EqualTo("[NotFound]"));
        Assert.That(bench.Probe(0, 1), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Values.InstanceCount, Is.Zero);
    }

    [Test]
    public void Instances_out_of_order_or_without_a_value_are_refused()
    {
        Handler[] wrong =
        [
            v => v.Integer(1),
            v => v.Instance(0),
            v => { v.Instance(1); v.Integer(0); v.Instance(0); v.Integer(0); return Outcome.Ok; },
            v => { v.Instance(1); v.Integer(0); v.Instance(1); v.Integer(0); return Outcome.Ok; },
            v => { v.Instance(0); v.Instance(1); v.Integer(0); return Outcome.Ok; },
            v => { v.Instance(0); v.Integer(0); v.Integer(0); return Outcome.Ok; },
            v => { v.Instance(65535); v.Integer(0); return Outcome.Ok; },
        ];
        foreach (Handler handler in wrong)
            Assert.That(new Bench(new Handled(DataType.Integer, handler, multiple: true)).Tlv(0, 1), Is.EqualTo("[InternalError]"));
    }

    [Test]
    public void A_probe_tells_the_number_and_the_instances()
    {
        Bench bench = new(new Handled(DataType.Integer, ThreeInstances, multiple: true));
        Assert.That(bench.Probe(0, 1), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Values.InstanceCount, Is.EqualTo(3));
        Assert.That(bench.Values.InstanceIdAt(0), Is.Zero);
        Assert.That(bench.Values.InstanceIdAt(2), Is.EqualTo(6));
        Assert.That(bench.Values.InstanceIdAt(3), Is.EqualTo(-1));
        Assert.That(bench.Values.IsNumeric, Is.True);
        Assert.That(bench.Probe(0, 1, 3), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Values.Number, Is.EqualTo(30));
        Assert.That(bench.Probe(0, 1, 1), Is.EqualTo(Outcome.NotFound));

        bench = new Bench(new Handled(DataType.Boolean, v => v.Boolean(true)));
        bench.Probe(0, 1);
        Assert.That(bench.Values.Number, Is.EqualTo(1));
        Assert.That(bench.Values.IsNumeric, Is.False);
    }

    [Test]
    public void A_probe_keeps_as_many_instance_ids_as_it_has_room_for()
    {
        Bench bench = new(new Handled(DataType.Integer, v =>
        {
            for (int id = 0; id < 20; id++)
            {
                v.Instance(id);
                v.Integer(id);
            }

            return Outcome.Ok;
        }, multiple: true));
        bench.Probe(0, 1);
        Assert.That(bench.Values.InstanceCount, Is.EqualTo(20));
        Assert.That(bench.Values.InstanceIdAt(7), Is.EqualTo(7));
        Assert.That(bench.Values.InstanceIdAt(8), Is.EqualTo(-1));
    }

    [Test]
    public void A_probe_tells_whether_a_value_changed()
    {
        long number = 0;
        string text = "";
        byte[] bytes = [];
        double real = 0;
        AssertHashFollows(new Handled(DataType.Integer, v => v.Integer(number)), () => number += 1L << 33);
        AssertHashFollows(new Handled(DataType.String, v => v.String(text)), () => text += "lorem \u20ac ipsum");
        AssertHashFollows(new Handled(DataType.Opaque, v => v.Opaque(bytes, 0, bytes.Length)), () => bytes = [.. bytes, 0]);
        AssertHashFollows(new Handled(DataType.Float, v => v.Float(real)), () => real += 0.1);
        int instances = 0;
        AssertHashFollows(
            new Handled(
                DataType.Integer,
                v =>
                {
                    for (int id = 0; id < instances; id++)
                    {
                        v.Instance(id);
                        v.Integer(0);
                    }

                    return Outcome.Ok;
                },
                multiple: true),
            () => instances++);
    }

    [Test]
    public void The_same_text_has_the_same_hash()
    {
        const string Text = "more than sixteen characters, \u00e4\u20ac\U0001F4A1 among them";
        Bench asText = new(new Handled(DataType.String, v => v.String(Text)));
        Bench asAgain = new(new Handled(DataType.String, v => v.String(Text)));
        asText.Probe(0, 1);
        asAgain.Probe(0, 1);
        Assert.That(asAgain.Values.Hash, Is.EqualTo(asText.Values.Hash));
    }

    private static void AssertHashFollows(Handled handled, Action change)
    {
        Bench bench = new(handled);
        for (int round = 0; round < 20; round++)
        {
            bench.Probe(0, 1);
            int before = bench.Values.Hash;
            bench.Probe(0, 1);
            Assert.That(bench.Values.Hash, Is.EqualTo(before));
            change();
            bench.Probe(0, 1);
            Assert.That(bench.Values.Hash, Is.Not.EqualTo(before));
        }
    }
}
