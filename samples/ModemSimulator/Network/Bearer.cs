namespace Lwm2m.Samples.ModemSimulator;

/// <summary>How bytes cross the air.</summary>
public enum Bearer
{
    /// <summary>Short messages.</summary>
    Sms,

    /// <summary>Non-IP data over the control plane.</summary>
    NonIp,

    /// <summary>UDP sockets of the modem.</summary>
    Udp,

    /// <summary>TCP sockets of the modem.</summary>
    Tcp,
}
