using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What all vendors' sockets have in common.</summary>
internal abstract class SocketFeature(SimulatedModem modem) : ModemFeature(modem)
{
    private readonly Dictionary<int, SocketEntry> _sockets = [];

    public override void Reset() => CloseAll();

    public override void OnDetached() => CloseAll();

    /// <summary>Data came and stands in the socket's buffer.</summary>
    protected abstract void OnData(SocketEntry socket);

    /// <summary>The other end closed.</summary>
    protected virtual void OnClosed(SocketEntry socket)
    {
    }

    /// <summary>Bytes as a line carries them.</summary>
    protected static string Text(byte[] data) => Encoding.Latin1.GetString(data);

    protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    protected SocketEntry? Find(int? id) => id is { } number ? _sockets.GetValueOrDefault(number) : null;

    /// <summary>Opens a socket under a number, the lowest that is free where none is given.</summary>
    /// <returns>Null when the number is taken, or when none is free.</returns>
    protected SocketEntry? Open(bool isTcp, int? id = null, int first = 0, int max = 7)
    {
        int number = id ?? Enumerable.Range(first, max - first).FirstOrDefault(n => !_sockets.ContainsKey(n), -1);
        if (number < first || number >= max || _sockets.ContainsKey(number))
            return null;
        var socket = new SocketEntry(number, new ModemSocket(Modem, isTcp));
        socket.Socket.Received = datagram =>
        {
            socket.Add(datagram);
            OnData(socket);
        };
        socket.Socket.Closed = () => OnClosed(socket);
        _sockets[number] = socket;
        return socket;
    }

    protected bool Close(int? id)
    {
        if (Find(id) is not { } socket)
            return false;
        socket.Socket.Dispose();
        return _sockets.Remove(socket.Id);
    }

    /// <summary>Sends to where the socket is connected.</summary>
    protected static bool Send(SocketEntry socket, byte[] data)
    {
        bool isSent = socket.IsTcp ? socket.Socket.Send(data) : socket.Host.Length > 0 && socket.Socket.Send(data, socket.Host, socket.Port);
        if (isSent)
            socket.Sent += data.Length;
        return isSent;
    }

    private void CloseAll()
    {
        foreach (int id in _sockets.Keys.ToArray())
            Close(id);
    }
}
