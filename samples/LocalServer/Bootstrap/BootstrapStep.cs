using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>One request of a bootstrap.</summary>
public sealed class BootstrapStep
{
    private readonly Func<BootstrapSession, IReadOnlyList<ResourceRecord>>? _values;
    private readonly byte[]? _payload;
    private readonly int? _format;

    private BootstrapStep(
        BootstrapOperation operation,
        Lwm2mPath path,
        int? format = null,
        Func<BootstrapSession, IReadOnlyList<ResourceRecord>>? values = null,
        byte[]? payload = null)
    {
        Operation = operation;
        Path = path;
        _format = format;
        _values = values;
        _payload = payload;
    }

    /// <summary>What it does.</summary>
    public BootstrapOperation Operation { get; }

    /// <summary>Its target; the object alone where the instance is found out while the bootstrap runs.</summary>
    public Lwm2mPath Path { get; }

    /// <summary>True: when the client refuses it, the bootstrap goes on.</summary>
    public bool MayFail { get; init; }

    /// <summary>Bootstrap-Write.</summary>
    /// <param name="path">Object, instance or resource.</param>
    /// <param name="values">What is written, at or below the path.</param>
    /// <param name="format">Content format; without it the one that the client prefers (<c>pct</c>), TLV when it does not say.</param>
    public static BootstrapStep Write(Lwm2mPath path, IEnumerable<ResourceRecord> values, int? format = null)
    {
        List<ResourceRecord> records = values.ToList();
        return new(BootstrapOperation.Write, path, format, _ => records);
    }

    /// <summary>Bootstrap-Write of a body as it is.</summary>
    /// <param name="path">Object, instance or resource.</param>
    /// <param name="payload">The body.</param>
    /// <param name="format">Its content format; -1 sends none.</param>
    public static BootstrapStep WriteRaw(Lwm2mPath path, byte[] payload, int format) => new(BootstrapOperation.Write, path, format, null, payload);

    /// <summary>Bootstrap-Delete.</summary>
    /// <param name="path">Instance, object, or <c>/</c> for everything.</param>
    /// <param name="mayFail">See <see cref="MayFail"/>.</param>
    public static BootstrapStep Delete(Lwm2mPath path, bool mayFail = false) => new(BootstrapOperation.Delete, path) { MayFail = mayFail };

    /// <summary>Bootstrap-Discover.</summary>
    /// <param name="path">Object, or <c>/</c>.</param>
    /// <param name="mayFail">See <see cref="MayFail"/>.</param>
    public static BootstrapStep Discover(Lwm2mPath path, bool mayFail = false) => new(BootstrapOperation.Discover, path) { MayFail = mayFail };

    /// <summary>Bootstrap-Read.</summary>
    /// <param name="path">Object 1 or 2, or an instance of them.</param>
    /// <param name="accept">Wanted content format; without it as for a Write, -1 leaves it to the client.</param>
    public static BootstrapStep Read(Lwm2mPath path, int? accept = null) => new(BootstrapOperation.Read, path, accept);

    /// <summary>Bootstrap-Finish.</summary>
    /// <param name="mayFail">See <see cref="MayFail"/>.</param>
    public static BootstrapStep Finish(bool mayFail = false) => new(BootstrapOperation.Finish, Lwm2mPath.Root) { MayFail = mayFail };

    /// <summary>Operation and path.</summary>
    public override string ToString() => Operation == BootstrapOperation.Finish ? "Finish" : $"{Operation} {Path}";

    internal static BootstrapStep WriteSecurity(BootstrapAccount account) => new(
        BootstrapOperation.Write, new Lwm2mPath(0), null, session => account.SecurityRecords(session.SecurityInstanceOf(account)));

    /// <summary>The values of a Write; null for a body as it is.</summary>
    internal IReadOnlyList<ResourceRecord>? ValuesFor(BootstrapSession session) => _values?.Invoke(session);

    internal OperationRequest ToRequest(BootstrapSession session, Func<Lwm2mPath, int, IEnumerable<ResourceRecord>, byte[]> encode)
    {
        switch (Operation)
        {
            case BootstrapOperation.Delete:
                return new OperationRequest { Code = CoapCode.Delete, Path = Path };
            case BootstrapOperation.Discover:
                return new OperationRequest { Path = Path, Accept = ContentFormat.LinkFormat };
            case BootstrapOperation.Read:
                return new OperationRequest { Path = Path, Accept = _format ?? session.Format };
            case BootstrapOperation.Finish:
                return new OperationRequest { Code = CoapCode.Post, OtherPath = "/bs" };
        }
        if (_payload != null)
            return new OperationRequest { Code = CoapCode.Put, Path = Path, ContentFormat = _format!.Value, Payload = _payload };
        IReadOnlyList<ResourceRecord> values = ValuesFor(session)!;
        int format = _format ?? session.Format;
        // The account's instance is known only now.
        Lwm2mPath path = values.Count > 0 && Path.Level == 1 && Path.ObjectId == 0 && values.All(v => v.Path.InstanceId == values[0].Path.InstanceId)
            ? new Lwm2mPath(0, values[0].Path.InstanceId)
            : Path;
        return new OperationRequest { Code = CoapCode.Put, Path = path, ContentFormat = format, Payload = encode(path, format, values) };
    }
}
