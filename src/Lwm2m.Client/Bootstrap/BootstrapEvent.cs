namespace Lwm2m.Client;

/// <summary>What can happen to a bootstrap: the columns of <see cref="BootstrapTable"/>.</summary>
internal enum BootstrapEvent
{
    /// <summary>The client finds that it needs a bootstrap: no server account, or registration failed.</summary>
    Wanted = 0,

    /// <summary>A server (/1/x/9) or the application asks for one now.</summary>
    Asked = 1,

    /// <summary>The transport has a link to the bootstrap server.</summary>
    LinkUp = 2,

    /// <summary>The same, for a client that asks for the Pack first (LwM2M 1.2).</summary>
    LinkUpForPack = 3,

    /// <summary>The transport has no link (any more).</summary>
    LinkLost = 4,

    /// <summary>The Pack came, and what it holds is consistent.</summary>
    Provisioned = 5,

    /// <summary>2.04 to the Bootstrap-Request.</summary>
    Accepted = 6,

    /// <summary>4.xx: this form of the request is refused.</summary>
    Refused = 7,

    /// <summary>Any other answer that is no success, or one that cannot be used.</summary>
    Failed = 8,

    /// <summary>No answer, or a Reset.</summary>
    Unanswered = 9,

    /// <summary>The timer of the state ran out.</summary>
    Due = 10,

    /// <summary>Bootstrap-Finish, and the configuration is consistent.</summary>
    Finish = 11,

    /// <summary>The client is stopped, or its bootstrap account is gone.</summary>
    Stop = 12,

    /// <summary>Every server took the client again meanwhile.</summary>
    Regained = 13
}
