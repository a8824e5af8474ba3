using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Bootstrap;

/// <summary>What the bootstrap server of the tests writes, as lines of <see cref="Trace"/>, and beds that it has begun with.</summary>
public static class Provisioning
{
    public const string Request = "CON POST /bs?ep=abc&pct=112";

    /// <summary>A client that has nothing but the account of a bootstrap server.</summary>
    public static Bed Fresh(int holdOff = 0, LwM2MVersion version = LwM2MVersion.V11, int timeout = 0, System.Action<Lwm2mClient>? setUp = null) =>
        new(o => o.HighestVersion = version, client =>
        {
            client.Security.AddBootstrapAccount("coap://127.0.0.9:5683", holdOff, timeout);
            setUp?.Invoke(client);
        }, servers: 0);

    /// <summary>The same, with a session opened.</summary>
    public static Bed InSession(System.Action<Lwm2mClient>? setUp = null, int timeout = 0)
    {
        Bed bed = Fresh(timeout: timeout, setUp: setUp);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        return bed;
    }

    /// <summary>Opens a session on a client that runs already.</summary>
    public static Bed OpenSession(this Bed bed)
    {
        bed.Client.Bootstrap();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        return bed;
    }

    public static string Security(int instance, int shortServerId, string uri = "coap://127.0.0.1:5683") =>
        $"CON PUT /0/{instance} cf=110 \"[{{\"bn\":\"/0/{instance}/\",\"n\":\"0\",\"vs\":\"{uri}\"}},{{\"n\":\"1\",\"vb\":false}},"
        + $"{{\"n\":\"2\",\"v\":3}},{{\"n\":\"10\",\"v\":{shortServerId}}}]\"";

    public static string Server(int instance, int shortServerId, int lifetime = 300) =>
        $"CON PUT /1/{instance} cf=110 \"[{{\"bn\":\"/1/{instance}/\",\"n\":\"0\",\"v\":{shortServerId}}},{{\"n\":\"1\",\"v\":{lifetime}}},"
        + "{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]\"";
}
