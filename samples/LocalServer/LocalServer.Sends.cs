using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

// Send (Core 6.4.6): POST /dp, LwM2M 1.1 and later.
public sealed partial class LocalServer
{
    /// <summary>A client sent data by itself.</summary>
    public event EventHandler<SendEventArgs>? DataSent;

    private void OnDp(Remote remote, CoapMessage request, CoapResponse response)
    {
        if (request.Code != CoapCode.Post)
        {
            Refuse(response, CoapCode.MethodNotAllowed, "only POST sends");
            return;
        }
        if (Faults.TakeSend(out int code))
        {
            Refuse(response, code, "as told");
            return;
        }
        Registration? registration = _byLocation.Values.FirstOrDefault(r => r.Remote == remote);
        if (registration == null || registration.Version == "1.0")
        {
            Refuse(response, CoapCode.NotFound, registration == null ? "register first" : "LwM2M 1.0 has no Send");
            return;
        }
        bool isKnown = request.ContentFormat is ContentFormat.SenmlJson or ContentFormat.SenmlCbor
            || (request.ContentFormat == ContentFormat.Lwm2mCbor && registration.Version != "1.1");
        if (!isKnown)
        {
            Refuse(response, CoapCode.UnsupportedContentFormat, "Send is in 110 or 112, from 1.2 on also in 11544");
            return;
        }
        byte[] body = BodyOf(request);
        DecodedPayload decoded = _codec.Decode(Lwm2mPath.Root, request.ContentFormat, body);
        if (decoded.Status != FormatStatus.End || decoded.Records.Count == 0 || decoded.Records.Any(r => r.Value == null || r.Path.Level < 3))
        {
            Refuse(response, CoapCode.BadRequest, "no list of resources with their values");
            return;
        }
        ResourceRecord? stranger = decoded.Records.FirstOrDefault(r => !IsRegistered(registration, r.Path));
        if (stranger != null)
        {
            Refuse(response, CoapCode.NotFound, $"{stranger.Path} is not registered");
            return;
        }
        response.Code = CoapCode.Changed;
        var data = new SentData(request.ContentFormat, body, decoded.Records);
        registration.Add(data);
        Post(() => DataSent?.Invoke(this, new SendEventArgs(registration, data)));
    }

    /// <summary>Its instance is in the list of the Register or last Update; a profile id may stand for the list, and nobody here knows what it holds.</summary>
    private static bool IsRegistered(Registration registration, Lwm2mPath path) =>
        registration.ProfileId != null || registration.Links.Any(l => l.Path is { Level: > 0 } link && link == new Lwm2mPath(path.ObjectId, path.InstanceId));
}
