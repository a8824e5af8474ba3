using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Opens the way to a server when a device sends its first message there.</summary>
/// <param name="device">Whose: its number.</param>
/// <param name="received">To be called with each message that comes from the server; any thread.</param>
public delegate IServerLink ServerLinkFactory(string device, Action<byte[]> received);
