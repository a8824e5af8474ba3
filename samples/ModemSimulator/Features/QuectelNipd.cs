using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// BG96: non-IP data by +QCFGEXT, on context 1 alone. The sources do not tell how the data is written. Taken is raw text of the length that is
/// announced, or twice as many hexadecimal digits; who sends digits reads digits.
/// </summary>
internal sealed class QuectelNipd : ModemFeature
{
    private readonly List<byte> _unread = [];
    private string _apn = "";
    private bool _isOpen, _usesHex;
    private int _total;

    public QuectelNipd(SimulatedModem modem)
        : base(modem) => modem.On("+QCFGEXT", Extended);

    public override void Reset()
    {
        _isOpen = _usesHex = false;
        _unread.Clear();
        _total = 0;
    }

    public override void OnDetached()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        Modem.Urc("+QIND: \"nipd\",\"close\"");
    }

    public override bool OnNonIp(PacketContext context, byte[] data)
    {
        if (!_isOpen || context.Cid != 1)
            return false;
        _unread.AddRange(data);
        _total += data.Length;
        Modem.Urc("+QIND: \"nipd\",\"recv\"");
        return true;
    }

    private void Extended(AtExchange e)
    {
        AtCommand c = e.Command;
        switch (c.Text(0))
        {
            case "pdp_type" when c.Number(1) == 1 && Modem.Contexts.IsType(c.Text(2)):
                Modem.Contexts.Define(1, c.Text(2), c.Text(3));
                e.Ok();
                break;
            case "nipdcfg" when c.Has(2):
                _apn = c.Text(2);
                e.Ok();
                break;
            case "nipd" when c.Number(1) is 0 or 1:
                Open(e, c.Number(1) == 1);
                break;
            case "nipds" when c.Number(1) is 0 or 1 && c.Number(3) is > 0 and <= 1358 and { } length:
                Send(e, length);
                break;
            case "nipdr" when c.Number(1) is >= 0 and { } count:
                Read(e, count);
                break;
            default:
                e.BadParameter();
                break;
        }
    }

    private void Open(AtExchange e, bool opens)
    {
        e.Ok();
        if (!opens)
        {
            _isOpen = false;
            return;
        }
        PacketContext? context = Modem.Contexts.FindNonIp(1);
        _isOpen = context != null && (_apn.Length == 0 || _apn == context.ActiveApn);
        Loop.Post(() => Modem.Urc($"+QIND: \"nipd\",\"open\",{(_isOpen ? 0 : 1)}"));
    }

    private void Send(AtExchange e, int length)
    {
        string text = e.Command.Text(2);
        byte[]? data = text.Length == length ? Encoding.Latin1.GetBytes(text) : text.Length == 2 * length ? Hex.Read(text) : null;
        if (data == null || !_isOpen || Modem.Contexts.FindNonIp(1) is not { } context || !Modem.Radio.Uplink())
        {
            e.Error();
            return;
        }
        _usesHex = text.Length != length;
        context.Scef!.Up(data, false);
        e.Ok();
    }

    private void Read(AtExchange e, int count)
    {
        if (count == 0)
        {
            e.Line($"+QCFGEXT: \"nipdr\",{_total},{_total - _unread.Count},{_unread.Count}");
            e.Ok();
            return;
        }
        byte[] data = [.. _unread.Take(count)];
        _unread.RemoveRange(0, data.Length);
        e.Line(data.Length == 0 ? "+QCFGEXT: \"nipdr\",0" : $"+QCFGEXT: \"nipdr\",{data.Length},{(_usesHex ? Hex.Write(data) : Encoding.Latin1.GetString(data))}");
        e.Ok();
    }
}
