using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class StatisticsTests
{
    private readonly HandClock _clock = new();
    private ConnectivityStatisticsObject _statistics = null!;
    private Bed _bed = null!;

    [SetUp]
    public void SetUp()
    {
        _statistics = new ConnectivityStatisticsObject(_clock);
        _bed = new Bed(setUp: client => client.Add(_statistics)).Registered();
    }

    [Test]
    public void Nothing_is_counted_before_start_and_after_stop()
    {
        _statistics.Sent('N', 5000);
        Assert.That(_bed.Ask("CON GET /7/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
        Assert.That(_bed.Ask("CON POST /7/0/6"), Is.EqualTo("ACK 2.04"));
        _statistics.Sent('N', 2000);
        Assert.That(_bed.Ask("CON POST /7/0/7"), Is.EqualTo("ACK 2.04"));
        _statistics.Sent('N', 5000);
        Assert.That(_bed.Ask("CON GET /7/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"2\""), "stop keeps the values");
        Assert.That(_bed.Ask("CON POST /7/0/6"), Is.EqualTo("ACK 2.04"));
        Assert.That(_bed.Ask("CON GET /7/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"0\""), "start begins anew");
    }

    [Test]
    public void Every_bearer_counts_where_the_registry_has_it()
    {
        _statistics.Start();
        _statistics.Sent('S', 140);
        _statistics.Sent('S', 60);
        _statistics.Received('S', 30);
        _statistics.Sent('N', 972);
        _statistics.Sent('U', 972); // 1,000 with the headers of IPv4 and UDP
        _statistics.Received('U', 72);
        _statistics.Received('T', 860); // 900 with the headers of IPv4 and TCP
        Assert.That(_bed.Ask("CON GET /7/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c10002" + "c10101" // short messages
            + "c10201" + "c10301" // 1,972 and 1,000 bytes
            + "c20403e8" + "c20502e7" // the longest 1,000 bytes, 743 on average of four
            + "c10800"));
    }

    [Test]
    public void IPv6_has_longer_headers()
    {
        _statistics.IPHeaderBytes = 40;
        _statistics.Start();
        _statistics.Sent('U', 100);
        Assert.That(_bed.Ask("CON GET /7/0/4"), Is.EqualTo("ACK 2.05 cf=0 \"148\""));
    }

    [Test]
    public void A_period_ends_the_collection_and_tells_observers()
    {
        Assert.That(_bed.Ask("CON PUT /7/0/8 cf=0 \"60\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_bed.Ask("CON POST /7/0/6"), Is.EqualTo("ACK 2.04"));
        Assert.That(_statistics.IsCollecting, Is.True);
        _clock.NowMs += 60_000;
        _statistics.Sent('N', 3000);
        Assert.That(_bed.Ask("CON GET /7/0/2 observe=0 token=77"), Does.EndWith("\"3\""));
        _clock.NowMs++;
        Assert.That(_statistics.IsCollecting, Is.False);
        _statistics.Sent('N', 3000);
        _bed.AdvanceSeconds(5);
        Assert.That(_bed.Next(), Is.EqualTo("-"), "the value is the same");
        Assert.That(_bed.Ask("CON GET /7/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"3\""));
    }

    [Test]
    public void Counting_causes_no_notification_that_would_be_counted_in_turn()
    {
        _statistics.Start();
        Assert.That(_bed.Ask("CON GET /7/0/5 observe=0 token=77"), Does.StartWith("ACK 2.05 observe="));
        for (int message = 0; message < 100; message++)
            _statistics.Sent('U', message);
        _bed.AdvanceSeconds(60);
        Assert.That(_bed.All(), Has.None.Contains("observe="));
        _statistics.Stop();
        _bed.AdvanceSeconds(1);
        Assert.That(_bed.All(), Has.Exactly(1).Contains("observe="));
    }

    [Test]
    public void A_negative_period_is_refused() =>
        Assert.That(_bed.Ask("CON PUT /7/0/8 cf=0 \"-1\""), Does.StartWith("ACK 4.00"));
}
