using System;
using System.Globalization;

namespace Lwm2m.Samples;

/// <summary>
/// A resource (or resource instance) and its value: <see cref="string"/>, <see cref="long"/>, <see cref="ulong"/>,
/// <see cref="double"/>, <see cref="bool"/>, <c>byte[]</c>, <see cref="DateTimeOffset"/> or <see cref="ObjectLink"/>; null for
/// an instance or multiple resource without content.
/// </summary>
/// <param name="Path">Where.</param>
/// <param name="Value">What. Smaller integers, <see cref="float"/> and <see cref="DateTime"/> are taken too when writing.</param>
public sealed record ResourceRecord(Lwm2mPath Path, object? Value)
{
    /// <summary>The value for a person to read.</summary>
    public string ValueText => Value switch
    {
        null => "(empty)",
        string text => "\"" + text + "\"",
        bool flag => flag ? "true" : "false",
        byte[] bytes => "0x" + Convert.ToHexStringLower(bytes),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Value.ToString() ?? "",
    };

    /// <summary><c>path = value</c>.</summary>
    public override string ToString() => $"{Path} = {ValueText}";
}
