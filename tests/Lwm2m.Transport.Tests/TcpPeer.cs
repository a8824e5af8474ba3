using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using Lwm2m.Coap;

namespace Lwm2m.Transport.Tests;

/// <summary>A server for one connection at a time, over TCP or TLS: messages in the form of datagrams come out and go in.</summary>
internal sealed class TcpPeer : ICoapStreamOutput, ICoapStreamHandler, IDisposable
{
    private readonly Socket _listener;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly CoapStream _coap;
    private readonly ManualResetEventSlim _mayRead = new(true);
    private readonly BlockingCollection<byte[]> _taken = new();
    private Stream? _stream;
    private Socket? _socket;
    private bool _isOver;

    public TcpPeer(SslServerAuthenticationOptions? tls = null, int maxMessageBytes = 2000, IPAddress? address = null)
    {
        _tls = tls;
        _coap = new CoapStream(maxMessageBytes, this, this);
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // Little room in the kernel: back-pressure comes soon.
        _listener.ReceiveBufferSize = 4096;
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(10);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>The message that comes next is sent back.</summary>
    public bool Echoes { get; set; }

    /// <summary>No CSM, and nothing else: as a server that speaks something else.</summary>
    public bool IsMute { get; set; }

    public int Connections { get; private set; }

    public string? NegotiatedHost { get; private set; }

    public string? Protocol { get; private set; }

    public int Releases { get; private set; }

    /// <summary>Stops to read, or goes on.</summary>
    public bool IsStalled
    {
        set
        {
            if (value)
                _mayRead.Reset();
            else
                _mayRead.Set();
        }
    }

    /// <summary>The next message that came; null after ten seconds.</summary>
    public byte[]? Take(int timeoutMs = 10_000) => _taken.TryTake(out byte[]? message, timeoutMs) ? message : null;

    public void Send(byte[] message)
    {
        lock (_gate)
        {
            _coap.Send(message, 0, message.Length);
        }
    }

    /// <summary>Bytes as they are.</summary>
    public void SendRaw(string hex)
    {
        lock (_gate)
        {
            _stream!.Write(Convert.FromHexString(hex));
        }
    }

    public void Close() => _socket?.Dispose();

    /// <summary>A reset instead of a good-bye.</summary>
    public void Cut()
    {
        _socket!.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _isOver = true;
        _listener.Dispose();
        _socket?.Dispose();
        _mayRead.Set();
        _thread.Join(5000);
        _taken.Dispose();
        _mayRead.Dispose();
    }

    bool ICoapStreamOutput.Write(byte[] buffer, int offset, int count)
    {
        try
        {
            _stream!.Write(buffer, offset, count);
        }
        catch (IOException)
        {
            // The reader sees it too.
        }
        return true;
    }

    void ICoapStreamHandler.OnMessage(byte[] buffer, int offset, int count, long nowMs)
    {
        if (Echoes)
            _coap.Send(buffer, offset, count);
        else
            _taken.Add(buffer.AsSpan(offset, count).ToArray());
    }

    void ICoapStreamHandler.OnTooLarge(byte[] buffer, int offset, int count, long nowMs)
    {
    }

    void ICoapStreamHandler.OnSettings(long nowMs)
    {
    }

    void ICoapStreamHandler.OnRelease(int holdOffSeconds, long nowMs) => Releases++;

    void ICoapStreamHandler.OnFailed(CoapStreamFailure reason, long nowMs)
    {
    }

    private void Run()
    {
        var buffer = new byte[4096];
        while (!_isOver)
        {
            try
            {
                _socket = _listener.Accept();
                _socket.NoDelay = true;
                Connections++;
                _stream = Secured(new NetworkStream(_socket));
                if (!IsMute)
                {
                    lock (_gate)
                    {
                        _coap.Start(0);
                    }
                }
                while (true)
                {
                    _mayRead.Wait();
                    int count = _stream.Read(buffer, 0, buffer.Length);
                    if (count == 0)
                        break;
                    lock (_gate)
                    {
                        _coap.Received(buffer, 0, count, 0);
                    }
                }
            }
            catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The next connection, please.
            }
            _socket?.Dispose();
        }
    }

    private Stream Secured(NetworkStream stream)
    {
        if (_tls == null)
            return stream;
        var secured = new SslStream(stream);
        secured.AuthenticateAsServer(_tls);
        NegotiatedHost = secured.TargetHostName;
        Protocol = secured.NegotiatedApplicationProtocol.ToString();
        return secured;
    }
}
