using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>Storage that is full, broken, or holds nonsense.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class StorageFailureTests
{
    private static readonly string[] Records = { "accounts", "attributes", "objects", "observations", "registrations" };
    private readonly Device _device = new();

    [Test]
    public void A_write_that_cannot_be_stored_is_undone_and_answered_5_03()
    {
        On();
        _device.Files.IsReadOnly = true;
        Assert.That(_device.Ask("CON PUT /1/0/1 cf=0 \"600\""), Is.EqualTo("ACK 5.03 \"the device's storage does not take it\""));
        Assert.That(_device.Ask("CON GET /1/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"300\""));
        Assert.That(_device.Ask("CON POST /26241/0 cf=110 \"[{\"n\":\"/26241/0/0\",\"vs\":\"new\"},{\"n\":\"/26241/0/1\",\"v\":5}]\""), Does.StartWith("ACK 5.03"));
        Assert.That(_device.Ask("CON GET /26241/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"factory\""));
        Assert.That(_device.Ask("CON PUT /26241/0/5 cf=0 \"1\""), Does.StartWith("ACK 5.03"));
        Assert.That(_device.Ask("CON GET /26241/0/5"), Is.EqualTo("ACK 4.04"), "it was not there before");
        Assert.That(_device.Bed.Events.Lines.Where(line => line.StartsWith("written", StringComparison.Ordinal)), Is.Empty);
        Assert.That(_device.Bed.Events.Lines, Has.Member("storage accounts NotWritten"));
        Assert.That(_device.Ask("CON PUT /26242/0/1 cf=0 \"8\""), Is.EqualTo("ACK 2.04"), "what is not kept needs no storage");
    }

    [Test]
    public void A_create_that_cannot_be_stored_is_taken_back()
    {
        On();
        _device.Files.IsReadOnly = true;
        Assert.That(_device.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5}]\""), Does.StartWith("ACK 5.03"));
        Assert.That(_device.Object.InstanceCount, Is.EqualTo(1));
        On();
        Assert.That(_device.Object.InstanceCount, Is.EqualTo(1));
    }

    [Test]
    public void Attributes_that_cannot_be_stored_are_as_before()
    {
        On();
        _device.Ask("CON PUT /26241/0/2?pmin=10&gt=5");
        string before = _device.Ask("CON GET /26241/0/2 accept=40");
        _device.Files.IsReadOnly = true;
        Assert.That(_device.Ask("CON PUT /26241/0/2?pmin=20&pmax=30&gt"), Does.StartWith("ACK 5.03"));
        Assert.That(_device.Ask("CON PUT /26241/0/1?pmin=20"), Does.StartWith("ACK 5.03"));
        Assert.That(_device.Ask("CON GET /26241/0/2 accept=40"), Is.EqualTo(before));
        Assert.That(_device.Ask("CON GET /26241/0/1 accept=40"), Does.Not.Contain("pmin=20"));
    }

    [Test]
    public void An_observation_that_cannot_be_stored_is_answered_as_a_read()
    {
        On();
        _device.Files.IsReadOnly = true;
        Assert.That(_device.Ask("CON GET /26241/0/2 observe=0"), Is.EqualTo("ACK 2.05 cf=0 \"21.5\""));
        _device.Object.Set(0, 2, 30.0);
        _device.Bed.Poll();
        Assert.That(_device.Bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void A_delete_stands_and_is_stored_later_and_the_server_is_not_told_a_lie()
    {
        On();
        _device.Files.IsReadOnly = true;
        Assert.That(_device.Ask("CON DELETE /26241/0"), Does.StartWith("ACK 5.03"));
        _device.Files.IsReadOnly = false;
        _device.Bed.AdvanceSeconds(61);
        On();
        Assert.That(_device.Object.InstanceCount, Is.Zero);
    }

    [Test]
    public void What_could_not_be_written_is_tried_again_and_other_requests_go_on()
    {
        _device.Files.IsReadOnly = true;
        On();
        Assert.That(_device.Bed.Events.Lines, Has.Member("storage registrations NotWritten"));
        Assert.That(_device.Ask("CON GET /3/0/16"), Is.EqualTo("ACK 2.05 cf=0 \"U\""));
        _device.Files.IsReadOnly = false;
        _device.Bed.AdvanceSeconds(61);
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { "CON POST /rd/5a3f" }));
    }

    [TestCaseSource(nameof(Records))]
    public void A_corrupt_record_is_reported_set_aside_and_replaced_by_factory_state(string record)
    {
        Fill();
        string name = _device.Files.Names.Single(n => n.StartsWith(record, StringComparison.Ordinal) && _device.Files[n].Length > 0);
        _device.Files[name] = new byte[] { 1, 2, 3, 4, 5, 6, 7 };
        List<string> sent = On();
        Assert.That(_device.Bed.Events.Lines, Has.Member("storage " + record + " Corrupt"));
        Assert.That(_device.Files[record + ".bad"], Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7 }));
        Assert.That(sent.Single(), Does.StartWith(record is "observations" or "registrations" ? "CON POST /rd?" : "CON POST /rd/5a3f"));
        Assert.That(_device.Ask("CON GET /1/0/1"), Does.EndWith(record == "accounts" ? "\"300\"" : "\"600\""));
        Assert.That(_device.Object.HasInstance(3), Is.EqualTo(record != "objects"));
        On();
        Assert.That(_device.Bed.Events.Lines, Has.None.StartsWith("storage"), "once is enough");
    }

    // Any byte changed, in files whose own checksum is right again or is not, never stops the client from coming up.
    [Test]
    public void Nonsense_in_the_files_never_stops_the_client([Range(1, 8)] int seed)
    {
        Fill();
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            Device copy = _device.Copy(seed);
            for (int change = random.Next(1, 4); change > 0; change--)
                Change(copy.Files, random);
            List<string> sent = copy.ComeBack();
            Assert.That(sent, Has.Count.EqualTo(copy.Bed.Client.AccountCount), $"seed {seed}, round {round}");
            if (copy.Bed.Client.AccountCount > 0 && copy.Bed.Client.Account(0).IsRegistered)
                Assert.That(copy.Ask("CON GET /3/0/16"), Does.StartWith("ACK 2.05"), $"seed {seed}, round {round}");
        }
    }

    // What is sealed properly and still makes no sense inside.
    [Test]
    public void Nonsense_behind_a_right_checksum_never_stops_the_client([Range(1, 8)] int seed)
    {
        Fill();
        var random = new Random(seed);
        var content = new byte[4096];
        for (int round = 0; round < 60; round++)
        {
            Device copy = _device.Copy(seed);
            var storage = new FileStorage(copy.Files);
            string record = Records[random.Next(Records.Length)];
            // Version in front and checksum behind are made anew.
            int length = storage.Read(record, 0, content, 0, content.Length) - 5;
            byte[] inside = content.AsSpan(1, length).ToArray();
            for (int change = random.Next(1, 6); change > 0; change--)
                inside[random.Next(length)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
                inside = inside[..random.Next(length)];
            var forged = new SealedRecord(storage, 64);
            forged.Begin(record);
            foreach (byte each in inside)
                forged.Byte(each);
            Assert.That(forged.End(), Is.True);

            copy.SwitchOn();
            try
            {
                copy.Bed.Client.Start();
            }
            catch (InvalidOperationException)
            {
                // Accounts without any server: the application is told so.
                Assert.That(copy.Bed.Client.AccountCount, Is.Zero);
                continue;
            }

            copy.Bed.Poll();
            copy.Bed.AdvanceSeconds(100);
            Assert.That(copy.Bed.All().Concat(copy.Bed.Events.Lines), Is.Not.Empty, $"seed {seed}, round {round}, {record}");
        }
    }

    // Every step of every write: what was acknowledged is there afterwards.
    [Test]
    public void A_power_cut_at_any_step_loses_nothing_that_was_acknowledged([Range(1, 4)] int seed)
    {
        On();
        long stride = 7;
        for (long step = seed; ; step += stride)
        {
            Device device = _device.Copy(seed * 1000 + (int)step);
            device.ComeBack();
            device.Files.CutAtStep = device.Files.Steps + step;
            long lifetime = Number(device, "CON PUT /1/0/1 cf=0 \"600\"", 300, 600);
            long value = Number(device, "CON PUT /26241/0/1 cf=0 \"77\"", 1, 77);
            bool isCreated = Acknowledged(device, "CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5}]\"");
            bool hasAttributes = Acknowledged(device, "CON PUT /26241/0/1?pmin=33");
            bool wasOff = device.Files.IsOff;
            device.ComeBack();
            string because = $"seed {seed}, step {step}";
            Assert.That(device.Bed.Events.Lines, Has.None.StartsWith("storage"), because);
            if (lifetime == 600)
                Assert.That(device.Ask("CON GET /1/0/1"), Does.EndWith("\"600\""), because);
            if (value == 77)
                Assert.That(device.Ask("CON GET /26241/0/1"), Does.EndWith("\"77\""), because);
            if (isCreated)
                Assert.That(device.Ask("CON GET /26241/3/1"), Does.EndWith("\"5\""), because);
            if (hasAttributes)
                Assert.That(device.Ask("CON GET /26241/0/1 accept=40"), Does.Contain("pmin=33"), because);
            if (!wasOff)
                break;
        }
    }

    private static long Number(Device device, string request, long old, long changed) => Acknowledged(device, request) ? changed : old;

    // What goes out after the power is gone, goes nowhere.
    private static bool Acknowledged(Device device, string request) =>
        device.Ask(request).StartsWith("ACK 2.0", StringComparison.Ordinal) && !device.Files.IsOff;

    private static void Change(FakeFiles files, Random random)
    {
        string[] names = files.Names.Where(name => files[name].Length > 0).ToArray();
        string name = names[random.Next(names.Length)];
        byte[] content = files[name].ToArray();
        switch (random.Next(3))
        {
            case 0:
                content[random.Next(content.Length)] ^= (byte)random.Next(1, 256);
                break;
            case 1:
                content = content[..random.Next(content.Length)];
                break;
            default:
                random.NextBytes(content);
                break;
        }

        files[name] = content;
    }

    // Something in every record.
    private void Fill()
    {
        On();
        _device.Ask("CON PUT /1/0/1 cf=0 \"600\"");
        _device.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5},{\"n\":\"/26241/3/0\",\"vs\":\"text\"},{\"n\":\"/26241/3/3/1\",\"v\":5}]\"");
        _device.Ask("CON PUT /26241/0/2?pmin=10&gt=5");
        _device.Ask("CON GET /26241/0/2?gt=7 observe=0 token=01");
        _device.Ask("CON GET /26241/3 observe=0 token=0203");
    }

    private List<string> On() => _device.ComeBack();
}
