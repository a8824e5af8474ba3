using System.Collections.Generic;
using System.Linq;
using Lwm2m.Transport;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>Coming back after a restart: an Update where all is as it was, else a Register.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ResumeTests
{
    private const string Update = "CON POST /rd/5a3f";
    private readonly Device _device = new();

    [Test]
    public void A_registration_that_lives_gets_an_update_from_the_same_port()
    {
        Assert.That(_device.ComeBack().Single(), Does.StartWith("CON POST /rd?ep=abc&lt=300"));
        int port = _device.Bed.Wire.LocalPort(0);
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }));
        Assert.That(_device.Bed.Wire.Opened, Is.EqualTo(new[] { "0 127.0.0.1:5683 from " + port }));
        Assert.That(_device.Bed.Client.Account(0).IsRegistered, Is.True);
        Assert.That(_device.Bed.Events.Lines, Is.EqualTo(new[] { "updated 1" }));
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }), "and once more");
    }

    [Test]
    public void Requests_are_served_while_the_first_update_is_under_way()
    {
        _device.ComeBack();
        Bed bed = _device.SwitchOn();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Update));
        Assert.That(bed.Ask("CON GET /26241/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }

    [Test]
    public void A_port_that_is_taken_means_a_register_from_another()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0");
        Bed bed = _device.SwitchOn();
        bed.Wire.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Wire.ComesUp = true;
        bed.Client.LinkDown(0, LinkFailure.LocalPortInUse, bed.Now);
        bed.Poll();
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.1:5683 from 0"));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/new");
        _device.Object.Set(0, 2, 30.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"), "the observations went with the registration");
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { "CON POST /rd/new" }));
    }

    [Test]
    public void A_registration_never_goes_on_without_its_observations_wherever_the_power_is_cut_while_it_is_given_up()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0");
        bool isCut = true;
        for (int step = 0; isCut; step++)
        {
            Device device = _device.Copy(step);
            Assert.That(device.ComeBack(), Is.EqualTo(new[] { Update }));
            device.Files.CutAtStep = device.Files.Steps + step;
            device.Bed.Client.LinkDown(0, LinkFailure.Closed, device.Bed.Now);
            device.Bed.Poll();
            isCut = device.Files.IsOff;
            bool goesOn = device.ComeBack().Single() == Update;
            device.Object.Set(0, 2, 30.0);
            device.Bed.Poll();
            Assert.That(device.Bed.Next(), goesOn ? Does.StartWith("NON 2.05") : Is.EqualTo("-"), "cut at step " + step);
        }
    }

    [Test]
    public void After_many_restarts_in_a_row_a_notification_is_still_newer_than_the_last_one_that_arrived()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0 token=0102");
        for (int restart = 0; restart < 20; restart++)
            _device.ComeBack();
        int sequence = int.Parse(_device.Bed.Next().Split("observe=")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(Coap.ObserveSequence.IsNewer(1, 0, sequence, 100_000), Is.True, "observe=" + sequence);
    }

    [Test]
    public void A_port_that_the_application_asks_for_wins()
    {
        _device.ComeBack();
        _device.Options = options => options.LocalPort = 5700;
        Assert.That(_device.ComeBack().Single(), Does.StartWith("CON POST /rd?"));
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }));
        Assert.That(_device.Bed.Wire.Opened.Single(), Does.EndWith("from 5700"));
    }

    [Test]
    public void Lost_observations_mean_a_register([Values("observations", "registrations")] string record, [Values] bool damaged)
    {
        _device.ComeBack();
        Damage(record, damaged);
        Assert.That(_device.ComeBack().Single(), Does.StartWith("CON POST /rd?"));
        Assert.That(_device.Bed.Events.Lines.Contains("storage " + record + " Corrupt"), Is.EqualTo(damaged));
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }), "all is well again");
    }

    [Test]
    public void A_lifetime_that_is_over_means_a_register([Values(299, 301)] int secondsOff)
    {
        _device.ComeBack();
        _device.UnixMs += secondsOff * 1000L;
        Assert.That(_device.ComeBack().Single(), secondsOff > 300 ? Does.StartWith("CON POST /rd?") : Is.EqualTo(Update));
    }

    [Test]
    public void A_clock_that_was_set_back_leaves_it_to_the_server()
    {
        _device.ComeBack();
        _device.UnixMs = 5;
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }));
    }

    [Test]
    public void The_server_may_have_forgotten()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0");
        Bed bed = _device.SwitchOn();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Update));
        bed.Answer("ACK 4.04");
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
        bed.Answer("ACK 2.01 location=rd/2");
        _device.Object.Set(0, 2, 30.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { "CON POST /rd/2" }));
    }

    [Test]
    public void Who_left_registers()
    {
        _device.ComeBack();
        _device.Bed.Client.Stop();
        _device.Bed.Poll();
        Assert.That(_device.Bed.Next(), Is.EqualTo("CON DELETE /rd/5a3f"));
        _device.Bed.Answer("ACK 2.02");
        Assert.That(_device.ComeBack().Single(), Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void Another_name_or_another_server_is_another_registration()
    {
        _device.ComeBack();
        _device.Bed.Client.Security.Set(0, SecurityResource.ServerUri, "coap://127.0.0.7:5683");
        _device.Bed.Poll();
        Assert.That(_device.ComeBack().Single(), Does.StartWith("CON POST /rd?"));
        Assert.That(_device.Bed.Wire.Opened.Single(), Does.StartWith("0 127.0.0.7:5683"));
    }

    [Test]
    public void What_the_server_was_not_told_goes_with_the_update()
    {
        _device.ComeBack();
        // The answer goes out, the Update that follows does not arrive any more.
        _device.Bed.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5}]\"");
        string update = _device.ComeBack().Single();
        Assert.That(update, Does.StartWith("CON POST /rd/5a3f?lt=300&b=U").And.Contain("</26241/3>"));
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { Update }));
    }

    [Test]
    public void Observations_go_on_with_their_token_format_and_attributes_and_a_fresh_sequence()
    {
        _device.ComeBack();
        Assert.That(_device.Ask("CON GET /26241/0/2 observe=0 token=0102 accept=0"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"21.5\""));
        Assert.That(_device.Ask("CON GET /26241/0 observe=0 token=03 accept=11542"), Does.StartWith("ACK 2.05 observe=1 cf=11542"));
        Assert.That(_device.Ask("CON GET /26241/0/2?gt=50 observe=0 token=04"), Does.StartWith("ACK 2.05 observe=1"));
        _device.Object.Set(0, 2, 22.5);
        _device.Bed.Poll();
        Assert.That(_device.Bed.All(), Has.Count.EqualTo(2), "sequence 2 was sent and not stored");

        _device.ComeBack();
        string[] owed = All(withIds: true).OrderBy(line => line.Split(' ')[3]).ToArray();
        Assert.That(owed, Has.Length.EqualTo(3), "nobody knows what the servers know");
        Assert.That(owed[0], Does.StartWith("NON 2.05 mid=").And.Contains("token=0102 observe=262146 cf=0 \"21.5\""));
        Assert.That(owed[1], Does.Contain("token=03 observe=262146 cf=11542"));
        _device.Object.Set(0, 2, 49.0);
        _device.Bed.Poll();
        Assert.That(All(withIds: true).Select(line => line.Split(' ')[3]), Is.EquivalentTo(new[] { "token=0102", "token=03" }), "gt=50 is in force");

        _device.ComeBack();
        Assert.That(All(withIds: false)[0], Does.Contain("observe=524290"), "each restart jumps anew");
    }

    [Test]
    public void The_first_notification_after_a_restart_waits_for_pmin()
    {
        _device.ComeBack();
        _device.Ask("CON PUT /26241/0/2?pmin=10");
        _device.Ask("CON GET /26241/0/2 observe=0");
        _device.ComeBack();
        _device.Bed.AdvanceSeconds(9);
        Assert.That(_device.Bed.Next(), Is.EqualTo("-"));
        _device.Bed.AdvanceSeconds(2);
        Assert.That(_device.Bed.Next(), Does.StartWith("NON 2.05 observe="));
    }

    [Test]
    public void A_cancelled_observation_stays_cancelled()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0 token=01");
        _device.Ask("CON GET /26241/0/1 observe=0 token=02");
        _device.Ask("CON GET /26241/0/2 observe=1 token=01");
        _device.ComeBack();
        List<string> owed = All(withIds: true);
        Assert.That(owed.Single(), Does.Contain("token=02"));
    }

    [Test]
    public void Sequences_are_stored_before_they_outrun_the_jump()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/1 observe=0");
        // As if a million notifications had been sent before this restart, and the storage knew of all but the last ones.
        var forged = new SealedRecord(new FileStorage(_device.Files), 64);
        forged.Begin("observations");
        forged.Number(1);
        forged.Bytes(new byte[] { 0xA5 }, 0, 1);
        forged.Bits(ObservedPath.Pack(Device.Kept, 0, 1, -1));
        forged.Byte(1);
        forged.Number(0);
        forged.Number(0);
        forged.Number((1 << 20) - 3);
        Assert.That(forged.End(), Is.True);
        _device.ComeBack();
        Assert.That(All(withIds: false).Single(), Does.Contain("observe=1310718"));
        for (int value = 2; value < 9; value++)
        {
            _device.Object.Set(0, 1, value);
            _device.Files.Log.Clear();
            _device.Bed.Poll();
            string notified = All(withIds: false).Single();
            Assert.That(_device.Files.Log.Count > 0, Is.EqualTo(notified.Contains("observe=1310720", System.StringComparison.Ordinal)), notified);
        }

        _device.ComeBack();
        Assert.That(All(withIds: false).Single(), Does.Contain("observe=" + (1310720 + (4 << 16) + 1)));
    }

    [Test]
    public void Each_server_is_resumed_by_itself()
    {
        var device = new Device(servers: 2);
        Assert.That(device.ComeBack(), Has.All.StartsWith("CON POST /rd?"));
        device.Bed.Client.Security.Set(1, SecurityResource.ServerUri, "coap://127.0.0.7:5683");
        device.Bed.Poll();
        List<string> sent = device.ComeBack();
        Assert.That(sent[0], Is.EqualTo(Update));
        Assert.That(sent[1], Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void A_restart_of_the_client_alone_is_like_one_of_the_device()
    {
        _device.ComeBack();
        _device.Ask("CON GET /26241/0/2 observe=0");
        int port = _device.Bed.Wire.LocalPort(0);
        _device.Bed.Client.Restart();
        _device.Bed.Poll();
        Assert.That(_device.Bed.Next(), Is.EqualTo(Update));
        Assert.That(_device.Bed.Wire.LocalPort(0), Is.EqualTo(port));
        _device.Bed.Answer("ACK 2.04");
        Assert.That(_device.Bed.Next(), Does.StartWith("NON 2.05"));
    }

    [Test]
    public void A_device_that_starts_without_network_resumes_when_it_is_there()
    {
        _device.ComeBack();
        Bed bed = _device.SwitchOn();
        bed.Wire.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Client.LinkDown(0, LinkFailure.Unreachable, bed.Now);
        bed.Wire.ComesUp = true;
        bed.AdvanceSeconds(5);
        Assert.That(bed.Next(), Is.EqualTo(Update));
    }

    private List<string> All(bool withIds)
    {
        var all = new List<string>();
        for (string line = _device.Bed.Next(withIds); line != "-"; line = _device.Bed.Next(withIds))
            all.Add(line);
        return all;
    }

    private void Damage(string record, bool damaged)
    {
        foreach (string name in _device.Files.Names.Where(name => name.StartsWith(record, System.StringComparison.Ordinal)).ToArray())
        {
            byte[] content = _device.Files[name];
            if (!damaged)
                _device.Files.Lose(name);
            else if (content.Length > 0)
                _device.Files[name] = content.Select((b, at) => at == content.Length / 2 ? (byte)(b ^ 1) : b).ToArray();
        }
    }
}
