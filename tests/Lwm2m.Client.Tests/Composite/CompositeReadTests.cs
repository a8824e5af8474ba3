using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Access;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Composite;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CompositeReadTests
{
    private readonly StoredObject _portfolio = new(new ObjectDefinition(16, "1.0",
        Resource.ReadWrite(0, DataType.String, multiple: true, mandatory: true),
        Resource.Executable(1),
        Resource.WriteOnly(2, DataType.Integer)));

    private Bed Portfolio(int servers = 1)
    {
        _portfolio.AddInstance(0);
        _portfolio.SetInstance(0, 0, 0, "a");
        _portfolio.SetInstance(0, 0, 3, "b");
        Bed bed = new Bed(setUp: c => c.Add(_portfolio), lifetime: 0, servers: servers);
        bed.RegisteredAtAll();
        return bed;
    }

    private static string Fetch(string paths, string more = "accept=110") =>
        $"CON FETCH / cf=110 {more} \"[{string.Join(",", paths.Split(' ').Select(p => $"{{\"n\":\"{p}\"}}"))}]\"";

    [TestCase("/16/0/0/3 /1/0/1", "{\"bn\":\"/16/0/\",\"n\":\"0/3\",\"vs\":\"b\"},{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":0}")]
    [TestCase("/16", "{\"bn\":\"/16/0/\",\"n\":\"0/0\",\"vs\":\"a\"},{\"n\":\"0/3\",\"vs\":\"b\"}")]
    [TestCase("/16/0/0/0 /1/0 /16/0/0/3", "{\"bn\":\"/16/0/\",\"n\":\"0/0\",\"vs\":\"a\"},{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":0},{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"},{\"bn\":\"/16/0/\",\"n\":\"0/3\",\"vs\":\"b\"}")]
    [TestCase("/16/0/0 /16/0/0/3 /16/0", "{\"bn\":\"/16/0/\",\"n\":\"0/0\",\"vs\":\"a\"},{\"n\":\"0/3\",\"vs\":\"b\"}", Description = "once, however often it is named")]
    [TestCase("/16/0/1 /16/0/2 /16/0/9 /16/0/0/7 /16/5 /17 /0 /0/0/0 /21/0", "", Description = "absent, executable, write-only, hidden")]
    public void Int_281_what_is_not_there_is_left_out(string paths, string records)
    {
        Assert.That(Portfolio().Ask(Fetch(paths)), Is.EqualTo($"ACK 2.05 cf=110 \"[{records}]\""));
    }

    [Test]
    public void Int_235_the_root_is_everything_but_keys_and_addresses()
    {
        string all = Portfolio().Ask(Fetch("/"));
        Assert.That(all, Does.StartWith("ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\"").And.Contain("\"bn\":\"/3/0/\"").And.Contain("\"bn\":\"/16/0/\"").And.Not.Contain("\"/0/"));
    }

    [TestCase("accept=112", "ACK 2.05 cf=112 hex:81a3", TestName = "SenML CBOR")]
    [TestCase("", "ACK 2.05 cf=112 hex:81a3", TestName = "SenML CBOR where nothing is asked for")]
    [TestCase("accept=11544", "ACK 2.05 cf=11544 hex:a18301000100", TestName = "LwM2M CBOR")]
    [TestCase("accept=11542", "ACK 4.06", TestName = "TLV")]
    [TestCase("accept=0", "ACK 4.06", TestName = "Text")]
    public void The_answer_has_the_format_that_is_asked_for(string accept, string answer)
    {
        Assert.That(Portfolio().Ask(Fetch("/1/0/1", accept)), Does.StartWith(answer));
    }

    [Test]
    public void LwM2M_CBOR_names_each_instance_once()
    {
        Assert.That(Portfolio().Ask(Fetch("/16/0/0/3 /1/0/1 /16/0/0/0", "accept=11544")),
            Is.EqualTo("ACK 2.05 cf=11544 hex:a2830100010083100000a2006161036162"));
    }

    [TestCase("CON FETCH / \"[{\"n\":\"/3\"}]\"", "4.00", TestName = "No content format")]
    [TestCase("CON FETCH / cf=0 \"/3\"", "4.15", TestName = "Text")]
    [TestCase("CON FETCH / cf=11544 hex:a1820300a0", "4.15", TestName = "LwM2M CBOR")]
    [TestCase("CON FETCH / cf=110 \"[{\"n\":\"/3/0/0\",\"vs\":\"x\"}]\"", "4.00", TestName = "A value")]
    [TestCase("CON FETCH / cf=110 \"[{\"n\":\"three\"}]\"", "4.00", TestName = "No path")]
    [TestCase("CON FETCH / cf=110 \"[{\"n\":\"/3/0/0/0/0\"}]\"", "4.00", TestName = "Five levels")]
    [TestCase("CON FETCH / cf=110 \"[]\"", "4.00", TestName = "Nothing")]
    [TestCase("CON FETCH / cf=110 \"[{\"n\":", "4.00", TestName = "Half of it")]
    [TestCase("CON FETCH /3 cf=110 \"[{\"n\":\"/3\"}]\"", "4.05", TestName = "With an object path")]
    [TestCase("CON GET / accept=110", "4.05", TestName = "A GET of the root")]
    [TestCase("CON FETCH / cf=320 accept=110 \"[{\"n\":\"/1/0/1\"}]\"", "2.05", TestName = "SenML ETCH JSON")]
    [TestCase("CON FETCH / cf=322 accept=110 hex:81a100662f312f302f31", "2.05", TestName = "SenML ETCH CBOR")]
    [TestCase("CON FETCH / cf=322 hex:81a200662f312f302f3102f6", "4.00", TestName = "A null")]
    public void The_request_is_a_list_of_paths(string request, string code) =>
        Assert.That(Portfolio().Ask(request).Split(' ')[1], Is.EqualTo(code));

    [Test]
    public void A_server_gets_what_it_may_read_and_4_01_where_that_is_nothing()
    {
        Bed bed = Portfolio(servers: 2);
        Assert.That(bed.Ask(0, Fetch("/1/0/1 /1/1/1")), Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":0}]\""));
        Assert.That(bed.Ask(0, Fetch("/1/1 /1/1/1 /9")), Is.EqualTo("ACK 4.01"));
        Assert.That(bed.Ask(0, Fetch("/1/7 /9")), Is.EqualTo("ACK 2.05 cf=110 \"[]\""));
        Assert.That(bed.Ask(1, Fetch("/")), Does.Contain("/1/1/").And.Not.Contain("/1/0/").And.Contain("\"bn\":\"/2/0/\""));
    }

    [Test]
    public void More_paths_than_the_limit_are_refused()
    {
        var bed = new Bed(o => o.Limits.CompositePaths = 2).Registered();
        Assert.That(bed.Ask(Fetch("/1/0/0 /1/0/1")), Does.StartWith("ACK 2.05"));
        Assert.That(bed.Ask(Fetch("/1/0/0 /1/0/1 /1/0/2")), Does.StartWith("ACK 4.13"));
    }

    [Test]
    public void A_read_allocates_nothing()
    {
        Bed bed = Portfolio();
        bed.Client.Listener = null;
        byte[] datagram = Trace.Build(Fetch("/3 /16/0/0/3 /1/0/1", "accept=11544"), 1, new byte[] { 1, 2 });
        bed.Wire.Counting = true;
        Run(bed, datagram, 300);
        long start = System.GC.GetAllocatedBytesForCurrentThread();
        Run(bed, datagram, 1000);
        Assert.That(System.GC.GetAllocatedBytesForCurrentThread() - start, Is.Zero);
    }

    private static void Run(Bed bed, byte[] datagram, int times)
    {
        for (int index = 0; index < times; index++)
        {
            if (++datagram[3] == 0)
                datagram[2]++;
            bed.Client.Received(0, datagram, 0, datagram.Length, bed.Now);
            bed.Client.Poll(bed.Now);
        }
    }
}
