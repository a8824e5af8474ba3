using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.NonIp;

/// <summary>A dialogue for each modem that has a way of its own, as the vendors' manuals have it.</summary>
public class NonIpVendorTests
{
    [Test]
    public void Quectel_BG96_opens_its_one_context_and_reads()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, "bg96");
        bed.Open(transport, "coap+nidd://iot");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+QCFGEXT=\"pdp_type\",1,\"Non-IP\",\"iot\"", "AT+QCFGEXT=\"nipdcfg\",0,\"iot\"", "AT+QCFGEXT=\"nipd\",1",
        }));
        bed.SayLines("+QIND: \"nipd\",\"open\",0");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CGCONTRDP=1" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
        bed.Send(transport, "40010001");
        bed.On("AT+QCFGEXT=\"nipdr\",0", "+QCFGEXT: \"nipdr\",4,0,4", "OK").On("AT+QCFGEXT=\"nipdr\",0", "+QCFGEXT: \"nipdr\",4,4,0", "OK");
        bed.On("AT+QCFGEXT=\"nipdr\",4", "+QCFGEXT: \"nipdr\",4,60450001", "OK");
        bed.SayLines("+QIND: \"nipd\",\"recv\"");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+QCFGEXT=\"nipds\",0,\"40010001\",4", "AT+QCFGEXT=\"nipdr\",0", "AT+QCFGEXT=\"nipdr\",4", "AT+QCFGEXT=\"nipdr\",0",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "in 0 60450001" }));
        bed.SayLines("+QIND: \"nipd\",\"close\"");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void Quectel_BG96_says_when_it_cannot_open()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, "bg96");
        bed.Open(transport, "coap+nidd://iot");
        bed.SayLines("+QIND: \"nipd\",\"open\",3");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Unreachable" }));
    }

    [Test]
    public void Quectel_BC660_pushes_user_plane_data_another_way()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, "bc660");
        bed.Open(transport, "coap+nidd://iot");
        Assert.That(bed.TakeSent()[0], Is.EqualTo("AT+CGDCONT=1,\"Non-IP\",\"iot\""));
        Assert.That(transport.MaxDatagramBytes(0), Is.EqualTo(950));
        bed.SayLines("+RECVNONIP: 1,4,60450001", "+CRTDCP: 1,4,60450002");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001", "in 0 60450002" }));
    }

    [TestCase("bc66")]
    [TestCase("sara-n")]
    [TestCase("sara-r4")]
    public void Some_write_NONIP_and_may_refuse_it_all_the_same(string profile)
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, profile);
        bed.On("AT+CGDCONT=1,\"NONIP\",\"iot\"", "ERROR");
        bed.Open(transport, "coap+nidd://iot");
        Assert.That(bed.TakeSent()[..2], Is.EqualTo(new[] { "AT+CGDCONT=1,\"NONIP\",\"iot\"", "AT+CGDCONT=1,\"Non-IP\",\"iot\"" }));
    }

    [Test]
    public void Nordic_has_packet_sockets()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, "nrf91");
        bed.On("AT#XSOCKET=1,3,0,1", "#XSOCKET: 2,3,0", "OK");
        bed.Open(transport, "coap+nidd://iot");
        bed.On("AT#XSEND=2,1,0,\"40010001\"", "#XSEND: 2,0,4", "OK");
        bed.Send(transport, "40010001");
        bed.SayLines("#XRECV: 2,1,4", "60450001");
        transport.Close(0);
        bed.Run();
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CGDCONT=1,\"Non-IP\",\"iot\"", "AT#XRECVCFG=,1,1", "AT+CGACT=1,1", "AT#XSOCKET=1,3,0,1", "AT+CGCONTRDP=1", "AT#XSEND=2,1,0,\"40010001\"", "AT#XCLOSE=2",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
    }

    [Test]
    public void A_modem_of_ones_own_needs_no_code()
    {
        BearerBed bed = new();
        NonIpTransport transport = new(bed.Modem, new NonIpOptions
        {
            Profile = ModemProfile.Parse("name = mine\nnidd.define = AT*DEF={apn}\nnidd.open = AT*OPEN\nnidd.open.answer = *OPEN: {id}\nnidd.send = AT*TX={id},{rai},{type},{hex}\nnidd.push = *RX: {id},{hex}\nnidd.mtu = 100"),
        });
        bed.On("AT*OPEN", "*OPEN: 7", "OK");
        bed.Open(transport, "coap+nidd://iot");
        bed.Send(transport, "40010001");
        bed.SayLines("*RX: 7,60450001");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT*DEF=iot", "AT*OPEN", "AT*TX=7,0,0,40010001" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
        Assert.That(transport.MaxDatagramBytes(0), Is.EqualTo(100));
    }

    private static NonIpTransport Make(BearerBed bed, string profile) => new(bed.Modem, new NonIpOptions { Profile = ModemProfile.Find(profile), MaxLinks = 1 });
}
