namespace Lwm2m.Coap;

/// <summary>Port: takes the bytes that a <see cref="CoapStream"/> wants to go out over its connection.</summary>
public interface ICoapStreamOutput
{
    /// <summary>
    /// Writes bytes to the connection, in the order of the calls: all of them or none. The buffer is valid during the call only. Must neither
    /// throw nor call back into the stream.
    /// </summary>
    /// <returns>False when they cannot be taken now.</returns>
    bool Write(byte[] buffer, int offset, int count);
}
