using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// Sockets of Nordic's serial modem, packet sockets for non-IP data among them. The forms with a handle are those of the present
/// application; those without (the first argument a host, or a time alone) of the one before it, for the socket opened last.
/// </summary>
internal sealed partial class NordicSockets : SocketFeature
{
    private const int MaxSend = 1400, FlagDontWait = 64, FlagReport = 8192;
    private const int FirstPacketHandle = 4, LastPacketHandle = 7;

    private readonly Dictionary<int, NordicPacket> _packets = [];
    private readonly List<(int Handle, Action Retry, IDisposable Timer)> _readers = [];
    private int _last = -1;
    private bool _polls, _pushes, _pushesHex;

    public NordicSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("#XSOCKET", Create);
        modem.On("#XCLOSE", CloseSocket);
        modem.On("#XCONNECT", Connect);
        modem.On("#XSEND", SendData);
        modem.On("#XSENDTO", SendTo);
        modem.On("#XRECV", e => Receive(e, false));
        modem.On("#XRECVFROM", e => Receive(e, true));
        modem.On("#XAPOLL", Poll);
        modem.On("#XRECVCFG", Push);
    }

    public override void Reset()
    {
        base.Reset();
        Forget();
        _polls = _pushes = false;
    }

    public override void OnDetached()
    {
        base.OnDetached();
        Forget();
    }

    public override bool OnNonIp(PacketContext context, byte[] data)
    {
        foreach (NordicPacket packet in _packets.Values)
        {
            if (packet.Cid != context.Cid)
                continue;
            packet.Waiting.Enqueue(data);
            if (WakeReader(packet.Handle))
                return true;
            if (_pushes)
                Modem.Urc(Shown("#XRECV", packet.Handle, packet.Waiting.Dequeue(), _pushesHex, ""));
            else if (_polls)
                Modem.Urc($"#XAPOLL: {packet.Handle},1");
            return true;
        }
        return false;
    }

    protected override void OnData(SocketEntry socket)
    {
        if (WakeReader(socket.Id))
            return;
        if (_pushes && socket.Take(int.MaxValue) is { } d)
        {
            bool isConnected = socket.IsTcp || socket.Host.Length > 0;
            Modem.Urc(Shown(isConnected ? "#XRECV" : "#XRECVFROM", socket.Id, d.Data, _pushesHex, isConnected ? "" : $",\"{d.Host}\",{d.Port}"));
        }
        else if (_polls)
        {
            Modem.Urc($"#XAPOLL: {socket.Id},1");
        }
    }

    // 16: hung up.
    protected override void OnClosed(SocketEntry socket)
    {
        if (_polls)
            Modem.Urc($"#XAPOLL: {socket.Id},16");
    }

    private static string Shown(string name, int handle, byte[] data, bool isHex, string from) =>
        $"{name}: {handle},{(isHex ? 1 : 0)},{data.Length}{from}\r\n{(isHex ? Hex.Write(data) : Text(data))}";

    private void Forget()
    {
        _packets.Clear();
        foreach ((_, _, IDisposable timer) in _readers)
            timer.Dispose();
        _readers.Clear();
        _last = -1;
    }

    // 0 | 1,<type: 1 stream, 2 datagram, 3 packet>,<role>[,<cid>]
    private void Create(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Number(0) is not (0 or 1))
        {
            e.BadParameter();
            return;
        }
        if (c.Number(0) == 0)
        {
            bool isClosed = CloseHandle(_last);
            if (isClosed)
                e.Line("#XSOCKET: 0,\"closed\"");
            Finish(e, isClosed);
            return;
        }
        if (c.NumberOr(2, 0) != 0)
        {
            e.BadParameter();
            return;
        }
        switch (c.Number(1))
        {
            case 3:
                CreatePacket(e);
                break;
            case 1 or 2 when Modem.Contexts.HasIp && Open(c.Number(1) == 1, null, 0, FirstPacketHandle) is { } socket:
                _last = socket.Id;
                e.Line($"#XSOCKET: {socket.Id},{(socket.IsTcp ? "1,6" : "2,17")}");
                e.Ok();
                break;
            case 1 or 2:
                e.Error();
                break;
            default:
                e.BadParameter();
                break;
        }
    }

    private void CreatePacket(AtExchange e)
    {
        int cid = e.Command.NumberOr(3, 0);
        if (Modem.Contexts.FindNonIp(cid) == null)
        {
            e.Error();
            return;
        }
        for (int handle = FirstPacketHandle; handle <= LastPacketHandle; handle++)
        {
            if (!_packets.TryAdd(handle, new NordicPacket(handle, cid)))
                continue;
            _last = handle;
            e.Line($"#XSOCKET: {handle},3,0");
            e.Ok();
            return;
        }
        e.Error();
    }

    private void CloseSocket(AtExchange e)
    {
        int handle = e.Command.NumberOr(0, _last);
        bool isClosed = CloseHandle(handle);
        if (isClosed)
            e.Line($"#XCLOSE: {handle},0");
        Finish(e, isClosed);
    }

    private bool CloseHandle(int handle)
    {
        if (handle == _last)
            _last = -1;
        return Close(handle) || _packets.Remove(handle);
    }

    // [<handle>,]<host>,<port>
    private void Connect(AtExchange e)
    {
        AtCommand c = e.Command;
        int host = c.IsQuoted(0) ? 0 : 1;
        int handle = host == 0 ? _last : c.NumberOr(0, -1);
        if (e.Form != AtForm.Set || Find(handle) is not { } socket || c.Number(host + 1) is not (> 0 and <= 65535 and { } port))
        {
            e.BadParameter();
            return;
        }
        socket.Host = c.Text(host);
        socket.Port = port;
        string line = host == 0 ? "#XCONNECT: 1" : $"#XCONNECT: {handle},1";
        void Done(bool isOpen)
        {
            if (isOpen)
                e.Line(line);
            Finish(e, isOpen);
        }
        if (socket.IsTcp)
            socket.Socket.Connect(socket.Host, port, Done);
        else
            Done(ModemSocket.Resolve(Modem.Network, socket.Host) != null);
    }

    private static void Finish(AtExchange e, bool isDone)
    {
        if (isDone)
            e.Ok();
        else
            e.Error();
    }

    // [<handle>],<operation: 1 starts>,<events: 1 readable>
    private void Poll(AtExchange e)
    {
        if (e.Form != AtForm.Set || e.Command.Number(1) is not (0 or 1 or 2))
        {
            e.BadParameter();
            return;
        }
        _polls = e.Command.Number(1) == 1 && (e.Command.NumberOr(2, 1) & 1) == 1;
        e.Ok();
    }

    // [<handle>],<automatic>[,<1: as hexadecimal digits>]
    private void Push(AtExchange e)
    {
        if (e.Form != AtForm.Set || e.Command.Number(1) is not (0 or 1) || e.Command.NumberOr(2, 0) is not (0 or 1))
        {
            e.BadParameter();
            return;
        }
        _pushes = e.Command.Number(1) == 1;
        _pushesHex = e.Command.NumberOr(2, 0) == 1;
        e.Ok();
    }
}
