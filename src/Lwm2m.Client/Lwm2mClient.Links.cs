using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// What comes from below: the transport's links, the CoAP layer's events, and the runner's clock.
public sealed partial class Lwm2mClient
{
    private readonly IRandom _random;
    private readonly EngineLink _link;
    private readonly IMessageTrace? _trace;
    private IWakeUp? _runner;

    // The time of the call at hand, for what is sent within it.
    private long _nowMs;

    // Handlers that are called now may interrupt the writing of a payload.
    private bool _inEngine;

    // The transport did not take a datagram.
    private bool _isRefused;

    /// <summary>The transport has a way to the server of this link.</summary>
    /// <param name="link">Number of the link: <see cref="ServerAccount.Index"/>.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    public void LinkUp(int link, long nowMs)
    {
        _nowMs = nowMs;
        if (link == BootstrapLink)
            BootstrapLinkUp(nowMs);
        if (link >= _accountCount)
            return;
        Bearers.Tune(this, link, _accounts[link].Peer!);
        Fire(_accounts[link], _store != null && _store.CanResume(_accounts[link]) ? RegistrationEvent.Resumed : RegistrationEvent.LinkUp, nowMs);
    }

    /// <summary>The transport lost the way to the server of this link, or found none.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="reason">Why.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
        if (link == BootstrapLink)
            BootstrapLinkDown(reason, nowMs);
        if (link >= _accountCount)
            return;
        ServerAccount account = _accounts[link];
        if (_store != null && _store.IsPortLost(account, reason))
        {
            OpenLink(account, nowMs);
            return;
        }

        account.LastFailureCode = 0;
        account.LastFailure = reason switch
        {
            LinkFailure.NameNotFound => RegistrationFailure.NameNotFound,
            LinkFailure.Unreachable => RegistrationFailure.Unreachable,
            LinkFailure.LocalPortInUse => RegistrationFailure.LocalPortInUse,
            LinkFailure.SecurityFailed => RegistrationFailure.SecurityFailed,
            LinkFailure.Refused => RegistrationFailure.ConnectionRefused,
            _ => RegistrationFailure.LinkLost
        };
        Fire(account, RegistrationEvent.LinkLost, nowMs);
    }

    /// <summary>A datagram came in. The buffer is the caller's and is not kept.</summary>
    /// <param name="link">Number of the link it came from.</param>
    /// <param name="buffer">Holds the datagram.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (_trace != null)
            _trace.Message(link < _accountCount ? _accounts[link] : null, false, buffer, offset, count, nowMs);
        if (link >= _accountCount)
        {
            if (link != BootstrapLink)
                return;
            _inEngine = true;
            BootstrapReceived(buffer, offset, count, nowMs);
            _inEngine = false;
            return;
        }

        ServerAccount account = _accounts[link];
        // Who sleeps hears nothing (Core 6.5).
        if (account.State == RegistrationState.Asleep)
            return;
        _nowMs = nowMs;
        account.ActivityMs = nowMs;
        if (account.Counters != null)
            account.Counters[ServerAccount.BytesReceived] += count;
        if (_observations.Cut != 0)
            _observations.Heard(link);
        _inEngine = true;
        _coap.Receive(account.Peer!, buffer, offset, count, nowMs);
        _inEngine = false;
    }

    /// <summary>Does what is due.</summary>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    /// <returns>When to call again at the latest; <see cref="long.MaxValue"/> when nothing is planned.</returns>
    public long Poll(long nowMs)
    {
        _nowMs = nowMs;
        _inEngine = true;
        FlushExecuted();
        long due = _coap.Poll(nowMs);
        if (_accountWork || nowMs >= _accountsDueMs)
            PollAccounts(nowMs);
        if (_access != null && _access.HasChanged)
            EndForbidden(_access);
        long notifications = IsBootstrapping ? long.MaxValue : _observations.Poll(nowMs);
        // What was just sent has timers of its own in the CoAP layer.
        if (_accountWork)
            PollAccounts(nowMs);
        due = _coap.Poll(nowMs);
        if (notifications < due)
            due = notifications;
        if (_sendEnd != 0 && !IsBootstrapping)
            due = Sending.Poll(this, due, nowMs);
        if (_accountsDueMs < due)
            due = _accountsDueMs;
        if (_store != null)
            due = PollStorage(_store, due, nowMs);
        if (_power != null)
            TellPower(due, nowMs);
        _inEngine = false;
        return due;
    }

    /// <summary>Names who is to be woken when a verb leaves work for the runner. Called by the runner.</summary>
    /// <param name="runner">The runner, or null when it ends.</param>
    public void AttachRunner(IWakeUp? runner) => _runner = runner;

    private void Wake() => _runner?.Wake();

    private void AfterExchange(ServerAccount account, int context)
    {
        if (context >= ContextNotification)
            _observations.Acknowledged(context - ContextNotification, account.Index);
        _accountWork = true;
        _observations.Ready(account.Index);
    }

    // The CoAP layer and the objects see the engine through this: the methods are no part of the client's public face.
    private sealed class EngineLink : ICoapOutput, ICoapHandler, IChangeListener
    {
        private readonly Lwm2mClient _client;

        public EngineLink(Lwm2mClient client) => _client = client;

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count) => _client.SendDatagram(peer, buffer, offset, count);

        // A peer is tagged with the server's account, or with the bootstrap server.
        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
        {
            ServerAccount? account = peer.Tag as ServerAccount;
            if (account != null)
                _client.Serve(account, request, response, nowMs);
            else
                _client.ServeBootstrap(request, response, nowMs);
        }

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
        {
            ServerAccount? account = peer.Tag as ServerAccount;
            if (account != null)
                _client.Answered(account, context, response, nowMs);
            else
                _client.BootstrapAnswered(response, nowMs);
        }

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
        {
            ServerAccount? account = peer.Tag as ServerAccount;
            if (account != null)
                _client.Unanswered(account, context, reason, nowMs);
            else
                _client.BootstrapUnanswered(reason, nowMs);
        }

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs)
        {
            if (peer.Tag is ServerAccount account)
                _client.AfterExchange(account, context);
        }

        public void OnReset(CoapPeer peer, int messageId, long nowMs)
        {
            if (peer.Tag is ServerAccount account)
                _client.NotificationReset(account, messageId);
        }

        // The client asks nothing whose answer could come twice: an unknown token is an error of the peer (RFC 7252 4.2).
        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => false;

        public void OnChanged(int objectId, int instanceId, int resourceId, int resourceInstanceId)
        {
            if (objectId <= ObjectIds.Server)
                _client.KeepSet(objectId);
            _client.ValueChanged(objectId, instanceId, resourceId, resourceInstanceId);
        }

        public void OnInstancesChanged(int objectId, int removedInstance) => _client.InstancesChanged(objectId, removedInstance);
    }

    private bool SendDatagram(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        if (_trace != null)
            _trace.Message(peer.Link < _accountCount ? _accounts[peer.Link] : null, true, buffer, offset, count, _nowMs);
        if (peer.Link < _accountCount)
        {
            ServerAccount account = _accounts[peer.Link];
            account.ActivityMs = _nowMs;
            if (account.Counters != null)
                account.CountSent(buffer, offset, count);
        }

        ITransport? transport = _linkTransports[peer.Link];
        if (transport != null && transport.Send(peer.Link, buffer, offset, count))
            return true;
        _isRefused = true;
        return false;
    }
}
