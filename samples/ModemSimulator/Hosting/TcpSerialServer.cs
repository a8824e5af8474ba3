using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The modem's serial line as a TCP port, without telnet's options. A second connection takes the place of the first.</summary>
internal sealed class TcpSerialServer : IDisposable
{
    private readonly SimulatedModem _modem;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _current = new();

    public TcpSerialServer(SimulatedModem modem, int port)
    {
        _modem = modem;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _ = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _current.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                client.NoDelay = true;
                await _current.CancelAsync().ConfigureAwait(false);
                _current = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                _ = StreamPump.RunAsync(_modem, client.GetStream(), client, _current.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
