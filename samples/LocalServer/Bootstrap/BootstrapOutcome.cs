namespace Lwm2m.Samples;

/// <summary>How a bootstrap ended, as far as the server knows.</summary>
public enum BootstrapOutcome
{
    /// <summary>The client answered 2.04 to Finish, or took a Pack.</summary>
    Succeeded,

    /// <summary>The client refused a step, or did not answer; the rest was not sent.</summary>
    Failed,

    /// <summary>All steps went out, and there was no Finish among them.</summary>
    Unfinished,

    /// <summary>The client asked anew in the middle, or the server ended.</summary>
    Abandoned,
}
