namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Non-IP data over the control plane (3GPP 27.007: +CSODCP, +CRTDCP).</summary>
internal sealed class ControlPlaneFeature : ModemFeature
{
    private int _reporting;
    private bool _releasesAfterAnswer;

    public ControlPlaneFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CSODCP", Send);
        modem.On("+CRTDCP", Report);
    }

    public override void Reset()
    {
        _reporting = 0;
        _releasesAfterAnswer = false;
    }

    public override bool OnNonIp(PacketContext context, byte[] data)
    {
        if (_releasesAfterAnswer)
        {
            _releasesAfterAnswer = false;
            Loop.Post(Modem.Radio.Release);
        }
        if (Modem.Options.UsesUserPlane && Modem.Profile.Name == "bc660")
        {
            Modem.Urc($"+RECVNONIP: {context.Cid},{data.Length},{Hex.Write(data)}");
            return true;
        }
        if (_reporting == 0)
            return false;
        // With 2 the ports of Reliable Data Service follow, empty where it is not in use.
        Modem.Urc($"+CRTDCP: {context.Cid},{data.Length},\"{Hex.Write(data)}\"{(_reporting == 2 ? ",," : "")}");
        return true;
    }

    private void Report(AtExchange e)
    {
        if (e.Form != AtForm.Test)
        {
            e.Setting(ref _reporting, 0, 2);
            return;
        }
        e.Line($"+CRTDCP: (0-2),(0-{Modem.Profile.MaxCid}),(0-{Modem.Profile.MaxControlPlaneData})");
        e.Ok();
    }

    private void Send(AtExchange e)
    {
        AtCommand c = e.Command;
        if (e.Form == AtForm.Test)
        {
            e.Line($"+CSODCP: (0-{Modem.Profile.MaxCid}),({Modem.Profile.MaxControlPlaneData}),(0-2),(0,1)");
            e.Ok();
            return;
        }
        int release = c.NumberOr(3, 0), type = c.NumberOr(4, 0);
        if (e.Form != AtForm.Set || c.Count < 3 || c.Number(1) is not { } length || Hex.Read(c.Text(2)) is not { } data || data.Length != length
            || release is < 0 or > 2 || type is < 0 or > 1 || (Modem.Profile.QuotesData is { } quotes && length > 0 && c.IsQuoted(2) != quotes))
        {
            e.BadParameter();
        }
        else if (length > Modem.Profile.MaxControlPlaneData)
        {
            e.Cme(CmeError.TextTooLong);
        }
        else if (Modem.Contexts.FindNonIp(c.Number(0)) is not { } context)
        {
            e.Cme(Modem.Radio.IsRegistered ? CmeError.NotAllowed : CmeError.NoNetwork);
        }
        else if (!Modem.Radio.Uplink())
        {
            e.Cme(CmeError.NoNetwork);
        }
        else
        {
            if (length > 0)
                context.Scef!.Up(data, type == 1);
            e.Ok();
            // 1: nothing more is expected, the network lets the connection go; 2: one answer is.
            _releasesAfterAnswer = release == 2;
            if (release == 1)
                Modem.Radio.Release();
        }
    }
}
