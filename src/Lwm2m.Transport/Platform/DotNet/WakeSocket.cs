using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Lwm2m.Transport;

/// <summary>
/// Ends a <see cref="System.Net.Sockets.Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/>
/// from another thread: a loopback socket connected to itself. A byte is sent only while somebody waits, so that signals
/// in the busy state cost one interlocked operation.
/// </summary>
internal sealed class WakeSocket : IDisposable
{
    private static readonly byte[] OneByte = new byte[1];
    private readonly byte[] _sink = new byte[8];
    private int _signalled;
    private int _waiting;

    public WakeSocket()
    {
        IPAddress loopback = Socket.OSSupportsIPv4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        Socket = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        Socket.Bind(new IPEndPoint(loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
        Socket.Blocking = false;
    }

    public Socket Socket { get; }

    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0 && Volatile.Read(ref _waiting) == 1)
            Socket.Send(OneByte, 0, 1, SocketFlags.None, out _);
    }

    /// <summary>False when a signal is already there. The exchange is the fence between "I wait" and "is there a signal".</summary>
    public bool BeginWait()
    {
        Interlocked.Exchange(ref _waiting, 1);
        return Volatile.Read(ref _signalled) == 0;
    }

    /// <param name="readable">True when a byte came. It may belong to a signal that an earlier wait took.</param>
    public void EndWait(bool readable)
    {
        Volatile.Write(ref _waiting, 0);
        Interlocked.Exchange(ref _signalled, 0);
        if (!readable)
            return;
        SocketError error;
        do
        {
            Socket.Receive(_sink, 0, _sink.Length, SocketFlags.None, out error);
        }
        while (error == SocketError.Success);
    }

    public void Dispose() => Socket.Dispose();
}
