namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What a socket received.</summary>
/// <param name="Data">Bytes.</param>
/// <param name="Host">From where, as the host of the modem named it.</param>
/// <param name="Port">From which port.</param>
internal sealed record Datagram(byte[] Data, string Host, int Port);
