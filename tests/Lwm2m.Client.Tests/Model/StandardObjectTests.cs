using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class StandardObjectTests
{
    private sealed class Clock : IWallClock
    {
        public long UnixMs { get; set; }
    }

    private sealed class Actions : IServerActions
    {
        public List<string> Done { get; } = [];

        public Outcome Disable(int instance)
        {
            Done.Add($"disable {instance}");
            return Outcome.Ok;
        }

        public Outcome UpdateTrigger(int instance, ExecuteArguments arguments)
        {
            Done.Add($"update {instance} {(arguments.Count > 0 ? arguments.GetValue(0) : "")}");
            return Outcome.Ok;
        }

        public Outcome BootstrapTrigger(int instance)
        {
            Done.Add($"bootstrap {instance}");
            return Outcome.MethodNotAllowed;
        }
    }

    // Object, then each resource as id, operations, type, S or M, mandatory or not: the registry's own table.
    [TestCase(0, "0-SM 1-BM 2-IM 3-OM 4-OM 5-OM 6-I 7-O 8-O 9-S 10-I 11-I 12-I 13-U 14-S 15-U 16-U* 17-L 18-U* 19-U* 20-U* 21-U* 22-U 23-U 24-U 25-S* 26-L 27-L* 28-I 29-I 30-S")]
    [TestCase(1, "0RIM 1RWIM 2RWI 3RWI 4E 5RWI 6RWBM 7RWSM 8EM 9E 10RWL 11RU 12RT 13RU 14RWU 15RB 16RB 17RWU 18RWU 19RWU 20RWU 21RWB 22RWS 23RWB 24RWL* 25RWS* 26RWI 27RWU")]
    [TestCase(3, "0RS 1RS 2RS 3RS 4EM 5E 6RI* 7RI* 8RI* 9RI 10RI 11RI*M 12E 13RWT 14RWS 15RWS 16RSM 17RS 18RS 19RS 20RI 21RI 22RL*")]
    public void Tables_are_those_of_the_registry(int objectId, string expected)
    {
        ObjectDefinition definition = objectId == 0 ? new SecurityObject().Definition
            : objectId == 1 ? new ServerObject().Definition
            : new DeviceObject().Definition;
        StringBuilder table = new();
        for (int position = 0; position < definition.Count; position++)
        {
            int word = definition.At(position);
            string operations = Resource.Ops(word) switch
            {
                Operations.Execute => "E",
                Operations.Read => "R",
                Operations.ReadWrite => "RW",
                _ => "-",
            };
            string type = Resource.Type(word) switch
            {
                DataType.String => "S",
                DataType.Boolean => "B",
                DataType.Integer => "I",
                DataType.Unsigned => "U",
                DataType.Opaque => "O",
                DataType.Time => "T",
                DataType.ObjectLink => "L",
                _ => "",
            };
            table.Append(position > 0 ? " " : "").Append(Resource.Id(word)).Append(operations).Append(type)
                .Append(Resource.IsMultiple(word) ? "*" : "").Append(Resource.IsMandatory(word) ? "M" : "");
        }

        Assert.That(table.ToString(), Is.EqualTo(expected));
        Assert.That(definition.ObjectId, Is.EqualTo(objectId));
        Assert.That(definition.Version, Is.EqualTo("1.2"));
        Assert.That(definition.IsSingle, Is.EqualTo(objectId == 3));
    }

    [Test]
    public void An_account_is_a_security_and_a_server_instance_with_one_id()
    {
        SecurityObject security = new();
        ServerObject servers = new();
        Assert.That(security.AddAccount("coap://one.example", 101), Is.Zero);
        Assert.That(security.AddAccount("coap://two.example:5685", 102), Is.EqualTo(1));
        Assert.That(servers.AddServer(101, 300), Is.Zero);
        Assert.That(servers.AddServer(102), Is.EqualTo(1));
        Assert.That(security.Uri(1), Is.EqualTo("coap://two.example:5685"));
        Assert.That(security.ShortServerId(0), Is.EqualTo(101));
        Assert.That(security.IsBootstrap(0), Is.False);
        Assert.That(security.InstanceOf(102), Is.EqualTo(1));
        Assert.That(security.InstanceOf(7), Is.EqualTo(-1));
        Assert.That(servers.InstanceOf(102), Is.EqualTo(1));
        Assert.That(servers.LifetimeSeconds(0), Is.EqualTo(300));
        Assert.That(servers.LifetimeSeconds(1), Is.EqualTo(86400));
        Assert.That(servers.Binding(0), Is.EqualTo("U"));
        Assert.That(() => security.AddAccount("coap://x", 101), Throws.ArgumentException.With.Message.Contains("101"));
        Assert.That(() => servers.AddServer(101), Throws.ArgumentException.With.Message.Contains("101"));
        Assert.That(() => security.AddAccount("coap://x", 65535), Throws.ArgumentException);
        Assert.That(() => servers.AddServer(0), Throws.ArgumentException);
        Assert.That(() => servers.AddServer(3, -1), Throws.ArgumentException.With.Message.Contains("-1"));
        Assert.That(() => security.AddAccount("coap://" + new string('x', 250), 103), Throws.ArgumentException.With.Message.Contains("/0/2/0"));
        Assert.That(() => new SecurityObject(3).AddAccount("coap://x", 1), Throws.InvalidOperationException);
        Assert.That(security.InstanceCount, Is.EqualTo(2), "a refused account must leave nothing behind");
        Assert.That(servers.InstanceCount, Is.EqualTo(2));
    }

    [Test]
    public void Server_values_have_the_defaults_of_the_specification_until_they_are_written()
    {
        ServerObject servers = new();
        servers.AddServer(1);
        Bench bench = new(servers);
        Assert.That(servers.DisableTimeoutSeconds(0), Is.EqualTo(86400));
        Assert.That(servers.DefaultMinimumPeriodSeconds(0), Is.Zero);
        Assert.That(servers.DefaultMaximumPeriodSeconds(0), Is.Zero);
        Assert.That(servers.StoresNotifications(0), Is.True);
        Assert.That(bench.Text(0, 5), Is.EqualTo("[NotFound]"));
        Assert.That(bench.PutText(0, 5, "60"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, 2, "1"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, 3, "30"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, 6, "0"), Is.EqualTo(Outcome.Ok));
        Assert.That(servers.DisableTimeoutSeconds(0), Is.EqualTo(60));
        Assert.That(servers.DefaultMinimumPeriodSeconds(0), Is.EqualTo(1));
        Assert.That(servers.DefaultMaximumPeriodSeconds(0), Is.EqualTo(30));
        Assert.That(servers.StoresNotifications(0), Is.False);
        Assert.That(bench.PutText(0, 1, "-1"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(servers.LifetimeSeconds(0), Is.EqualTo(86400));
    }

    [TestCase(7, "U", Outcome.Ok)]
    [TestCase(7, "UQS", Outcome.Ok)]
    [TestCase(7, "UTSNMH", Outcome.Ok)]
    [TestCase(7, "", Outcome.BadRequest)]
    [TestCase(7, "X", Outcome.BadRequest)]
    [TestCase(7, "u", Outcome.BadRequest)]
    [TestCase(22, "T", Outcome.Ok)]
    [TestCase(22, "TU", Outcome.BadRequest)]
    public void A_binding_is_made_of_known_letters(int resource, string text, Outcome expected)
    {
        ServerObject servers = new();
        servers.AddServer(1);
        Assert.That(new Bench(servers).PutText(0, resource, text), Is.EqualTo(expected));
    }

    [Test]
    public void What_a_server_executes_is_done_by_the_client()
    {
        ServerObject servers = new();
        servers.AddServer(1);
        Bench bench = new(servers);
        Assert.That(bench.Post(0, 8), Is.EqualTo(Outcome.MethodNotAllowed), "not added to a client");
        Actions actions = new();
        servers.Actions = actions;
        Assert.That(bench.Post(0, 4), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Post(0, 8, "0='U'"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Post(0, 9), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(actions.Done, Is.EqualTo(new[] { "disable 0", "update 0 U", "bootstrap 0" }));
    }

    [Test]
    public void A_device_shows_what_it_was_given_and_nothing_else()
    {
        Bench bench = new(new DeviceObject("Maker", "Lamp", firmwareVersion: "1.0"));
        Assert.That(bench.Text(0, 0), Is.EqualTo("Maker"));
        Assert.That(bench.Text(0, 1), Is.EqualTo("Lamp"));
        Assert.That(bench.Text(0, 2), Is.EqualTo("[NotFound]"));
        Assert.That(bench.Text(0, 3), Is.EqualTo("1.0"));
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("830B" + "410000"));
        Assert.That(bench.Text(0, 16), Is.EqualTo("U"));
        Assert.That(bench.Tested.Has(0, DeviceResource.FactoryReset), Is.False);
        Assert.That(bench.Tested.Has(0, DeviceResource.Reboot), Is.True);
        Assert.That(bench.Tested.Has(0, DeviceResource.CurrentTime), Is.False);
    }

    [Test]
    public void Errors_are_listed_by_the_rules_of_the_object()
    {
        DeviceObject device = new();
        Bench bench = new(device);
        device.AddError(1);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("830B" + "410001"), "the first error takes the place of none");
        device.AddError(2);
        device.AddError(2);
        device.AddError(7);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("880B09" + "410001" + "410102" + "410207"));
        Assert.That(device.ClearError(2), Is.True);
        Assert.That(device.ClearError(2), Is.False);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("860B" + "410001" + "410207"));
        device.AddError(3);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("880B09" + "410001" + "410103" + "410207"));
        device.ClearError(1);
        device.ClearError(3);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("830B" + "410207"));
        device.ClearError(7);
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("830B" + "410000"), "the last one cleared is no error again");
        Assert.That(device.ClearError(0), Is.False);
        Assert.That(() => device.AddError(0), Throws.ArgumentException);
        Assert.That(() => device.AddError(33), Throws.ArgumentException);
    }

    [Test]
    public void Reset_error_code_takes_all_errors_back()
    {
        DeviceObject device = new();
        Bench bench = new(device);
        device.AddError(4);
        device.AddError(5);
        Assert.That(bench.Post(0, DeviceResource.ResetErrorCode), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Tlv(0, 11), Is.EqualTo("830B" + "410000"));
        Assert.That(bench.Heard, Does.Contain("/3/0/11/1"), "who observes must hear of it");
    }

    [Test]
    public void Power_sources_share_one_instance()
    {
        DeviceObject device = new();
        Bench bench = new(device);
        device.SetPowerSource(0, 1, 3800, 125);
        device.SetPowerSource(1, 5, 5000, 900);
        // As in the device of the specification's example.
        Assert.That(bench.Tlv(0, 6), Is.EqualTo("8606" + "410001" + "410105"));
        Assert.That(bench.Tlv(0, 7), Is.EqualTo("880708" + "42000ED8" + "42011388"));
        Assert.That(bench.Tlv(0, 8), Is.EqualTo("8708" + "41007D" + "42010384"));
        Assert.That(() => device.SetPowerSource(2, 8, 0, 0), Throws.ArgumentException.With.Message.Contains("/3/0/6"));
    }

    [Test]
    public void Current_time_goes_on_and_can_be_set()
    {
        Clock clock = new() { UnixMs = 5_999 };
        DeviceObject device = new() { Clock = clock };
        Bench bench = new(device);
        Assert.That(device.Has(0, DeviceResource.CurrentTime), Is.True);
        Assert.That(bench.Text(0, 13), Is.EqualTo("5"));
        Assert.That(bench.PutText(0, 13, "1367491215"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 13), Is.EqualTo("1367491215"));
        clock.UnixMs += 60_000;
        Assert.That(bench.Text(0, 13), Is.EqualTo("1367491275"));
        Assert.That(bench.PutText(0, 13, "1367491215"), Is.EqualTo(Outcome.Ok), "the same value again sets the clock back");
        Assert.That(device.CurrentTime, Is.EqualTo(1367491215));
        device.CurrentTime = 100;
        clock.UnixMs += 1000;
        Assert.That(bench.Text(0, 13), Is.EqualTo("101"));
        device.CurrentTime = -10;
        clock.UnixMs += 1;
        Assert.That(bench.Text(0, 13), Is.EqualTo("-10"));
        Assert.That(bench.PutText(0, 13, "9223372036854775807"), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void A_time_that_was_set_before_there_was_a_clock_is_kept()
    {
        DeviceObject device = new() { CurrentTime = 946684800 };
        Bench bench = new(device);
        Assert.That(bench.Text(0, 13), Is.EqualTo("946684800"));
        Clock clock = new() { UnixMs = 77_000 };
        device.Clock = clock;
        clock.UnixMs += 2000;
        Assert.That(bench.Text(0, 13), Is.EqualTo("946684802"));
    }

    [Test]
    public void Reboot_and_factory_reset_start_once_their_answer_is_on_the_way()
    {
        DeviceObject device = new();
        List<string> started = [];
        device.Rebooting = () => started.Add("reboot");
        device.FactoryResetting = () => started.Add("reset");
        Assert.That(device.Has(0, DeviceResource.FactoryReset), Is.True);
        Assert.That(device.Execute(0, DeviceResource.Reboot, new ExecuteArguments()), Is.EqualTo(Outcome.Ok));
        Assert.That(started, Is.Empty);
        device.Executed(0, DeviceResource.Reboot);
        Assert.That(new Bench(device).Post(0, DeviceResource.FactoryReset), Is.EqualTo(Outcome.Ok));
        Assert.That(started, Is.EqualTo(new[] { "reboot", "reset" }));
        Assert.That(new Bench(new DeviceObject()).Post(0, DeviceResource.Reboot), Is.EqualTo(Outcome.Ok));
    }
}
