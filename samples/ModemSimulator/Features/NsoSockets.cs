namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of SARA-N2, as those of BC95: everything in hexadecimal digits.</summary>
internal sealed class NsoSockets : SocketFeature
{
    public NsoSockets(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+NSOCR", Create);
        modem.On("+NSOST", SendData);
        modem.On("+NSORF", Read);
        modem.On("+NSOCL", CloseSocket);
    }

    protected override void OnData(SocketEntry socket)
    {
        // The length is that of what can be read first: one notice a datagram, the others with it when that one was read.
        if (socket.Count == 1)
            Modem.Urc($"+NSONMI:{socket.Id},{socket.First}");
    }

    // DGRAM,17,<local port>[,<receives>]
    private void Create(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Text(0) != "DGRAM" || c.Number(1) != 17 || c.NumberOr(2, 0) is not (>= 0 and <= 65535))
            e.BadParameter();
        else if (!Modem.Contexts.HasIp || Open(false) is not { } socket)
            e.Error();
        else
        {
            e.Line($"{socket.Id}");
            e.Ok();
        }
    }

    // <socket>,<ip>,<port>,<octets>,<hex>
    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || Hex.Read(c.Text(4)) is not { } data || data.Length != c.Number(3) || data.Length is 0 or > 512 || Find(c.Number(0)) is not { } socket)
            e.BadParameter();
        else if (!socket.Socket.Send(data, c.Text(1), c.NumberOr(2, 0)))
            e.Error();
        else
        {
            e.Line($"{socket.Id},{data.Length}");
            e.Ok();
        }
    }

    // <socket>,<octets> gives <socket>,<ip>,<port>,<octets>,<hex>,<remain>
    private void Read(AtExchange e)
    {
        if (e.Form != AtForm.Set || Find(e.Command.Number(0)) is not { } socket || e.Command.Number(1) is not (> 0 and { } max))
        {
            e.BadParameter();
            return;
        }
        int whole = socket.First;
        if (socket.Take(max) is { } d)
        {
            int remain = whole - d.Data.Length;
            e.Line($"{socket.Id},{d.Host},{d.Port},{d.Data.Length},{Hex.Write(d.Data)},{remain}");
            if (remain == 0 && socket.Count > 0)
                Modem.Urc($"+NSONMI:{socket.Id},{socket.First}");
        }
        e.Ok();
    }

    private void CloseSocket(AtExchange e)
    {
        if (e.Form == AtForm.Set && Close(e.Command.Number(0)))
            e.Ok();
        else
            e.Error();
    }
}
