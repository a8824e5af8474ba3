using System;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// What a server does with a device, the same over every bearer: our client with its runner, our server, and the bearer with all that is between.
/// A bearer adds a fixture that makes its bench.
/// </summary>
public abstract partial class ManagementSuite
{
    /// <summary>How long the server takes a client in queue mode for awake; a little less than the client is.</summary>
    public const int ServerAwakeMs = 1300;

    private const int AwakeMs = 1500;

    private Bench _bench = null!;
    private CancellationTokenSource _leave = null!;
    private Task _running = Task.CompletedTask;
    private Temperature _temperature = null!;

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
    private async Task<Registration> RegisterAsync(Action<ClientOptions>? choose = null)
    {
        Make(choose);
        Client.AddServer(_bench.Uri, 1, 3600, _bench.Binding.ToString());
        Client.Servers.Set(0, ServerResource.MuteSend, false);
        return await StartAsync();
    }

    private void Make(Action<ClientOptions>? choose)
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

    private async Task<Registration> StartAsync()
    {
        _running = Client.RunAsync(_leave.Token);
        return await InTimeAsync(Server.WaitForRegistrationAsync(Client.Endpoint));
    }

    private async Task<T> InTimeAsync<T>(Task<T> task)
    {
        if (await Task.WhenAny(task, _running.IsCompleted ? task : _running, Task.Delay(_bench.Patience)) != task)
        {
            if (_running.IsFaulted)
                await _running;
            ServerAccount? account = Client.AccountCount == 0 ? null : Client.Account(0);
            Assert.Fail($"nothing happened in {_bench.Patience.TotalSeconds} s; the client is {account?.State}, last failure {account?.LastFailure}");
        }

        return await task;
    }

    private async Task InTimeAsync(Task task) => await InTimeAsync(DoneAsync(task));

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
