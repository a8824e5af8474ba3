using System;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Access;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class AccessControlTests
{
    private readonly StoredObject _lamp = new(new ObjectDefinition(3311, "1.0",
        Resource.ReadWrite(5850, DataType.Boolean, mandatory: true),
        Resource.ReadWrite(5851, DataType.Integer),
        Resource.Executable(5852)));

    private Bed Two(Action<AccessControlObject>? entries = null, int servers = 2)
    {
        _lamp.AddInstance(0);
        _lamp.AddInstance(1);
        for (int instance = 0; instance < 2; instance++)
        {
            _lamp.Set(instance, 5850, false);
            _lamp.Set(instance, 5851, 50L + instance);
        }

        var bed = new Bed(setUp: c =>
        {
            c.Add(_lamp);
            entries?.Invoke(c.AccessControl!);
        }, lifetime: 0, servers: servers);
        bed.RegisteredAtAll();
        return bed;
    }

    [Test]
    public void A_single_server_may_do_everything_and_sees_no_object_2()
    {
        Bed bed = Two(servers: 1);
        Assert.That(bed.Ask(0, "CON GET /2"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Ask(0, "CON GET /1/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
        Assert.That(bed.Client.AccessControl!.InstanceCount, Is.Zero);
    }

    [Test]
    public void Where_there_can_be_one_server_only_there_is_no_object_2()
    {
        var client = new Lwm2mClient(new ClientOptions("a") { Limits = Limits.ForBoard() });
        Assert.That(client.AccessControl, Is.Null);
        Assert.That(client.Find(2), Is.Null);
    }

    [Test]
    public void Without_entries_the_client_makes_its_own_and_lists_them()
    {
        var bed = new Bed(setUp: c => c.Add(_lamp), servers: 2);
        Assert.That(bed.RegisteredAtAll().First(), Does.EndWith("\"</1/0>,</1/1>,</2/0>,</2/1>,</2/2>,</2/3>,</3/0>,</3311>\""));
        Assert.That(bed.Ask(1, "CON GET /2 accept=110"), Does.EndWith("\"["
            + "{\"bn\":\"/2/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":0},{\"n\":\"2/1\",\"v\":15},{\"n\":\"3\",\"v\":1},"
            + "{\"bn\":\"/2/1/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":1},{\"n\":\"2/2\",\"v\":15},{\"n\":\"3\",\"v\":2},"
            + "{\"bn\":\"/2/2/\",\"n\":\"0\",\"v\":3},{\"n\":\"1\",\"v\":0},{\"n\":\"2/0\",\"v\":15},{\"n\":\"3\",\"v\":65535},"
            + "{\"bn\":\"/2/3/\",\"n\":\"0\",\"v\":3311},{\"n\":\"1\",\"v\":65535},{\"n\":\"2/0\",\"v\":16},{\"n\":\"3\",\"v\":65535}]\""));
    }

    [Test]
    public void Factory_instances_are_open_to_all_but_each_server_has_its_own_server_instance()
    {
        Bed bed = Two();
        for (int link = 0; link < 2; link++)
        {
            int other = 1 - link;
            Assert.That(bed.Code(link, "CON GET /3311/1/5851"), Is.EqualTo("2.05"));
            Assert.That(bed.Code(link, "CON PUT /3311/0/5851 cf=0 \"7\""), Is.EqualTo("2.04"));
            Assert.That(bed.Code(link, "CON GET /3/0"), Is.EqualTo("2.05"));
            Assert.That(bed.Code(link, $"CON GET /1/{link}/0"), Is.EqualTo("2.05"));
            Assert.That(bed.Code(link, $"CON PUT /1/{link}/2 cf=0 \"1\""), Is.EqualTo("2.04"));
            Assert.That(bed.Code(link, $"CON POST /1/{link}/8"), Is.EqualTo("2.04"));
            Assert.That(bed.Code(link, $"CON GET /1/{other}"), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON GET /1/{other}/0"), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON PUT /1/{other}/2 cf=0 \"1\""), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON POST /1/{other} cf=11542 hex:C10201"), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON POST /1/{other}/8"), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON PUT /1/{other}?pmin=1"), Is.EqualTo("4.01"));
            Assert.That(bed.Code(link, $"CON GET /1/{other}/0 observe=0"), Is.EqualTo("4.01"));
            Assert.That(bed.Ask(link, "CON GET /1 accept=110"), Does.Contain($"\"bn\":\"/1/{link}/\"").And.Not.Contain($"/1/{other}/"));
            // Discover and attributes of an object need no right.
            Assert.That(bed.Ask(link, "CON GET /1 accept=40"), Does.Contain("</1/0>").And.Contain("</1/1>"));
            Assert.That(bed.Code(link, "CON PUT /1?pmin=1"), Is.EqualTo("2.04"));
        }
    }

    [Test]
    public void What_a_server_creates_is_its_own_until_it_shares_it()
    {
        Bed bed = Two();
        Assert.That(bed.Ask(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\""), Is.EqualTo("ACK 2.01 location=3311/5"));
        Assert.That(bed.Code(0, "CON GET /3311/5/5850"), Is.EqualTo("2.05"));
        Assert.That(bed.Code(1, "CON GET /3311/5/5850"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(1, "CON DELETE /3311/5"), Is.EqualTo("4.01"));
        Assert.That(bed.Ask(1, "CON GET /3311 accept=110"), Does.Not.Contain("/3311/5/"));
        Assert.That(bed.Client.AccessControl!.OwnerOf(3311, 5), Is.EqualTo(1));

        int entry = Entry(bed, 3311, 5);
        Assert.That(bed.Code(1, $"CON POST /2/{entry} cf=110 \"[{{\"n\":\"/2/{entry}/2/2\",\"v\":1}}]\""), Is.EqualTo("4.01"), "not the owner");
        Assert.That(bed.Code(0, $"CON POST /2/{entry} cf=110 \"[{{\"n\":\"/2/{entry}/2/2\",\"v\":1}}]\""), Is.EqualTo("2.04"));
        Assert.That(bed.Ask(1, $"CON GET /2/{entry} accept=110"), Does.Contain("{\"n\":\"2/1\",\"v\":15},{\"n\":\"2/2\",\"v\":1}"));
        Assert.That(bed.Code(1, "CON GET /3311/5/5850"), Is.EqualTo("2.05"));
        Assert.That(bed.Code(1, "CON PUT /3311/5/5850 cf=0 \"0\""), Is.EqualTo("4.01"));

        Assert.That(bed.Code(0, "CON DELETE /3311/5"), Is.EqualTo("2.02"));
        Assert.That(bed.Client.AccessControl.OwnerOf(3311, 5), Is.EqualTo(-1));
        Assert.That(bed.Client.AccessControl.HasInstance(entry), Is.False);
    }

    [Test]
    public void The_right_is_checked_after_the_instance_and_before_the_resource()
    {
        Bed bed = Two(a =>
        {
            Own(a);
            a.Add(3311, 0, 1);
        });
        Assert.That(bed.Code(1, "CON GET /9/0/0"), Is.EqualTo("4.04"), "object");
        Assert.That(bed.Code(1, "CON DELETE /3311"), Is.EqualTo("4.05"), "level");
        Assert.That(bed.Code(1, "CON GET /3311/7/5850"), Is.EqualTo("4.04"), "instance");
        Assert.That(bed.Code(1, "CON GET /3311/0/1"), Is.EqualTo("4.01"), "right before resource");
        Assert.That(bed.Code(1, "CON GET /3311/0/5852"), Is.EqualTo("4.01"), "right before operation");
        Assert.That(bed.Code(1, "CON PUT /3311/0/5850 cf=99 \"1\""), Is.EqualTo("4.01"), "right before payload");
        Assert.That(bed.Code(0, "CON GET /3311/0/1"), Is.EqualTo("4.04"), "resource");
        Assert.That(bed.Code(0, "CON GET /3311/0/5852"), Is.EqualTo("4.05"), "operation");
        Assert.That(bed.Code(1, "CON GET /0/0/0"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(1, "CON POST /3"), Is.EqualTo("4.05"), "a single object knows no Create");
        Assert.That(bed.Code(1, "CON DELETE /3/0"), Is.EqualTo("4.05"));
    }

    [Test]
    public void Entries_of_the_application_are_all_there_are()
    {
        Bed bed = Two(a =>
        {
            Own(a);
            a.Add(3, 0, 1);
            a.Grant(3, 0, AccessControlObject.Everyone, AccessRights.Read);
        });
        Assert.That(bed.Client.AccessControl!.IsOpen, Is.False);
        Assert.That(bed.Code(1, "CON GET /3/0/16"), Is.EqualTo("2.05"));
        Assert.That(bed.Code(1, "CON POST /3/0/4"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON GET /3311/0/5850"), Is.EqualTo("4.01"), "no entry, no right");
        Assert.That(bed.Ask(0, "CON GET /3311 accept=110"), Is.EqualTo("ACK 2.05 cf=110 \"[]\""));
        Assert.That(bed.Code(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\""), Is.EqualTo("4.01"));
    }

    [Test]
    public void Entries_of_whole_objects_and_which_there_are_is_not_the_servers_business()
    {
        Bed bed = Two(a =>
        {
            Own(a);
            a.Add(3311, AccessControlObject.ObjectLevel, 1);
            a.Grant(3311, AccessControlObject.ObjectLevel, 2, AccessRights.Create);
        });
        Assert.That(bed.Code(0, "CON PUT /2/2/3 cf=0 \"2\""), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON DELETE /2/0"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON POST /2 cf=11542 hex:C10003C10100C103FF"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON PUT /2/0/0 cf=0 \"3\""), Is.EqualTo("4.05"));
        Assert.That(bed.Code(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\""), Is.EqualTo("4.01"), "the owner has no Create");
        Assert.That(bed.Code(1, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\""), Is.EqualTo("2.01"));
    }

    [TestCase("cf=0 \"32\"", "4.00", TestName = "Rights beyond Create")]
    [TestCase("cf=0 \"-1\"", "4.00", TestName = "Rights below none")]
    [TestCase("cf=0 \"31\"", "2.04", TestName = "All rights")]
    public void Rights_are_five_bits(string payload, string code)
    {
        Bed bed = Two(Own);
        Assert.That(bed.Code(0, "CON PUT /2/0/2/1 " + payload), Is.EqualTo(code));
    }

    [Test]
    public void An_owner_can_replace_the_list_and_hand_the_entry_over()
    {
        Bed bed = Two(Own);
        Assert.That(bed.Code(0, "CON PUT /2/0/2 cf=110 \"[{\"n\":\"/2/0/2/2\",\"v\":3}]\""), Is.EqualTo("2.04"));
        Assert.That(bed.Ask(0, "CON GET /2/0/2 accept=110"), Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/2/0/2/\",\"n\":\"2\",\"v\":3}]\""));
        Assert.That(bed.Code(0, "CON POST /1/0/8"), Is.EqualTo("2.04"), "an owner without rights of its own has all of them");
        Assert.That(bed.Code(1, "CON PUT /1/0/2 cf=0 \"3\""), Is.EqualTo("2.04"));
        Assert.That(bed.Code(0, "CON PUT /2/0/3 cf=0 \"2\""), Is.EqualTo("2.04"));
        Assert.That(bed.Code(0, "CON GET /1/0/0"), Is.EqualTo("4.01"));
        Assert.That(bed.Code(0, "CON PUT /2/0/3 cf=0 \"1\""), Is.EqualTo("4.01"));
    }

    [Test]
    public void An_observation_ends_with_4_01_when_its_right_is_lost()
    {
        Bed bed = Two();
        bed.Ask(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\"");
        int entry = Entry(bed, 3311, 5);
        bed.Ask(0, $"CON POST /2/{entry} cf=110 \"[{{\"n\":\"/2/{entry}/2/2\",\"v\":1}}]\"");
        Assert.That(bed.Ask(1, "CON GET /3311/5/5850 observe=0"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"1\""));
        Assert.That(bed.Ask(0, "CON GET /3311/5/5850 observe=0"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"1\""));
        bed.Events.Lines.Clear();
        bed.Server($"CON PUT /2/{entry}/2/2 cf=0 \"2\"");
        Assert.That(bed.Settle(), Is.EqualTo(new[] { "0 ACK 2.04", "1 NON 4.01" }));
        Assert.That(bed.Events.Lines, Does.Contain("cancel /3311/5/5850"));
        _lamp.Set(5, 5850, false);
        bed.Poll();
        Assert.That(bed.Settle(), Is.EqualTo(new[] { "0 NON 2.05 observe=2 cf=0 \"0\"" }));
    }

    [Test]
    public void A_notification_of_an_object_leaves_out_what_its_server_may_not_read()
    {
        Bed bed = Two();
        Assert.That(bed.Code(1, "CON GET /3311 observe=0 accept=110"), Is.EqualTo("2.05"));
        bed.Server("CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\"");
        Assert.That(bed.Settle().Single(l => l.StartsWith("1 NON 2.05")), Does.Contain("/3311/1/").And.Not.Contain("/3311/5/"));
    }

    [Test]
    public void Instances_that_the_device_adds_are_open_and_leave_no_entry_behind()
    {
        Bed bed = Two();
        _lamp.AddInstance(9);
        _lamp.Set(9, 5850, true);
        bed.Poll();
        bed.Settle();
        Assert.That(bed.Code(1, "CON GET /3311/9/5850"), Is.EqualTo("2.05"));
        _lamp.RemoveInstance(9);
        Assert.That(bed.Client.AccessControl!.OwnerOf(3311, 9), Is.EqualTo(-1));
    }

    [Test]
    public void What_a_server_that_is_gone_owned_goes_to_the_one_with_most_of_write_and_delete()
    {
        Bed bed = Two(a =>
        {
            Own(a);
            a.Add(3311, 0, 1);
            a.Grant(3311, 0, 1, AccessRights.Full);
            a.Grant(3311, 0, 2, AccessRights.Read | AccessRights.Write);
            a.Grant(3311, 0, 3, AccessRights.Write | AccessRights.Delete);
            a.Grant(3311, 0, AccessControlObject.Everyone, AccessRights.Full);
            a.Add(3311, 1, 1);
        });
        bed.Client.AccessControl!.RemoveServer(1);
        Assert.That(bed.Client.AccessControl.OwnerOf(3311, 0), Is.EqualTo(3));
        Assert.That(bed.Client.AccessControl.OwnerOf(3311, 1), Is.EqualTo(AccessControlObject.BootstrapOnly));
        Assert.That(bed.Client.AccessControl.RightsOf(3311, 0, 1), Is.EqualTo(AccessRights.Full), "as everyone");
        Assert.That(bed.Client.AccessControl.RightsOf(3311, 1, 1), Is.EqualTo(AccessRights.None));
    }

    [Test]
    public void Where_the_table_is_full_create_is_answered_5_03()
    {
        var bed = new Bed(o => o.Limits.AccessControls = 5, c => c.Add(_lamp), servers: 2);
        bed.RegisteredAtAll();
        Assert.That(bed.Code(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/5/5850\",\"vb\":true}]\""), Is.EqualTo("2.01"));
        Assert.That(bed.Code(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/6/5850\",\"vb\":true}]\""), Is.EqualTo("5.03"));
        Assert.That(bed.Code(0, "CON DELETE /3311/5"), Is.EqualTo("2.02"));
        Assert.That(bed.Code(0, "CON POST /3311 cf=110 \"[{\"n\":\"/3311/6/5850\",\"vb\":true}]\""), Is.EqualTo("2.01"));
    }

    [Test]
    public void Factory_instances_without_room_for_their_entries_are_the_applications_mistake()
    {
        var bed = new Bed(o => o.Limits.AccessControls = 3, c => c.Add(_lamp), servers: 2);
        Assert.That(() => bed.Client.Start(), Throws.InvalidOperationException.With.Message.Contains("AccessControls"));
    }

    [TestCase(0, 0, 1)]
    [TestCase(65535, 0, 1)]
    [TestCase(3, 65536, 1)]
    [TestCase(3, 0, 65536)]
    [TestCase(1, 0, 1)]
    public void An_entry_out_of_range_or_doubled_throws(int objectId, int instanceId, int owner)
    {
        var client = new Lwm2mClient(new ClientOptions("a"));
        client.AccessControl!.Add(1, 0, 5);
        Assert.That(() => client.AccessControl.Add(objectId, instanceId, owner), Throws.ArgumentException);
        Assert.That(() => client.AccessControl.Grant(3, 7, 1, AccessRights.Read), Throws.ArgumentException);
        Assert.That(() => client.AccessControl.Grant(1, 0, 65535, AccessRights.Read), Throws.ArgumentException);
    }

    // What factories set up by hand: each server its own /1 instance.
    private static void Own(AccessControlObject control)
    {
        control.Add(1, 0, 1);
        control.Grant(1, 0, 1, AccessRights.Full);
        control.Add(1, 1, 2);
    }

    private static int Entry(Bed bed, int objectId, int instanceId)
    {
        AccessControlObject control = bed.Client.AccessControl!;
        return Enumerable.Range(0, control.InstanceCount).Select(control.InstanceAt)
            .Single(e => bed.Ask(1, $"CON GET /2/{e} accept=110").Contains($"{{\"bn\":\"/2/{e}/\",\"n\":\"0\",\"v\":{objectId}}},{{\"n\":\"1\",\"v\":{instanceId}}}"));
    }
}
