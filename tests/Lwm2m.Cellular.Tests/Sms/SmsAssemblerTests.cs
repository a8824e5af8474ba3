using System;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

[TestFixture]
internal sealed class SmsAssemblerTests
{
    private const string Server = "+12125550178";

    private readonly SmsPdu _pdu = new();
    private SmsAssembler _assembler = null!;

    [SetUp]
    public void Start() => _assembler = new SmsAssembler(2, 4, 60_000);

    [Test]
    public void Parts_in_any_order_make_the_message()
    {
        Assert.That(Add(7, 3, 3, "0708"), Is.Null);
        Assert.That(Add(7, 3, 1, "010203"), Is.Null);
        Assert.That(Add(7, 3, 2, "040506"), Is.EqualTo("0102030405060708"));
    }

    [Test]
    public void A_full_message_of_four_parts_is_put_together()
    {
        byte[] whole = new byte[4 * 134];
        new Random(4).NextBytes(whole);
        for (int part = 4; part > 1; part--)
            Assert.That(Add(255, 4, part, Convert.ToHexString(whole, (part - 1) * 134, 134)), Is.Null);
        Assert.That(Add(255, 4, 1, Convert.ToHexString(whole, 0, 134)), Is.EqualTo(Convert.ToHexString(whole)));
    }

    [Test]
    public void A_repeated_part_changes_nothing()
    {
        Assert.That(Add(7, 2, 2, "03"), Is.Null);
        Assert.That(Add(7, 2, 2, "03"), Is.Null);
        Assert.That(Add(7, 2, 1, "0102"), Is.EqualTo("010203"));
    }

    [Test]
    public void Repeats_after_the_message_was_whole_begin_no_new_one()
    {
        Add(7, 2, 1, "0102");
        Assert.That(Add(7, 2, 2, "03"), Is.EqualTo("010203"));
        Assert.That(Add(7, 2, 2, "03"), Is.Null);
        Assert.That(Add(7, 2, 1, "0102"), Is.Null);
        Assert.That(Add(7, 2, 1, "0105"), Is.Null);
        Assert.That(Add(7, 2, 2, "06"), Is.EqualTo("010506"));
    }

    [Test]
    public void A_part_that_differs_begins_a_new_message_under_the_old_number()
    {
        Add(7, 2, 1, "01");
        Add(7, 2, 1, "02");
        Assert.That(Add(7, 2, 2, "03"), Is.EqualTo("0203"));
    }

    [Test]
    public void Sender_reference_and_total_keep_messages_apart()
    {
        Add(7, 2, 1, "01");
        Assert.That(Add(7, 2, 2, "22", sender: "+12125550179"), Is.Null);
        Assert.That(Add(7, 2, 2, "02"), Is.EqualTo("0102"));
        Add(8, 2, 1, "01");
        Assert.That(Add(9, 2, 2, "02"), Is.Null);
        Add(1, 2, 1, "01");
        Assert.That(Add(1, 3, 2, "02"), Is.Null);
    }

    [Test]
    public void Missing_parts_are_waited_for_as_long_as_is_set()
    {
        Add(7, 2, 1, "01", nowMs: 1000);
        Assert.That(Add(7, 2, 2, "02", nowMs: 60_999), Is.EqualTo("0102"));
        Add(8, 2, 1, "01", nowMs: 70_000);
        Assert.That(Add(8, 2, 2, "02", nowMs: 130_000), Is.Null);
        Assert.That(Add(8, 2, 1, "03", nowMs: 130_001), Is.EqualTo("0302"));
    }

    [Test]
    public void The_oldest_gives_way_and_whole_ones_before_it()
    {
        Add(1, 2, 1, "01", nowMs: 1);
        Add(2, 2, 1, "02", nowMs: 2);
        Add(3, 2, 1, "03", nowMs: 3);
        Assert.That(Add(2, 2, 2, "12", nowMs: 4), Is.EqualTo("0212"));
        Assert.That(Add(4, 2, 1, "04", nowMs: 5), Is.Null);
        Assert.That(Add(3, 2, 2, "13", nowMs: 6), Is.EqualTo("0313"));
        Assert.That(Add(4, 2, 2, "14", nowMs: 7), Is.EqualTo("0414"));
        Assert.That(Add(1, 2, 2, "11", nowMs: 8), Is.Null);
    }

    [Test]
    public void A_message_of_too_many_parts_is_passed_over()
    {
        for (int part = 1; part <= 5; part++)
            Assert.That(Add(7, 5, part, "01"), Is.Null);
    }

    [Test]
    public void Empty_parts_count()
    {
        Add(7, 2, 2, "");
        Assert.That(Add(7, 2, 1, "01"), Is.EqualTo("01"));
    }

    private string? Add(int reference, int parts, int part, string hex, string sender = Server, long nowMs = 0)
    {
        byte[] octets = Pdus.Part(sender, reference, parts, part, Convert.FromHexString(hex));
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        return _assembler.Add(octets, _pdu, nowMs) ? Convert.ToHexString(_assembler.Buffer, _assembler.Offset, _assembler.Length) : null;
    }
}
