using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Lwm2m.Cellular;

/// <summary>A modem behind a serial server: bytes over a TCP connection, no more.</summary>
public sealed class TcpPort : ISerialPort
{
    private const int ConnectMs = 5000;

    private readonly string _host;
    private readonly int _tcpPort;

    /// <summary>Names the server; nothing is opened yet.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="tcpPort">1..65535.</param>
    public TcpPort(string host, int tcpPort)
    {
        _host = host;
        _tcpPort = tcpPort;
    }

    /// <inheritdoc/>
    public Stream? TryOpen()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectMs);
            socket.ConnectAsync(_host, _tcpPort, limit.Token).AsTask().GetAwaiter().GetResult();
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (System.Exception problem) when (problem is SocketException or System.OperationCanceledException)
        {
            // No server there now.
            socket.Dispose();
            return null;
        }
    }
}
