using System;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// What only .NET has: a task to run the client.
public sealed partial class Lwm2mClient
{
    /// <summary>
    /// Runs the client until it is cancelled: connects, registers, serves, and comes back whenever a server or the network was
    /// away. Cancelling de-registers from every server, waits at most five seconds for their answers and completes the task
    /// without an exception. Without <see cref="UseTransport(ITransport)"/> before, UDP is used, and
    /// TCP with TLS beside it where an account's URI says <c>coap+tcp</c> or <c>coaps+tcp</c>.
    /// </summary>
    /// <param name="stop">Asks the client to leave.</param>
    /// <exception cref="InvalidOperationException">There is no server account, or the client runs already.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        if (_runner != null)
            throw new InvalidOperationException("The client runs already.");
        bool isOwn = _transports.Length == 0;
        using UdpTransport? udp = isOwn ? new UdpTransport(_accounts.Length + 1) : null;
        using TcpTransport? tcp = isOwn && HasTcpServer() ? new TcpTransport(_accounts.Length + 1, maxMessageBytes: _coap.MaxMessageBytes) : null;
        if (udp != null)
            UseTransport(udp);
        if (tcp != null)
            UseTransport(tcp);
        var pumps = new PumpSet(_transports);
        using var metrics = new ClientMetrics(this);
        var clock = new SystemClock();
        var runner = new ClientRunner((ILinkEvents?)_sessions ?? this, pumps, clock, Gate);
        AttachRunner(runner);
        pumps.Attach(true);
        try
        {
            Start();
            await runner.RunAsync(stop, _ => Stop(), () => IsStopped).ConfigureAwait(false);
        }
        finally
        {
            AttachRunner(null);
            pumps.Attach(false);
            Abandon(clock.NowMs);
            if (isOwn)
                DropTransports();
        }
    }

    /// <summary>
    /// Does at once, on the calling thread, what is due: values set before go out as notifications of their own, even when the
    /// next one is set right after. Without it, changes that come faster than the runner looks are sent as one, with the last
    /// value. Callable from any thread while the client runs.
    /// </summary>
    public void Flush()
    {
        lock (Gate)
        {
            if (_runner != null)
                Poll(Environment.TickCount64);
        }
    }

    /// <summary>From now on each account counts what it does.</summary>
    internal void StartCounting()
    {
        lock (Gate)
        {
            foreach (ServerAccount account in _accounts)
                account.StartCounting();
        }
    }

    /// <summary>Messages of Send that wait for a server.</summary>
    internal long SendsQueued(ServerAccount account)
    {
        long count = 0;
        for (int at = 0; at < _sendEnd; at += _sends[at] << 8 | _sends[at + 1])
            if ((_sends[at + SendServer] << 8 | _sends[at + SendServer + 1]) == account.ShortServerId)
                count++;
        return count;
    }

    private bool HasTcpServer()
    {
        for (int position = 0; position < Security.InstanceCount; position++)
        {
            if (ServerUri.TryParse(Security.Uri(Security.InstanceAt(position))) is { IsTcp: true })
                return true;
        }
        return false;
    }

    /// <summary>What the run made it takes away: its sockets must not outlive it.</summary>
    private void DropTransports()
    {
        lock (Gate)
        {
            _transports = Array.Empty<ITransport>();
        }
    }
}
