using System;
using System.Collections.Generic;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>An engine that notes what happens on its links: <c>up 0</c>, <c>down 0 NameNotFound</c>, <c>0: 40010001</c>, <c>recovered</c>.</summary>
internal sealed class LinkLog : ILinkEvents
{
    public List<string> Lines { get; } = [];

    public string[] Take()
    {
        string[] lines = Lines.ToArray();
        Lines.Clear();
        return lines;
    }

    /// <summary>As <see cref="Take"/>, without the modem's word that the network is there.</summary>
    public string[] TakeLinks()
    {
        Lines.RemoveAll(line => line == "recovered");
        return Take();
    }

    public void LinkUp(int link, long nowMs) => Lines.Add("up " + link);

    public void LinkDown(int link, LinkFailure reason, long nowMs) => Lines.Add("down " + link + " " + reason);

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs) => Lines.Add(link + ": " + Convert.ToHexString(buffer, offset, count));

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs) => Lines.Add("too large");

    public void Recovered(long nowMs) => Lines.Add("recovered");

    public long Poll(long nowMs) => long.MaxValue;
}
