using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Register, Update and De-register as messages, and what the answers to them mean (Core 6.2, Transport 6.4.3).
public sealed partial class Lwm2mClient
{
    private void SendRegister(ServerAccount account, long nowMs)
    {
        if (IsBootstrapping || (_card != null && _card.HasChanged()))
        {
            // The list of objects is not to be told half changed, nor to a server of yesterday's card: it starts over afterwards.
            CloseLink(account, nowMs);
            account.State = RegistrationState.Off;
            return;
        }

        CoapRequest? request = _coap.BeginRequest(account.Peer!);
        if (request == null)
        {
            // A notification of the lost registration is still unacknowledged: give it up, nobody waits for it.
            _coap.ResetPeer(account.Peer!, nowMs, true);
            request = _coap.BeginRequest(account.Peer!)!;
        }

        request.Code = CoapCode.Post;
        request.AddPath("rd");
        request.AddQuery("ep", Endpoint);
        request.AddQuery("lt", Servers.LifetimeSeconds(account.ServerInstance));
        request.AddQuery("lwm2m", VersionText(account.Version));
        AddBinding(request, account);
        if (_smsNumber != null)
            request.AddQuery("sms", _smsNumber);
        account.UnderWay = account.Pending & ServerAccount.PendingUpdateMask;
        account.Pending &= ~(ServerAccount.PendingUpdateMask | ServerAccount.PendingSleep);
        AddObjectLinks(request, account);
        Send(account, request, ContextRegister, nowMs);
    }

    // Only what changed goes into an Update (Core 6.2.2); with nothing changed it is four bytes of header, a token and the location.
    private void SendUpdate(ServerAccount account, long nowMs)
    {
        if (_card != null && _card.HasChanged())
        {
            CloseLink(account, nowMs);
            account.State = RegistrationState.Off;
            return;
        }

        CoapRequest request = _coap.BeginRequest(account.Peer!)!;
        request.Code = CoapCode.Post;
        AddLocation(request, account);
        int what = account.Pending & ServerAccount.PendingUpdateMask;
        account.Pending &= ~ServerAccount.PendingUpdateMask;
        account.UnderWay = what;
        if ((what & ServerAccount.PendingLifetime) != 0)
            request.AddQuery("lt", Servers.LifetimeSeconds(account.ServerInstance));
        if ((what & ServerAccount.PendingBinding) != 0)
            AddBinding(request, account);
        if ((what & ServerAccount.PendingObjects) != 0)
            AddObjectLinks(request, account);
        Send(account, request, ContextUpdate, nowMs);
    }

    private void SendDeregister(ServerAccount account, long nowMs)
    {
        _observations.RemoveServer(account.Index);
        _coap.ResetPeer(account.Peer!, nowMs, true);
        CoapRequest? request = _coap.BeginRequest(account.Peer!);
        if (request == null)
        {
            account.DueMs = nowMs;
            return;
        }

        request.Code = CoapCode.Delete;
        AddLocation(request, account);
        Send(account, request, ContextDeregister, nowMs);
    }

    private void Send(ServerAccount account, CoapRequest request, int context, long nowMs)
    {
        account.SentMs = nowMs;
        if (_coap.SendRequest(request, context, nowMs))
            return;
        // It does not fit our own limits: no retry will mend that, but a changed object list may.
        account.LastFailure = RegistrationFailure.TooLarge;
        account.LastFailureCode = 0;
        account.DueMs = nowMs;
        account.State = RegistrationState.Waiting;
        Pause(account, nowMs);
    }

    private static void AddLocation(CoapRequest request, ServerAccount account)
    {
        for (int at = 0; at < account.LocationLength; at += 1 + account.Location[at])
            request.AddPath(account.Location, at + 1, account.Location[at]);
    }

    // LwM2M 1.0 says both in one word; from 1.1 queue mode is a parameter of its own, without a value (Core 6.2.1, 6.5).
    private void AddBinding(CoapRequest request, ServerAccount account)
    {
        bool queue = _queueMode;
        string letters = Bearers.Letters(this, account);
        if (account.Version == LwM2MVersion.V10)
        {
            string binding = Servers.Binding(account.ServerInstance);
            queue |= binding.IndexOf('Q') > 0;
            // What 1.0 does not know is U to it. It writes U before S, and Q behind what it is for: UQS, SQ.
            bool bySms = letters.IndexOf('S') >= 0;
            string first = bySms && letters.IndexOf('U') < 0 ? "S" : "U";
            request.AddQuery("b", first + (queue ? "Q" : "") + (bySms && first == "U" ? "S" : ""));
        }
        else
        {
            request.AddQuery("b", letters);
            if (queue)
                request.AddQuery("Q");
        }

        account.Flags = queue ? account.Flags | ServerAccount.QueueMode : account.Flags & ~ServerAccount.QueueMode;
    }

    // The profile stands for the instances in its list, as long as all of them are there (Core 6.2.1, 1.2).
    private bool UsesProfile(ServerAccount account)
    {
        if (_profileId == null || account.Version != LwM2MVersion.V12 || (account.Flags & ServerAccount.NeedsWholeList) != 0)
            return false;
        int listed = 0;
        for (int at = _profileLinks.IndexOf('<'); at >= 0; at = _profileLinks.IndexOf('<', at + 1))
            listed++;
        for (int position = 0; position < _objects.Count; position++)
        {
            Lwm2mObject found = _objects.At(position);
            for (int index = 0; index < found.InstanceCount; index++)
                if (IsInProfile(found.Definition.ObjectId, found.InstanceAt(index)))
                    listed--;
        }

        return listed == 0;
    }

    private bool IsInProfile(int objectId, int instanceId) => _profileLinks.IndexOf("</" + objectId + "/" + instanceId + ">") >= 0;

    private static string VersionText(LwM2MVersion version) => version switch
    {
        LwM2MVersion.V10 => "1.0",
        LwM2MVersion.V11 => "1.1",
        _ => "1.2"
    };

    // Every object instance, or the object where it has none; never /0 and /21 (Core 6.2.1), nor /23 (1.2.1).
    private void AddObjectLinks(CoapRequest request, ServerAccount account)
    {
        LwM2MVersion version = account.Version;
        bool profile = UsesProfile(account);
        if (profile)
            request.AddQuery("pid", _profileId!);
        _links.Begin(request.Payload, request.PayloadOffset, request.PayloadOffset + request.PayloadCapacity, "");
        for (int position = 0; position < _objects.Count; position++)
        {
            Lwm2mObject listed = _objects.At(position);
            int objectId = listed.Definition.ObjectId;
            if (IsHidden(objectId) || (objectId == ObjectIds.AccessControl && IsAccessHidden))
                continue;
            if (profile && IsWholeInProfile(listed))
                continue;
            string? announced = ObjectVersions.Announced(listed.Definition, version);
            if (announced != null || listed.InstanceCount == 0)
            {
                _links.Link(objectId, -1, -1, -1);
                if (announced != null)
                    _links.AttributeToken("ver", announced);
            }

            for (int index = 0; index < listed.InstanceCount; index++)
                if (!profile || !IsInProfile(objectId, listed.InstanceAt(index)))
                    _links.Link(objectId, listed.InstanceAt(index), -1, -1);
        }

        request.PayloadLength = _links.End() == FormatStatus.Ok ? _links.Length : request.PayloadCapacity + 1;
        if (request.PayloadLength > 0)
            request.ContentFormat = ContentFormat.LinkFormat;
    }

    private bool IsWholeInProfile(Lwm2mObject listed)
    {
        for (int index = 0; index < listed.InstanceCount; index++)
            if (!IsInProfile(listed.Definition.ObjectId, listed.InstanceAt(index)))
                return false;
        return listed.InstanceCount > 0;
    }

    private static bool IsHidden(int objectId) => objectId == ObjectIds.Security || objectId == 21 || objectId == 23;

    private void Answered(ServerAccount account, int context, CoapMessage answer, long nowMs)
    {
        _accountWork = true;
        if (context == ContextSend)
        {
            Sending.Answered(this, account, answer, nowMs);
            return;
        }

        if (context == ContextRegister && answer.Code == CoapCode.Conflict && UsesProfile(account))
        {
            // The server cannot resolve the profile: once more, with the whole list.
            account.Flags |= ServerAccount.NeedsWholeList;
            SendRegister(account, nowMs);
            return;
        }

        RegistrationEvent happened = Meaning(account, context, answer);
        if (happened == RegistrationEvent.Refused || happened == RegistrationEvent.VersionRefused)
        {
            account.LastFailureCode = answer.Code;
            account.LastFailure = answer.Code >= 0x80 ? RegistrationFailure.Rejected : RegistrationFailure.BadAnswer;
        }

        Fire(account, happened, nowMs);
        if (happened == RegistrationEvent.Created)
            account.SendDueMs = 0;
        _observations.Ready(account.Index);
    }

    // Exactly 2.01, 2.04 and 2.02 are successes (Transport 6.4.3).
    private static RegistrationEvent Meaning(ServerAccount account, int context, CoapMessage answer)
    {
        int code = answer.Code;
        if (context == ContextRegister)
        {
            if (code == CoapCode.Created)
                return account.KeepLocation(answer) ? RegistrationEvent.Created : RegistrationEvent.Refused;
            return code == CoapCode.PreconditionFailed ? RegistrationEvent.VersionRefused : RegistrationEvent.Refused;
        }

        if (context == ContextUpdate)
            return code == CoapCode.Changed ? RegistrationEvent.Changed : RegistrationEvent.Refused;
        return code == CoapCode.Deleted ? RegistrationEvent.Deleted : RegistrationEvent.Refused;
    }

    private void Unanswered(ServerAccount account, int context, CoapFailure reason, long nowMs)
    {
        _accountWork = true;
        if (context >= ContextNotification)
        {
            NotificationFailed(account, context - ContextNotification, reason, nowMs);
            return;
        }

        if (context == ContextSend)
        {
            Sending.Unanswered(this, account, reason, nowMs);
            return;
        }

        if (reason == CoapFailure.LinkLost || reason == CoapFailure.Cancelled)
            return;
        account.LastFailureCode = 0;
        account.LastFailure = reason switch
        {
            CoapFailure.Timeout => RegistrationFailure.NoAnswer,
            CoapFailure.Reset => RegistrationFailure.Reset,
            CoapFailure.TooLarge => RegistrationFailure.TooLarge,
            _ => RegistrationFailure.BadAnswer
        };
        Fire(account, RegistrationEvent.Unanswered, nowMs);
        _observations.Ready(account.Index);
    }
}
