using System;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

// Registration and its end, bootstrap, observations, Send, sleep, and a network that is gone for a while.
public abstract partial class ManagementSuite
{
    [Test]
    public async Task Registers_updates_and_leaves()
    {
        Registration device = await RegisterAsync();
        Task updated = device.NextUpdateAsync();
        Client.Update();
        await InTimeAsync(updated);
        updated = device.NextUpdateAsync();
        Assert.That((await InTimeAsync(device.ExecuteAsync("/1/0/8"))).CodeText, Is.EqualTo("2.04"));
        await InTimeAsync(updated);
        await _leave.CancelAsync();
        await _running.WaitAsync(_bench.Patience);
        Assert.That(await InTimeAsync(device.Ended), Is.EqualTo(RegistrationEnd.Deregistered));
    }

    [Test]
    public async Task Notifies_until_it_is_told_not_to()
    {
        Registration device = await RegisterAsync();
        Observation observation = await InTimeAsync(device.ObserveAsync("/3303/0/5700"));
        Assert.That(observation.Answer.Value, Is.EqualTo(21.5));
        _temperature.Set(0, Temperature.SensorValue, 22.5);
        Assert.That((await InTimeAsync(observation.NextAsync().AsTask())).Value, Is.EqualTo(22.5));
        Assert.That((await InTimeAsync(device.WriteAttributesAsync("/3303/0/5700", "gt=25"))).CodeText, Is.EqualTo("2.04"));
        _temperature.Set(0, Temperature.SensorValue, 23);
        _temperature.Set(0, Temperature.SensorValue, 26);
        Assert.That((await InTimeAsync(observation.NextAsync().AsTask())).Value, Is.EqualTo(26));
        await InTimeAsync(observation.CancelAsync());
        _temperature.Set(0, Temperature.SensorValue, 20);
        _temperature.Set(0, Temperature.SensorValue, 30);
        Assert.That((await InTimeAsync(device.ReadAsync("/3303/0/5700"))).Value, Is.EqualTo(30));
        Assert.That(observation.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Sends_by_its_own_choice()
    {
        Registration device = await RegisterAsync();
        Assert.That(Client.Send(1, ["/3303/0/5700"], out _), Is.EqualTo(Outcome.Ok));
        SentData sent = await InTimeAsync(device.NextSendAsync().AsTask());
        Assert.That(sent.Records[0].ToString(), Is.EqualTo("/3303/0/5700 = 21.5"));
    }

    [Test]
    public async Task Is_bootstrapped()
    {
        Make(null);
        Server.Provision(Client.Endpoint, new BootstrapAccount(_bench.Uri) { LifetimeSeconds = 1800, Binding = _bench.Binding.ToString() });
        Client.AddBootstrapServer(_bench.Uri);
        Registration device = await StartAsync();
        Assert.That((device.LifetimeSeconds, device.Binding), Is.EqualTo((1800L, _bench.Binding.ToString())));
        Assert.That((await InTimeAsync(device.ReadAsync("/1/0/1"))).Value, Is.EqualTo(1800));
    }

    [Test]
    public async Task Sleeps_and_hears_what_waited_for_it()
    {
        Registration device = await RegisterAsync(options =>
        {
            options.QueueMode = true;
            options.AwakeMs = AwakeMs;
        });
        Assert.That(device.QueueMode, Is.True);
        await InTimeAsync(UntilAsync(() => Client.Account(0).State == RegistrationState.Asleep && !device.IsAwake));
        Task<Answer> waiting = device.ReadAsync("/3303/0/5700");
        await InTimeAsync(UntilAsync(() => device.Queued.Count == 1));
        Client.WakeUp();
        Assert.That((await InTimeAsync(waiting)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Comes_back_after_the_network_was_away()
    {
        Registration device = await RegisterAsync(options => options.FirstRetrySeconds = 1);
        await _bench.LoseAsync();
        Client.Update();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await _bench.RestoreAsync();
        Client.Update();
        await InTimeAsync(UntilAsync(() => Server.Find(Client.Endpoint) is { IsActive: true } found && (found != device || found.Updates > 0)));
        Assert.That((await InTimeAsync(Server.Find(Client.Endpoint)!.ReadAsync("/3303/0/5700"))).Value, Is.EqualTo(21.5));
    }
}
