namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of SIM7080: the modem asks for the data, and keeps what comes.</summary>
internal sealed class SimcomPromptSockets : SocketFeature
{
    private bool _isActive;
    private string _apn = "";

    public SimcomPromptSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CNCFG", Configure);
        modem.On("+CNACT", Activate);
        modem.On("+CAOPEN", OpenSocket);
        modem.On("+CASEND", SendData);
        modem.On("+CARECV", Read);
        modem.On("+CACLOSE", CloseSocket);
    }

    public override void Reset()
    {
        base.Reset();
        _isActive = false;
    }

    public override void OnDetached()
    {
        base.OnDetached();
        _isActive = false;
    }

    protected override void OnData(SocketEntry socket)
    {
        if (socket.Count == 1)
            Modem.Urc($"+CADATAIND: {socket.Id}");
    }

    protected override void OnClosed(SocketEntry socket)
    {
        Close(socket.Id);
        Modem.Urc($"+CASTATE: {socket.Id},0");
    }

    private static void Finish(AtExchange e, bool isDone)
    {
        if (isDone)
            e.Ok();
        else
            e.Error();
    }

    // <index>,<type: 1 IPv4>,<apn>
    private void Configure(AtExchange e)
    {
        if (e.Form == AtForm.Set && e.Command.Number(0) is >= 0 and <= 3 && e.Command.Number(1) is >= 0 and <= 3)
        {
            _apn = e.Command.Text(2);
            e.Ok();
        }
        else
        {
            e.BadParameter();
        }
    }

    private void Activate(AtExchange e)
    {
        if (e.Form == AtForm.Read)
        {
            e.Line($"+CNACT: 0,{(_isActive ? "1,\"192.0.2.2\"" : "0,\"0.0.0.0\"")}");
            e.Ok();
            return;
        }
        if (e.Form != AtForm.Set || e.Command.Number(0) != 0 || e.Command.Number(1) is not (0 or 1) || !Modem.Radio.Uplink())
        {
            e.Error();
            return;
        }
        _isActive = e.Command.Number(1) == 1;
        // The application's own context, beside that of the attach.
        if (_isActive && !Modem.Contexts.HasIp)
        {
            Modem.Contexts.Define(Modem.Profile.MaxCid, "IP", _apn);
            Modem.Contexts.Activate(Modem.Contexts[Modem.Profile.MaxCid]);
        }
        if (!_isActive)
            base.OnDetached();
        e.Ok();
        Modem.Urc(_isActive ? "+APP PDP: 0,ACTIVE" : "+APP PDP: 0,DEACTIVE");
    }

    // <id>,<context>,<type>,<host>,<port>
    private void OpenSocket(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Number(0) is not (>= 0 and <= 12 and { } id) || c.Text(2) is not ("UDP" or "TCP") || c.Number(4) is not (> 0 and <= 65535 and { } port))
        {
            e.BadParameter();
            return;
        }
        if (!_isActive || ModemSocket.Resolve(Modem.Network, c.Text(3)) == null || Open(c.Text(2) == "TCP", id, 0, 13) is not { } socket)
        {
            Report(e, id, false);
            return;
        }
        socket.Host = c.Text(3);
        socket.Port = port;
        if (socket.IsTcp)
            socket.Socket.Connect(socket.Host, port, isOpen => Report(e, id, isOpen));
        else
            Report(e, id, true);
    }

    private static void Report(AtExchange e, int id, bool isOpen)
    {
        e.Line($"+CAOPEN: {id},{(isOpen ? 0 : 1)}");
        Finish(e, isOpen);
    }

    private void SendData(AtExchange e)
    {
        if (e.Form != AtForm.Set || Find(e.Command.Number(0)) is not { } socket || e.Command.Number(1) is not (> 0 and <= 1460 and { } length))
        {
            e.Error();
            return;
        }
        e.Prompt(">", length, typed => Finish(e, Send(socket, typed!)));
    }

    private void Read(AtExchange e)
    {
        if (e.Form != AtForm.Set || Find(e.Command.Number(0)) is not { } socket || e.Command.Number(1) is not (> 0 and <= 1460 and { } max))
        {
            e.Error();
            return;
        }
        Datagram? d = socket.Take(max);
        e.Line(d == null ? "+CARECV: 0" : $"+CARECV: {d.Data.Length},{Text(d.Data)}");
        e.Ok();
        if (socket.Count > 0)
            Modem.Urc($"+CADATAIND: {socket.Id}");
    }

    private void CloseSocket(AtExchange e) => Finish(e, e.Form == AtForm.Set && Close(e.Command.Number(0)));
}
