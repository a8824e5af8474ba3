using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>The registration interface: cases 101 to 111.</summary>
public class RegistrationCases
{
    [TestCase(LwM2MVersion.V10, "CON POST /rd?ep=abc&lt=86400&lwm2m=1.0&b=U cf=40 \"</1/0>,</3/0>\"")]
    [TestCase(LwM2MVersion.V11, "CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\"")]
    [TestCase(LwM2MVersion.V12, "CON POST /rd?ep=abc&lt=86400&lwm2m=1.2&b=U cf=40 \"</1/0>,</3>;ver=1.2,</3/0>\"")]
    public void Int_101_Initial_registration(LwM2MVersion version, string register)
    {
        Bed bed = Configuration.C1(o => o.HighestVersion = version).Started();
        bed.Expect(register, "ACK 2.01 location=rd/5a3f");
        bed.ExpectSilence();
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "registered 1 /rd/5a3f" }));
        bed.Exchange("CON GET /3/0/0 accept=0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
    }

    [Test]
    public void Int_102_Registration_update()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON PUT /1/0/1 cf=0 \"20\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=20", "ACK 2.04");
        // From now on an Update each ten seconds, half the lifetime, and none of them names what did not change.
        for (int update = 0; update < 3; update++)
        {
            bed.ExpectSilence(9.999);
            bed.AdvanceSeconds(0.001);
            bed.Expect("CON POST /rd/5a3f", "ACK 2.04");
        }

        Assert.That(bed.Client.Account(0).IsRegistered);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "written /1/0/1", "updated 1", "updated 1", "updated 1", "updated 1" }));
    }

    [Test]
    public void Int_103_Deregistration()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON POST /1/0/4", "ACK 2.04");
        bed.Expect("CON DELETE /rd/5a3f", "ACK 2.02");
        Assert.That(bed.Events.Lines, Does.Contain("deregistered 1"));
        Assert.That(bed.Client.Account(0).IsRegistered, Is.False);
        bed.Exchange("CON GET /3/0/0", "-");
        // The disable timeout of C.3: then it comes back.
        bed.ExpectSilence(86399.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\"", "ACK 2.01 location=rd/2");
        bed.Exchange("CON GET /3/0/0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
    }

    [Test]
    public void Int_104_Registration_update_trigger()
    {
        Bed bed = Configuration.C1(lifetime: 300).Registered();
        bed.AdvanceSeconds(200);
        bed.Exchange("CON POST /1/0/8", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f", "ACK 2.04");
        // 301 s after the Register its lifetime would be over.
        bed.ExpectSilence(101);
        Assert.That(bed.Client.Account(0).IsRegistered);
        bed.Exchange("CON GET /3/0/0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
        bed.ExpectSilence(300 - 93 - 101 - 0.001);
        bed.AdvanceSeconds(0.001);
        bed.Expect("CON POST /rd/5a3f");
    }

    [Test]
    public void Int_105_Discarded_registration_update()
    {
        Bed bed = Configuration.C1(lifetime: 300).Registered();
        bed.Exchange("CON GET /3/0/16 observe=0 accept=0 token=01", "ACK 2.05 observe=1 cf=0 \"U\"");
        bed.AdvanceSeconds(300 - 93);
        bed.Expect("CON POST /rd/5a3f", "ACK 4.04");
        bed.Expect("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\"", "ACK 2.01 location=rd/77");
        // Nothing of the old registration is left: neither its location nor its observations.
        ((DeviceObject)bed.Client.Find(3)!).Binding = "UT";
        bed.Poll();
        bed.ExpectSilence(300 - 93 - 0.001);
        bed.AdvanceSeconds(0.001);
        bed.Expect("CON POST /rd/77", "ACK 2.04");
        bed.Exchange("CON GET /3/0/0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
    }

    [Test]
    public void Int_107_Extending_the_lifetime_of_a_registration()
    {
        Bed bed = Configuration.C1(lifetime: 20).Registered();
        bed.Exchange("CON PUT /1/0/1 cf=0 \"120\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=120", "ACK 2.04");
        bed.Exchange("CON GET /1/0/1 accept=0", "ACK 2.05 cf=0 \"120\"");
        bed.ExpectSilence(59.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("CON POST /rd/5a3f", "ACK 2.04");
    }

    [TestCase(LwM2MVersion.V10, "CON POST /rd?ep=abc&lt=86400&lwm2m=1.0&b=UQ cf=40 \"</1/0>,</3/0>\"")]
    [TestCase(LwM2MVersion.V11, "CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U&Q cf=40 \"</1/0>,</3/0>\"")]
    public void Int_108_Turn_on_queue_mode(LwM2MVersion version, string register)
    {
        Bed bed = Configuration.C1(o =>
        {
            o.HighestVersion = version;
            o.QueueMode = true;
        }).Started();
        bed.Expect(register, "ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Client.Account(0).IsInQueueMode, Is.True);
    }

    [Test]
    public void Int_109_Behaviour_in_queue_mode()
    {
        Bed bed = Configuration.C1(o => o.QueueMode = true).Registered();
        bed.ExpectSilence(60);
        bed.Exchange("CON GET /3/0/0 accept=0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
        // The window counts from this answer: 93 s later the client is out of reach.
        bed.ExpectSilence(92.999);
        bed.Exchange("CON GET /3/0/1 accept=0", "ACK 2.05 cf=0 \"Lightweight M2M Client\"");
        bed.ExpectSilence(93);
        bed.Exchange("CON GET /3/0/2 accept=0", "-");
        // The server keeps its Read until it hears of the client, which is when the lifetime nears its end.
        bed.ExpectSilence(86400 - 93 - 60 - 92.999 - 93 - 0.001);
        bed.AdvanceSeconds(0.001);
        bed.Expect("CON POST /rd/5a3f", "ACK 2.04");
        bed.Exchange("CON GET /3/0/2 accept=0", "ACK 2.05 cf=0 \"345000123\"");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sleeping 1", "awake 1", "updated 1" }));
    }

    [Test]
    public void Int_110_Registration_with_a_profile_id()
    {
        Bed bed = Configuration.C1(Profile).Started();
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.2&b=U&pid=6:27354b9a", "ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Client.Account(0).IsRegistered);
        bed.Exchange("CON GET /3/0/0 accept=0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
    }

    [Test]
    public void Int_111_Registration_with_a_profile_id_and_a_list()
    {
        var connectivity = new StoredObject(ObjectDefinition.Single(4, "1.3", Resource.ReadOnly(0, DataType.Integer, mandatory: true)));
        connectivity.AddInstance(0);
        Bed bed = Configuration.C1(Profile, c => c.Add(connectivity)).Started();
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.2&b=U&pid=6:27354b9a cf=40 \"</4>;ver=1.3,</4/0>\"", "ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    private static void Profile(ClientOptions options)
    {
        options.HighestVersion = LwM2MVersion.V12;
        options.ProfileId = "6:27354b9a";
        options.ProfileLinks = "</1/0>,</3/0>";
    }
}
