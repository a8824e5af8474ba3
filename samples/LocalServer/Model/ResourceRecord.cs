using System;
using System.Globalization;

namespace Lwm2m.Samples;

/// <summary>
/// A resource (or resource instance) and its value: <see cref="string"/>, <see cref="long"/>, <see cref="ulong"/>,
/// <see cref="double"/>, <see cref="bool"/>, <c>byte[]</c>, <see cref="DateTimeOffset"/> or <see cref="ObjectLink"/>; null for
/// an instance or multiple resource without content, and for a resource instance that a Write-Composite removes.
/// </summary>
/// <param name="Path">Where.</param>
/// <param name="Value">What. Smaller integers, <see cref="float"/> and <see cref="DateTime"/> are taken too when writing.</param>
public sealed record ResourceRecord(Lwm2mPath Path, object? Value)
{
    /// <summary>When the value was measured, where the client says so (history in SenML); null for now. Not written.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The value for a person to read.</summary>
    public string ValueText => Value switch
    {
        null => "(empty)",
        string text => "\"" + text + "\"",
        bool flag => flag ? "true" : "false",
        byte[] bytes => "0x" + Convert.ToHexStringLower(bytes),
        DateTimeOffset time => TextOf(time),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Value.ToString() ?? "",
    };

    /// <summary><c>path = value</c>, and the time where there is one.</summary>
    public override string ToString() => Time is { } time ? $"{Path} = {ValueText} at {TextOf(time)}" : $"{Path} = {ValueText}";

    private static string TextOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString(time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
