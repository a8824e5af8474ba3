using System;
using System.Collections.Generic;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Short messages in PDU mode (3GPP 27.005).</summary>
internal sealed partial class SmsFeature : ModemFeature
{
    // TR2M at the network; one vendor's manual names it, too.
    private static readonly TimeSpan s_acknowledgementTime = TimeSpan.FromSeconds(17);

    private readonly SortedDictionary<int, (ShortMessage Message, int Status)> _stored = [];
    private int _service, _mode, _target, _reference;
    private int _more;
    private string _serviceCentre = "";
    private string _storage = "ME";
    private (Action<bool> Report, IDisposable Timer)? _awaited;

    public SmsFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CMGF", Format);
        modem.On("+CSMS", Service);
        modem.On("+CNMI", Indication);
        modem.On("+CNMA", Acknowledge);
        modem.On("+CMGS", Send);
        modem.On("+CMMS", e => e.Setting(ref _more, 0, 2));
        modem.On("+CSCA", ServiceCentre);
        modem.On("+CPMS", Storage);
        modem.On("+CMGR", Read);
        modem.On("+CMGL", List);
        modem.On("+CMGD", Delete);
    }

    private bool Acknowledges => _service == 1 || Modem.Profile.AlwaysAcknowledges;

    public override void Reset()
    {
        _service = _mode = _target = _more = 0;
        _serviceCentre = Modem.Network.Options.ServiceCentre;
    }

    /// <summary>The modem goes down: what was not acknowledged was not delivered.</summary>
    public void Abandon()
    {
        if (_awaited is not { } awaited)
            return;
        _awaited = null;
        awaited.Timer.Dispose();
        awaited.Report(false);
    }

    /// <summary>The network delivers.</summary>
    public void Deliver(ShortMessage message, Action<bool> acknowledged)
    {
        // A message of class 2 belongs into the SIM, and a Nordic modem without a client keeps nothing.
        bool isForSim = (message.DataCoding & 0xf3) == 0xf2 || (message.DataCoding & 0xd3) == 0x12;
        if (_target != 2 || isForSim)
        {
            bool isStored = !(Modem.Profile.AlwaysAcknowledges && _target == 0) && Store(message);
            acknowledged(isStored);
            return;
        }
        if (Acknowledges)
        {
            _awaited = (acknowledged, Loop.After(s_acknowledgementTime, () =>
            {
                _awaited = null;
                // Not acknowledged in time: the modem stops sending messages on to the host (27.005 3.4.1).
                _target = 0;
                Modem.Log("+CMT was not acknowledged in time: +CNMI is 0 now");
                acknowledged(false);
            }));
        }
        string pdu = PduWriter.Deliver(message, Modem.Network.Options.ServiceCentre, out int length);
        Modem.Urc($"+CMT: ,{length}\r\n{pdu}");
        if (!Acknowledges)
            acknowledged(true);
    }

    private bool Store(ShortMessage message)
    {
        for (int index = 1; index <= Modem.Options.StorageSize; index++)
        {
            if (!_stored.TryAdd(index, (message, 0)))
                continue;
            if (_target > 0)
                Modem.Urc($"+CMTI: \"{_storage}\",{index}");
            return true;
        }
        Modem.Log("the store of messages is full");
        return false;
    }

    private void Format(AtExchange e)
    {
        int format = 0;
        e.Setting(ref format, 0, 0);
    }

    private void Service(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CSMS: {_service},1,1,1");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line("+CSMS: (0,1)");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Number(0) is (0 or 1) and { } value:
                _service = value;
                e.Line("+CSMS: 1,1,1");
                e.Ok();
                break;
            default:
                e.Cms(CmsError.NotAllowed);
                break;
        }
    }

    private void Indication(AtExchange e)
    {
        AtCommand c = e.Command;
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CNMI: {_mode},{_target},0,0,0");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line("+CNMI: (0-3),(0-2),(0),(0,1),(0,1)");
                e.Ok();
                break;
            case AtForm.Set when c.NumberOr(0, 0) is >= 0 and <= 3 and { } mode && c.NumberOr(1, 0) is >= 0 and <= 2 and { } target
                && c.NumberOr(2, 0) is >= 0 and <= 3 && c.NumberOr(3, 0) is >= 0 and <= 2 && c.NumberOr(4, 0) is 0 or 1 && c.Count <= 5:
                _mode = mode;
                _target = target;
                e.Ok();
                break;
            default:
                e.Cms(CmsError.NotAllowed);
                break;
        }
    }

    private void Acknowledge(AtExchange e)
    {
        if (e.Form is AtForm.Read or AtForm.Test)
        {
            e.Line("+CNMA: (0-2)");
            e.Ok();
            return;
        }
        if (_awaited is not { } awaited)
        {
            e.Cms(CmsError.NoAcknowledgementExpected);
            return;
        }
        if (e.Command.NumberOr(0, 0) is not (>= 0 and <= 2))
        {
            e.Cms(CmsError.NotAllowed);
            return;
        }
        _awaited = null;
        awaited.Timer.Dispose();
        e.Ok();
        awaited.Report(e.Command.NumberOr(0, 0) != 2);
    }

    private void Send(AtExchange e)
    {
        if (e.Form == AtForm.Test)
        {
            e.Ok();
        }
        else if (e.Form != AtForm.Set || e.Command.Number(0) is not (> 0 and <= 164) || e.Command.Count > 1)
        {
            e.Cms(CmsError.InvalidPdu);
        }
        else
        {
            int length = e.Command.Number(0)!.Value;
            e.Prompt("> ", typed => OnTyped(e, length, typed));
        }
    }

    private void OnTyped(AtExchange e, int length, byte[]? typed)
    {
        if (typed == null)
        {
            e.Ok();
            return;
        }
        string pdu = Encoding.Latin1.GetString(typed).Trim('\r', '\n', ' ');
        if (PduReader.ReadSubmit(pdu, length, "+" + Modem.Number) is not { } message)
        {
            e.Cms(CmsError.InvalidPdu);
            return;
        }
        if (Modem.Sim == SimState.Absent)
        {
            e.Cms(CmsError.NoSim);
            return;
        }
        if (!Modem.Radio.Uplink())
        {
            e.Cms(CmsError.NoNetwork);
            return;
        }
        Modem.Network.CountSms(Modem, message, AirDirection.Up);
        Modem.Network.Submit(message);
        e.Line($"+CMGS: {_reference}");
        _reference = (_reference + 1) & 0xff;
        e.Ok();
    }

    private void ServiceCentre(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CSCA: \"{_serviceCentre}\",{(_serviceCentre.StartsWith('+') ? 145 : 129)}");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Has(0):
                _serviceCentre = e.Command.Text(0);
                e.Ok();
                break;
            case AtForm.Test:
                e.Ok();
                break;
            default:
                e.Cms(CmsError.NotAllowed);
                break;
        }
    }
}
