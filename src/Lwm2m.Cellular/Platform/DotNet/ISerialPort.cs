using System.IO;

namespace Lwm2m.Cellular;

/// <summary>A way to a modem that may be there or not: a serial port, a serial server. The application's, or <see cref="TermiosPort"/>, <see cref="TcpPort"/>.</summary>
public interface ISerialPort
{
    /// <summary>Opens the port. Called from a thread of the pump, again and again where it fails, and after each loss; may take some seconds.</summary>
    /// <returns>
    /// A stream whose reads wait for bytes and end with 0 or an exception when the port is lost or the stream disposed; null when there is no port
    /// now.
    /// </returns>
    Stream? TryOpen();
}
