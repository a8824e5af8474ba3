using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Sockets of Quectel's NB-IoT modules, BC66 and BC660K: the data of +QISEND stands in the line.</summary>
internal sealed class QuectelInlineSockets : SocketFeature
{
    private const int BufferSize = 2048;
    private readonly bool _quotes;
    private int _sendsHex, _receivesHex, _showsLength, _view;

    public QuectelInlineSockets(SimulatedModem modem)
        : base(modem)
    {
        _quotes = modem.Profile.Name == "bc66";
        modem.On("+QIOPEN", OpenSocket);
        modem.On("+QISEND", SendData);
        modem.On("+QIRD", Read);
        modem.On("+QICFG", Configure);
        modem.On("+QICLOSE", e => Answer(e, Close(e.Command.Number(0))));
    }

    public override void Reset()
    {
        base.Reset();
        _sendsHex = _receivesHex = _view = 0;
        _showsLength = _quotes ? 1 : 0;
    }

    protected override void OnData(SocketEntry socket)
    {
        if (!socket.IsPush)
        {
            if (socket.Waiting > BufferSize)
                socket.Take(int.MaxValue);
            // One notice until the host reads.
            else if (socket.Count == 1)
                Modem.Urc($"+QIURC: \"recv\",{socket.Id}");
            return;
        }
        while (socket.Take(int.MaxValue) is { } datagram)
        {
            string data = Shown(datagram.Data);
            string length = _showsLength == 1 ? $"{datagram.Data.Length}," : "";
            Modem.Urc(_quotes ? $"+QIURC: \"recv\",{socket.Id},{length}\"{data}\"" : $"+QIURC: \"recv\",{socket.Id},{length}{data}");
        }
    }

    protected override void OnClosed(SocketEntry socket) => Modem.Urc($"+QIURC: \"closed\",{socket.Id}");

    private static void Answer(AtExchange e, bool isDone)
    {
        if (isDone)
            e.Ok();
        else
            e.Error();
    }

    private string Shown(byte[] data) => _receivesHex == 1 ? Hex.Write(data) : Text(data);

    // <context>,<id>,<service>,<host>,<port>[,<local port>[,<access mode>]]
    private void OpenSocket(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Text(2) is not ("UDP" or "TCP") || c.Number(1) is not (>= 0 and <= 4 and { } id) || c.Number(4) is not (> 0 and <= 65535 and { } port)
            || c.NumberOr(6, 1) is not (0 or 1))
        {
            e.BadParameter();
            return;
        }
        e.Ok();
        SocketEntry? socket = Modem.Contexts.HasIp && ModemSocket.Resolve(Modem.Network, c.Text(3)) != null ? Open(c.Text(2) == "TCP", id, 0, 5) : null;
        if (socket == null)
        {
            // 563: the number is in use; 565: no such name.
            Loop.Post(() => Modem.Urc($"+QIOPEN: {id},{(Find(id) != null ? 563 : 565)}"));
            return;
        }
        socket.Host = c.Text(3);
        socket.Port = port;
        socket.IsPush = c.NumberOr(6, 1) == 1;
        if (!socket.IsTcp)
            Loop.Post(() => Modem.Urc($"+QIOPEN: {id},0"));
        else
            socket.Socket.Connect(socket.Host, port, isOpen => Modem.Urc($"+QIOPEN: {id},{(isOpen ? 0 : 566)}"));
    }

    // <id>,<octets>,<data>
    private void SendData(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form != AtForm.Set || c.Count < 3 || c.Number(1) is not { } length || Find(c.Number(0)) is not { } socket)
        {
            e.Error();
            return;
        }
        string text = string.Join(',', c.Rest.Split(',').Skip(2));
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            text = text[1..^1];
        byte[]? data = _sendsHex == 1 ? Hex.Read(text) : Bytes(text);
        if (data == null || data.Length != length || length > (_sendsHex == 1 ? 1024 : 2048))
        {
            e.BadParameter();
            return;
        }
        bool isSent = Send(socket, data);
        if (!Modem.Options.AnswersOkBeforeSendOk)
        {
            if (isSent)
                e.Success("SEND OK");
            else
                e.Fail("SEND FAIL");
            return;
        }
        e.Ok();
        Modem.Urc(isSent ? "SEND OK" : "SEND FAIL");
    }

    private void Read(AtExchange e)
    {
        if (e.Form != AtForm.Set || Find(e.Command.Number(0)) is not { } socket || e.Command.NumberOr(1, 512) is not (> 0 and <= 512 and { } max))
        {
            e.Error();
            return;
        }
        Datagram? datagram = socket.Take(max);
        e.Line(datagram == null ? "+QIRD: 0" : $"+QIRD: {datagram.Data.Length}{(_view == 1 ? "," : "\r\n")}{Shown(datagram.Data)}");
        e.Ok();
    }

    private void Configure(AtExchange e)
    {
        AtCommand c = e.Command;
        switch (c.Text(0).ToLowerInvariant())
        {
            case "dataformat" when c.Count == 1:
                e.Line($"+QICFG: \"dataformat\",{_sendsHex},{_receivesHex}");
                e.Ok();
                break;
            case "dataformat" when c.Number(1) is 0 or 1 && c.Number(2) is 0 or 1:
                _sendsHex = c.Number(1)!.Value;
                _receivesHex = c.Number(2)!.Value;
                e.Ok();
                break;
            case "showlength" when c.Number(1) is 0 or 1:
                _showsLength = c.Number(1)!.Value;
                e.Ok();
                break;
            case "viewmode" when c.Number(1) is 0 or 1:
                _view = c.Number(1)!.Value;
                e.Ok();
                break;
            default:
                e.BadParameter();
                break;
        }
    }
}
