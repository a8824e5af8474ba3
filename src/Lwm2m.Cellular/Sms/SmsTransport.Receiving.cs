using Lwm2m.Client;

namespace Lwm2m.Cellular;

// What came in: from whom, whole or a part, for a link or a trigger.
public sealed partial class SmsTransport
{
    private readonly SmsPdu _delivered = new SmsPdu();
    private readonly SmsAssembler _assembler;
    private readonly byte[] _number = new byte[SmsAddress.MaxBytes];

    // A PDU that was garbled on the line is acknowledged all the same: the network would send it again and again.
    private void TakePdu(AtLine line, long nowMs)
    {
        byte[] buffer = line.Buffer;
        _silenceDueMs = long.MaxValue;
        if (line.DataLength < 0 || _delivered.Read(buffer, line.DataOffset, line.DataLength) != SmsStatus.Ok)
            return;
        int sender = _delivered.SenderOffset;
        int link = LinkOf(buffer, sender);
        // Strangers do not even get a place where parts wait for one another (Transport 6.6.3).
        if (link < 0 && AccountOf(buffer, sender, 0) < 0)
            return;
        ReceivedCount++;
        Traffic?.Received(Binding, _delivered.DataLength);
        if (_delivered.Parts == 1)
            TakeMessage(link, buffer, sender, buffer, _delivered.DataOffset, _delivered.DataLength, nowMs);
        else if (_assembler.Add(buffer, _delivered, nowMs))
            TakeMessage(link, buffer, sender, _assembler.Buffer, _assembler.Offset, _assembler.Length, nowMs);
    }

    private void TakeMessage(int link, byte[] senderBuffer, int sender, byte[] buffer, int offset, int count, long nowMs)
    {
        bool isPush = _delivered.DestinationPort == WapPush.Port;
        if (isPush)
        {
            int header = WapPush.HeaderLength(buffer, offset, count);
            if (header < 0)
                return;
            offset += header;
            count -= header;
        }

        // A push is a trigger by its form; and who sleeps hears triggers alone.
        if ((link < 0 || isPush || IsAsleep(link)) && Trigger(senderBuffer, sender, buffer, offset, count, nowMs))
            return;
        if (link >= 0)
            _modem.Events?.Received(link, buffer, offset, count, nowMs);
    }

    // Each account with this number that takes unprotected messages: the one whose server object the trigger names obeys.
    private bool Trigger(byte[] senderBuffer, int sender, byte[] buffer, int offset, int count, long nowMs)
    {
        for (int account = AccountOf(senderBuffer, sender, 0); account >= 0; account = AccountOf(senderBuffer, sender, account + 1))
        {
            ServerAccount found = Client!.Account(account);
            if (IsUnprotected(found.SecurityInstance) && Client.Triggered(buffer, offset, count, nowMs, found.ServerInstance))
                return true;
        }

        return false;
    }

    // The link whose messages go to this number, else one that is open for an account that names it as the sender (/0/x/9).
    private int LinkOf(byte[] buffer, int sender)
    {
        for (int link = 0; link < _states.Length; link++)
            if (_states[link] == Up && SmsAddress.AreEqual(_numbers, link * SmsAddress.MaxBytes, buffer, sender))
                return link;
        for (int account = AccountOf(buffer, sender, 0); account >= 0; account = AccountOf(buffer, sender, account + 1))
            if (account < _states.Length && _states[account] == Up)
                return account;
        return -1;
    }

    private int AccountOf(byte[] buffer, int sender, int from)
    {
        Lwm2mClient? client = Client;
        if (client == null)
            return -1;
        for (int account = from; account < client.AccountCount; account++)
            if (SmsAddress.Write(NumberOf(client.Account(account).SecurityInstance), _number, 0) > 0 && SmsAddress.AreEqual(_number, 0, buffer, sender))
                return account;
        return -1;
    }

    private bool IsAsleep(int link) => Client != null && link < Client.AccountCount && Client.Account(link).State == RegistrationState.Asleep;

    // The account of a link; behind the last one is the bootstrap server's.
    private int InstanceOf(int link)
    {
        if (Client == null)
            return -1;
        return link < Client.AccountCount ? Client.Account(link).SecurityInstance : Client.Security.BootstrapInstance();
    }

    private string NumberOf(int instance)
    {
        if (instance < 0)
            return "";
        Client!.Security.GetString(instance, SecurityResource.ServerSmsNumber, out string number);
        return number;
    }

    // /0/x/6: DTLS is a session's business; secured packets of the smartcard are not spoken here.
    private bool IsOpenable(int instance)
    {
        const int Dtls = 1;
        return IsUnprotected(instance) || (CarriesSessions && SecurityMode(instance) == Dtls);
    }

    private bool IsUnprotected(int instance) => instance < 0 || SecurityMode(instance) is 0 or SecurityObject.NoSecurity;

    private int SecurityMode(int instance) =>
        Client!.Security.GetInteger(instance, SecurityResource.SmsSecurityMode, out long mode) == Outcome.Ok ? (int)mode : SecurityObject.NoSecurity;
}
