using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Lwm2m.Cellular;

/// <summary>A serial port or pseudo-terminal of Linux, raw, with 8 data bits, no parity and one stop bit.</summary>
public sealed class TermiosPort : ISerialPort
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    // termios of Linux: four flag words, of which the third one is c_cflag.
    private const int TermiosBytes = 256;
    private const int ControlFlags = 8;
    private const uint TwoStopBits = 0x40;
    private const uint EnableReceiver = 0x80;
    private const uint IgnoreModemLines = 0x800;
    private const uint HardwareFlow = 0x80000000;

    private readonly byte[] _path;
    private readonly int _baud;

    /// <summary>Names the port; nothing is opened yet.</summary>
    /// <param name="path">Such as <c>/dev/ttyUSB2</c>.</param>
    /// <param name="baud">Bits per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">Linux has no such speed.</exception>
    public TermiosPort(string path, int baud = 115200)
    {
        if (!IsSpeed(baud))
            throw new ArgumentOutOfRangeException(nameof(baud), baud, "Serial ports do not have this speed.");
        _path = Encoding.UTF8.GetBytes(path + "\0");
        _baud = baud;
    }

    /// <summary>True for a speed that a port can be set to.</summary>
    /// <param name="baud">Bits per second.</param>
    public static bool IsSpeed(int baud) => Speed(baud) != 0;

    /// <inheritdoc/>
    public Stream? TryOpen()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Serial ports by path are for Linux; elsewhere hand in an ISerialPort, or use tcp:HOST:PORT.");
        int descriptor = LibC.Open(_path, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        if (descriptor < 0)
            return null;
        if (TrySetUp(descriptor))
            return new TermiosStream(descriptor);
        _ = LibC.Close(descriptor);
        return null;
    }

    private bool TrySetUp(int descriptor)
    {
        byte[] settings = new byte[TermiosBytes];
        // A file that is no terminal has no such settings.
        if (LibC.GetAttributes(descriptor, settings) != 0)
            return false;
        LibC.MakeRaw(settings);
        Span<byte> control = settings.AsSpan(ControlFlags, 4);
        uint flags = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(control) : BinaryPrimitives.ReadUInt32BigEndian(control);
        flags = (flags | EnableReceiver | IgnoreModemLines) & ~(TwoStopBits | HardwareFlow);
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(control, flags);
        else
            BinaryPrimitives.WriteUInt32BigEndian(control, flags);
        return LibC.SetSpeed(settings, Speed(_baud)) == 0 && LibC.SetAttributes(descriptor, 0, settings) == 0;
    }

    /// <summary>The constant of a speed (asm-generic/termbits.h); 0 for none.</summary>
    private static uint Speed(int baud) => baud switch
    {
        1200 => 0x9,
        2400 => 0xB,
        4800 => 0xC,
        9600 => 0xD,
        19200 => 0xE,
        38400 => 0xF,
        57600 => 0x1001,
        115200 => 0x1002,
        230400 => 0x1003,
        460800 => 0x1004,
        921600 => 0x1007,
        3000000 => 0x100D,
        _ => 0,
    };
}
