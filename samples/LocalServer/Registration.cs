using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>
/// A registered client and the operations on it. Properties tell the state after the last Register or Update. Operations may be
/// called from any thread; they go out one after the other, as NSTART = 1 asks (RFC 7252 4.7).
/// </summary>
public sealed partial class Registration
{
    private readonly LocalServer _server;
    private readonly TaskCompletionSource<RegistrationEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _nextUpdate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Registration(LocalServer server, string endpoint, string location, Remote remote)
    {
        _server = server;
        Endpoint = endpoint;
        Location = location;
        Remote = remote;
    }

    /// <summary>Endpoint name of the client.</summary>
    public string Endpoint { get; }

    /// <summary>Location of the registration, such as <c>/rd/5a3f</c>.</summary>
    public string Location { get; }

    /// <summary>Lifetime in seconds; 0 never ends.</summary>
    public long LifetimeSeconds { get; internal set; }

    /// <summary>Version of LwM2M, such as "1.1".</summary>
    public string Version { get; internal set; } = "1.0";

    /// <summary>Binding modes, such as "U".</summary>
    public string Binding { get; internal set; } = "U";

    /// <summary>True when the client sleeps in between (1.1: parameter Q).</summary>
    public bool QueueMode { get; internal set; }

    /// <summary>Number for SMS; null without one.</summary>
    public string? Sms { get; internal set; }

    /// <summary>Profile id; null without one.</summary>
    public string? ProfileId { get; internal set; }

    /// <summary>Objects and instances, as the client listed them.</summary>
    public IReadOnlyList<LinkEntry> Links { get; internal set; } = [];

    /// <summary>The path before all paths of the client; "" unless a link says <c>rt="oma.lwm2m"</c>.</summary>
    public string AlternatePath { get; internal set; } = "";

    /// <summary>Address of the client.</summary>
    public IPEndPoint Address => Remote.EndPoint;

    /// <summary>Number of Updates so far.</summary>
    public int Updates { get; internal set; }

    /// <summary>
    /// True while requests go out at once. A client in queue mode is taken to listen for <see cref="LocalServerOptions.AwakeMs"/> after
    /// each message of its own; others always are.
    /// </summary>
    public bool IsAwake => _server.IsAwake(this);

    /// <summary>The requests that wait for the client to wake up, in the order in which they will go out, such as <c>GET /3/0/9</c>.</summary>
    public IReadOnlyList<string> Queued => _server.QueuedFor(this);

    /// <summary>False after the registration ended.</summary>
    public bool IsActive => !_ended.Task.IsCompleted;

    /// <summary>Completes when the registration ends, and tells why.</summary>
    public Task<RegistrationEnd> Ended => _ended.Task;

    internal Remote Remote { get; set; }

    internal long ExpiresMs { get; set; } = long.MaxValue;

    /// <summary>Completes at the next Update.</summary>
    /// <param name="stop">Ends the wait.</param>
    public Task NextUpdateAsync(CancellationToken stop = default) => Volatile.Read(ref _nextUpdate).Task.WaitAsync(stop);

    /// <summary>Read: of an object, instance, resource or resource instance.</summary>
    /// <param name="path">What is read.</param>
    /// <param name="accept">Wanted content format; -1 leaves it to the client.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> ReadAsync(Lwm2mPath path, int accept = -1, CancellationToken stop = default) =>
        SendAsync(new OperationRequest { Path = path, Accept = accept }, stop);

    /// <summary>Discover: the answer's <see cref="Answer.Links"/> tell what there is.</summary>
    /// <param name="path">Object, instance or resource.</param>
    /// <param name="depth">How deep, 0..3 (LwM2M 1.2); null for the default.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> DiscoverAsync(Lwm2mPath path, int? depth = null, CancellationToken stop = default) => SendAsync(
        new OperationRequest { Path = path, Accept = ContentFormat.LinkFormat, Query = depth == null ? [] : [$"depth={depth}"] }, stop);

    /// <summary>Write (replace) of one resource or resource instance.</summary>
    /// <param name="path">Resource or resource instance.</param>
    /// <param name="value">See <see cref="ResourceRecord"/>.</param>
    /// <param name="format">Content format; without it plain text, or opaque for bytes.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> WriteAsync(Lwm2mPath path, object value, int? format = null, CancellationToken stop = default) =>
        WriteAsync(path, [new ResourceRecord(path, value)], false, format ?? (value is byte[] ? ContentFormat.OctetStream : ContentFormat.PlainText), stop);

    /// <summary>Write of an object instance or a multiple resource.</summary>
    /// <param name="path">Instance or resource.</param>
    /// <param name="values">What is written, at or below the path.</param>
    /// <param name="partial">True merges (POST), false replaces (PUT).</param>
    /// <param name="format">Content format; without it TLV for a 1.0 client and SenML CBOR for others.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> WriteAsync(
        Lwm2mPath path, IEnumerable<ResourceRecord> values, bool partial, int? format = null, CancellationToken stop = default)
    {
        int contentFormat = format ?? DefaultFormat;
        return WriteRawAsync(path, _server.Encode(path, contentFormat, values), contentFormat, partial, stop);
    }

    /// <summary>Write of a body as it is.</summary>
    /// <param name="path">Where.</param>
    /// <param name="payload">The body.</param>
    /// <param name="format">Its content format.</param>
    /// <param name="partial">True merges (POST), false replaces (PUT).</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> WriteRawAsync(Lwm2mPath path, byte[] payload, int format, bool partial = false, CancellationToken stop = default) =>
        SendAsync(
            new OperationRequest
            {
                Code = partial ? CoapCode.Post : CoapCode.Put,
                Path = path,
                ContentFormat = format,
                Payload = payload,
            },
            stop);

    /// <summary>Write-Attributes.</summary>
    /// <param name="path">Object, instance, resource or resource instance.</param>
    /// <param name="attributes">Such as <c>pmin=10</c>, or <c>pmin</c> alone to remove it.</param>
    public Task<Answer> WriteAttributesAsync(Lwm2mPath path, params string[] attributes) =>
        SendAsync(new OperationRequest { Code = CoapCode.Put, Path = path, Query = attributes });

    /// <summary>Execute.</summary>
    /// <param name="path">The resource.</param>
    /// <param name="arguments">Such as <c>0='U',1</c>; null for none.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> ExecuteAsync(Lwm2mPath path, string? arguments = null, CancellationToken stop = default) => SendAsync(
        new OperationRequest
        {
            Code = CoapCode.Post,
            Path = path,
            ContentFormat = arguments == null ? -1 : ContentFormat.PlainText,
            Payload = arguments == null ? [] : Encoding.UTF8.GetBytes(arguments),
        },
        stop);

    /// <summary>Create: the answer's <see cref="Answer.Location"/> tells the instance.</summary>
    /// <param name="objectId">The object.</param>
    /// <param name="instanceId">Id of the new instance; null leaves it to the client, which SenML cannot say.</param>
    /// <param name="values">Resource ids and values.</param>
    /// <param name="format">Content format; without it TLV where the client chooses the id, else as for a Write.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> CreateAsync(
        int objectId,
        int? instanceId = null,
        IEnumerable<KeyValuePair<int, object>>? values = null,
        int? format = null,
        CancellationToken stop = default)
    {
        int instance = instanceId ?? -1;
        List<ResourceRecord> records = (values ?? []).Select(v => new ResourceRecord(new Lwm2mPath(objectId, instance, v.Key), v.Value)).ToList();
        if (records.Count == 0 && instanceId != null)
            records.Add(new ResourceRecord(new Lwm2mPath(objectId, instance), null));
        int contentFormat = format ?? (instanceId == null || records[0].Value == null ? ContentFormat.Tlv : DefaultFormat);
        return SendAsync(
            new OperationRequest
            {
                Code = CoapCode.Post,
                Path = new Lwm2mPath(objectId),
                ContentFormat = contentFormat,
                Payload = records.Count == 0 ? [] : _server.Encode(new Lwm2mPath(objectId), contentFormat, records),
            },
            stop);
    }

    /// <summary>Delete.</summary>
    /// <param name="path">Object instance, or resource instance (1.2).</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> DeleteAsync(Lwm2mPath path, CancellationToken stop = default) =>
        SendAsync(new OperationRequest { Code = CoapCode.Delete, Path = path }, stop);

    /// <summary>Observe.</summary>
    /// <param name="path">Object, instance, resource or resource instance.</param>
    /// <param name="notified">Is called for each notification, one after the other; not for the first answer.</param>
    /// <param name="accept">Wanted content format; -1 leaves it to the client.</param>
    /// <param name="attributes">Attributes for this observation (LwM2M 1.2), such as <c>pmin=10</c>.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The observation; <see cref="Observation.IsActive"/> is false when the client refused it.</returns>
    public Task<Observation> ObserveAsync(
        Lwm2mPath path,
        Action<Answer>? notified = null,
        int accept = -1,
        IReadOnlyList<string>? attributes = null,
        CancellationToken stop = default) =>
        _server.ObserveAsync(this, new OperationRequest { Path = path, Accept = accept, Query = attributes ?? [] }, [path], notified, stop);

    /// <summary>
    /// Tells the client to bootstrap anew (server-initiated bootstrap: Execute of <c>/1/x/9</c>, Bootstrap-Request Trigger).
    /// </summary>
    /// <param name="serverInstance">Instance of object 1; null takes the first one that the client registered.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> TriggerBootstrapAsync(int? serverInstance = null, CancellationToken stop = default)
    {
        int instance = serverInstance ?? Links.FirstOrDefault(l => l.Path is { ObjectId: 1, Level: 2 })?.Path?.InstanceId ?? 0;
        return ExecuteAsync(new Lwm2mPath(1, instance, 9), stop: stop);
    }

    /// <summary>Takes a client in queue mode for asleep from now on, before its time is over; its next message wakes it. Tests need not wait then.</summary>
    public void TakeForAsleep() => _server.TakeForAsleep(this);

    /// <summary>Sends any request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ExchangeFailedException">No answer came.</exception>
    public Task<Answer> SendAsync(OperationRequest request, CancellationToken stop = default) => _server.SendAsync(this, request, null, stop);

    /// <summary>Endpoint, location and parameters on one line.</summary>
    public override string ToString() =>
        $"{Endpoint} {Location} at {Address}, LwM2M {Version}, lifetime {LifetimeSeconds} s, {(QueueMode ? "queue mode, " : "")}{string.Join(",", Links)}";

    internal void SetEnded(RegistrationEnd reason)
    {
        _ended.TrySetResult(reason);
        _sent.Writer.TryComplete();
    }

    internal void SetUpdated()
    {
        TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _nextUpdate, next).SetResult();
    }

    private int DefaultFormat => Version == "1.0" ? ContentFormat.Tlv : ContentFormat.SenmlCbor;
}
