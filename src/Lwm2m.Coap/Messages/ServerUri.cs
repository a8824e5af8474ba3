using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// The address of a server: <c>coap://host[:port][/path]</c> and its relatives <c>coaps</c>, <c>coap+tcp</c> and
/// <c>coaps+tcp</c> (RFC 7252 6, RFC 8323 8). Immutable. The board's class library has no <c>Uri</c>.
/// </summary>
public sealed partial class ServerUri
{
    /// <summary>Port of <c>coap</c> and <c>coap+tcp</c> where the URI names none.</summary>
    public const int DefaultPort = 5683;

    /// <summary>Port of <c>coaps</c> and <c>coaps+tcp</c> where the URI names none.</summary>
    public const int DefaultSecurePort = 5684;

    private const int MaxHostLength = 255;

    private readonly bool _isIPv6;

    private ServerUri(string scheme, string host, bool isLiteral, bool isIPv6, int port, string[] pathSegments)
    {
        Scheme = scheme;
        Host = host;
        IsLiteral = isLiteral;
        _isIPv6 = isIPv6;
        Port = port;
        PathSegments = pathSegments;
        IsSecure = scheme == "coaps" || scheme == "coaps+tcp";
        IsTcp = scheme == "coap+tcp" || scheme == "coaps+tcp";
    }

    /// <summary>The scheme in lower case, such as <c>coap</c>.</summary>
    public string Scheme { get; }

    /// <summary>Name or address of the server as written; an IPv6 address without its brackets.</summary>
    public string Host { get; }

    /// <summary>True when <see cref="Host"/> is an IPv4 or IPv6 address, which needs no name server.</summary>
    public bool IsLiteral { get; }

    /// <summary>Port of the server, 1..65535.</summary>
    public int Port { get; }

    /// <summary>True for <c>coaps</c> and <c>coaps+tcp</c>.</summary>
    public bool IsSecure { get; }

    /// <summary>True for <c>coap+tcp</c> and <c>coaps+tcp</c>.</summary>
    public bool IsTcp { get; }

    /// <summary>The segments of the path, decoded; empty where there is none, which is the rule.</summary>
    public string[] PathSegments { get; }

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The URI, such as <c>coap://server.example:5683</c> or <c>coaps://[2001:db8::1]</c>.</param>
    /// <returns>Null when it is no server URI: other scheme, no host, bad port, user, query or fragment.</returns>
    public static ServerUri? TryParse(string? text)
    {
        if (text == null)
            return null;
        int schemeEnd = text.IndexOf("://");
        if (schemeEnd < 0)
            return null;
        string scheme = text.Substring(0, schemeEnd).ToLower();
        bool secure = scheme == "coaps" || scheme == "coaps+tcp";
        if (!secure && scheme != "coap" && scheme != "coap+tcp")
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
        string[]? segments = ParsePath(chars, pathStart);
        return segments == null ? null : new ServerUri(scheme, host, isLiteral, isIPv6, port, segments);
    }

    /// <summary>The URI in full, with its port.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Scheme).Append("://");
        if (_isIPv6)
            text.Append('[').Append(Host).Append(']');
        else
            text.Append(Host);
        text.Append(':').Append(Port);
        for (int i = 0; i < PathSegments.Length; i++)
            text.Append('/').Append(PathSegments[i]);
        return text.ToString();
    }
}
