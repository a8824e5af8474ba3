using System;
using Lwm2m.Coap;

namespace Lwm2m.Transport.Contract;

/// <summary>A transport with a peer at its other end, as <see cref="TransportContract"/> wants them. Made anew for each test.</summary>
public interface ITransportBench : IDisposable
{
    /// <summary>The transport; link 0 is used.</summary>
    ITransport Transport { get; }

    /// <summary>What is opened.</summary>
    ServerUri Uri { get; }

    /// <summary>The time that the pump is told: real, or a number that <see cref="Pass"/> raises.</summary>
    long NowMs { get; }

    /// <summary>Lets a little time pass, or waits a little for what comes in.</summary>
    void Pass(PumpSet pumps);

    /// <summary>The oldest message that the peer got and that was not taken yet; null where there is none now.</summary>
    byte[]? Take();

    /// <summary>The peer sends a message. It knows where to since the client's first one.</summary>
    void Send(byte[] message);

    /// <summary>The peer or the network ends the link.</summary>
    /// <returns>False where that does not exist, as with UDP.</returns>
    bool Lose();

    /// <summary>The network or the peer takes nothing any more, or does again.</summary>
    /// <returns>False where nobody would notice, as with UDP.</returns>
    bool Stall(bool isStalled);
}
