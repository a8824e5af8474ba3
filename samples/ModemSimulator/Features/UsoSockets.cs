namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of SARA-N3, R4 and R5.</summary>
internal sealed class UsoSockets : SocketFeature
{
    private int _usesHex;

    public UsoSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+USOCR", Create);
        modem.On("+USOCO", Connect);
        modem.On("+USOST", SendTo);
        modem.On("+USOWR", SendData);
        modem.On("+USORF", e => Read(e, true));
        modem.On("+USORD", e => Read(e, false));
        modem.On("+USOCL", CloseSocket);
        modem.On("+UDCONF", Configure);
    }

    public override void Reset()
    {
        base.Reset();
        _usesHex = 0;
    }

    protected override void OnData(SocketEntry socket) => Notify(socket);

    protected override void OnClosed(SocketEntry socket)
    {
        Close(socket.Id);
        Modem.Urc($"+UUSOCL: {socket.Id}");
    }

    private void Notify(SocketEntry socket) => Modem.Urc($"{(socket.IsTcp ? "+UUSORD" : "+UUSORF")}: {socket.Id},{socket.First}");

    private void Create(AtExchange e)
    {
        if (e.Form != AtForm.Set || e.Command.Number(0) is not (6 or 17) || e.Command.NumberOr(1, 0) is not (>= 0 and <= 65535))
            e.BadParameter();
        else if (!Modem.Contexts.HasIp || Open(e.Command.Number(0) == 6) is not { } socket)
            e.Cme(CmeError.NotAllowed);
        else
        {
            e.Line($"+USOCR: {socket.Id}");
            e.Ok();
        }
    }

    private void Connect(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.Number(2) is not (> 0 and <= 65535 and { } port))
        {
            e.BadParameter();
            return;
        }
        socket.Host = c.Text(1);
        socket.Port = port;
        if (socket.IsTcp)
            socket.Socket.Connect(socket.Host, port, isOpen => Finish(e, isOpen));
        else
            Finish(e, ModemSocket.Resolve(Modem.Network, socket.Host) != null);
    }

    private static void Finish(AtExchange e, bool isDone)
    {
        if (isDone)
            e.Ok();
        else
            e.Cme(CmeError.NotAllowed);
    }

    // <socket>,<ip>,<port>,<octets>[,<data>]; without data the modem asks for it with @
    private void SendTo(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { IsTcp: false } socket || c.Number(2) is not (> 0 and <= 65535 and { } port)
            || c.Number(3) is not (> 0 and <= 1024 and { } length))
        {
            e.BadParameter();
        }
        else if (c.Count < 5)
        {
            e.Prompt("@", length, typed => Report(e, socket.Id, typed!, socket.Socket.Send(typed!, c.Text(1), port)));
        }
        else if (Data(c.Text(4)) is { } data && data.Length == length)
        {
            Report(e, socket.Id, data, socket.Socket.Send(data, c.Text(1), port));
        }
        else
        {
            e.BadParameter();
        }
    }

    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.Number(1) is not (> 0 and <= 1024 and { } length))
            e.BadParameter();
        else if (c.Count < 3)
            e.Prompt("@", length, typed => Report(e, socket.Id, typed!, Send(socket, typed!)));
        else if (Data(c.Text(2)) is { } data && data.Length == length)
            Report(e, socket.Id, data, Send(socket, data));
        else
            e.BadParameter();
    }

    private static void Report(AtExchange e, int id, byte[] data, bool isSent)
    {
        if (!isSent)
        {
            e.Cme(CmeError.NotAllowed);
            return;
        }
        e.Line($"{e.Command.Name}: {id},{data.Length}");
        e.Ok();
    }

    // <socket>,<octets>; 0 octets asks how many there are
    private void Read(AtExchange e, bool isDatagram)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.Number(1) is not (>= 0 and <= 1024 and { } max))
        {
            e.BadParameter();
            return;
        }
        if (max == 0)
        {
            e.Line($"{c.Name}: {socket.Id},{socket.First}");
        }
        else
        {
            Datagram d = socket.Take(max) ?? new Datagram([], "", 0);
            string from = isDatagram && d.Port > 0 ? $"\"{d.Host}\",{d.Port}," : "";
            e.Line($"{c.Name}: {socket.Id},{from}{d.Data.Length},\"{(_usesHex == 1 ? Hex.Write(d.Data) : Text(d.Data))}\"");
            if (socket.Count > 0)
                Notify(socket);
        }
        e.Ok();
    }

    private void CloseSocket(AtExchange e)
    {
        if (e.Form == AtForm.Set && Close(e.Command.Number(0)))
            e.Ok();
        else
            e.Cme(CmeError.NotAllowed);
    }

    private void Configure(AtExchange e)
    {
        if (e.Form == AtForm.Set && e.Command.Number(0) == 1 && e.Command.Count == 1)
        {
            e.Line($"+UDCONF: 1,{_usesHex}");
            e.Ok();
        }
        else if (e.Form == AtForm.Set && e.Command.Number(0) == 1 && e.Command.Number(1) is 0 or 1)
        {
            _usesHex = e.Command.Number(1)!.Value;
            e.Ok();
        }
        else
        {
            e.BadParameter();
        }
    }

    private byte[]? Data(string text) => _usesHex == 1 ? Hex.Read(text) : Bytes(text);
}
