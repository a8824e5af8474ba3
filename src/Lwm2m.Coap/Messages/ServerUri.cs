using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// The address of a server: <c>coap://host[:port][/path]</c> and its relatives <c>coaps</c>, <c>coap+tcp</c> and
/// <c>coaps+tcp</c> (RFC 7252 6, RFC 8323 8); <c>tel:+NUMBER</c> (RFC 3966) for short messages, and <c>coap+nidd://APN</c> or
/// <c>coaps+nidd://APN</c> for non-IP data, which no RFC names. Immutable. The board's class library has no <c>Uri</c>.
/// </summary>
public sealed partial class ServerUri
{
    /// <summary>Port of <c>coap</c> and <c>coap+tcp</c> where the URI names none.</summary>
    public const int DefaultPort = 5683;

    /// <summary>Port of <c>coaps</c> and <c>coaps+tcp</c> where the URI names none.</summary>
    public const int DefaultSecurePort = 5684;

    private const int MaxHostLength = 255;
    private const string Telephone = "tel";
    private const string NonIp = "+nidd";

    private readonly bool _isIPv6;

    private ServerUri(string scheme, string host, bool isLiteral, bool isIPv6, int port, string[] pathSegments)
    {
        Scheme = scheme;
        Host = host;
        IsLiteral = isLiteral;
        _isIPv6 = isIPv6;
        Port = port;
        PathSegments = pathSegments;
    }

    /// <summary>The scheme in lower case, such as <c>coap</c>.</summary>
    public string Scheme { get; }

    /// <summary>Name or address of the server as written; an IPv6 address without its brackets; the telephone number of <c>tel</c>, with
    /// its + where it has one; the access point name of <c>coap+nidd</c>.</summary>
    public string Host { get; }

    /// <summary>True when <see cref="Host"/> is an IPv4 or IPv6 address, which needs no name server.</summary>
    public bool IsLiteral { get; }

    /// <summary>Port of the server, 1..65535; 0 for <c>tel</c> and <c>coap+nidd</c>, which have none.</summary>
    public int Port { get; }

    /// <summary>True for <c>coaps</c>, <c>coaps+tcp</c> and <c>coaps+nidd</c>.</summary>
    public bool IsSecure => Scheme.Length > 4 && Scheme[4] == 's';

    /// <summary>True for <c>coap+tcp</c> and <c>coaps+tcp</c>.</summary>
    public bool IsTcp => Scheme.IndexOf("+tcp") > 0;

    /// <summary>True for <c>tel</c>: the server is reached by short messages.</summary>
    public bool IsSms => Scheme == Telephone;

    /// <summary>True for <c>coap+nidd</c> and <c>coaps+nidd</c>: the server is reached without IP.</summary>
    public bool IsNonIp => Scheme.IndexOf(NonIp) > 0;

    /// <summary>The segments of the path, decoded; empty where there is none, which is the rule.</summary>
    public string[] PathSegments { get; }

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The URI, such as <c>coap://server.example:5683</c>, <c>coaps://[2001:db8::1]</c> or <c>tel:+491701234567</c>.</param>
    /// <returns>Null when it is no server URI: other scheme, no host, no number, bad port, user, query or fragment.</returns>
    public static ServerUri? TryParse(string? text)
    {
        if (text == null)
            return null;
        int schemeEnd = text.IndexOf("://");
        if (schemeEnd < 0)
            return ParseNumber(text);
        string scheme = text.Substring(0, schemeEnd).ToLower();
        bool nonIp = scheme == "coap+nidd" || scheme == "coaps+nidd";
        bool secure = scheme == "coaps" || scheme == "coaps+tcp";
        if (!secure && !nonIp && scheme != "coap" && scheme != "coap+tcp")
            return null;

        char[] chars = text.ToCharArray();
        int hostStart = schemeEnd + 3;
        int hostEnd = EndOfHost(chars, hostStart, out bool isLiteral, out bool isIPv6);
        if (hostEnd < 0)
            return null;
        string host = isIPv6
            ? IPv6Host(text.Substring(hostStart + 1, hostEnd - hostStart - 2))
            : text.Substring(hostStart, hostEnd - hostStart);

        int port = secure ? DefaultSecurePort : DefaultPort;
        int pathStart = EndOfPort(chars, hostEnd, ref port);
        if (pathStart < 0)
            return null;
        if (nonIp)
        {
            if (pathStart > hostEnd)
                return null;
            port = 0;
        }

        string[]? segments = ParsePath(chars, pathStart);
        return segments == null ? null : new ServerUri(scheme, host, isLiteral, isIPv6, port, segments);
    }

    /// <summary>The same server by the scheme that security of its own goes over; null where the scheme has no security.</summary>
    public ServerUri? WithoutSecurity() =>
        IsSecure ? new ServerUri("coap" + Scheme.Substring(5), Host, IsLiteral, _isIPv6, Port, PathSegments) : null;

    /// <summary>The URI in full, with its port.</summary>
    public override string ToString()
    {
        if (IsSms)
            return Telephone + ":" + Host;
        var text = new StringBuilder();
        text.Append(Scheme).Append("://");
        if (_isIPv6)
            text.Append('[').Append(Host).Append(']');
        else
            text.Append(Host);
        if (Port != 0)
            text.Append(':').Append(Port);
        for (int i = 0; i < PathSegments.Length; i++)
            text.Append('/').Append(PathSegments[i]);
        return text.ToString();
    }
}
