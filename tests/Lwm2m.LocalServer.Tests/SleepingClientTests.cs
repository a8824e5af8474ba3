using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>Our client in queue mode and our server over real sockets.</summary>
public class SleepingClientTests : ServerFixture
{
    private SleepListener _listener = null!;
    private CancellationTokenSource _leave = null!;
    private Task _running = Task.CompletedTask;
    private Temperature _temperature = null!;
    private Lwm2mClient _client = null!;

    [TearDown]
    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _running;
        _leave.Dispose();
    }

    [TestCase(LwM2MVersion.V10)]
    [TestCase(LwM2MVersion.V12)]
    public async Task What_was_asked_in_its_sleep_is_answered_when_it_wakes(LwM2MVersion version)
    {
        Registration registration = await RunAsync(version);
        Assert.That(registration.QueueMode, Is.True);
        await SleepAsync(registration);
        Task<Answer> read = registration.ReadAsync("/3303/0/5700", stop: Stop);
        Task<Answer> write = registration.WriteAsync("/1/0/1", 600, stop: Stop);
        Task<Answer> again = registration.ReadAsync("/1/0/1", stop: Stop);
        Assert.That(registration.Queued, Is.EqualTo(new[] { "GET /3303/0/5700", "PUT /1/0/1", "GET /1/0/1" }));
        Assert.That(_client.WakeUp(), Is.True);
        Assert.That((await read).Value, Is.EqualTo(21.5));
        Assert.That((await write).CodeText, Is.EqualTo("2.04"));
        Assert.That((await again).Value, Is.EqualTo(600L));
        Assert.That(registration.Updates, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task What_changed_in_its_sleep_is_notified_when_it_wakes()
    {
        Registration registration = await RunAsync(LwM2MVersion.V12);
        Observation observation = await registration.ObserveAsync("/3303/0/5700", stop: Stop);
        await SleepAsync(registration);
        _temperature.Report(0, 30);
        _temperature.Report(0, 31);
        Assert.That(_client.WakeUp(), Is.True);
        Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(31.0));
    }

    private async Task<Registration> RunAsync(LwM2MVersion version)
    {
        _temperature = new Temperature(21.5);
        _client = new Lwm2mClient(new ClientOptions("abc") { QueueMode = true, HighestVersion = version });
        _listener = new SleepListener();
        _client.Listener = _listener;
        _client.Add(_temperature);
        _client.AddServer(Server.Uri);
        _leave = new CancellationTokenSource();
        _running = _client.RunAsync(_leave.Token);
        await _listener.Registered.Task.WaitAsync(Stop);
        return Server.Find("abc")!;
    }

    private async Task SleepAsync(Registration registration)
    {
        Assert.That(_client.Sleep(), Is.True);
        await _listener.Slept.Task.WaitAsync(Stop);
        registration.TakeForAsleep();
    }

    private sealed class SleepListener : ClientListener
    {
        public TaskCompletionSource Slept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Registered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void OnRegistered(ServerAccount server) => Registered.TrySetResult();

        public override void OnSleeping(ServerAccount server) => Slept.TrySetResult();
    }
}
