using System;
using System.Text;
using Lwm2m.Client.Tests.Model;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Objects;

public class TestObjectTests
{
    private static readonly (int Resource, string Initial, string Cleared)[] Values =
    [
        (110, "initial value", ""),
        (120, "1024", "0"),
        (125, "9223372036854775808", "0"),
        (130, "3.14159", "0"),
        (140, "1", "0"),
        (150, "ASNFZ4mrze8=", ""),
        (160, "946684800", "0"),
        (170, "3:0", "65535:65535"),
        (180, "</3442>", ""),
    ];

    private static string All(Bench bench, int instance = 0)
    {
        StringBuilder all = new();
        for (int position = 0; position < bench.Tested.Definition.Count; position++)
        {
            int word = bench.Tested.Definition.At(position);
            if (Resource.IsReadable(word))
                all.Append(bench.Tlv(instance, Resource.Id(word))).Append(' ');
        }

        return all.ToString();
    }

    private static void AssertInitial(Bench bench, int instance)
    {
        foreach ((int resource, string initial, _) in Values)
        {
            Assert.That(bench.Text(instance, resource), Is.EqualTo(initial));
            Assert.That(bench.Text(instance, resource + 1000, 0), Is.EqualTo(initial));
            Assert.That(((TestObject)bench.Tested).CountInstances(instance, resource + 1000), Is.EqualTo(1));
        }

        Assert.That(bench.Tlv(instance, 4), Is.EqualTo("8004"));
        Assert.That(bench.Tlv(instance, 6), Is.EqualTo("8006"));
    }

    [Test]
    public void Every_resource_is_there_with_the_initial_value_of_the_registry() => AssertInitial(new Bench(new TestObject()), 0);

    [Test]
    public void Clear_leaves_nothing_and_reset_brings_everything_back()
    {
        Bench bench = new(new TestObject());
        Assert.That(bench.Post(0, 3, "1='a'"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Post(0, 2), Is.EqualTo(Outcome.Ok));
        foreach ((int resource, _, string cleared) in Values)
        {
            Assert.That(bench.Text(0, resource), Is.EqualTo(cleared));
            Assert.That(bench.Tlv(0, resource + 1000), Does.StartWith("A0").And.Length.EqualTo(6), "present without instances");
        }

        Assert.That(bench.Tlv(0, 4), Is.EqualTo("8004"));
        Assert.That(bench.Heard, Does.Contain("/3442/0/110").And.Contain("/3442/0/1110"));
        Assert.That(bench.Post(0, 0), Is.EqualTo(Outcome.Ok));
        AssertInitial(bench, 0);
    }

    [Test]
    public void Randomize_is_the_same_for_the_same_seed_and_stays_small()
    {
        const int Seed = 5;
        Bench one = new(new TestObject(new Random(Seed)));
        Bench other = new(new TestObject(new Random(Seed)));
        string before = All(one);
        for (int round = 0; round < 200; round++)
        {
            Assert.That(one.Post(0, 1), Is.EqualTo(Outcome.Ok));
            Assert.That(other.Post(0, 1), Is.EqualTo(Outcome.Ok));
            string now = All(one);
            Assert.That(now, Is.Not.EqualTo(before).And.EqualTo(All(other)));
            Assert.That(now, Does.Not.Contain("["));
            before = now;
            Assert.That(one.Text(0, 110).Length, Is.LessThanOrEqualTo(20));
            Assert.That(((TestObject)one.Tested).CountInstances(0, 1110), Is.LessThanOrEqualTo(10));
        }
    }

    [Test]
    public void Arguments_of_an_execute_can_be_read_back()
    {
        Bench bench = new(new TestObject());
        Assert.That(bench.Post(0, 3, "3='stringValue',4"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 4, 3), Is.EqualTo("stringValue"));
        Assert.That(bench.Text(0, 4, 4), Is.Empty);
        Assert.That(bench.Post(0, 1), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 4, 3), Is.EqualTo("stringValue"), "Randomize leaves the arguments alone");
        Assert.That(bench.Post(0, 3), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Tlv(0, 4), Is.EqualTo("8004"));
        Assert.That(bench.Post(0, 3, "3="), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void Send_data_is_refused_as_long_as_the_client_cannot_send() =>
        Assert.That(new Bench(new TestObject()).Post(0, 5), Is.EqualTo(Outcome.MethodNotAllowed));

    [Test]
    public void A_server_creates_a_second_instance()
    {
        Bench bench = new(new TestObject());
        Assert.That(bench.Tested.Create(7), Is.EqualTo(Outcome.Ok));
        AssertInitial(bench, 7);
        Assert.That(bench.PutText(7, 110, "seven"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 110), Is.EqualTo("initial value"));
        Assert.That(bench.Tested.Delete(7), Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public void Strings_of_255_bytes_are_kept()
    {
        Bench bench = new(new TestObject());
        string text = new('t', 255);
        Assert.That(bench.PutText(0, 110, text), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 110), Is.EqualTo(text));
        Assert.That(bench.PutText(0, 1110, text, 9), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 1110, 9), Is.EqualTo(text));
    }
}
