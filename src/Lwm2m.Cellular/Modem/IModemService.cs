using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// A bearer, or another service, on a modem: it is set up with it, hears its lines, and is given its turn. All calls come from
/// the runner's thread, under the gate.
/// </summary>
public interface IModemService : IAtUser
{
    /// <summary>
    /// Writes the next command that the modem needs before it attaches to the network, as one that defines a context. Asked again and again after
    /// each start of the modem, service by service in the order in which they were added; answers and result come to this service. After
    /// <see cref="IAtUser.OnModemReset"/> it begins from the first one.
    /// </summary>
    /// <param name="command">Empty; filled by the service.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>False when this service has no more of them.</returns>
    bool NextSetupCommand(AtCommand command, long nowMs);

    /// <summary>
    /// Does what is due by time, and tells what happened to links: <see cref="ILinkEvents.LinkUp"/>, <see cref="ILinkEvents.LinkDown"/>. Messages that
    /// arrive are told from within <see cref="IAtUser.OnUnsolicited"/> and <see cref="IAtUser.OnAnswer"/>, through the modem's <c>Events</c>.
    /// </summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>When to call again at the latest; <see cref="long.MaxValue"/> for never.</returns>
    long Poll(ILinkEvents events, long nowMs);
}
