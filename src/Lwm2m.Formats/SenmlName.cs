namespace Lwm2m.Formats;

/// <summary>
/// Reads the path of a SenML record from its base name and name, which are joined as text: "/3/0/1" and "3" are "/3/0/13". The state
/// after the base name is kept, so that each record reads only its own name.
/// </summary>
internal static class SenmlName
{
    /// <summary>Nothing was read so far.</summary>
    public const int Nothing = -2;

    /// <summary>A slash was read, no digit after it.</summary>
    public const int AfterSlash = -1;
}
