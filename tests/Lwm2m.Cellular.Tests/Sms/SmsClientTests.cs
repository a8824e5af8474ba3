using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A whole client behind a modem.</summary>
[TestFixture]
internal sealed class SmsClientTests
{
    private const string Server = SmsBed.Server;
    private const string ServerUri = "tel:" + Server;

    // CON GET /3303/0/5700, token 01, and POST /1/0/8.
    private const string Get = "41010001" + "01" + "B433333033" + "0130" + "0435373030";
    private const string Trigger = "4402B60B2161FB63B13101300138";

    // Core appendix L.
    private const string PushHeader = "0605040B84C002";
    private const string PushFrame = "010603C4AF9A";

    [TestCase(LwM2MVersion.V11, "urn:imei:490154203237518", 121)]
    [TestCase(LwM2MVersion.V12, "dev01", 140)]
    public void Registration_of_five_objects_is_one_short_message(LwM2MVersion version, string endpoint, int bytes)
    {
        SmsBed bed = Started(Client(ServerUri, options => options.HighestVersion = version, endpoint, version));
        string[] pdus = bed.Port.Notes().Where(note => note.StartsWith("00", StringComparison.Ordinal)).ToArray();
        Assert.That(pdus, Has.Length.EqualTo(1));
        Assert.That(pdus[0], Does.StartWith("0001000B912121550571F80004" + bytes.ToString("X2")));
        Assert.That(pdus[0], Has.Length.EqualTo(2 * (14 + bytes)));
        bool isNew = version == LwM2MVersion.V12;
        string links = isNew
            ? "</1/0>,</3>;ver=1.2,</3/0>,</4>;ver=1.3,</4/0>,</5>;ver=1.0,</5/0>,</3303/0>"
            : "</1/0>,</3/0>,</4/0>,</5/0>,</3303/0>";
        string expected = "B2" + Hex("rd") + "1128"
            + Query(0x3D, "ep=" + endpoint) + Query(0x00, "lt=86400") + Query(0x00, isNew ? "lwm2m=1.2" : "lwm2m=1.1")
            + Query(0x00, "b=S") + Query(0x00, "sms=491701234567") + "FF" + Hex(links);
        Assert.That(pdus[0], Does.EndWith(expected));
    }

    [Test]
    public void A_request_is_answered_by_short_message_and_a_repeat_by_the_same_bytes()
    {
        SmsBed bed = Registered(Client(ServerUri), out SmsPeer peer);
        peer.Send(Convert.FromHexString(Get));
        byte[] answer = peer.Take().Single();
        Assert.That(Convert.ToHexString(answer), Does.StartWith("6145000101"));
        peer.Send(Convert.FromHexString(Get));
        Assert.That(peer.Take().Single(), Is.EqualTo(answer));
        peer.Send(Convert.FromHexString(Get), "+12125550179");
        Assert.That(peer.Take(), Is.Empty, "of a stranger");
        Assert.That(bed.Sms.ReceivedCount, Is.EqualTo(3));
    }

    [Test]
    public void A_long_answer_goes_in_parts_and_a_long_request_is_put_together()
    {
        Registered(Client(ServerUri), out SmsPeer peer);
        string text = new('x', 200);
        byte[] write = [0x41, 0x03, 0, 2, 7, .. Convert.FromHexString("B433333033" + "0130" + "0435373530" + "10FF"), .. Encoding.ASCII.GetBytes(text)];
        List<byte[]> parts = peer.Parts(write);
        Assert.That(parts, Has.Count.EqualTo(2));
        peer.Send(write);
        Assert.That(Convert.ToHexString(peer.Take().Single()), Is.EqualTo("6144000207"));
        int before = peer.Messages;
        peer.Send(Convert.FromHexString("41010003" + "08" + "B433333033" + "0130" + "0435373530" + "60"));
        byte[] answer = peer.Take().Single();
        Assert.That(Encoding.ASCII.GetString(answer), Does.EndWith(text));
        Assert.That(peer.Messages - before, Is.EqualTo(2));
    }

    [Test]
    public void Nothing_is_repeated_by_CoAP()
    {
        Lwm2mClient client = Client(ServerUri);
        SmsBed bed = Started(client);
        SmsPeer peer = new(bed);
        Assert.That(peer.Take(), Has.Count.EqualTo(1));
        bed.Advance(110_000);
        Assert.That(peer.Take(), Is.Empty);
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Registering));
        bed.Advance(70_500);
        Assert.That(client.Account(0).LastFailure, Is.EqualTo(RegistrationFailure.NoAnswer));
    }

    [Test]
    public void Slow_answers_are_in_time()
    {
        Lwm2mClient client = Client(ServerUri);
        SmsBed bed = Started(client);
        SmsPeer peer = new(bed);
        bed.Advance(110_000);
        peer.Register();
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [TestCase("", "")]
    [TestCase(PushHeader, PushFrame)]
    public void A_trigger_wakes_a_client_that_sleeps_on_another_bearer(string header, string frame)
    {
        Lwm2mClient client = Client("coap://192.0.2.1", Sleepy);
        SmsBed bed = Asleep(client, out FakeUdp udp);
        client.Servers.Set(0, ServerResource.Trigger, true);
        Deliver(bed, "+12125550179", header, frame + Trigger);
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Asleep), "of a stranger");
        Deliver(bed, Server, header, frame + "41020001" + "01" + "B131013103" + "3038");
        Deliver(bed, Server, header, frame + "4102000101B13301300134");
        Deliver(bed, Server, header, frame + Get);
        Assert.That(udp.Take(), Is.Empty, "no trigger");
        Deliver(bed, Server, header, frame + Trigger);
        byte[] update = udp.Take().Single();
        Assert.That(Convert.ToHexString(update), Does.EndWith("B27264" + "0131"));
        Assert.That(bed.Port.Notes(), Has.All.EqualTo("AT+CNMA"), "never answered");
    }

    [Test]
    public void A_trigger_is_obeyed_only_where_the_server_may()
    {
        Lwm2mClient client = Client("coap://192.0.2.1", Sleepy);
        SmsBed bed = Asleep(client, out FakeUdp udp);
        Deliver(bed, Server, "", Trigger);
        Assert.That(udp.Take(), Is.Empty, "/1/0/21 is not set");
        client.Servers.Set(0, ServerResource.Trigger, true);
        client.Security.Set(0, SecurityResource.SmsSecurityMode, 1);
        Deliver(bed, Server, "", Trigger);
        Assert.That(udp.Take(), Is.Empty, "unprotected, where DTLS is wanted");
        client.Security.Set(0, SecurityResource.SmsSecurityMode, SecurityObject.NoSecurity);
        Deliver(bed, "0012125550178", "", Trigger);
        Assert.That(udp.Take(), Has.Length.EqualTo(1));
    }

    [TestCase("43303D53")]
    [TestCase("FF" + "303D275327")]
    public void A_trigger_with_a_binding_moves_the_client_to_it(string argument)
    {
        // The query form 0=S, and the payload 0='S'.
        Lwm2mClient client = Client("coap://192.0.2.1", Sleepy, binding: "US");
        SmsBed bed = Asleep(client, out FakeUdp udp);
        client.Servers.Set(0, ServerResource.Trigger, true);
        Deliver(bed, Server, "", Trigger + argument);
        bed.Advance(5000);
        Assert.That(udp.Take(), Is.Empty);
        List<byte[]> sent = new SmsPeer(bed).Take();
        Assert.That(sent, Has.Count.EqualTo(1));
        Assert.That(Encoding.Latin1.GetString(sent[0]), Does.Contain("ep=dev1"));
    }

    [Test]
    public void A_client_that_sleeps_on_this_bearer_hears_triggers_alone()
    {
        Lwm2mClient client = Client(ServerUri, Sleepy);
        SmsBed bed = Registered(client, out SmsPeer peer);
        bed.Advance(200_000);
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        // Without /1/0/21, which is for those that are served over another bearer.
        peer.Send(Convert.FromHexString(Get));
        Assert.That(peer.Take(), Is.Empty);
        peer.Send(Convert.FromHexString(Trigger));
        Assert.That(Convert.ToHexString(peer.Take().Single()), Does.EndWith("B27264" + "0131"));
    }

    [Test]
    public void An_account_with_a_number_is_reached_by_it()
    {
        Lwm2mClient client = Client("coap://192.0.2.1", binding: "S");
        client.Security.Set(0, SecurityResource.ServerSmsNumber, "0012125550178");
        SmsPeer peer = new(Started(client));
        peer.Register();
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [Test]
    public void The_answer_may_come_from_another_number_of_the_account()
    {
        Lwm2mClient client = Client(ServerUri);
        client.Security.Set(0, SecurityResource.ServerSmsNumber, "12345");
        SmsBed bed = Started(client);
        SmsPeer peer = new(bed);
        byte[] register = peer.Take().Single();
        bed.Deliver(Pdus.Deliver("12345", [], SmsPeer.Answer(register, CoapCode.Created, "8272640131")));
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void An_account_that_wants_protection_is_not_opened_without(int mode)
    {
        Lwm2mClient client = Client(ServerUri);
        client.Security.Set(0, SecurityResource.SmsSecurityMode, mode);
        SmsBed bed = Started(client);
        Assert.That(new SmsPeer(bed).Take(), Is.Empty);
        Assert.That(client.Account(0).LastFailure, Is.EqualTo(RegistrationFailure.BadUri));
        bed.Sms.CarriesSessions = true;
        Assert.That(bed.Sms.CanOpen(0, Coap.ServerUri.TryParse(ServerUri)!), Is.EqualTo(mode == 1));
    }

    private static void Sleepy(ClientOptions options)
    {
        options.QueueMode = true;
        options.AwakeMs = 5000;
    }

    private static void Deliver(SmsBed bed, string sender, string header, string data)
    {
        bed.Deliver(Pdus.Deliver(sender, Convert.FromHexString(header), Convert.FromHexString(data)));
        bed.Advance();
    }

    private static SmsBed Asleep(Lwm2mClient client, out FakeUdp udp)
    {
        client.Security.Set(0, SecurityResource.ServerSmsNumber, Server);
        SmsBed bed = new(client: client) { Udp = new FakeUdp() };
        udp = bed.Udp;
        client.UseTransport(udp);
        client.UseTransport(bed.Sms);
        client.Start();
        bed.Advance(2000);
        udp.Incoming.Enqueue(SmsPeer.Answer(udp.Take().Single(), CoapCode.Created, "8272640131"));
        bed.Advance(20_000);
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        bed.Port.Notes();
        return bed;
    }

    private static SmsBed Started(Lwm2mClient client)
    {
        SmsBed bed = new(client: client);
        client.UseTransport(bed.Sms);
        client.Start();
        bed.Advance(5000);
        return bed;
    }

    private static SmsBed Registered(Lwm2mClient client, out SmsPeer peer)
    {
        SmsBed bed = Started(client);
        peer = new SmsPeer(bed);
        peer.Register();
        Assert.That(client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
        return bed;
    }

    private static Lwm2mClient Client(
        string uri, Action<ClientOptions>? set = null, string endpoint = "dev1", LwM2MVersion version = LwM2MVersion.V12, string? binding = null)
    {
        ClientOptions options = new(endpoint) { SmsNumber = "491701234567" };
        set?.Invoke(options);
        Lwm2mClient client = new(options, new FixedRandom());
        client.AddServer(uri, 1, 86400, binding);
        client.Add(new ConnectivityMonitoringObject(version: version));
        client.Add(Single(5));
        client.Add(Single(3303));
        return client;
    }

    private static StoredObject Single(int objectId)
    {
        StoredObject single = new(new ObjectDefinition(objectId, "1.0", Resource.ReadOnly(5700, DataType.Float), Resource.ReadWrite(5750, DataType.String)));
        single.AddInstance(0);
        single.Set(0, 5700, 21.5);
        return single;
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    // An option of the same number as the one before, or with the given delta in its head.
    private static string Query(int delta, string text)
    {
        int head = delta & 0xF0;
        return text.Length < 13
            ? (head | text.Length).ToString("X2") + Hex(text)
            : (head | 13).ToString("X2") + (text.Length - 13).ToString("X2") + Hex(text);
    }
}
