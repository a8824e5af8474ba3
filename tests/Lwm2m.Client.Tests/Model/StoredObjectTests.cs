using System;
using System.Collections.Generic;
using System.Threading;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class StoredObjectTests
{
    private const int Integer = 0;
    private const int Unsigned = 1;
    private const int Float = 2;
    private const int Boolean = 3;
    private const int String = 4;
    private const int Opaque = 5;
    private const int Time = 6;
    private const int Link = 7;
    private const int CoreLink = 8;
    private const int Run = 9;
    private const int Integers = 10;
    private const int Strings = 11;
    private const int Percent = 12;

    private sealed class Recorder : StoredObject
    {
        public Recorder(int capacity = 0)
            : base(
                new ObjectDefinition(
                    4000,
                    "1.0",
                    Resource.ReadWrite(Integer, DataType.Integer, mandatory: true),
                    Resource.ReadWrite(Unsigned, DataType.Unsigned),
                    Resource.ReadWrite(Float, DataType.Float),
                    Resource.ReadWrite(Boolean, DataType.Boolean),
                    Resource.ReadWrite(String, DataType.String),
                    Resource.ReadWrite(Opaque, DataType.Opaque),
                    Resource.ReadWrite(Time, DataType.Time),
                    Resource.ReadWrite(Link, DataType.ObjectLink),
                    Resource.ReadWrite(CoreLink, DataType.CoreLink),
                    Resource.Executable(Run),
                    Resource.ReadWrite(Integers, DataType.Integer, multiple: true),
                    Resource.ReadWrite(Strings, DataType.String, multiple: true),
                    Resource.ReadWrite(Percent, DataType.Integer)) { MaxInstances = 3, MaxStringBytes = 300 }.WithRange(Percent, 0, 100),
                capacity) => AddInstance(0);

        public List<string> Events { get; } = [];

        protected override void OnStored(int instance, int resource, int resourceInstance) =>
            Events.Add($"stored {instance}/{resource}/{resourceInstance}");

        protected override void OnWritten(int instance, int resource, int resourceInstance) =>
            Events.Add($"written {instance}/{resource}/{resourceInstance}");

        protected override void OnCreated(int instance) => Events.Add($"created {instance}");

        protected override void OnDeleted(int instance) => Events.Add($"deleted {instance}");
    }

    private static Bench Make(int capacity = 0) => new(new Recorder(capacity));

    private static Recorder On(Bench bench) => (Recorder)bench.Tested;

    [Test]
    public void What_the_application_sets_is_what_servers_read()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        tested.Set(0, Integer, -5);
        tested.Set(0, Unsigned, ulong.MaxValue);
        tested.Set(0, Float, 21.5);
        tested.Set(0, Boolean, true);
        tested.Set(0, String, "h\u00e9");
        tested.Set(0, Opaque, new byte[] { 1, 2, 3 });
        tested.SetTime(0, Time, 946684800);
        tested.SetLink(0, Link, 65535, 65535);
        tested.Set(0, CoreLink, "</3>");
        tested.SetInstance(0, Strings, 7, "seven");
        tested.SetInstance(0, Strings, 2, "two");
        string[] expected = ["-5", "18446744073709551615", "21.5", "1", "h\u00e9", "AQID", "946684800", "65535:65535", "</3>"];
        for (int resource = 0; resource < expected.Length; resource++)
            Assert.That(bench.Text(0, resource), Is.EqualTo(expected[resource]));
        Assert.That(bench.Text(0, Strings, 7), Is.EqualTo("seven"));
        Assert.That(bench.Tlv(0, Strings), Is.EqualTo("880B0C" + "430274776F" + "4507736576656E"));
        Assert.That(bench.Tlv(0, Integer), Is.EqualTo("C100FB"));
    }

    [Test]
    public void What_servers_write_is_what_the_application_gets()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        string[] texts = ["-5", "18446744073709551615", "21.5", "1", "h\u00e9", "AQID", "946684800", "3:65535", "</3>"];
        for (int resource = 0; resource < texts.Length; resource++)
            Assert.That(bench.PutText(0, resource, texts[resource]), Is.EqualTo(Outcome.Ok), texts[resource]);
        Assert.That(bench.PutText(0, Integers, "8", 4), Is.EqualTo(Outcome.Ok));

        Assert.That(tested.GetInteger(0, Integer, out long integer), Is.EqualTo(Outcome.Ok));
        Assert.That(integer, Is.EqualTo(-5));
        Assert.That(tested.GetUnsigned(0, Unsigned, out ulong unsigned), Is.EqualTo(Outcome.Ok));
        Assert.That(unsigned, Is.EqualTo(ulong.MaxValue));
        Assert.That(tested.GetFloat(0, Float, out double number), Is.EqualTo(Outcome.Ok));
        Assert.That(number, Is.EqualTo(21.5));
        Assert.That(tested.GetBoolean(0, Boolean, out bool truth), Is.EqualTo(Outcome.Ok));
        Assert.That(truth, Is.True);
        Assert.That(tested.GetString(0, String, out string text), Is.EqualTo(Outcome.Ok));
        Assert.That(text, Is.EqualTo("h\u00e9"));
        Assert.That(tested.GetOpaque(0, Opaque, out byte[] opaque), Is.EqualTo(Outcome.Ok));
        Assert.That(opaque, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(tested.GetTime(0, Time, out long time), Is.EqualTo(Outcome.Ok));
        Assert.That(time, Is.EqualTo(946684800));
        Assert.That(tested.GetLink(0, Link, out int linkedObject, out int linkedInstance), Is.EqualTo(Outcome.Ok));
        Assert.That((linkedObject, linkedInstance), Is.EqualTo((3, 65535)));
        Assert.That(tested.GetString(0, CoreLink, out text), Is.EqualTo(Outcome.Ok));
        Assert.That(text, Is.EqualTo("</3>"));
        Assert.That(tested.GetInteger(0, Integers, out integer, 4), Is.EqualTo(Outcome.Ok));
        Assert.That(integer, Is.EqualTo(8));
    }

    [Test]
    public void Optional_resources_are_absent_until_they_are_set_or_written()
    {
        Bench bench = Make();
        Assert.That(On(bench).Has(0, String), Is.False);
        Assert.That(bench.Text(0, String), Is.EqualTo("[NotFound]"));
        Assert.That(On(bench).Has(0, Run), Is.True);
        Assert.That(bench.PutText(0, String, "now"), Is.EqualTo(Outcome.Ok));
        Assert.That(On(bench).Has(0, String), Is.True);
        Assert.That(On(bench).Remove(0, String), Is.True);
        Assert.That(On(bench).Remove(0, String), Is.False);
        Assert.That(bench.Text(0, String), Is.EqualTo("[NotFound]"));
    }

    [Test]
    public void Setting_tells_the_client_only_what_changed()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        tested.Set(0, Integer, 1);
        tested.Set(0, Integer, 1);
        tested.Set(0, Integer, 2);
        tested.Set(0, String, "a");
        tested.Set(0, String, "a");
        tested.Set(0, String, "b");
        tested.SetInstance(0, Integers, 3, 0L);
        tested.SetInstance(0, Integers, 3, 0L);
        tested.SetEmpty(0, Integers);
        tested.SetEmpty(0, Integers);
        tested.Remove(0, Integers);
        Assert.That(bench.Heard, Is.EqualTo(new[]
        {
            "/4000/0/0", "/4000/0/0", "/4000/0/4", "/4000/0/4", "/4000/0/10/3", "/4000/0/10", "/4000/0/10",
        }));
    }

    [Test]
    public void A_servers_write_reaches_the_hooks_and_not_the_client_who_knows_it()
    {
        Bench bench = Make();
        bench.PutText(0, Integer, "1");
        bench.PutText(0, Integer, "1");
        bench.PutText(0, Integers, "1", 5);
        Assert.That(bench.Heard, Is.Empty);
        Assert.That(On(bench).Events, Is.EqualTo(new[]
        {
            "stored 0/0/-1", "written 0/0/-1", "stored 0/0/-1", "written 0/0/-1", "stored 0/10/5", "written 0/10/5",
        }));
    }

    [Test]
    public void A_mistake_of_the_application_names_the_path()
    {
        Recorder tested = On(Make());
        Assert.That(() => tested.Set(0, 99, 1), Throws.ArgumentException.With.Message.Contains("/4000 has no resource 99"));
        Assert.That(() => tested.Set(1, Integer, 1), Throws.ArgumentException.With.Message.Contains("/4000/1 does not exist"));
        Assert.That(() => tested.Set(0, Integers, 1), Throws.ArgumentException.With.Message.Contains("/4000/0/10 is a multiple"));
        Assert.That(() => tested.SetInstance(0, Integer, 0, 1L), Throws.ArgumentException.With.Message.Contains("/4000/0/0 is not a multiple"));
        Assert.That(() => tested.SetInstance(0, Integers, 65535, 1L), Throws.ArgumentException.With.Message.Contains("/4000/0/10/65535"));
        Assert.That(() => tested.Set(0, Integer, "1"), Throws.ArgumentException.With.Message.Contains("/4000/0/0"));
        Assert.That(() => tested.Set(0, Integer, 0.5), Throws.ArgumentException.With.Message.Contains("/4000/0/0"));
        Assert.That(() => tested.Set(0, Integer, double.NaN), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Integer, 9.3e18), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Integer, ulong.MaxValue), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Unsigned, -1), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Percent, 101), Throws.ArgumentException.With.Message.Contains("/4000/0/12"));
        Assert.That(() => tested.Set(0, Boolean, 1), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, String, true), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Opaque, "x"), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, String, new byte[1]), Throws.ArgumentException);
        Assert.That(() => tested.SetLink(0, Link, 65536, 0), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, Run, 1), Throws.ArgumentException);
        Assert.That(() => tested.Set(0, String, new string('x', 301)), Throws.ArgumentException);
        Assert.That(() => tested.SetEmpty(0, Integer), Throws.ArgumentException);
        Assert.That(() => new StoredObject(tested.Definition, -1), Throws.ArgumentException.With.Message.Contains("/4000"));
    }

    [Test]
    public void Numbers_are_converted_to_the_type_of_the_resource()
    {
        Bench bench = Make();
        On(bench).Set(0, Float, 42);
        Assert.That(bench.Text(0, Float), Is.EqualTo("42"));
        On(bench).Set(0, Float, ulong.MaxValue);
        Assert.That(bench.Text(0, Float), Is.EqualTo("18446744073709552000"));
        On(bench).Set(0, Integer, 1e3);
        Assert.That(bench.Text(0, Integer), Is.EqualTo("1000"));
        On(bench).Set(0, Unsigned, 7);
        Assert.That(bench.Text(0, Unsigned), Is.EqualTo("7"));
    }

    [Test]
    public void Getting_the_wrong_type_is_told()
    {
        Recorder tested = On(Make());
        tested.Set(0, Integer, 1);
        tested.SetInstance(0, Integers, 0, 1L);
        Assert.That(tested.GetFloat(0, Integer, out _), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.GetString(0, Integer, out string text), Is.EqualTo(Outcome.BadRequest));
        Assert.That(text, Is.Empty);
        Assert.That(tested.GetOpaque(0, String, out byte[] bytes), Is.EqualTo(Outcome.BadRequest));
        Assert.That(bytes, Is.Empty);
        Assert.That(tested.GetInteger(0, Integers, out _), Is.EqualTo(Outcome.BadRequest), "which instance?");
        Assert.That(tested.GetInteger(0, 99, out _), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.GetString(0, String, out _), Is.EqualTo(Outcome.NotFound));
        Assert.That(tested.GetInteger(7, Integer, out _), Is.EqualTo(Outcome.NotFound));
    }

    [Test]
    public void Instances_of_a_resource_are_walked_in_order()
    {
        Recorder tested = On(Make());
        foreach (int id in new[] { 5, 1, 65534, 3, 0 })
            tested.SetInstance(0, Integers, id, (long)id);
        List<int> seen = [];
        for (int id = -1; (id = tested.NextInstance(0, Integers, id)) >= 0;)
            seen.Add(id);
        Assert.That(seen, Is.EqualTo(new[] { 0, 1, 3, 5, 65534 }));
        Assert.That(tested.CountInstances(0, Integers), Is.EqualTo(5));
        tested.Remove(0, Integers, 65534);
        Assert.That(tested.NextInstance(0, Integers, 5), Is.EqualTo(-1));
        Assert.That(tested.IsSet(0, Integers, 3), Is.True);
        Assert.That(tested.IsSet(0, Integers, 4), Is.False);
        Assert.That(tested.NextInstance(0, Integer, -1), Is.EqualTo(-1));
        Assert.That(tested.NextInstance(0, 99, -1), Is.EqualTo(-1));
    }

    [Test]
    public void Replacing_an_array_leaves_only_what_is_new()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        tested.SetInstance(0, Strings, 0, "Red");
        tested.SetInstance(0, Strings, 1, "Green");
        // Partial: {1: Yellow, 3: Blue} merges.
        Assert.That(bench.PutTlv(0, Strings, "880B0E" + "460159656C6C6F77" + "4403426C7565"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Tlv(0, Strings), Is.EqualTo("880B13" + "4300526564" + "460159656C6C6F77" + "4403426C7565"));
        // Replace: the client clears first.
        Assert.That(tested.Clear(0, Strings), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Tlv(0, Strings), Is.EqualTo("800B"));
        Assert.That(bench.PutTlv(0, Strings, "880B0E" + "460159656C6C6F77" + "4403426C7565"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Tlv(0, Strings), Is.EqualTo("880B0E" + "460159656C6C6F77" + "4403426C7565"));
    }

    [Test]
    public void Clearing_removes_what_is_optional_and_keeps_what_is_mandatory()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        tested.Set(0, Integer, 1);
        tested.Set(0, String, "x");
        tested.Events.Clear();
        Assert.That(tested.Clear(0, Integer), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.Clear(0, String), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.Clear(0, Float), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, Integer), Is.EqualTo("1"));
        Assert.That(bench.Text(0, String), Is.EqualTo("[NotFound]"));
        Assert.That(tested.Events, Is.EqualTo(new[] { "stored 0/4/-1", "written 0/4/-1" }));
    }

    [Test]
    public void One_instance_of_a_resource_is_deleted()
    {
        Bench bench = Make();
        On(bench).SetInstance(0, Integers, 1, 10L);
        On(bench).SetInstance(0, Integers, 2, 20L);
        Assert.That(On(bench).ClearInstance(0, Integers, 1), Is.EqualTo(Outcome.Ok));
        Assert.That(On(bench).ClearInstance(0, Integers, 1), Is.EqualTo(Outcome.NotFound));
        Assert.That(bench.Tlv(0, Integers), Is.EqualTo("830A" + "410214"));
    }

    [Test]
    public void A_single_resource_has_no_instances_and_a_multiple_one_needs_one()
    {
        Bench bench = Make();
        Assert.That(bench.PutText(0, Integers, "1"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(bench.PutText(0, Integer, "1", 0), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void Servers_create_and_delete_instances()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        Assert.That(tested.Create(2), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Heard, Is.EqualTo(new[] { "instances" }));
        tested.Set(2, String, "kept by the instance");
        Assert.That(tested.Create(1), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.Create(3), Is.EqualTo(Outcome.ServiceUnavailable), "MaxInstances is 3");
        Assert.That(tested.Delete(2), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.Delete(2), Is.EqualTo(Outcome.NotFound));
        Assert.That(tested.Create(2), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(2, String), Is.EqualTo("[NotFound]"), "the new instance must not inherit");
        Assert.That(tested.Events.FindAll(e => e[0] is 'c' or 'd'), Is.EqualTo(new[] { "created 2", "created 1", "deleted 2", "created 2" }));
    }

    [Test]
    public void Creating_can_be_forbidden()
    {
        Recorder tested = On(Make());
        tested.AllowCreate = false;
        Assert.That(tested.Create(1), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(tested.Delete(0), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(new DeviceObject().Create(0), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(new DeviceObject { AllowCreate = true }.Delete(0), Is.EqualTo(Outcome.MethodNotAllowed));
    }

    [Test]
    public void A_full_object_refuses_a_write_before_anything_of_it_is_stored()
    {
        Bench bench = Make(capacity: 4);
        Recorder tested = On(bench);
        tested.Set(0, Integer, 1);
        // Head and three instances are four places, three are left.
        const string Three = "860A" + "410001" + "410102";
        Assert.That(bench.PutTlv(0, Integers, "880A09" + "410001" + "410102" + "410203"), Is.EqualTo(Outcome.ServiceUnavailable));
        Assert.That(bench.Tlv(0, Integers), Is.EqualTo("[NotFound]"));
        Assert.That(bench.PutTlv(0, Integers, Three), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, String, "x"), Is.EqualTo(Outcome.ServiceUnavailable));
        Assert.That(bench.PutTlv(0, Integers, Three), Is.EqualTo(Outcome.Ok), "what is there already needs no place");
        Assert.That(() => tested.Set(0, String, "x"), Throws.InvalidOperationException.With.Message.Contains("/4000/0/4"));
        Assert.That(() => tested.SetInstance(0, Strings, 0, "x"), Throws.InvalidOperationException);
        Assert.That(tested.Has(0, Strings), Is.False, "no head may stay behind");
        Assert.That(tested.RemoveInstance(0), Is.True);
        tested.AddInstance(0);
        tested.Set(0, String, "room again");
    }

    [Test]
    public void Text_is_set_in_the_form_that_servers_write()
    {
        Bench bench = Make();
        Recorder tested = On(bench);
        Assert.That(tested.SetText(0, Float, -1, "21.5"), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.SetText(0, Opaque, -1, "AQID"), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.SetText(0, String, -1, "two words"), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.SetText(0, Link, -1, "3:0"), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.SetText(0, Integers, 2, "-2"), Is.EqualTo(Outcome.Ok));
        Assert.That(tested.SetText(0, String, -1, ""), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Heard, Is.EqualTo(new[] { "/4000/0/2", "/4000/0/5", "/4000/0/4", "/4000/0/7", "/4000/0/10/2", "/4000/0/4" }));
        Assert.That(bench.Text(0, Integers, 2), Is.EqualTo("-2"));
        Assert.That(tested.SetText(0, Float, -1, "warm"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.SetText(0, Percent, -1, "101"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.SetText(0, Integers, -1, "1"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.SetText(0, Integer, 0, "1"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(tested.SetText(0, 99, -1, "1"), Is.EqualTo(Outcome.NotFound));
        Assert.That(tested.SetText(4, Integer, -1, "1"), Is.EqualTo(Outcome.NotFound));
        Assert.That(tested.SetText(0, Run, -1, "1"), Is.EqualTo(Outcome.MethodNotAllowed));
    }

    [Test]
    public void Reading_and_writing_numbers_and_same_texts_allocates_nothing()
    {
        // An object without the recording of events, which is the test's own.
        QuietObject quiet = new();
        quiet.AddInstance(0);
        Bench bench = new(quiet);
        quiet.Listener = null;
        byte[] five = "5"u8.ToArray();
        byte[] text = "some text of some length"u8.ToArray();
        byte[] other = "some text of same length"u8.ToArray();
        void Round(int round)
        {
            quiet.Set(0, Float, round);
            quiet.SetInstance(0, Integers, 1, (long)round);
            if (bench.Put(ContentFormat.PlainText, five, 0, Integer, -1) != Outcome.Ok
                || bench.Put(ContentFormat.PlainText, round % 2 == 0 ? text : other, 0, String, -1) != Outcome.Ok
                || bench.Encode(ContentFormat.PlainText, 0, Integer, -1, out _) != Outcome.Ok
                || bench.Encode(ContentFormat.PlainText, 0, String, -1, out _) != Outcome.Ok
                || bench.Encode(ContentFormat.Tlv, 0, Integers, -1, out _) != Outcome.Ok
                || bench.Probe(0, String) != Outcome.Ok
                || quiet.GetInteger(0, Integer, out _) != Outcome.Ok)
                throw new InvalidOperationException();
        }

        for (int round = 0; round < 200; round++)
            Round(round);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 200; round++)
            Round(round);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class QuietObject : StoredObject
    {
        public QuietObject()
            : base(new Recorder().Definition)
        {
        }
    }

    [Test]
    public void Values_may_be_set_from_any_thread()
    {
        QuietObject quiet = new();
        quiet.AddInstance(0);
        Bench bench = new(quiet);
        quiet.Listener = null;
        Exception? failure = null;
        Thread[] threads = new Thread[3];
        for (int index = 0; index < threads.Length; index++)
        {
            int own = index;
            threads[index] = new Thread(() =>
            {
                try
                {
                    for (int round = 0; round < 5000; round++)
                    {
                        quiet.SetInstance(0, Integers, own, (long)round);
                        quiet.Set(0, String, round % 2 == 0 ? "even" : "an odd one");
                        if (round % 3 == 0)
                            quiet.Remove(0, Integers, own);
                    }

                    quiet.SetInstance(0, Integers, own, own + 100L);
                }
                catch (Exception thrown)
                {
                    failure = thrown;
                }
            });
        }

        foreach (Thread thread in threads)
            thread.Start();
        for (int round = 0; round < 5000; round++)
        {
            string text = bench.Text(0, String);
            if (text != "even" && text != "an odd one" && text != "[NotFound]")
                Assert.Fail("half of two texts: " + text);
            bench.Tlv(0, Integers);
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(failure, Is.Null);
        Assert.That(bench.Tlv(0, Integers), Is.EqualTo("880A09" + "410064" + "410165" + "410266"));
    }
}
