using System;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>What tests over a bearer have in common: our client with its runner, our server, and the bearer with all that is between.</summary>
public abstract class BearerTest
{
    private protected Bench _bench = null!;
    private protected CancellationTokenSource _leave = null!;
    private protected Task _running = Task.CompletedTask;
    private protected Temperature _temperature = null!;

    protected LocalServer Server => _bench.Server;

    protected Lwm2mClient Client { get; private set; } = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _bench = await MakeBenchAsync();
        _leave = new CancellationTokenSource();
        _running = Task.CompletedTask;
        _temperature = new Temperature(21.5);
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _running;
        await _bench.DisposeAsync();
        _leave.Dispose();
    }

    protected abstract Task<Bench> MakeBenchAsync();

    /// <summary>Starts the client and waits until it is registered.</summary>
    private protected async Task<Registration> RegisterAsync(Action<ClientOptions>? choose = null)
    {
        Make(choose);
        Client.AddServer(_bench.Uri, 1, 3600, _bench.Binding.ToString());
        Client.Servers.Set(0, ServerResource.MuteSend, false);
        return await StartAsync();
    }

    private protected void Make(Action<ClientOptions>? choose)
    {
        var options = new ClientOptions("device-" + _bench.Binding);
        options.Limits.ValueScratchBytes = 4096;
        _bench.Configure(options);
        choose?.Invoke(options);
        Client = new Lwm2mClient(options);
        Client.Add(new DeviceObject("Example", "Model 1", "0001", "1.0"));
        Client.Add(_temperature);
        var values = new TestObject(new Random(1));
        values.Definition.MaxStringBytes = 4096;
        Client.Add(values);
        _bench.Connect(Client);
    }

    private protected async Task<Registration> StartAsync()
    {
        _running = Client.RunAsync(_leave.Token);
        Registration device = await InTimeAsync(Server.WaitForRegistrationAsync(Client.Endpoint));
        // The answer is still on its way.
        await InTimeAsync(UntilAsync(() => Client.Account(0).IsRegistered));
        return device;
    }

    private protected async Task<T> InTimeAsync<T>(Task<T> task)
    {
        if (await Task.WhenAny(task, _running.IsCompleted ? task : _running, Task.Delay(_bench.Patience)) != task)
        {
            if (_running.IsFaulted)
                await _running;
            ServerAccount? account = Client.AccountCount == 0 ? null : Client.Account(0);
            Assert.Fail($"nothing happened in {_bench.Patience.TotalSeconds} s; the client is {account?.State}, last failure {account?.LastFailure}{Environment.NewLine}{_bench.Explain()}");
        }

        return await task;
    }

    private protected async Task InTimeAsync(Task task) => await InTimeAsync(DoneAsync(task));

    private protected static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(20);
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
