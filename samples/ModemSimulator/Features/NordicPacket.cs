using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A packet socket of nRF91: all that comes on one non-IP context.</summary>
internal sealed class NordicPacket(int handle, int cid)
{
    public int Handle => handle;

    public int Cid => cid;

    public Queue<byte[]> Waiting { get; } = new();
}
