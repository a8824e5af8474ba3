using System.Collections.Generic;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>A request to a client in full; <see cref="Registration"/> has a method for each operation, which is handier.</summary>
public sealed class OperationRequest
{
    /// <summary>Method: see <see cref="CoapCode"/>.</summary>
    public int Code { get; set; } = CoapCode.Get;

    /// <summary>Path of the target, below the client's alternate path.</summary>
    public Lwm2mPath Path { get; set; } = Lwm2mPath.Root;

    /// <summary>A path that is none of objects, such as <c>/bs</c>; it stands in place of <see cref="Path"/>.</summary>
    public string? OtherPath { get; set; }

    /// <summary>Query parameters, such as <c>pmin=10</c>.</summary>
    public IReadOnlyList<string> Query { get; set; } = [];

    /// <summary>Content-Format of the body, -1 for none.</summary>
    public int ContentFormat { get; set; } = -1;

    /// <summary>Accept, -1 for none.</summary>
    public int Accept { get; set; } = -1;

    /// <summary>Observe, -1 for none.</summary>
    public int Observe { get; set; } = -1;

    /// <summary>The body.</summary>
    public byte[] Payload { get; set; } = [];

    /// <summary>CON when true, else NON.</summary>
    public bool IsConfirmable { get; set; } = true;

    /// <summary>The token; null for a new one.</summary>
    public byte[]? Token { get; set; }

    /// <summary>Method and path.</summary>
    public override string ToString() => $"{Name} {OtherPath ?? Path.ToString()}";

    private string Name => Code switch
    {
        CoapCode.Get => "GET",
        CoapCode.Post => "POST",
        CoapCode.Put => "PUT",
        CoapCode.Delete => "DELETE",
        CoapCode.Fetch => "FETCH",
        CoapCode.Patch => "PATCH",
        CoapCode.IPatch => "iPATCH",
        _ => Answer.TextOf(Code),
    };
}
