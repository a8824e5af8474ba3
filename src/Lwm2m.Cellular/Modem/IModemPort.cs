using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>The bytes from and to a modem, without waiting: what a platform's pump makes of a serial port.</summary>
public interface IModemPort : ISerialOutput
{
    /// <summary>True while there is a port. It is opened again and again by itself where there is none.</summary>
    bool IsOpen { get; }

    /// <summary>Counts up each time the port was opened; bytes of the one before are gone.</summary>
    int Openings { get; }

    /// <summary>Holds what has come.</summary>
    byte[] Input { get; }

    /// <summary>Finds what has come and was not taken: one run of bytes in <see cref="Input"/>, of which there may be another one behind.</summary>
    /// <param name="offset">Index of its first byte.</param>
    /// <returns>Its length; 0 when there is nothing.</returns>
    int Peek(out int offset);

    /// <summary>Gives back the room of bytes that <see cref="Peek"/> has found.</summary>
    /// <param name="count">How many.</param>
    void Take(int count);

    /// <summary>Names whom to wake when something comes in, or the port is opened or lost.</summary>
    /// <param name="runner">The runner, or null when it ends.</param>
    void Attach(IWakeUp? runner);
}
