namespace Lwm2m.Cellular;

/// <summary>Takes messages that come by a way that no link is open for: a trigger may be among them. See <see cref="ClientTriggers"/>.</summary>
public interface ITriggerSink
{
    /// <summary>A CoAP message came.</summary>
    /// <param name="buffer">Holds it; valid during the call.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>True when it was a trigger and is obeyed.</returns>
    bool Triggered(byte[] buffer, int offset, int count, long nowMs);
}
