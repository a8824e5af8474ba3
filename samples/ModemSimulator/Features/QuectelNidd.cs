using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// BG95: non-IP data by +QNIDD, beside +CSODCP. The sources are not sure of it: 0 sets the account (access point), 1 opens, 2 closes, 3 sends;
/// what comes is kept and read as a clone of the module does it (4 notice, 5 read, 6 size).
/// </summary>
internal sealed class QuectelNidd : ModemFeature
{
    private readonly List<byte> _unread = [];
    private string _apn = "";
    private bool _isOpen;

    public QuectelNidd(SimulatedModem modem)
        : base(modem) => modem.On("+QNIDD", Command);

    public override void Reset()
    {
        _isOpen = false;
        _unread.Clear();
    }

    public override void OnDetached() => _isOpen = false;

    public override bool OnNonIp(PacketContext context, byte[] data)
    {
        if (!_isOpen || context.ActiveApn != _apn)
            return false;
        _unread.AddRange(data);
        Modem.Urc($"+QNIDD:4,0,{data.Length}");
        return true;
    }

    private void Command(AtExchange e)
    {
        AtCommand c = e.Command;
        switch (e.Form == AtForm.Set ? c.Number(0) : null)
        {
            case 0 when c.Has(1):
                _apn = c.Text(1);
                e.Ok();
                break;
            case 1:
                Open(e);
                break;
            case 2:
                _isOpen = false;
                e.Ok();
                break;
            case 3 when c.Count >= 3 && Hex.Read(c.Text(c.Count > 3 && c.IsQuoted(3) ? 3 : 2)) is { Length: > 0 } data:
                if (!_isOpen || Context() is not { IsActive: true, Scef: { } scef } || !Modem.Radio.Uplink())
                {
                    e.Error();
                    break;
                }
                scef.Up(data, false);
                e.Ok();
                break;
            case 5 when c.Number(1) is > 0 and { } count:
                byte[] read = [.. _unread.Take(count)];
                _unread.RemoveRange(0, read.Length);
                e.Line($"+QNIDD:5,{read.Length},{Hex.Write(read)}");
                e.Ok();
                break;
            case 6:
                e.Line($"+QNIDD:6,{_unread.Count}");
                e.Ok();
                break;
            default:
                e.BadParameter();
                break;
        }
    }

    private void Open(AtExchange e)
    {
        PacketContext? context = Context();
        if (!Modem.Radio.Uplink() || context == null || !Modem.Contexts.Activate(context) || !context.IsNonIp)
        {
            e.Error();
            return;
        }
        _isOpen = true;
        e.Ok();
    }

    // The context that has the access point, or the last one for it.
    private PacketContext? Context()
    {
        if (Modem.Contexts.FindNonIp(_apn) is { } active)
            return active;
        if (Modem.Network.FindApn(_apn) == null)
            return null;
        PacketContext own = Modem.Contexts[Modem.Profile.MaxCid];
        Modem.Contexts.Define(own.Cid, Modem.Profile.NonIp, _apn);
        return own;
    }
}
