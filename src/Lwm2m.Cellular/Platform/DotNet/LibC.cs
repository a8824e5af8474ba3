using System.Runtime.InteropServices;

namespace Lwm2m.Cellular;

/// <summary>What serial ports need of Linux's C library. Nothing here needs marshalling, so that it is the same ahead of time.</summary>
internal static class LibC
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    public static extern nint Read(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static extern int Poll(ref PollRequest request, nuint count, int timeoutMs);

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static extern int GetAttributes(int descriptor, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static extern int SetAttributes(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    public static extern void MakeRaw(byte[] settings);

    [DllImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    public static extern int SetSpeed(byte[] settings, uint speed);
}
