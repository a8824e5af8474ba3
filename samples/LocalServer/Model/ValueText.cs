using System;
using System.Globalization;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>Values as a person types them.</summary>
public static class ValueText
{
    /// <summary>Reads a value as the type of its resource; as a string where that is not known.</summary>
    /// <param name="path">The resource.</param>
    /// <param name="text">The text: true or false, a number, seconds since 1970 or an ISO time, hex digits, oid:iid.</param>
    /// <exception cref="FormatException">It is no such value.</exception>
    public static object Parse(Lwm2mPath path, string text)
    {
        try
        {
            return ParseAs(ResourceTypes.Of(path.ObjectId, path.ResourceId) ?? DataType.String, text);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw new FormatException($"\"{text}\" is no {ResourceTypes.Of(path.ObjectId, path.ResourceId)}, which {path} wants.");
        }
    }

    private static object ParseAs(DataType type, string text)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        switch (type)
        {
            case DataType.Integer:
                return long.Parse(text, plain);
            case DataType.Unsigned:
                return ulong.Parse(text, plain);
            case DataType.Float:
                return double.Parse(text, plain);
            case DataType.Boolean when text is "1" or "on":
                return true;
            case DataType.Boolean when text is "0" or "off":
                return false;
            case DataType.Boolean:
                return bool.Parse(text);
            case DataType.Time:
                return long.TryParse(text, plain, out long seconds)
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : DateTimeOffset.Parse(text, plain, DateTimeStyles.AssumeUniversal);
            case DataType.Opaque:
                return Convert.FromHexString(text);
            case DataType.ObjectLink:
                return ObjectLink.Parse(text);
            default:
                return text;
        }
    }
}
