using System.Linq;
using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class BootstrapPackTests
{
    private const string Request = "CON GET /bspack?ep=abc&acc=</0/0> accept=112";

    private const string Pack = "ACK 2.05 cf=110 \"[{\"n\":\"/0/1/0\",\"vs\":\"coap://127.0.0.1:5683\"},{\"n\":\"/0/1/1\",\"vb\":false},{\"n\":\"/0/1/2\",\"v\":3},"
        + "{\"n\":\"/0/1/10\",\"v\":8},{\"n\":\"/1/3/0\",\"v\":8},{\"n\":\"/1/3/1\",\"v\":300},{\"n\":\"/1/3/6\",\"vb\":true},{\"n\":\"/1/3/7\",\"vs\":\"U\"}]\"";

    private static Bed Asked()
    {
        Bed bed = Provisioning.Fresh(version: LwM2MVersion.V12);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Request));
        return bed;
    }

    [Test]
    public void A_pack_needs_no_finish()
    {
        Bed bed = Asked();
        bed.Answer(Pack, bed.BootstrapLink);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.2&b=U cf=40 \"</1/3>,</3>;ver=1.2,</3/0>\""));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).ShortServerId, Is.EqualTo(8));
        Assert.That(bed.Client.Security.Uri(0), Is.EqualTo("coap://127.0.0.9:5683"));
    }

    [Test]
    public void A_pack_replaces_the_instances_of_its_objects_and_no_others()
    {
        Bed bed = new Bed(o => o.HighestVersion = LwM2MVersion.V12, c =>
        {
            c.AddBootstrapServer("coap://127.0.0.9:5683");
            var light = new StoredObject(new ObjectDefinition(3311, "1.0", Resource.ReadWrite(5850, Lwm2m.Formats.DataType.Boolean)));
            light.AddInstance(0);
            c.Add(light);
        }, servers: 2).Registered();
        bed.Client.Bootstrap();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON GET /bspack?ep=abc&acc=</0/2> accept=112"));
        bed.Answer(Pack, bed.BootstrapLink);
        Assert.That(bed.Client.Servers.InstanceCount, Is.EqualTo(1));
        Assert.That(bed.Client.Servers.InstanceAt(0), Is.EqualTo(3));
        Assert.That(bed.Client.Security.InstanceOf(8), Is.EqualTo(1));
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(2));
        Assert.That(bed.Client.Find(3311)!.InstanceCount, Is.EqualTo(1));
        Assert.That(bed.Client.AccountCount, Is.EqualTo(1));
    }

    [Test]
    public void A_pack_may_come_in_blocks()
    {
        Bed bed = Asked();
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(Pack[(Pack.IndexOf('"') + 1)..^1]);
        const int size = 128;
        for (int block = 0; block * size < whole.Length; block++)
        {
            byte[] part = whole.Skip(block * size).Take(size).ToArray();
            bool more = (block + 1) * size < whole.Length;
            bed.Answer($"ACK 2.05 cf=110 block2={block << 4 | (more ? 8 : 0) | 3} hex:{System.Convert.ToHexString(part)}", bed.BootstrapLink);
            if (more)
                Assert.That(bed.Next(), Does.StartWith("CON GET /bspack?ep=abc").And.Contain($"block2={block + 1 << 4 | 3}"));
        }

        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
    }

    [TestCase("ACK 4.00")]
    [TestCase("ACK 4.04")]
    [TestCase("ACK 4.05")]
    [TestCase("ACK 4.06")]
    [TestCase("ACK 5.01")]
    [TestCase("RST EMPTY")]
    [TestCase("ACK 2.04")]
    [TestCase("ACK 2.05 cf=0 \"what\"")]
    [TestCase("ACK 2.05 cf=112 hex:8101")]
    [TestCase("ACK 2.05 cf=110 \"[]\"")]
    [TestCase("ACK 2.05 cf=110 \"[{\"n\":\"/1/0/0\",\"v\":1},{\"n\":\"/1/0/1\",\"v\":300}]\"")]
    [TestCase("ACK 2.05 cf=110 \"[{\"n\":\"/4711/0/0\",\"v\":1}]\"")]
    public void A_pack_that_is_refused_or_useless_leads_to_a_request_and_changes_nothing(string answer)
    {
        Bed bed = Asked();
        string before = Dump.Of(bed.Client);
        bed.Answer(answer, bed.BootstrapLink);
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
        Assert.That(Dump.Of(bed.Client), Is.EqualTo(before));
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void A_server_that_does_not_answer_to_the_pack_is_asked_without()
    {
        Bed bed = Asked();
        bed.AdvanceSeconds(94);
        Assert.That(bed.All(), Does.Contain(Provisioning.Request));
        Assert.That(bed.Events.Lines, Is.Empty);
    }
}
