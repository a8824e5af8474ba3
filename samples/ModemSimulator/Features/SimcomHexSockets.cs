namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of SIM7020: hexadecimal digits, and lengths that count digits.</summary>
internal sealed class SimcomHexSockets : SocketFeature
{
    public SimcomHexSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CSOC", Create);
        modem.On("+CSOCON", Connect);
        modem.On("+CSOSEND", SendData);
        modem.On("+CSOCL", CloseSocket);
    }

    protected override void OnData(SocketEntry socket)
    {
        while (socket.Take(512) is { } d)
            Modem.Urc($"+CSONMI: {socket.Id},{d.Data.Length * 2},{Hex.Write(d.Data)}");
    }

    protected override void OnClosed(SocketEntry socket) => Modem.Urc($"+CSOERR: {socket.Id},4");

    // <domain: 1 IPv4>,<type: 1 TCP, 2 UDP>,<protocol: 1 IP>
    private void Create(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Number(0) != 1 || c.Number(1) is not (1 or 2) || c.NumberOr(2, 1) != 1)
            e.BadParameter();
        else if (!Modem.Contexts.HasIp || Open(c.Number(1) == 1, null, 0, 5) is not { } socket)
            e.Error();
        else
        {
            e.Line($"+CSOC: {socket.Id}");
            e.Ok();
        }
    }

    // <socket>,<port>,<ip>
    private void Connect(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.Number(1) is not (> 0 and <= 65535 and { } port) || !c.Has(2))
        {
            e.BadParameter();
            return;
        }
        socket.Host = c.Text(2);
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
            e.Error();
    }

    // <socket>,<digits>,<hex>; 0 digits: text in quotation marks
    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Find(c.Number(0)) is not { } socket || c.Count < 3)
        {
            e.BadParameter();
            return;
        }
        byte[]? data = c.Number(1) == 0 ? (c.IsQuoted(2) ? Bytes(c.Text(2)) : null) : c.Text(2).Length == c.Number(1) ? Hex.Read(c.Text(2)) : null;
        if (data == null || data.Length is 0 or > 512)
            e.BadParameter();
        else
            Finish(e, Send(socket, data));
    }

    private void CloseSocket(AtExchange e) => Finish(e, e.Form == AtForm.Set && Close(e.Command.Number(0)));
}
