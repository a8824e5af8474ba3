using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lwm2m.Formats.Tests;

/// <summary>An entry of vectors.json.</summary>
internal sealed record Vector(string Id, string Format, int ContentFormat, JsonElement Meaning, byte[] Bytes, bool MustFail, string? Type)
{
    public static IReadOnlyList<Vector> All { get; } = Load();

    public static Vector Get(string id) => All.Single(v => v.Id == id);

    /// <summary>The records that the meaning of the entry names, where it names paths.</summary>
    public Item[] Items()
    {
        if (Meaning.TryGetProperty("resolved", out JsonElement resolved))
            return resolved.EnumerateArray().Select(r => Item.At(r.GetProperty("n").GetString()!, Value(r.GetProperty("v")), Time(r))).ToArray();
        if (Meaning.TryGetProperty("paths", out JsonElement paths))
            return paths.EnumerateArray().Select(p => Item.At(p.GetString()!, Item.PathOnly)).ToArray();
        return Meaning.EnumerateObject().Select(p => Item.At(p.Name.Replace("/dev1", "", StringComparison.Ordinal), Value(p.Value))).ToArray();
    }

    public object? Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
            case JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Array:
                return Item.EmptyMultiple;
            case JsonValueKind.Number:
                string raw = value.GetRawText();
                if (raw.AsSpan().IndexOfAny('.', 'e') >= 0)
                    return double.Parse(raw, CultureInfo.InvariantCulture);
                if (Id.Contains("uint", StringComparison.Ordinal) || raw == "18446744073709551615")
                    return ulong.Parse(raw, CultureInfo.InvariantCulture);
                return long.Parse(raw, CultureInfo.InvariantCulture);
            default:
                string text = value.GetString()!;
                if (text.StartsWith("h'", StringComparison.Ordinal))
                    return Convert.FromHexString(text[2..^1]);
                Match link = Regex.Match(text, "^([0-9]+):([0-9]+)$");
                if (!link.Success)
                    return text;
                return new ObjectLink(int.Parse(link.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(link.Groups[2].Value, CultureInfo.InvariantCulture));
        }
    }

    public override string ToString() => Id;

    private static long? Time(JsonElement record) =>
        record.TryGetProperty("t", out JsonElement t) ? (long)Math.Round(t.GetDouble() * 1000) : null;

    private static Vector[] Load()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors.json")));
        return document.RootElement.EnumerateArray().Select(e => new Vector(
            e.GetProperty("id").GetString()!,
            e.GetProperty("format").GetString()!,
            e.TryGetProperty("content_format", out JsonElement cf) && cf.ValueKind == JsonValueKind.Number ? cf.GetInt32() : -1,
            e.GetProperty("meaning").Clone(),
            e.TryGetProperty("hex", out JsonElement hex) ? Convert.FromHexString(hex.GetString()!)
                : e.TryGetProperty("text", out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!) : [],
            e.TryGetProperty("must_fail", out JsonElement fail) && fail.GetBoolean(),
            e.TryGetProperty("type", out JsonElement type) ? type.GetString() : null)).ToArray();
    }
}
