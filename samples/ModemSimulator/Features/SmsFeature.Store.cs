using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The store of messages.</summary>
internal sealed partial class SmsFeature
{
    private void Storage(AtExchange e)
    {
        string used = $"{_stored.Count},{Modem.Options.StorageSize}";
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CPMS: \"{_storage}\",{used},\"{_storage}\",{used},\"{_storage}\",{used}");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line("+CPMS: (\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Arguments.All(a => a is "SM" or "ME"):
                _storage = e.Command.Text(0);
                e.Line($"+CPMS: {used},{used},{used}");
                e.Ok();
                break;
            default:
                e.Cms(CmsError.NotAllowed);
                break;
        }
    }

    private void Read(AtExchange e)
    {
        if (e.Form == AtForm.Test)
        {
            e.Ok();
            return;
        }
        if (e.Form != AtForm.Set || e.Command.Number(0) is not { } index || !_stored.TryGetValue(index, out (ShortMessage Message, int Status) stored))
        {
            e.Cms(CmsError.InvalidIndex);
            return;
        }
        string pdu = PduWriter.Deliver(stored.Message, Modem.Network.Options.ServiceCentre, out int length);
        e.Line($"+CMGR: {stored.Status},,{length}\r\n{pdu}");
        _stored[index] = (stored.Message, 1);
        e.Ok();
    }

    private void List(AtExchange e)
    {
        if (e.Form == AtForm.Test)
        {
            e.Line("+CMGL: (0-4)");
            e.Ok();
            return;
        }
        if (e.Command.NumberOr(0, 0) is not (>= 0 and <= 4 and { } wanted))
        {
            e.Cms(CmsError.NotAllowed);
            return;
        }
        foreach ((int index, (ShortMessage message, int status)) in _stored.ToArray())
        {
            if (wanted != 4 && wanted != status)
                continue;
            string pdu = PduWriter.Deliver(message, Modem.Network.Options.ServiceCentre, out int length);
            e.Line($"+CMGL: {index},{status},,{length}\r\n{pdu}");
            _stored[index] = (message, 1);
        }
        e.Ok();
    }

    private void Delete(AtExchange e)
    {
        if (e.Form == AtForm.Test)
        {
            e.Line($"+CMGD: ({string.Join(',', _stored.Keys)}),(0-4)");
            e.Ok();
            return;
        }
        int flag = e.Command.NumberOr(1, 0);
        if (e.Form != AtForm.Set || e.Command.Number(0) is not { } index || flag is < 0 or > 4)
        {
            e.Cms(CmsError.InvalidIndex);
            return;
        }
        // 1 to 3 delete what was read, 4 everything.
        foreach (int key in _stored.Keys.ToArray())
        {
            if (flag == 4 || (flag > 0 && _stored[key].Status == 1) || (flag == 0 && key == index))
                _stored.Remove(key);
        }
        e.Ok();
    }
}
