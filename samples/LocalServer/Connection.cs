using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>A client's connection over TCP or TLS: frames and signals of RFC 8323 around the messages that the server's endpoint sees.</summary>
internal sealed class Connection : ICoapStreamOutput, IDisposable
{
    private readonly LocalServer _server;
    private readonly Socket _socket;
    private readonly SslServerAuthenticationOptions? _tls;
    // A client that reads nothing is cut off when that much waits for it.
    private readonly Channel<byte[]> _out = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1000) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();

    public Connection(LocalServer server, Socket socket, SslServerAuthenticationOptions? tls, int maxMessageBytes, CoapPeer peer)
    {
        _server = server;
        _socket = socket;
        _tls = tls;
        Remote = new Remote((IPEndPoint)socket.RemoteEndPoint!, peer) { Connection = this };
        peer.Tag = Remote;
        Stream = new CoapStream(maxMessageBytes, this, new Handler(this)) { KeepAliveMs = 0 };
    }

    public Remote Remote { get; }

    public CoapStream Stream { get; }

    /// <summary>Serves the connection to its end.</summary>
    public async Task RunAsync()
    {
        Task writing = Task.CompletedTask;
        try
        {
            Stream way = new NetworkStream(_socket, ownsSocket: true);
            await using (way.ConfigureAwait(false))
            {
                if (_tls != null)
                {
                    var secured = new SslStream(way);
                    way = secured;
                    await secured.AuthenticateAsServerAsync(_tls, _stop.Token).ConfigureAwait(false);
                }

                _server.Begin(this);
                writing = WriteAsync(way);
                var buffer = new byte[4096];
                int count;
                while ((count = await way.ReadAsync(buffer, _stop.Token).ConfigureAwait(false)) > 0)
                    _server.Take(this, buffer, count);
            }
        }
        catch (AuthenticationException problem)
        {
            _server.Tell($"No TLS with {Remote.EndPoint}: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, or was let go.
        }

        _out.Writer.TryComplete();
        _server.Lose(this);
        await writing.ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Ends the connection when what was written is out.</summary>
    public void Close() => _out.Writer.TryComplete();

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    bool ICoapStreamOutput.Write(byte[] buffer, int offset, int count)
    {
        if (_out.Writer.TryWrite(buffer.AsSpan(offset, count).ToArray()))
            return true;
        Dispose();
        return false;
    }

    private async Task WriteAsync(Stream way)
    {
        try
        {
            await foreach (byte[] frame in _out.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await way.WriteAsync(frame, _stop.Token).ConfigureAwait(false);
            if (way is SslStream secured)
                await secured.ShutdownAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader sees it too.
        }
    }

    private sealed class Handler(Connection connection) : ICoapStreamHandler
    {
        public void OnMessage(byte[] buffer, int offset, int count, long nowMs) => connection._server.Take(connection, buffer, offset, count, nowMs);

        public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs) =>
            connection._server.TakeTooLarge(connection, buffer, offset, count, nowMs);

        public void OnSettings(long nowMs) => connection._server.SetBearer(connection);

        public void OnRelease(int holdOffSeconds, long nowMs) => connection.Close();

        public void OnFailed(CoapStreamFailure reason, long nowMs) => connection.Close();
    }
}
