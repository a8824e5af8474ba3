using System.Runtime.InteropServices;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>struct pollfd of Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    public int Handle;
    public short Events;
    public short Happened;
}
