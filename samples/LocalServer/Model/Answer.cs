using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>A client's response to an operation, or one of its notifications.</summary>
public sealed class Answer
{
    internal Answer(int code, int contentFormat, byte[] payload, int observe, string location, DecodedPayload decoded, bool isConfirmable)
    {
        Code = code;
        ContentFormat = contentFormat;
        Payload = payload;
        Observe = observe;
        Location = location;
        Records = decoded.Records;
        Links = decoded.Links;
        DecodeStatus = decoded.Status;
        IsConfirmable = isConfirmable;
    }

    /// <summary>The code as in the header: see <see cref="CoapCode"/>.</summary>
    public int Code { get; }

    /// <summary>The code as people write it, such as <c>2.05</c>.</summary>
    public string CodeText => TextOf(Code);

    /// <summary>True for 2.xx.</summary>
    public bool IsSuccess => CoapCode.IsSuccess(Code);

    /// <summary>Content-Format, -1 when absent: see <see cref="Formats.ContentFormat"/>.</summary>
    public int ContentFormat { get; }

    /// <summary>The body as it came, whole.</summary>
    public byte[] Payload { get; }

    /// <summary>Observe, -1 when absent.</summary>
    public int Observe { get; }

    /// <summary>True for a notification that came as CON.</summary>
    public bool IsConfirmable { get; }

    /// <summary>The Location-Path of a Create, such as <c>/16/1</c>; "" without one.</summary>
    public string Location { get; }

    /// <summary>The decoded values in the order of the body; empty for other bodies.</summary>
    public IReadOnlyList<ResourceRecord> Records { get; }

    /// <summary>The decoded links of a Discover; empty for other bodies.</summary>
    public IReadOnlyList<LinkEntry> Links { get; }

    /// <summary><see cref="FormatStatus.End"/> when the body was decoded to its end, or there is none; otherwise why not.</summary>
    public FormatStatus DecodeStatus { get; }

    /// <summary>The text that an error brought; "" without one.</summary>
    public string Diagnostic => IsSuccess || ContentFormat >= 0 ? "" : Encoding.UTF8.GetString(Payload);

    /// <summary>The first (usually the only) value; null when there is none.</summary>
    public object? Value => Records.Count > 0 ? Records[0].Value : null;

    /// <summary>The value of a path; null when it is not there.</summary>
    /// <param name="path">Such as <c>/3/0/13</c>.</param>
    public object? this[Lwm2mPath path]
    {
        get
        {
            foreach (ResourceRecord record in Records)
            {
                if (record.Path == path)
                    return record.Value;
            }
            return null;
        }
    }

    /// <summary>A code as people write it.</summary>
    /// <param name="code">See <see cref="CoapCode"/>.</param>
    public static string TextOf(int code) => $"{CoapCode.Class(code)}.{CoapCode.Detail(code):00}";

    /// <summary>Code and content on one line.</summary>
    public override string ToString()
    {
        if (Records.Count > 0)
            return $"{CodeText} {string.Join(", ", Records)}";
        if (Links.Count > 0)
            return $"{CodeText} {string.Join(",", Links)}";
        if (Location.Length > 0)
            return $"{CodeText} {Location}";
        if (Diagnostic.Length > 0)
            return $"{CodeText} {Diagnostic}";
        return Payload.Length > 0 ? $"{CodeText} 0x{Convert.ToHexStringLower(Payload)}" : CodeText;
    }
}
