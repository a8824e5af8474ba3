using System;
using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// Packet data contexts. The context of the attach becomes active with the attach, with the definition of that moment: who defines it later
/// detaches and attaches again, or deactivates and activates it.
/// </summary>
internal sealed class ContextFeature : ModemFeature
{
    private readonly SortedDictionary<int, PacketContext> _contexts = [];

    public ContextFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CGDCONT", Define);
        modem.On("+CGACT", Activate);
        modem.On("+CGPADDR", Addresses);
        modem.On("+CGCONTRDP", Parameters);
        if (modem.Profile.TellsRateControl)
            modem.On("+CGAPNRC", RateControl);
    }

    /// <summary>The context; it comes into being when it is asked for.</summary>
    public PacketContext this[int cid]
    {
        get
        {
            if (!_contexts.TryGetValue(cid, out PacketContext? context))
                _contexts[cid] = context = new PacketContext(cid);
            return context;
        }
    }

    /// <summary>The active non-IP context of a number; null when it is not that.</summary>
    public PacketContext? FindNonIp(int? cid) =>
        cid is { } number && _contexts.TryGetValue(number, out PacketContext? context) && context is { IsActive: true, IsNonIp: true } ? context : null;

    /// <summary>The active non-IP context of an access point.</summary>
    public PacketContext? FindNonIp(string apn) => _contexts.Values.FirstOrDefault(c => c is { IsActive: true, IsNonIp: true } && c.ActiveApn == apn);

    /// <summary>Whether sockets have something to run over.</summary>
    public bool HasIp => _contexts.Values.Any(c => c is { IsActive: true, IsNonIp: false });

    public void Attach() => Activate(this[Modem.Profile.AttachCid]);

    public override void OnDetached()
    {
        foreach (PacketContext context in _contexts.Values)
            Deactivate(context);
    }

    /// <summary>Activates a context as it is defined; one without a definition gets IP from the network.</summary>
    /// <returns>False when the network has no such access point.</returns>
    public bool Activate(PacketContext context)
    {
        if (context.IsActive)
            return true;
        context.IsNonIp = IsNonIp(context.Type);
        context.ActiveApn = context.Apn.Length > 0 ? context.Apn : "internet";
        if (context.IsNonIp)
        {
            if (Modem.Network.FindApn(context.Apn) is not { } apn)
            {
                Modem.Log($"the network has no non-IP access point \"{context.Apn}\"");
                return false;
            }
            context.Received = data => Modem.OnNonIp(context, data);
            context.Scef = Modem.Network.Open(apn, Modem, context.Received);
        }
        context.IsActive = true;
        return true;
    }

    public static void Deactivate(PacketContext context)
    {
        context.IsActive = false;
        context.Scef?.Close(context.Received!);
        context.Scef = null;
    }

    private static bool IsNonIp(string type) => type.StartsWith("NON", StringComparison.OrdinalIgnoreCase);

    private void Define(AtExchange e)
    {
        AtCommand c = e.Command;
        int first = Modem.Profile.AttachCid == 0 ? 0 : 1;
        if (e.Form == AtForm.Read)
        {
            foreach (PacketContext context in _contexts.Values)
            {
                if (context.Type.Length > 0)
                    e.Line($"+CGDCONT: {context.Cid},\"{context.Type}\",\"{context.Apn}\",\"\",0,0");
            }
            e.Ok();
        }
        else if (e.Form == AtForm.Test)
        {
            foreach (string type in new[] { "IP", "IPV6", "IPV4V6", Modem.Profile.NonIp })
                e.Line($"+CGDCONT: ({first}-{Modem.Profile.MaxCid}),\"{type}\",,,(0),(0)");
            e.Ok();
        }
        else if (e.Form != AtForm.Set || c.Number(0) is not { } cid || cid < first || cid > Modem.Profile.MaxCid
            || (cid == Modem.Profile.AttachCid && !Modem.Profile.DefinesAttachContext))
        {
            e.BadParameter();
        }
        else if (c.Count == 1)
        {
            Deactivate(this[cid]);
            _contexts.Remove(cid);
            e.Ok();
        }
        else if (!IsType(c.Text(1)))
        {
            e.BadParameter();
        }
        else
        {
            Define(cid, c.Text(1), c.Text(2));
            e.Ok();
        }
    }

    /// <summary>Whether the modem knows a type, in its own spelling; case does not matter for IP alone.</summary>
    public bool IsType(string type) => type.ToUpperInvariant() is "IP" or "IPV6" or "IPV4V6" || type == Modem.Profile.NonIp;

    public void Define(int cid, string type, string apn)
    {
        PacketContext context = this[cid];
        context.Type = type;
        context.Apn = apn;
        if (context.IsActive && (context.IsNonIp != IsNonIp(type) || context.ActiveApn != apn))
            Modem.Log($"context {cid} is active: its new definition waits for the next attach or activation");
    }

    private void Activate(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                foreach (PacketContext context in _contexts.Values)
                    e.Line($"+CGACT: {context.Cid},{(context.IsActive ? 1 : 0)}");
                e.Ok();
                return;
            case AtForm.Test:
                e.Line("+CGACT: (0,1)");
                e.Ok();
                return;
            case AtForm.Set when e.Command.Number(0) == 0:
                foreach (PacketContext context in _contexts.Values)
                {
                    if (!e.Command.Has(1) || context.Cid == e.Command.Number(1))
                        Deactivate(context);
                }
                e.Ok();
                return;
            case AtForm.Set when e.Command.Number(0) == 1 && e.Command.NumberOr(1, 1) is >= 0 and { } cid:
                if (!Modem.Radio.Uplink())
                    e.Cme(CmeError.NoNetwork);
                else if (!_contexts.TryGetValue(cid, out PacketContext? context) || !Activate(context))
                    e.Cme(148);
                else
                    e.Ok();
                return;
            default:
                e.BadParameter();
                return;
        }
    }

    private void Addresses(AtExchange e)
    {
        if (e.Form != AtForm.Test)
        {
            foreach (PacketContext context in _contexts.Values)
            {
                if (e.Form == AtForm.Set && context.Cid != e.Command.Number(0))
                    continue;
                if (context.IsActive)
                    e.Line(context.IsNonIp ? $"+CGPADDR: {context.Cid}" : $"+CGPADDR: {context.Cid},\"192.0.2.{context.Cid + 1}\"");
            }
        }
        e.Ok();
    }

    // <cid>,<bearer>,<apn>,<address and mask>,<gateway>,<dns>,<dns>,<p-cscf>,<p-cscf>,<im>,<lipa>,<ipv4 mtu>,<wlan>,<local>,<non-ip mtu>,<plmn rate>
    private void Parameters(AtExchange e)
    {
        if (e.Form != AtForm.Test)
        {
            foreach (PacketContext context in _contexts.Values)
            {
                if (!context.IsActive || (e.Form == AtForm.Set && context.Cid != e.Command.Number(0)))
                    continue;
                e.Line(context.Scef is { } scef
                    ? $"+CGCONTRDP: {context.Cid},5,\"{context.ActiveApn}\",,,,,,,,,,,,{scef.Apn.Options.Mtu}"
                    : $"+CGCONTRDP: {context.Cid},5,\"{context.ActiveApn}\",\"192.0.2.{context.Cid + 1}.255.255.255.0\",\"192.0.2.1\",,,,,,,1358");
            }
        }
        e.Ok();
    }

    private void RateControl(AtExchange e)
    {
        if (e.Form != AtForm.Test)
        {
            foreach (PacketContext context in _contexts.Values)
            {
                if (!context.IsActive || (e.Form == AtForm.Set && context.Cid != e.Command.Number(0)))
                    continue;
                if (context.Scef?.Apn.Options is { RateUnit: > 0 } limits)
                    e.Line($"+CGAPNRC: {context.Cid},{(limits.AllowsExceptionReports ? 1 : 0)},{limits.RateUnit},{limits.MaxUplinkRate}");
                else
                    e.Line($"+CGAPNRC: {context.Cid}");
            }
        }
        e.Ok();
    }
}
