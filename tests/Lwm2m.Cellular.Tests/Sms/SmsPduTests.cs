using System;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

[TestFixture]
internal sealed class SmsPduTests
{
    private static readonly byte[] Data = { 0x40, 1, 0, 1 };

    private readonly SmsPdu _pdu = new();

    [TestCase("+12125550178")]
    [TestCase("0170123456")]
    [TestCase("5")]
    [TestCase("+12345678901234567890")]
    public void A_sender_of_any_length_is_read(string number)
    {
        byte[] octets = Pdus.Deliver(number, Array.Empty<byte>(), Data);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        byte[] expected = Pdus.Address(number);
        Assert.That(octets[_pdu.SenderOffset..(_pdu.SenderOffset + expected.Length)], Is.EqualTo(expected));
        Assert.That(octets[_pdu.DataOffset..(_pdu.DataOffset + _pdu.DataLength)], Is.EqualTo(Data));
        Assert.That(_pdu.Parts, Is.EqualTo(1));
        Assert.That(_pdu.DestinationPort, Is.EqualTo(-1));
    }

    [Test]
    public void A_name_as_sender_and_a_service_centre_are_read()
    {
        byte[] octets = Convert.FromHexString("07919471060040340406D041E11000F562111220510000" + "03AABBCC");
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        byte[] name = new byte[SmsAddress.MaxBytes];
        SmsAddress.Write("ABC", name, 0);
        Assert.That(SmsAddress.AreEqual(octets, _pdu.SenderOffset, name, 0), Is.True);
        Assert.That(_pdu.DataLength, Is.EqualTo(3));
    }

    [TestCase(0x04, SmsStatus.Ok)]
    [TestCase(0x14, SmsStatus.Ok)]
    [TestCase(0x16, SmsStatus.Ok)]
    [TestCase(0x44, SmsStatus.Ok)]
    [TestCase(0xF4, SmsStatus.Ok)]
    [TestCase(0xF5, SmsStatus.Ok)]
    [TestCase(0xF6, SmsStatus.Ok)]
    [TestCase(0xFD, SmsStatus.Ok)]
    [TestCase(0x00, SmsStatus.Text)]
    [TestCase(0x08, SmsStatus.Text)]
    [TestCase(0x0C, SmsStatus.Text)]
    [TestCase(0x24, SmsStatus.Text)]
    [TestCase(0x84, SmsStatus.Text)]
    [TestCase(0xC4, SmsStatus.Text)]
    [TestCase(0xE4, SmsStatus.Text)]
    [TestCase(0xF0, SmsStatus.Text)]
    public void Only_8_bit_data_is_taken(int coding, SmsStatus expected)
    {
        byte[] octets = Pdus.Deliver("+12125550178", Array.Empty<byte>(), Data, coding);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(expected));
    }

    [TestCase(0, SmsStatus.Ok)]
    [TestCase(1, SmsStatus.NotDeliver)]
    [TestCase(2, SmsStatus.NotDeliver)]
    [TestCase(3, SmsStatus.Ok)]
    [TestCase(4, SmsStatus.Ok)]
    [TestCase(0x2C, SmsStatus.Ok)]
    [TestCase(0x84, SmsStatus.Ok)]
    public void Only_deliveries_are_taken(int first, SmsStatus expected)
    {
        byte[] octets = Pdus.Deliver("+12125550178", Array.Empty<byte>(), Data, first: first);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(expected));
    }

    [TestCase("0B0504 0B84C002 0003420201", 2948, 0x42, 2, 1)]
    [TestCase("0B0003420201 05040B84C002", 2948, 0x42, 2, 1)]
    [TestCase("0A0804 01420302 0402 1617", 0x16, 0x10142, 3, 2)]
    [TestCase("0B 2403010203 0804 0142FFFF", -1, 0x10142, 255, 255)]
    [TestCase("0A 000301 0201 0003020202", -1, 2, 2, 2)]
    [TestCase("05 0003420200", -1, 0, 1, 1)]
    [TestCase("05 0003420203", -1, 0, 1, 1)]
    [TestCase("05 0003420000", -1, 0, 1, 1)]
    [TestCase("04 00024202", -1, 0, 1, 1)]
    [TestCase("02 2400", -1, 0, 1, 1)]
    [TestCase("00", -1, 0, 1, 1)]
    public void Elements_of_the_header_come_in_any_order(string header, int port, int reference, int parts, int part)
    {
        byte[] octets = Pdus.Deliver("+12125550178", Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), Data);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        Assert.That(_pdu.DestinationPort, Is.EqualTo(port));
        Assert.That(_pdu.Reference, Is.EqualTo(reference));
        Assert.That(_pdu.Parts, Is.EqualTo(parts));
        Assert.That(_pdu.Part, Is.EqualTo(part));
        Assert.That(octets[_pdu.DataOffset..(_pdu.DataOffset + _pdu.DataLength)], Is.EqualTo(Data));
    }

    [TestCase("02 7000", 0)]
    [TestCase("03 7F0100", 0)]
    [TestCase("07 0003010201 7000", 0)]
    [TestCase("", 0x7F)]
    public void What_is_for_the_smartcard_is_told_apart(string header, int protocol)
    {
        byte[] octets = Pdus.Deliver("+12125550178", Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), Data, 0xF6, protocol);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.ForSmartcard));
    }

    [TestCase("06 0003420201")]
    [TestCase("04 0003420201")]
    [TestCase("05 0004420201")]
    [TestCase("01 00")]
    [TestCase("FF")]
    public void A_header_that_contradicts_itself_is_malformed(string header)
    {
        byte[] octets = Pdus.Deliver("+12125550178", Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), Array.Empty<byte>());
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Malformed));
    }

    [Test]
    public void Every_cut_is_malformed_and_what_follows_the_data_is_passed_over()
    {
        byte[] octets = Pdus.Deliver("+12125550178", Array.Empty<byte>(), Data);
        for (int length = 0; length < octets.Length; length++)
            Assert.That(_pdu.Read(octets, 0, length), Is.EqualTo(SmsStatus.Malformed), length.ToString());
        Array.Resize(ref octets, octets.Length + 3);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        Assert.That(_pdu.DataLength, Is.EqualTo(Data.Length));
    }

    [Test]
    public void More_than_140_octets_are_malformed()
    {
        byte[] octets = Pdus.Deliver("+12125550178", Array.Empty<byte>(), new byte[140]);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
        octets = Pdus.Deliver("+12125550178", Array.Empty<byte>(), new byte[141]);
        Assert.That(_pdu.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Malformed));
    }

    [Test]
    public void Service_centre_and_validity_are_submitted()
    {
        SmsOptions options = new() { ServiceCentre = "+491710760000", Validity = 11 };
        byte[] pdu = Pdus.Submit(options, "0170123", Data, 0, 1, 1, out int tpdu);
        Assert.That(Convert.ToHexString(pdu), Is.EqualTo("0791947101670000" + "1100" + "0781100721F3" + "0004" + "0B" + "0440010001"));
        Assert.That(tpdu, Is.EqualTo(pdu.Length - 8));
    }

    [TestCase(false, -1, 140, 134)]
    [TestCase(true, -1, 140, 133)]
    [TestCase(false, 2948, 133, 128)]
    [TestCase(true, 2948, 133, 127)]
    public void Room_for_data_is_what_the_header_leaves(bool wide, int port, int whole, int part)
    {
        SmsSubmit submit = new(new SmsOptions { WideReferences = wide, DestinationPort = port });
        Assert.That(submit.DataBytes(false), Is.EqualTo(whole));
        Assert.That(submit.DataBytes(true), Is.EqualTo(part));
        SmsOptions options = new() { WideReferences = wide, DestinationPort = port };
        byte[] pdu = Pdus.Submit(options, "+12345678901234567890", new byte[part], 0x1234, 2, 2, out _);
        Assert.That(pdu, Has.Length.LessThanOrEqualTo(SmsPdu.MaxBytes));
        Assert.That(pdu[17], Is.EqualTo(140));
    }

    [Test]
    public void A_service_centre_that_is_no_number_is_refused_by_name()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => _ = new SmsSubmit(new SmsOptions { ServiceCentre = "home" }))!;
        Assert.That(refused.Message, Does.Contain("SmsOptions.ServiceCentre").And.Contain("home"));
    }
}
