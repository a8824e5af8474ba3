using System;
using System.Globalization;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

// What the client asks of the server: Register, Update, De-register (Core 6.2).
internal sealed partial class Server
{
    private int _lastLocation;
    private long _heardMs;

    public ServerRegistration? Registration { get; private set; }

    /// <summary>The registration is there, and not run out.</summary>
    public bool HasClient => Registration != null && Registration.ExpiresMs > NowMs;

    public override void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        _heardMs = nowMs;
        response.Code = Segment(request, 0) switch
        {
            "rd" => Serve(peer, request, response),
            "dp" => TakeSent(peer, request),
            _ => CoapCode.NotFound,
        };
        if (World.IsStorm && Dice.Chance(World.Scenario.SeparatePercent))
            Defer(response, response.Code);
        World.Agenda.In(0, Next);
    }

    private int Serve(CoapPeer peer, CoapMessage request, CoapResponse response)
    {
        if (request.PathCount == 1 && request.Code == CoapCode.Post)
            return Register(peer, request, response);
        if (request.PathCount != 2 || !HasClient || Segment(request, 1) != Registration!.Number.ToString(CultureInfo.InvariantCulture))
            return CoapCode.NotFound;
        if (request.Code == CoapCode.Delete)
        {
            Forget();
            return CoapCode.Deleted;
        }

        if (request.Code != CoapCode.Post)
            return CoapCode.MethodNotAllowed;
        Registration.Address = peer.Link;
        if (Query(request, "lt") is string lifetime)
            _lifetimeMs = Lifetime(lifetime);
        Registration.ExpiresMs = Ends();
        return CoapCode.Changed;
    }

    private int Register(CoapPeer peer, CoapMessage request, CoapResponse response)
    {
        if (World.IsStorm && Dice.Chance(World.Scenario.RefusePercent))
            return Dice.Pick(CoapCode.Forbidden, CoapCode.BadRequest, CoapCode.ServiceUnavailable, CoapCode.InternalServerError);
        if (Query(request, "ep") != World.Device.Endpoint)
            World.Break("a Register names another endpoint: " + Query(request, "ep"));
        string version = Query(request, "lwm2m") ?? "1.0";
        if (version[2] - '0' > MaxVersion)
            return CoapCode.PreconditionFailed;
        // A new registration of the same endpoint replaces the old one and ends its observations (Core 6.2.1).
        Forget();
        Abandon();
        bool queueMode = Query(request, "Q") != null || (Query(request, "b") ?? "").Contains('Q', StringComparison.Ordinal);
        Registration = new ServerRegistration(++_lastLocation, peer.Link, queueMode);
        _lifetimeMs = Lifetime(Query(request, "lt") ?? "86400");
        Registration.ExpiresMs = Ends();
        response.AddLocationPath("rd");
        response.AddLocationPath(Registration.Number);
        PlanFirst();
        return CoapCode.Created;
    }

    private long _lifetimeMs;

    // A server gives some grace: the Update may be on its way.
    private long Ends() => _lifetimeMs == 0 ? long.MaxValue : NowMs + _lifetimeMs + 5000;

    private static long Lifetime(string seconds) => long.Parse(seconds, CultureInfo.InvariantCulture) * 1000;

    protected override void Forget()
    {
        Registration = null;
        Observations.Clear();
        _todo.Clear();
    }

    // The answer comes later, as a message of its own (RFC 7252 5.2.2). What the handler did stays done.
    private void Defer(CoapResponse response, int code)
    {
        int location = code == CoapCode.Created ? Registration!.Number : 0;
        int deferral = response.Defer();
        if (deferral < 0)
            return;
        SendLater(deferral, code, location, 5);
    }

    private void SendLater(int deferral, int code, int location, int attempts)
    {
        Later(Dice.Between(100, 4000), () =>
        {
            CoapResponse? response = Coap.BeginDeferred(deferral);
            if (response == null)
            {
                if (attempts > 0)
                    SendLater(deferral, code, location, attempts - 1);
                return;
            }

            response.Code = code;
            if (location > 0)
            {
                response.AddLocationPath("rd");
                response.AddLocationPath(location);
            }

            Coap.SendDeferred(response, 0, NowMs);
            Poll();
        });
    }

    private static string Segment(CoapMessage request, int index)
    {
        if (index >= request.PathCount)
            return "";
        int at = request.PathSegment(index, out int length);
        return Encoding.UTF8.GetString(request.Buffer, at, length);
    }

    private static string? Query(CoapMessage request, string key)
    {
        for (int index = 0; index < request.QueryCount; index++)
        {
            int at = request.Query(index, out int length);
            string query = Encoding.UTF8.GetString(request.Buffer, at, length);
            if (query == key)
                return "";
            if (query.StartsWith(key, StringComparison.Ordinal) && query[key.Length] == '=')
                return query[(key.Length + 1)..];
        }

        return null;
    }
}
