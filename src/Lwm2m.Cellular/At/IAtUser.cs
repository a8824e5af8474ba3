namespace Lwm2m.Cellular;

/// <summary>
/// A service on the AT engine: the modem machine, short messages, non-IP data, sockets. All calls come from within
/// <see cref="AtEngine.Received"/> and <see cref="AtEngine.Poll"/>; lines are valid only during the call.
/// </summary>
public interface IAtUser
{
    /// <summary>The engine is idle: writes one command, if there is one to write.</summary>
    /// <param name="command">Empty; filled by the user.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>False when there is nothing to say; asked again after <see cref="AtEngine.Ask"/> and after each command.</returns>
    bool NextCommand(AtCommand command, long nowMs);

    /// <summary>A line that answers the command in hand: one of those that it expects.</summary>
    /// <param name="tag"><see cref="AtCommand.Tag"/> of the command.</param>
    /// <param name="line">The line.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns><see cref="AtTake.NotMine"/> hands it on to all users as unsolicited, as where the modem reports the same thing by itself.</returns>
    AtTake OnAnswer(int tag, AtLine line, long nowMs);

    /// <summary>The command is over. Follows each command exactly once.</summary>
    /// <param name="tag"><see cref="AtCommand.Tag"/> of the command.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="error">The number behind <c>+CME ERROR</c> or <c>+CMS ERROR</c>, else 0; see <see cref="AtError"/>.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void OnResult(int tag, AtResult result, int error, long nowMs);

    /// <summary>A line that no command asked for. Every user is asked until one takes it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="nowMs">Monotonic time.</param>
    AtTake OnUnsolicited(AtLine line, long nowMs);

    /// <summary>The modem started anew: all that it was told is gone. A command in hand has ended before with <see cref="AtResult.Reset"/>.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    void OnModemReset(long nowMs);
}
