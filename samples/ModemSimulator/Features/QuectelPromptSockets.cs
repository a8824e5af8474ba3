
namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of Quectel's BG95 and BG96: +QISEND asks for the data.</summary>
internal sealed class QuectelPromptSockets : SocketFeature
{
    private const int MaxSend = 1460;
    private int _context;

    public QuectelPromptSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+QICSGP", Context);
        modem.On("+QIACT", Activate);
        modem.On("+QIDEACT", Deactivate);
        modem.On("+QIOPEN", OpenSocket);
        modem.On("+QISEND", SendData);
        modem.On("+QISENDEX", SendHex);
        modem.On("+QIRD", Read);
        modem.On("+QICLOSE", e => Answer(e, Close(e.Command.Number(0))));
    }

    public override void Reset()
    {
        base.Reset();
        _context = 0;
    }

    public override void OnDetached()
    {
        base.OnDetached();
        _context = 0;
    }

    protected override void OnData(SocketEntry socket)
    {
        if (!socket.IsPush)
        {
            if (socket.Count == 1)
                Modem.Urc($"+QIURC: \"recv\",{socket.Id}");
            return;
        }
        while (socket.Take(1500) is { } d)
            Modem.Urc($"+QIURC: \"recv\",{socket.Id},{d.Data.Length}{(socket.IsService ? $",\"{d.Host}\",{d.Port}" : "")}\r\n{Text(d.Data)}");
    }

    protected override void OnClosed(SocketEntry socket) => Modem.Urc($"+QIURC: \"closed\",{socket.Id}");

    private static void Answer(AtExchange e, bool isDone)
    {
        if (isDone)
            e.Ok();
        else
            e.Error();
    }

    // <context>,<type: 1 IPv4, 2 IPv6, 3 both>,<apn>,...
    private void Context(AtExchange e)
    {
        if (e.Form != AtForm.Set || e.Command.Number(0) is not (>= 1 and <= 16 and { } cid) || e.Command.NumberOr(1, 1) is not (>= 1 and <= 3 and { } type))
        {
            e.BadParameter();
            return;
        }
        if (e.Command.Count > 1)
            Modem.Contexts.Define(cid, type switch { 1 => "IP", 2 => "IPV6", _ => "IPV4V6" }, e.Command.Text(2));
        else
            e.Line($"+QICSGP: 1,\"{Modem.Contexts[cid].Apn}\",\"\",\"\",0");
        e.Ok();
    }

    private void Activate(AtExchange e)
    {
        if (e.Form == AtForm.Read)
        {
            if (_context > 0)
                e.Line($"+QIACT: {_context},1,1,\"192.0.2.{_context + 1}\"");
            e.Ok();
        }
        else if (e.Form == AtForm.Set && e.Command.Number(0) is >= 1 and <= 16 and { } cid && Modem.Radio.Uplink()
            && Modem.Contexts.Activate(Modem.Contexts[cid]) && !Modem.Contexts[cid].IsNonIp)
        {
            _context = cid;
            e.Ok();
        }
        else
        {
            e.Error();
        }
    }

    private void Deactivate(AtExchange e)
    {
        bool isActive = e.Form == AtForm.Set && e.Command.Number(0) == _context;
        if (isActive)
        {
            base.OnDetached();
            _context = 0;
        }
        e.Ok();
    }

    // <context>,<id>,<service>,<host>,<port>[,<local port>[,<access mode>]]
    private void OpenSocket(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Text(2) is not ("UDP" or "TCP" or "UDP SERVICE") || c.Number(1) is not (>= 0 and <= 11 and { } id)
            || c.Number(4) is not (>= 0 and <= 65535 and { } port) || c.NumberOr(6, 0) is not (0 or 1))
        {
            e.BadParameter();
            return;
        }
        e.Ok();
        bool isService = c.Text(2) == "UDP SERVICE";
        // 561: no context; 563: the number is in use; 565: no such name; 566: nobody is there.
        int error = _context == 0 || c.Number(0) != _context ? 561 : Find(id) != null ? 563 : !isService && ModemSocket.Resolve(Modem.Network, c.Text(3)) == null ? 565 : 0;
        if (error != 0 || Open(c.Text(2) == "TCP", id, 0, 12) is not { } socket)
        {
            Loop.Post(() => Modem.Urc($"+QIOPEN: {id},{error}"));
            return;
        }
        socket.IsPush = c.NumberOr(6, 0) == 1;
        socket.IsService = isService;
        socket.Host = isService ? "" : c.Text(3);
        socket.Port = port;
        if (!socket.IsTcp)
            Loop.Post(() => Modem.Urc($"+QIOPEN: {id},0"));
        else
            socket.Socket.Connect(socket.Host, port, isOpen => Modem.Urc($"+QIOPEN: {id},{(isOpen ? 0 : 566)}"));
    }

    // <id>[,<octets>[,<host>,<port>]]; 0 octets asks how much was sent
    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.NumberOr(1, 1) is not (>= 0 and <= MaxSend) || (socket.IsService && c.Count < 4))
        {
            e.Error();
            return;
        }
        if (c.Has(1) && c.Number(1) == 0)
        {
            e.Line($"+QISEND: {socket.Sent},{socket.Sent},0");
            e.Ok();
            return;
        }
        e.Prompt("> ", c.Has(1) ? c.Number(1)!.Value : -1, typed =>
        {
            if (typed == null)
                e.Ok();
            else
                Report(e, socket.IsService ? socket.Socket.Send(typed, c.Text(2), c.NumberOr(3, 0)) : Send(socket, typed));
        });
    }

    private void SendHex(AtExchange e)
    {
        if (e.Form == AtForm.Set && Find(e.Command.Number(0)) is { } socket && Hex.Read(e.Command.Text(1)) is { Length: > 0 and <= 512 } data)
            Report(e, Send(socket, data));
        else
            e.Error();
    }

    private static void Report(AtExchange e, bool isSent)
    {
        if (isSent)
            e.Success("SEND OK");
        else
            e.Fail("SEND FAIL");
    }

    private void Read(AtExchange e)
    {
        if (e.Form != AtForm.Set || Find(e.Command.Number(0)) is not { } socket || e.Command.NumberOr(1, 1500) is not (> 0 and <= 1500 and { } max))
        {
            e.Error();
            return;
        }
        Datagram? d = socket.Take(max);
        e.Line(d == null ? "+QIRD: 0" : $"+QIRD: {d.Data.Length}{(socket.IsService ? $",\"{d.Host}\",{d.Port}" : "")}\r\n{Text(d.Data)}");
        e.Ok();
    }
}
