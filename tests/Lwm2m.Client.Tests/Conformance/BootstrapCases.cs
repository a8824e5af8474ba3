using System;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>The bootstrap interface: cases 0 to 12.</summary>
public class BootstrapCases
{
    private const string Request = "CON POST /bs?ep=abc&pct=112";
    private const string Register = "CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\"";

    // The values of C.1, as a bootstrap server writes them: an account without keys, server 1, lifetime 86400.
    private const string SecurityTlv = "080021" + "c80015636f61703a2f2f3132372e302e302e313a35363833" + "c10100" + "c10203" + "c10a01";
    private const string ServerTlv = "08000f" + "c10001" + "c40100015180" + "c10600" + "c10755";

    private const string Provisioned = "ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/0>;ssid=1;uri=\"coap://127.0.0.1:5683\",</0/1>,</1/0>;ssid=1,</2>,</3/0>\"";

    [Test]
    public void Int_0_Client_initiated_bootstrap()
    {
        Bed bed = OnlyBootstrapAccount().Started();
        bed.Expect(Request, "ACK 2.04");
        bed.Command("CON PUT /0 cf=11542 hex:" + SecurityTlv, "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON GET / accept=40", Provisioned);
        bed.Command("CON POST /bs", "ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
        bed.Expect(Register, "ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void Int_4_Bootstrap_delete()
    {
        Bed bed = Registered();
        bed.Exchange("CON POST /1/0/9", "ACK 2.04");
        bed.Expect(Request, "ACK 2.04");
        bed.Command("CON GET / accept=40", Provisioned);
        bed.Command("CON GET /1 accept=11542", "ACK 2.05 cf=11542 hex:" + ServerTlv);
        bed.Command("CON DELETE /0", "ACK 2.02");
        bed.Command("CON DELETE /1", "ACK 2.02");
        bed.Command("CON GET / accept=40", "ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/1>,</1>,</2>,</3/0>\"");
        bed.Command("CON PUT /0 cf=11542 hex:" + SecurityTlv, "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON GET / accept=40", Provisioned);
        bed.Command("CON POST /bs", "ACK 2.04");
        bed.Expect(Register, "ACK 2.01 location=rd/2");
        bed.ExpectSilence();
    }

    [Test]
    public void Int_5_Server_initiated_bootstrap()
    {
        Bed bed = Registered();
        bed.Exchange("CON POST /1/0/9", "ACK 2.04");
        bed.Expect(Request, "ACK 2.04");
        Assert.That(bed.LastLink, Is.EqualTo(bed.BootstrapLink));
        bed.Command("CON PUT /0 cf=11542 hex:" + SecurityTlv, "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON GET / accept=40", Provisioned);
        bed.Command("CON POST /bs", "ACK 2.04");
        bed.Expect(Register, "ACK 2.01 location=rd/2");
    }

    [Test]
    public void Int_7_Fallback_to_bootstrap()
    {
        Bed bed = WithBootstrapAccount(client =>
        {
            client.Servers.Set(0, ServerResource.CommunicationRetryCount, 1);
            client.Servers.Set(0, ServerResource.CommunicationRetryTimer, 60);
            client.Servers.Set(0, ServerResource.CommunicationSequenceRetryCount, 1);
        }).Started();
        bed.Expect(Register);
        // Nobody answers: the Register is repeated as CoAP has it, and then it failed for good.
        while (bed.Events.Lines.Count == 0)
            bed.Advance(100);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "failed 1 NoAnswer 00" }));
        for (int repeat = 0; repeat < 4; repeat++)
            bed.Expect(Register);
        bed.Expect(Request, "ACK 2.04");
        bed.Command("CON PUT /0 cf=11542 hex:080021c80015636f61703a2f2f3132372e302e302e323a35363833c10100c10203c10a01", "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON POST /bs", "ACK 2.04");
        bed.Expect(Register, "ACK 2.01 location=rd/2");
        Assert.That(bed.Wire.Opened[^1], Does.Contain("127.0.0.2:5683"));
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void Int_8_Bootstrap_read()
    {
        const string Rights = "080011" + "c10003" + "c10100" + "830241001f" + "c4030000ffff";
        Bed bed = OnlyBootstrapAccount().Started();
        bed.Expect(Request, "ACK 2.04");
        bed.Command("CON PUT /0 cf=11542 hex:" + SecurityTlv, "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON PUT /2 cf=11542 hex:" + Rights, "ACK 2.04");
        bed.Command("CON GET /1 accept=11542", "ACK 2.05 cf=11542 hex:" + ServerTlv);
        bed.Command("CON GET /2 accept=11542", "ACK 2.05 cf=11542 hex:" + Rights);
        bed.Command("CON POST /bs", "ACK 2.04");
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</2/0>,</3/0>\"", "ACK 2.01 location=rd/5a3f");
    }

    [Test]
    public void Int_9_Bootstrap_and_configuration_consistency()
    {
        Bed bed = OnlyBootstrapAccount().Started();
        bed.Expect(Request, "ACK 2.04");
        bed.Command("CON PUT /1/0/5 cf=0 \"86400\"", "ACK 2.04");
        bed.Command("CON POST /bs", "ACK 4.06 \"/1/0/0 is missing\"");
        // The session stays open, and the server can mend it.
        bed.Command("CON PUT /0 cf=11542 hex:" + SecurityTlv, "ACK 2.04");
        bed.Command("CON PUT /1 cf=11542 hex:" + ServerTlv, "ACK 2.04");
        bed.Command("CON POST /bs", "ACK 2.04");
        bed.Expect(Register);
    }

    [Test]
    public void Int_12_Bootstrap_pack()
    {
        Bed bed = OnlyBootstrapAccount(o => o.HighestVersion = LwM2MVersion.V12).Started();
        bed.Expect("CON GET /bspack?ep=abc&acc=</0/1> accept=112",
            "ACK 2.05 cf=112 hex:88a200662f302f302f300375636f61703a2f2f3132372e302e302e313a35363833a200662f302f302f3104f4a200662f302f302f320203" +
            "a200672f302f302f31300201a200662f312f302f300201a200662f312f302f31021a00015180a200662f312f302f3604f4a200662f312f302f37036155");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.2&b=U cf=40 \"</1/0>,</3>;ver=1.2,</3/0>\"", "ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    // C.13: the account of the bootstrap server, in instance 1, and nothing else.
    private static Bed OnlyBootstrapAccount(Action<ClientOptions>? options = null) => Configuration.C1(options, AddBootstrapAccount, servers: 0);

    // C.1 with the account of the bootstrap server beside that of the server.
    private static Bed WithBootstrapAccount(Action<Lwm2mClient>? setUp = null) => Configuration.C1(setUp: client =>
    {
        AddBootstrapAccount(client);
        setUp?.Invoke(client);
    });

    private static Bed Registered()
    {
        Bed bed = WithBootstrapAccount().Started();
        bed.Expect(Register, "ACK 2.01 location=rd/1");
        bed.ExpectSilence();
        return bed;
    }

    private static void AddBootstrapAccount(Lwm2mClient client)
    {
        client.Security.AddInstance(1);
        client.Security.Set(1, SecurityResource.ServerUri, "coap://127.0.0.9:5683");
        client.Security.Set(1, SecurityResource.BootstrapServer, true);
        client.Security.Set(1, SecurityResource.SecurityMode, SecurityObject.NoSecurity);
    }
}
