using System;
using System.Text;

namespace Lwm2m.Cellular;

// What the modem tells, into the objects.
public sealed partial class ModemObjects
{
    private const int MostAddresses = 4;

    // Addresses while their lines come in.
    private string[]? _addresses;
    private int _addressCount;
    private int _cycle = int.MinValue;

    private void TakeStatus()
    {
        try
        {
            TakeNetwork();
            TakeGrants();
        }
        catch (InvalidOperationException)
        {
            // An object has no room for one value more: it goes without, and the modem must not stop for that.
        }
    }

    private void TakeNetwork()
    {
        ConnectivityMonitoringObject? monitoring = Monitoring;
        if (monitoring == null)
            return;
        CellularModem modem = _modem;
        if (!modem.IsRegistered)
        {
            monitoring.SetSignal(ConnectivityMonitoringObject.NoSignalDbm);
            monitoring.SetCell(-1, -1);
            monitoring.SetNetwork(-1, -1);
            return;
        }

        int bearer = NetworkBearer.Of(modem.AccessTechnology);
        if (bearer >= 0)
            monitoring.SetBearer(bearer == NetworkBearer.LteFdd ? LteBearer : bearer);
        if (modem.RsrpDbm != int.MinValue)
            monitoring.SetSignal(modem.RsrpDbm);
        else if (modem.RssiDbm != int.MinValue)
            monitoring.SetSignal(modem.RssiDbm);
        if (modem.RsrqTenthDb != int.MinValue)
            monitoring.SetLinkQuality(modem.RsrqTenthDb / 10);
        monitoring.SetCell(modem.CellId, modem.TrackingArea);
        monitoring.SetNetwork(modem.MobileCountryCode, modem.MobileNetworkCode);
    }

    private void TakeGrants()
    {
        CellularModem modem = _modem;
        if (Cellular == null || !modem.IsRegistered)
            return;
        int active = modem.GrantedActiveTimeSeconds;
        int update = modem.GrantedPeriodicUpdateSeconds;
        if (active != int.MinValue || update != int.MinValue)
            // No active time is no power saving: a periodic update alone is granted to everyone.
            Cellular.GrantPsm(update, active > 0 ? active : -1);
        int cycle = modem.GrantedEdrxCode;
        if (cycle == _cycle)
            return;
        _cycle = cycle;
        if (cycle == int.MinValue)
        {
            Cellular.GrantEdrx(0, 0);
            return;
        }

        int access = NetworkBearer.Of(modem.AccessTechnology) == NetworkBearer.NbIot ? 5 : 4;
        int known = Cellular.EdrxOf(CellularObject.EdrxModeOf(access));
        // The modem tells the cycle; the paging time window stays as it was.
        Cellular.GrantEdrx(access, (byte)(known < 0 ? cycle : known & 0xF0 | cycle));
    }

    // +CGACT: <cid>,<state>
    private void TakeActive(AtLine line)
    {
        if (!line.TryNumber(0, out long context) || !line.TryNumber(1, out long state))
            return;
        SetActivated((int)context - 1, state == 1);
    }

    // +CGPADDR: <cid>[,<address>[,<address>]]; without IP there is none.
    private void TakeAddresses(AtLine line)
    {
        if (!line.TryNumber(0, out long context))
            return;
        _addresses ??= new string[MostAddresses];
        int first = _addressCount;
        for (int index = 1; index <= 2; index++)
        {
            string? address = AddressOf(line, index);
            if (address != null && _addressCount < MostAddresses)
                _addresses[_addressCount++] = address;
        }

        int instance = (int)context - 1;
        if (Profiles != null && Profiles.HasInstance(instance) && _addressCount > first)
            Profiles.SetAddresses(instance, Part(_addresses, first, _addressCount - first));
    }

    private void EndAddresses(bool isOk)
    {
        try
        {
            if (Monitoring != null && isOk)
            {
                Monitoring.SetAddresses(_addresses == null ? new string[0] : Part(_addresses, 0, _addressCount));
                TakeApns(Monitoring);
            }
        }
        catch (InvalidOperationException)
        {
            // An object has no room for one value more: it goes without.
        }

        _addresses = null;
        _addressCount = 0;
    }

    // +CGAPNRC: <cid>[,<additional exception reports>[,<unit>[,<max uplink rate>]]]
    private void TakeRate(AtLine line)
    {
        if (!line.TryNumber(0, out long context) || !line.TryNumber(2, out long unit) || unit < 0 || unit > 4)
            return;
        int instance = (int)context - 1;
        if (!line.TryNumber(3, out long messages) || messages > int.MaxValue)
            messages = -1;
        if (Profiles!.HasInstance(instance))
            Profiles.SetRateControl(instance, (int)messages, (int)unit);
    }

    // The access points of the connections that there are.
    private void TakeApns(ConnectivityMonitoringObject monitoring)
    {
        if (Profiles == null || Cellular == null)
            return;
        string[] apns = new string[Profiles.InstanceCount];
        int count = 0;
        for (int position = 0; position < apns.Length; position++)
        {
            int instance = Profiles.InstanceAt(position);
            if (Cellular.IsSet(0, CellularResource.ActivatedProfileNames, instance)
                && Profiles.GetString(instance, ApnProfileResource.Apn, out string apn) == Client.Outcome.Ok && apn.Length != 0)
                apns[count++] = apn;
        }

        if (count != 0)
            monitoring.SetApns(Part(apns, 0, count));
    }

    private void Disconnected()
    {
        try
        {
            for (int position = 0; Profiles != null && position < Profiles.InstanceCount; position++)
                SetActivated(Profiles.InstanceAt(position), false);
        }
        catch (InvalidOperationException)
        {
            // An object has no room for one value more: it goes without.
        }
    }

    private void SetActivated(int instance, bool isActive)
    {
        if (Profiles == null || Cellular == null || !Profiles.HasInstance(instance)
            || Cellular.IsSet(0, CellularResource.ActivatedProfileNames, instance) == isActive)
            return;
        Cellular.SetActivated(instance, isActive);
        long unixSeconds = _device == null ? 0 : _device.CurrentTime;
        if (unixSeconds <= 0)
            return;
        if (isActive)
            Profiles.AddAttempt(instance, unixSeconds, -1);
        else
            Profiles.EndConnection(instance, unixSeconds);
    }

    // 27.007 writes IPv6 as 16 numbers unless +CGPIAF says otherwise, which no server would understand: such a one is left out.
    private static string? AddressOf(AtLine line, int index)
    {
        if (!line.TryText(index, out int offset, out int length) || length == 0)
            return null;
        int dots = 0;
        for (int at = offset; at < offset + length; at++)
            if (line.Buffer[at] == '.')
                dots++;
        string address = Encoding.UTF8.GetString(line.Buffer, offset, length);
        return dots > 3 || address == "0.0.0.0" ? null : address;
    }

    private static string[] Part(string[] texts, int first, int count)
    {
        string[] part = new string[count];
        Array.Copy(texts, first, part, 0, count);
        return part;
    }
}
