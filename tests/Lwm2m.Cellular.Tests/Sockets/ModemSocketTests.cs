using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sockets;

/// <summary>A dialogue for each kind of modem, as the vendors' manuals have it.</summary>
public class ModemSocketTests
{
    private const string Uri = "coap://192.0.2.1:5683";

    [Test]
    public void Quectel_with_data_in_one_line([Values("bc66", "bc660")] string profile)
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, profile);
        bed.On("AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "OK", "+QIOPEN: 0,0");
        bed.Open(transport, Uri);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QICFG=\"dataformat\",1,1", "AT+QICFG=\"showlength\",1", "AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));

        bed.On("AT+QISEND=0,4,40010001", "OK", "SEND OK");
        Assert.That(bed.Send(transport, "40010001"), Is.True);
        bed.SayLines("+QIURC: \"recv\",0,4,60450001", "+QIURC: \"recv\",0,4,\"60450002\"");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QISEND=0,4,40010001" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "in 0 60450001", "in 0 60450002" }));

        transport.Close(0);
        bed.Run();
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QICLOSE=0" }));
        Assert.That(bed.TakeEvents(), Is.Empty);
    }

    [Test]
    public void Quectel_with_a_prompt_and_a_buffer([Values("bg96", "bg95")] string profile)
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, profile, "iot");
        bed.On("AT+QIOPEN=1,0,\"UDP\",\"192.0.2.1\",5683,0,0", "OK", "+QIOPEN: 0,0");
        bed.Open(transport, Uri);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QICSGP=1,1,\"iot\"", "AT+QIACT=1", "AT+QIOPEN=1,0,\"UDP\",\"192.0.2.1\",5683,0,0" }));

        bed.On("AT+QISEND=0,4", ">").On("[40010A0D]", "SEND OK");
        bed.Send(transport, "40010A0D");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QISEND=0,4", "[40010A0D]" }));

        bed.On("AT+QIRD=0,1500", "+QIRD: 4\r\n\x60\x45\x0D\x0A", "OK").On("AT+QIRD=0,1500", "+QIRD: 5\r\n\x60\x45OK\x01", "OK").On("AT+QIRD=0,1500", "+QIRD: 0", "OK");
        bed.SayLines("+QIURC: \"recv\",0");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QIRD=0,1500", "AT+QIRD=0,1500", "AT+QIRD=0,1500" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450D0A", "in 0 60454F4B01" }));
    }

    [Test]
    public void Ublox_N_numbers_its_sockets()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sara-n");
        bed.On("AT+NSOCR=DGRAM,17,5000,1", "3", "OK");
        bed.Open(transport, Uri, localPort: 5000);
        bed.On("AT+NSOST=3,192.0.2.1,5683,4,40010001", "3,4", "OK");
        bed.Send(transport, "40010001");
        bed.On("AT+NSORF=3,4", "3,192.0.2.1,5683,4,60450001,0", "OK");
        bed.SayLines("+NSONMI:3,4");
        transport.Close(0);
        bed.Run();
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+NSOCR=DGRAM,17,5000,1", "AT+NSOST=3,192.0.2.1,5683,4,40010001", "AT+NSORF=3,4", "AT+NSOCL=3" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
    }

    [Test]
    public void Ublox_R_reads_what_it_is_told_of([Values("sara-r4", "sara-r5")] string profile)
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, profile);
        bed.On("AT+USOCR=17", "+USOCR: 2", "OK");
        bed.Open(transport, Uri);
        bed.On("AT+USOST=2,\"192.0.2.1\",5683,4,\"40010001\"", "+USOST: 2,4", "OK");
        bed.Send(transport, "40010001");
        bed.On("AT+USORF=2,9", "+USORF: 2,\"192.0.2.1\",5683,4,\"60450001\"", "OK").On("AT+USORF=2,5", "+USORF: 2,\"192.0.2.1\",5683,5,\"6045000200\"", "OK");
        bed.SayLines("+UUSORF: 2,9");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+UDCONF=1,1", "AT+USOCR=17", "AT+USOST=2,\"192.0.2.1\",5683,4,\"40010001\"", "AT+USORF=2,9", "AT+USORF=2,5",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001", "in 0 6045000200" }));
        bed.SayLines("+UUSOCL: 2");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void Simcom_7020_counts_digits()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sim7020");
        bed.On("AT+CSOC=1,2,1", "+CSOC: 1", "OK");
        bed.Open(transport, Uri);
        bed.Send(transport, "40010001");
        bed.SayLines("+CSONMI: 1,8,60450001");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSOC=1,2,1", "AT+CSOCON=1,5683,\"192.0.2.1\"", "AT+CSOSEND=1,8,40010001" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
        bed.SayLines("+CSOERR: 1,-2");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSOCL=1" }));
    }

    [Test]
    public void Simcom_7080_reads_raw_data_in_the_line()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sim7080", "iot");
        bed.On("AT+CAOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "+CAOPEN: 0,0", "OK");
        bed.Open(transport, Uri);
        bed.On("AT+CASEND=0,4", ">").On("[40010001]", "OK");
        bed.Send(transport, "40010001");
        bed.On("AT+CARECV=0,1232", "+CARECV: 4,\x60\x45,\x0D", "OK").On("AT+CARECV=0,1232", "+CARECV: 0", "OK");
        bed.SayLines("+CADATAIND: 0");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CNCFG=0,1,\"iot\"", "AT+CNACT=0,1", "AT+CAOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "AT+CASEND=0,4", "[40010001]", "AT+CARECV=0,1232", "AT+CARECV=0,1232",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60452C0D" }));
        bed.SayLines("+CASTATE: 0,1");
        Assert.That(bed.TakeEvents(), Is.Empty);
        bed.SayLines("+CASTATE: 0,0");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void Nordic_has_handles()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "nrf91");
        bed.On("AT#XSOCKET=1,2,0", "#XSOCKET: 4,2,17", "OK");
        bed.Open(transport, "coap://server.example");
        bed.On("AT#XSENDTO=4,1,0,\"server.example\",5683,\"40010001\"", "#XSENDTO: 4,0,4", "OK");
        bed.Send(transport, "40010001");
        bed.On("AT#XRECVFROM=4,1,0,1", "#XRECVFROM: 4,1,4,\"192.0.2.1\",5683\r\n60450001", "OK").On("AT#XRECVFROM=4,1,0,1", "ERROR");
        bed.SayLines("#XAPOLL: 4,1");
        transport.Close(0);
        bed.Run();
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT#XSOCKET=1,2,0", "AT#XAPOLL=,1,1", "AT#XSENDTO=4,1,0,\"server.example\",5683,\"40010001\"", "AT#XRECVFROM=4,1,0,1", "AT#XRECVFROM=4,1,0,1", "AT#XCLOSE=4",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
    }

    [Test]
    public void A_socket_that_does_not_open_is_down()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "bc66");
        bed.On("AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "OK", "+QIOPEN: 0,566").On("AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "ERROR");
        bed.On("AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "OK");
        bed.Open(transport, Uri);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Unreachable" }));
        bed.Open(transport, Uri);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Unreachable" }));
        bed.Open(transport, Uri);
        bed.Advance(59_000);
        Assert.That(bed.TakeEvents(), Is.Empty);
        bed.Advance(1000);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Unreachable" }));
    }

    [Test]
    public void A_report_before_the_OK_opens_a_socket_as_well()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "bc66");
        bed.On("AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "+QIOPEN: 0,0", "OK");
        bed.Open(transport, Uri);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_link_that_is_closed_while_it_opens_leaves_no_socket_behind()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sara-r4");
        bed.On("AT+USOCR=17", "+USOCR: 2");
        bed.Open(transport, Uri);
        transport.Close(0);
        bed.Run();
        bed.SayLines("OK");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+UDCONF=1,1", "AT+USOCR=17", "AT+USOCL=2" }));
        Assert.That(bed.TakeEvents(), Is.Empty);
    }

    [Test]
    public void A_reset_of_the_modem_closes_sockets()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sara-r4");
        bed.On("AT+USOCR=17", "+USOCR: 0", "OK");
        bed.Open(transport, Uri);
        bed.TakeEvents();
        bed.Modem.Engine.ResetUsers(bed.NowMs);
        bed.TakeSent();
        bed.Run();
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
        bed.Open(transport, Uri);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+UDCONF=1,1", "AT+USOCR=17" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_lost_report_is_made_up_for_by_a_look_after_a_message()
    {
        BearerBed bed = new();
        ModemSocketTransport transport = Make(bed, "sara-r4");
        bed.On("AT+USOCR=17", "+USOCR: 0", "OK");
        bed.Open(transport, Uri);
        bed.Send(transport, "40010001");
        bed.TakeSent();
        bed.On("AT+USORF=0,512", "+USORF: 0,\"192.0.2.1\",5683,4,\"60450001\"", "OK").On("AT+USORF=0,512", "ERROR");
        bed.Advance(5000);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+USORF=0,512", "AT+USORF=0,512" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "in 0 60450001" }));
        // And then, now and again, for the report of a request.
        bed.Advance(59_000);
        Assert.That(bed.TakeSent(), Is.Empty);
        bed.Advance(1000);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+USORF=0,512" }));
    }

    [Test]
    public void Links_have_sockets_of_their_own_and_TCP_does_not_meet_UDP()
    {
        BearerBed bed = new();
        ModemSocketTransport udp = Make(bed, "bc66");
        ModemSocketTransport tcp = new(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find("bc66"), Binding = 'T' });
        foreach (string open in new[] { "AT+QIOPEN=0,0,\"UDP\",\"192.0.2.1\",5683", "AT+QIOPEN=0,1,\"UDP\",\"192.0.2.2\",5683", "AT+QIOPEN=0,4,\"TCP\",\"192.0.2.1\",5683" })
            bed.On(open, "OK", $"+QIOPEN: {open[12]},0");
        bed.Open(udp, Uri);
        bed.Open(udp, "coap://192.0.2.2", 1);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0", "up 1" }));
        bed.On("AT+QISEND=4,7,50E12204802001", "OK", "SEND OK");
        bed.On("AT+QISEND=4,4,20010001", "OK", "SEND OK");
        bed.TakeSent();
        bed.Open(tcp, "coap+tcp://192.0.2.1");
        // Our CSM, and the link is up when theirs has come.
        Assert.That(bed.TakeSent()[^1], Does.StartWith("AT+QISEND=4,"));
        Assert.That(bed.TakeEvents(), Is.Empty);
        bed.SayLines("SEND OK", "+QIURC: \"recv\",4,2,00E1", "+QIURC: \"recv\",1,4,60450001");
        Assert.That(bed.TakeEvents(), Is.EquivalentTo(new[] { "up 0", "in 1 60450001" }));
        bed.Send(tcp, "50010000" + "B161");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+QISEND=4,4,2001B161" }));
        // A frame in three pieces: 2.05 without payload.
        bed.SayLines("SEND OK", "+QIURC: \"recv\",4,1,01", "+QIURC: \"recv\",4,1,45", "+QIURC: \"recv\",4,1,07");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "in 0 5145000007" }));
        Assert.That(tcp.IsReliable, Is.True);
        bed.SayLines("+QIURC: \"closed\",4");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void Mistakes_are_named()
    {
        BearerBed bed = new();
        Assert.That(() => new ModemSocketTransport(bed.Modem, new ModemSocketOptions()), Throws.ArgumentException.With.Message.Contain("Profile"));
        Assert.That(() => new ModemSocketTransport(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find("generic") }), Throws.ArgumentException.With.Message.Contain("udp"));
        Assert.That(() => new ModemSocketTransport(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find("bc66"), Binding = 'S' }), Throws.ArgumentException.With.Message.Contain("Binding"));
        Assert.That(() => new ModemSocketTransport(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find("bc66"), MaxLinks = 6 }), Throws.ArgumentException.With.Message.Contain("MaxLinks"));
    }

    private static ModemSocketTransport Make(BearerBed bed, string profile, string? apn = null) =>
        new(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find(profile), Apn = apn });
}
