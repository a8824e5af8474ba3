namespace Lwm2m.Samples.Streetlight;

/// <summary>Who speaks.</summary>
internal enum Side
{
    /// <summary>The lamp: an LwM2M client.</summary>
    Lamp,

    /// <summary>The server that manages it.</summary>
    Server,

    /// <summary>The air between them: what a step cost.</summary>
    Air,
}
