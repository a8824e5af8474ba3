using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

// The registration interface (Core 6.2): POST /rd, POST /rd/x, DELETE /rd/x.
public sealed partial class LocalServer
{
    private static readonly string[] KnownVersions = ["1.0", "1.1", "1.2"];

    private readonly Dictionary<string, Registration> _byLocation = new();
    private TaskCompletionSource _nextRegistration = new(TaskCreationOptions.RunContinuationsAsynchronously);

    void ICoapHandler.OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        var remote = (Remote)peer.Tag!;
        string path = PathOf(request);
        if (path == "/rd")
            OnRd(remote, request, response, nowMs);
        else if (path == "/dp")
            OnDp(remote, request, response);
        else if (path == "/bs")
            OnBs(remote, request, response);
        else if (path == "/bspack")
            OnBsPack(remote, request, response);
        else if (_byLocation.TryGetValue(path, out Registration? registration))
            OnLocation(registration, remote, request, response, nowMs);
        else if (path.StartsWith("/rd/", StringComparison.Ordinal))
            Refuse(response, CoapCode.NotFound, "no such registration");
        else
            Refuse(response, CoapCode.NotFound, "registrations go to /rd");
    }

    private void OnRd(Remote remote, CoapMessage request, CoapResponse response, long nowMs)
    {
        if (request.Code != CoapCode.Post)
            Refuse(response, CoapCode.MethodNotAllowed, "only POST registers");
        else if (Faults.TakeRegister(out int code))
            Refuse(response, code, "as told");
        else
            Register(remote, request, response, nowMs);
    }

    private void OnLocation(Registration registration, Remote remote, CoapMessage request, CoapResponse response, long nowMs)
    {
        switch (request.Code)
        {
            case CoapCode.Post when Faults.TakeUpdate(out int code):
            case CoapCode.Delete when Faults.TakeDeregister(out code):
                Refuse(response, code, "as told");
                break;
            case CoapCode.Post:
                Update(registration, remote, request, response, nowMs);
                break;
            case CoapCode.Delete:
                End(registration, RegistrationEnd.Deregistered);
                response.Code = CoapCode.Deleted;
                break;
            default:
                Refuse(response, CoapCode.MethodNotAllowed, "only POST and DELETE");
                break;
        }
    }

    private void Register(Remote remote, CoapMessage request, CoapResponse response, long nowMs)
    {
        RegistrationParameters parameters = RegistrationParameters.Read(request);
        string version = parameters.Version ?? "1.0";
        string? error = parameters.Error;
        if (error == null && string.IsNullOrEmpty(parameters.Endpoint))
            error = "ep is missing";
        if (error == null && parameters.LifetimeSeconds == null)
            error = "lt is missing";
        if (error == null && request.PayloadLength == 0 && parameters.ProfileId == null)
            error = "the object list is missing";
        if (error != null)
        {
            Refuse(response, CoapCode.BadRequest, error);
            return;
        }
        if (!KnownVersions.Contains(version) || _options.RefusedVersions.Contains(version))
        {
            Refuse(response, CoapCode.PreconditionFailed, $"LwM2M {version} is not spoken here");
            return;
        }
        if (!TryReadLinks(request, response, out DecodedPayload links))
            return;

        Registration? old = _byLocation.Values.FirstOrDefault(r => r.Endpoint == parameters.Endpoint);
        if (old != null)
            End(old, RegistrationEnd.Replaced);
        string id;
        do
        {
            id = RandomNumberGenerator.GetHexString(4, lowercase: true);
        }
        while (_byLocation.ContainsKey("/rd/" + id));

        var registration = new Registration(this, parameters.Endpoint!, "/rd/" + id, remote) { Version = version };
        Apply(registration, parameters, nowMs);
        SetLinks(registration, links);
        _byLocation.Add(registration.Location, registration);
        response.Code = CoapCode.Created;
        response.AddLocationPath("rd");
        response.AddLocationPath(id);

        _nextRegistration.SetResult();
        _nextRegistration = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => Registered?.Invoke(this, new RegistrationEventArgs(registration)));
    }

    private void Update(Registration registration, Remote remote, CoapMessage request, CoapResponse response, long nowMs)
    {
        RegistrationParameters parameters = RegistrationParameters.Read(request);
        string? error = parameters.Error;
        if (error == null && (parameters.Endpoint != null || parameters.Version != null))
            error = "ep and lwm2m belong into a Register";
        if (error != null)
        {
            Refuse(response, CoapCode.BadRequest, error);
            return;
        }
        if (request.PayloadLength > 0)
        {
            if (!TryReadLinks(request, response, out DecodedPayload links))
                return;
            SetLinks(registration, links);
        }
        // A client behind a NAT may come from a new address: what is sent from now on goes there.
        if (registration.Remote != remote)
            Move(registration, remote);
        Apply(registration, parameters, nowMs);
        registration.Updates++;
        response.Code = CoapCode.Changed;
        registration.SetUpdated();
        Post(() => Updated?.Invoke(this, new RegistrationEventArgs(registration)));
    }

    private void End(Registration registration, RegistrationEnd reason)
    {
        if (!_byLocation.Remove(registration.Location))
            return;
        DropObservations(registration);
        DropWaiting(registration);
        registration.SetEnded(reason);
        Post(() => Deregistered?.Invoke(this, new RegistrationEventArgs(registration, reason)));
    }

    /// <returns>When the next one expires.</returns>
    private long ExpireRegistrations(long nowMs)
    {
        long next = long.MaxValue;
        List<Registration>? expired = null;
        foreach (Registration registration in _byLocation.Values)
        {
            if (registration.ExpiresMs <= nowMs)
                (expired ??= []).Add(registration);
            else
                next = Math.Min(next, registration.ExpiresMs);
        }
        if (expired != null)
        {
            foreach (Registration registration in expired)
                End(registration, RegistrationEnd.Expired);
        }
        return next;
    }

    private void Apply(Registration registration, RegistrationParameters parameters, long nowMs)
    {
        registration.LifetimeSeconds = parameters.LifetimeSeconds ?? registration.LifetimeSeconds;
        registration.Sms = parameters.Sms ?? registration.Sms;
        registration.ProfileId = parameters.ProfileId ?? registration.ProfileId;
        if (parameters.Binding != null)
        {
            registration.Binding = parameters.Binding;
            // From 1.1 on queue mode is a parameter of its own, and an Update names only what changed.
            registration.QueueMode = parameters.Binding.Contains('Q') || (registration.Version != "1.0" && registration.QueueMode);
        }
        registration.QueueMode |= parameters.QueueMode;
        SetPace(registration);
        registration.ExpiresMs = registration.LifetimeSeconds == 0 ? long.MaxValue : nowMs + registration.LifetimeSeconds * 1000;
    }

    private bool TryReadLinks(CoapMessage request, CoapResponse response, out DecodedPayload links)
    {
        links = DecodedPayload.Nothing;
        if (request.PayloadLength == 0)
            return true;
        if (request.ContentFormat is not (-1 or ContentFormat.LinkFormat))
        {
            Refuse(response, CoapCode.UnsupportedContentFormat, "the object list is in link format, 40");
            return false;
        }
        byte[] body = BodyOf(request);
        links = _codec.Decode(Lwm2mPath.Root, ContentFormat.LinkFormat, body);
        LinkEntry? root = links.Links.FirstOrDefault(l => l["rt"] == "oma.lwm2m" && l.Target.Length > 1);
        if (root != null)
            links = _codec.Decode(Lwm2mPath.Root, ContentFormat.LinkFormat, body, root.Target);
        if (links.Status == FormatStatus.End)
            return true;
        Refuse(response, CoapCode.BadRequest, "the object list is malformed");
        return false;
    }

    private static void SetLinks(Registration registration, DecodedPayload links)
    {
        registration.Links = links.Links;
        registration.AlternatePath = links.Links.FirstOrDefault(l => l["rt"] == "oma.lwm2m" && l.Target.Length > 1)?.Target ?? "";
    }

    private static void Refuse(CoapResponse response, int code, string reason)
    {
        response.Code = code;
        if (!CoapCode.IsSuccess(code))
            response.Diagnostic(reason);
    }

    private static string PathOf(CoapMessage message)
    {
        var path = new StringBuilder();
        for (int i = 0; i < message.PathCount; i++)
        {
            int offset = message.PathSegment(i, out int length);
            path.Append('/').Append(Encoding.UTF8.GetString(message.Buffer, offset, length));
        }
        return path.ToString();
    }

    private static byte[] BodyOf(CoapMessage message) =>
        message.PayloadBuffer.AsSpan(message.PayloadOffset, message.PayloadLength).ToArray();
}
