using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lwm2m.Cellular.Tests;

/// <summary>A pseudo-terminal of Linux: the test holds one end, the port under test opens the other one by its name.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    public PseudoTerminal()
    {
        int descriptor = posix_openpt(0x2 | 0x100);
        byte[] name = new byte[64];
        if (descriptor < 0 || grantpt(descriptor) != 0 || unlockpt(descriptor) != 0 || ptsname_r(descriptor, name, name.Length) != 0)
            throw new IOException("There are no pseudo-terminals.");
        Name = Encoding.UTF8.GetString(name, 0, Array.IndexOf(name, (byte)0));
        Master = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, 1);
    }

    public string Name { get; }

    public FileStream Master { get; }

    public void Dispose() => Master.Dispose();

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int ptsname_r(int descriptor, byte[] name, nint count);
}
