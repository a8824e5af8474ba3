using System;
using System.Collections.Generic;

namespace Lwm2m.Cellular.Tests.NonIp;

/// <summary>Notes what came without a link.</summary>
internal sealed class RecordingTriggers : ITriggerSink
{
    public List<string> Heard { get; } = [];

    public bool Triggered(byte[] buffer, int offset, int count, long nowMs)
    {
        Heard.Add(Convert.ToHexString(buffer, offset, count));
        return false;
    }
}
