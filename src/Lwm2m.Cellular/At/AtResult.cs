namespace Lwm2m.Cellular;

/// <summary>How a command ended.</summary>
public enum AtResult
{
    /// <summary><c>OK</c>, or the line that the command names as its success.</summary>
    Ok,

    /// <summary><c>ERROR</c> without a number, or the line that the command names as its failure.</summary>
    Error,

    /// <summary><c>+CME ERROR</c> with its number (27.007 9.2); -1 where the modem wrote a text that nobody knows.</summary>
    CmeError,

    /// <summary><c>+CMS ERROR</c> with its number (27.005 3.2.5); -1 as above.</summary>
    CmsError,

    /// <summary>No final result in time. The engine finds its way back to the modem by itself; whether the command took effect is unknown.</summary>
    TimedOut,

    /// <summary>The modem started anew while the command was in hand.</summary>
    Reset,

    /// <summary>The command did not fit <c>commandBytes</c> or held a character that a quoted text may not have; nothing was sent.</summary>
    NotSent,
}
