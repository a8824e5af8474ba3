namespace Lwm2m.Cellular;

/// <summary>Where the AT engine writes: the way to the modem.</summary>
public interface ISerialOutput
{
    /// <summary>Takes as many bytes as it can at this moment. Never waits.</summary>
    /// <param name="buffer">Where the bytes are; the caller's again when this returns.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>How many were taken; the rest is offered again later.</returns>
    int Write(byte[] buffer, int offset, int count);
}
