using System.Runtime.InteropServices;

namespace Lwm2m.Cellular;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    public int Descriptor;
    public short Events;
    public short Happened;
}
