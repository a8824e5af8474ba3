using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

[CancelAfter(30_000)]
public class ClientRunnerTests
{
    [Test]
    public async Task It_pumps_datagrams_until_it_is_cancelled()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine { EchoOn = transport };
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        using var stop = new CancellationTokenSource();
        transport.Open(0, ServerUri.TryParse("coap://" + server.Client.LocalEndPoint)!, 0);
        Task run = runner.RunAsync(stop.Token);
        Assert.That(engine.Up.Wait(10_000), Is.True);

        int port;
        lock (runner.Gate)
        {
            port = transport.LocalPort(0);
        }
        for (byte i = 0; i < 100; i++)
        {
            await server.SendAsync(new[] { i }, 1, new IPEndPoint(IPAddress.Loopback, port));
            UdpReceiveResult echo = await server.ReceiveAsync();
            Assert.That(echo.Buffer, Is.EqualTo(new[] { i }));
        }
        Assert.That(run.IsCompleted, Is.False);
        await stop.CancelAsync();
        await run;
    }

    [Test]
    public async Task A_wake_up_leads_to_a_poll()
    {
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine();
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        using var stop = new CancellationTokenSource();
        Task run = runner.RunAsync(stop.Token);
        for (int i = 0; i < 100; i++)
        {
            int polls = engine.Polls;
            runner.Wake();
            while (engine.Polls == polls)
                await Task.Yield();
        }
        await stop.CancelAsync();
        await run;
    }

    [Test]
    public async Task Nothing_planned_means_no_polls()
    {
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine();
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        using var stop = new CancellationTokenSource();
        Task run = runner.RunAsync(stop.Token);
        await Task.Delay(100);
        Assert.That(engine.Polls, Is.LessThanOrEqualTo(2));
        await stop.CancelAsync();
        await run;
    }

    [Test]
    public async Task Good_bye_is_said_once_and_waited_for()
    {
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine();
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        using var stop = new CancellationTokenSource();
        int goodbyes = 0;
        bool answered = false;
        Task run = runner.RunAsync(stop.Token, _ => goodbyes++, () => answered);
        await stop.CancelAsync();
        await Task.Delay(20);
        Assert.That(run.IsCompleted, Is.False);
        lock (runner.Gate)
        {
            Assert.That(goodbyes, Is.EqualTo(1));
            answered = true;
        }
        runner.Wake();
        await run;
        Assert.That(goodbyes, Is.EqualTo(1));
    }

    [Test]
    public async Task A_good_bye_without_answer_ends_after_its_time()
    {
        using var transport = new UdpTransport(1);
        var runner = new ClientRunner(new QuietEngine(), new PumpSet(transport), new SystemClock());
        await runner.RunAsync(new CancellationToken(true), null, () => false, 30);
    }

    [Test]
    public async Task A_good_bye_ends_with_its_last_answer_though_nothing_comes_after_it()
    {
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine();
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        // The answer is taken in by a round that has nothing to do afterwards.
        Task run = runner.RunAsync(new CancellationToken(true), null, () => engine.Polls > 0, int.MaxValue);
        await run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task It_runs_once_at_a_time_and_may_run_again()
    {
        using var transport = new UdpTransport(1);
        var runner = new ClientRunner(new QuietEngine(), new PumpSet(transport), new SystemClock());
        using var stop = new CancellationTokenSource();
        Task run = runner.RunAsync(stop.Token);
        Assert.That(() => runner.RunAsync(stop.Token), Throws.InvalidOperationException);
        await stop.CancelAsync();
        await run;
        await runner.RunAsync(stop.Token);
    }

    [Test]
    public void A_fault_of_the_engine_reaches_who_awaits_the_run()
    {
        using var transport = new UdpTransport(1);
        var engine = new QuietEngine { Throws = new InvalidOperationException("broken") };
        var runner = new ClientRunner(engine, new PumpSet(transport), new SystemClock());
        Assert.That(() => runner.RunAsync(CancellationToken.None), Throws.InvalidOperationException.With.Message.EqualTo("broken"));
    }
}
