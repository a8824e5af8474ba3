using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Client;

// Server accounts as objects 0 and 1 have them: made at the start, and again when a bootstrap changed them.
public sealed partial class Lwm2mClient
{
    private const int BootstrapMessageBytes = 184;

    private void MakeAccounts()
    {
        _accountCount = 0;
        for (int position = 0; position < Security.InstanceCount && _accountCount < _accounts.Length; position++)
        {
            int security = Security.InstanceAt(position);
            int server = ServerOf(security);
            if (server >= 0)
                Assign(_accounts[_accountCount++], security, server);
        }

        Sending.DropStray(this);
        MakeBootstrapServer();
        ControlAccess();
    }

    // The Server instance of a server's Security instance; -1 for a bootstrap server, and where there is none.
    private int ServerOf(int security) => Security.IsBootstrap(security) ? -1 : Servers.InstanceOf(Security.ShortServerId(security));

    private void Assign(ServerAccount account, int security, int server)
    {
        account.SecurityInstance = security;
        account.ServerInstance = server;
        account.ShortServerId = Servers.ShortServerId(server);
        account.Uri = Security.Uri(security);
        account.Version = FirstVersion(account);
        account.Attempts = 0;
        account.Pending = 0;
        account.Flags = 0;
        account.SendDueMs = 0;
        account.SendFailures = 0;
        if (account.Peer == null)
        {
            account.Peer = _coap.AddPeer(account.Index);
            account.Peer!.Tag = account;
        }
    }

    private void MakeBootstrapServer()
    {
        int instance = Security.BootstrapInstance();
        if (_bootstrap == null)
        {
            if (instance < 0)
                return;
            // Where memory is short: room for one request with the endpoint name, and for answers in blocks of 128 bytes.
            int room = _coap.MaxMessageBytes;
            if (room < 1024)
            {
                room = BootstrapMessageBytes + Encoding.UTF8.GetBytes(Endpoint).Length;
                room = room < _coap.MaxMessageBytes ? room : _coap.MaxMessageBytes;
            }

            CoapPeer peer = _coap.AddPeer(BootstrapLink, room)!;
            _bootstrap = new BootstrapServer(peer, _coap.ExchangeLifetimeMs);
            peer.Tag = _bootstrap;
        }

        _bootstrap.SecurityInstance = instance;
    }

    // Accounts that the bootstrap left alone keep their registration and what belongs to it, those that it wrote register anew, and
    // the others are gone.
    private void RebuildAccounts(int changedAccounts, long nowMs)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            int security = Security.InstanceOf(account.ShortServerId);
            int server = security < 0 ? -1 : ServerOf(security);
            bool changed = (changedAccounts & (1 << (index & 31))) != 0;
            if (!changed && security == account.SecurityInstance && server == account.ServerInstance)
                continue;
            Dismiss(account, nowMs);
            if (server >= 0)
                Assign(account, security, server);
            else
                Vacate(account, true);
        }

        AddNewAccounts();
        CloseGaps(nowMs);
        Sending.DropStray(this);
        MakeBootstrapServer();
        Unsaved(StorageRecords.Attributes | StorageRecords.Observations | StorageRecords.Registrations);
        ControlAccess();
        _accountWork = true;
    }

    private void AddNewAccounts()
    {
        for (int position = 0; position < Security.InstanceCount; position++)
        {
            int security = Security.InstanceAt(position);
            int server = ServerOf(security);
            if (server < 0 || AccountOf(server) != null)
                continue;
            int free = 0;
            while (free < _accountCount && _accounts[free].ShortServerId != 0)
                free++;
            if (free == _accounts.Length)
                return;
            Assign(_accounts[free], security, server);
            if (free == _accountCount)
                _accountCount++;
        }
    }

    // Accounts stand without a gap: the last one moves down, and since a link is bound to its place it registers anew.
    private void CloseGaps(long nowMs)
    {
        for (int gap = 0; gap < _accountCount; gap++)
        {
            while (_accountCount > gap && _accounts[_accountCount - 1].ShortServerId == 0)
                _accountCount--;
            if (gap >= _accountCount || _accounts[gap].ShortServerId != 0)
                continue;
            ServerAccount last = _accounts[--_accountCount];
            int security = last.SecurityInstance;
            int server = last.ServerInstance;
            Dismiss(last, nowMs);
            _attributes.MoveServer(last.Index, gap);
            Vacate(last, false);
            Assign(_accounts[gap], security, server);
        }
    }

    private void Dismiss(ServerAccount account, long nowMs)
    {
        RegistrationState before = account.State;
        _observations.RemoveServer(account.Index);
        CloseLink(account, nowMs);
        account.State = RegistrationState.Off;
        account.DueMs = long.MaxValue;
        account.LocationLength = 0;
        account.UnderWay = 0;
        account.AskedTransport = (char)0;
        _store?.SetInherited(account.Index, false);
        if (before != RegistrationState.Off)
            TellState(account, before);
    }

    private void Vacate(ServerAccount account, bool isGone)
    {
        if (isGone && _access != null)
            _access.RemoveServer(account.ShortServerId);
        _attributes.RemoveServer(account.Index);
        account.ShortServerId = 0;
        account.SecurityInstance = -1;
        account.ServerInstance = -1;
        account.Uri = "";
    }
}
