namespace Lwm2m.Samples;

/// <summary>Why a registration is no more.</summary>
public enum RegistrationEnd
{
    /// <summary>The client said good-bye.</summary>
    Deregistered,

    /// <summary>No Update came within the lifetime.</summary>
    Expired,

    /// <summary>The client registered anew.</summary>
    Replaced,

    /// <summary>The server forgot it: <see cref="LocalServer.Forget"/>, or the end of the server.</summary>
    Forgotten,
}
