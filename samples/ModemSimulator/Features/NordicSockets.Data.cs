using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sending and receiving.</summary>
internal sealed partial class NordicSockets
{
    // <handle>,<mode: 0 text, 1 hex>,<flags>,<data>, or <data>
    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        bool hasHandle = !c.IsQuoted(0);
        int handle = hasHandle ? c.NumberOr(0, -1) : _last;
        byte[]? data = !hasHandle ? Bytes(c.Text(0)) : c.NumberOr(1, 0) == 1 ? Hex.Read(c.Text(3)) : Bytes(c.Text(3));
        if (e.Form != AtForm.Set || (hasHandle && c.Number(1) is not (0 or 1)) || data == null || data.Length is 0 or > MaxSend)
        {
            e.BadParameter();
            return;
        }
        bool isSent;
        if (_packets.TryGetValue(handle, out NordicPacket? packet))
        {
            PacketContext? context = Modem.Contexts.FindNonIp(packet.Cid);
            isSent = context != null && Modem.Radio.Uplink();
            if (isSent)
                context!.Scef!.Up(data, false);
        }
        else
        {
            isSent = Find(handle) is { } socket && Send(socket, data);
        }
        Report(e, hasHandle, handle, data.Length, isSent);
    }

    // <handle>,<mode>,<flags>,<host>,<port>,<data>, or <host>,<port>,<text>
    private void SendTo(AtExchange e)
    {
        AtCommand c = e.Command;
        bool hasHandle = !c.IsQuoted(0);
        int handle = hasHandle ? c.NumberOr(0, -1) : _last;
        int host = hasHandle ? 3 : 0;
        byte[]? data = hasHandle && c.NumberOr(1, 0) == 1 ? Hex.Read(c.Text(host + 2)) : Bytes(c.Text(host + 2));
        if (e.Form != AtForm.Set || (hasHandle && c.Number(1) is not (0 or 1)) || data == null || data.Length is 0 or > MaxSend || (!hasHandle && data.Length > 1024)
            || c.Number(host + 1) is not (> 0 and <= 65535 and { } port))
        {
            e.BadParameter();
            return;
        }
        bool isSent = Find(handle) is { IsTcp: false } socket && socket.Socket.Send(data, c.Text(host), port);
        Report(e, hasHandle, handle, data.Length, isSent);
    }

    private void Report(AtExchange e, bool hasHandle, int handle, int length, bool isSent)
    {
        if (!isSent)
        {
            e.Error();
            return;
        }
        e.Line(hasHandle ? $"{e.Command.Name}: {handle},0,{length}" : $"{e.Command.Name}: {length}");
        e.Ok();
        if (hasHandle && (e.Command.NumberOr(2, 0) & FlagReport) != 0)
            Modem.Urc($"#XSENDNTF: {handle},0,{length}");
    }

    // <handle>,<mode>,<flags>,<seconds>, or <seconds>[,<flags>]
    private void Receive(AtExchange e, bool from)
    {
        AtCommand c = e.Command;
        bool hasHandle = c.Count >= 4;
        int handle = hasHandle ? c.NumberOr(0, -1) : _last;
        int flags = c.NumberOr(hasHandle ? 2 : 1, 0), seconds = c.NumberOr(hasHandle ? 3 : 0, 0);
        bool isHex = hasHandle && c.Number(1) == 1;
        if (e.Form != AtForm.Set || flags < 0 || seconds < 0 || (!_packets.ContainsKey(handle) && Find(handle) == null))
        {
            e.Error();
            return;
        }
        if (TryAnswer(e, handle, hasHandle, isHex, from))
            return;
        if ((flags & FlagDontWait) != 0)
        {
            e.Error();
            return;
        }
        // 0 seconds is without end there; here a minute, so that nothing hangs.
        IDisposable timer = Loop.After(TimeSpan.FromSeconds(seconds == 0 ? 60 : seconds), () =>
        {
            _readers.RemoveAll(r => r.Handle == handle);
            e.Error();
        });
        _readers.Add((handle, () => TryAnswer(e, handle, hasHandle, isHex, from), timer));
    }

    private bool TryAnswer(AtExchange e, int handle, bool hasHandle, bool isHex, bool from)
    {
        byte[] data;
        string sender = "";
        if (_packets.TryGetValue(handle, out NordicPacket? packet))
        {
            if (!packet.Waiting.TryDequeue(out byte[]? first))
                return false;
            data = first;
        }
        else
        {
            if (Find(handle)?.Take(MaxSend) is not { } d)
                return false;
            data = d.Data;
            sender = from ? $",\"{d.Host}\",{d.Port}" : "";
        }
        e.Line(hasHandle ? Shown(e.Command.Name, handle, data, isHex, sender) : $"{e.Command.Name}: {data.Length}{sender}\r\n{Text(data)}");
        e.Ok();
        return true;
    }

    private bool WakeReader(int handle)
    {
        int index = _readers.FindIndex(r => r.Handle == handle);
        if (index < 0)
            return false;
        (_, Action retry, IDisposable timer) = _readers[index];
        _readers.RemoveAt(index);
        timer.Dispose();
        retry();
        return true;
    }
}
