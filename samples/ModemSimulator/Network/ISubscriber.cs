using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A device as the network sees it.</summary>
internal interface ISubscriber
{
    /// <summary>Its number, normalised.</summary>
    string Number { get; }

    TrafficCounters Traffic { get; }

    /// <summary>Does something as soon as the device can be reached: at once, at its next paging occasion, or when it wakes up.</summary>
    void Page(Action deliver);

    /// <summary>Hands over a short message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="acknowledged">To be told once whether the device took it.</param>
    void Deliver(ShortMessage message, Action<bool> acknowledged);
}
