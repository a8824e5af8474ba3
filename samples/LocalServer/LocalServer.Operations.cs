using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

// Requests to clients: one at a time for each address (NSTART = 1), the others wait in its queue.
public sealed partial class LocalServer : ICoapHandler
{
    private int _lastContext;

    void ICoapHandler.OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
    {
        Exchange? exchange = TakeCurrent(peer, context);
        if (exchange == null)
            return;
        Answer answer = ReadAnswer(exchange.Request.Path, exchange.AlternatePath, response, exchange.Sequence);
        if (exchange.NotificationOf != null)
            Deliver(exchange.NotificationOf, answer, nowMs);
        if (exchange.Starts != null)
            BeginObservation(exchange.Starts, answer, nowMs);
        exchange.Done.TrySetResult(answer);
    }

    void ICoapHandler.OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
    {
        Exchange? exchange = TakeCurrent(peer, context);
        if (exchange == null)
            return;
        Fail(exchange, reason);
        if (reason is CoapFailure.Timeout or CoapFailure.ResponseTimeout)
            TakeForAsleep(exchange.Remote, nowMs);
    }

    void ICoapHandler.OnAcknowledged(CoapPeer peer, int context, long nowMs)
    {
    }

    void ICoapHandler.OnReset(CoapPeer peer, int messageId, long nowMs)
    {
    }

    internal Task<Answer> SendAsync(Registration registration, OperationRequest request, Observation? starts, CancellationToken stop)
    {
        Exchange exchange;
        lock (_gate)
        {
            exchange = new Exchange(++_lastContext, registration.Remote, registration.Endpoint, request) { Registration = registration, Starts = starts };
            if (stop.IsCancellationRequested)
                return Task.FromCanceled<Answer>(stop);
            if (!registration.IsActive || (registration.Remote.IsLost && !registration.QueueMode))
            {
                Fail(exchange, CoapFailure.LinkLost);
                return exchange.Done.Task;
            }
            exchange.Remote.Waiting.AddLast(exchange);
            if (MustWait(exchange, Now))
                SetQueued(exchange);
            Settle();
        }
        return stop.CanBeCanceled ? WithCancellationAsync(exchange, stop) : exchange.Done.Task;
    }

    private Task<Answer> SendAsync(Remote remote, string endpoint, OperationRequest request, CancellationToken stop)
    {
        Exchange exchange;
        lock (_gate)
        {
            if (stop.IsCancellationRequested)
                return Task.FromCanceled<Answer>(stop);
            exchange = new Exchange(++_lastContext, remote, endpoint, request);
            remote.Waiting.AddLast(exchange);
            Settle();
        }
        return WithCancellationAsync(exchange, stop);
    }

    internal byte[] Encode(Lwm2mPath path, int contentFormat, IEnumerable<ResourceRecord> records)
    {
        lock (_gate)
        {
            return _codec.Encode(path, contentFormat, records);
        }
    }

    internal byte[] EncodePaths(int contentFormat, IReadOnlyList<Lwm2mPath> paths)
    {
        lock (_gate)
        {
            return _codec.EncodePaths(contentFormat, paths);
        }
    }

    private async Task<Answer> WithCancellationAsync(Exchange exchange, CancellationToken stop)
    {
        using CancellationTokenRegistration cancelling = stop.Register(() => Cancel(exchange, stop));
        return await exchange.Done.Task.ConfigureAwait(false);
    }

    private void Cancel(Exchange exchange, CancellationToken stop)
    {
        lock (_gate)
        {
            exchange.Done.TrySetCanceled(stop);
            Remote remote = exchange.Remote;
            if (!remote.Waiting.Remove(exchange) && remote.Current == exchange && !_stop.IsCancellationRequested)
            {
                _endpoint.Cancel(remote.Peer, exchange.Context, Now);
                Settle();
            }
        }
    }

    private void StartNext(Remote remote, long nowMs)
    {
        LinkedListNode<Exchange>? next = remote.Waiting.First;
        while (next != null && remote.Current == null && _endpoint.CanSend(remote.Peer))
        {
            LinkedListNode<Exchange> node = next;
            next = node.Next;
            if (MustWait(node.Value, nowMs))
                continue;
            remote.Waiting.Remove(node);
            Start(node.Value, nowMs);
        }
    }

    private void Start(Exchange exchange, long nowMs)
    {
        Remote remote = exchange.Remote;
        try
        {
            CoapRequest request = _endpoint.BeginRequest(remote.Peer)!;
            Fill(request, exchange);
            if (!_endpoint.SendRequest(request, exchange.Context, nowMs))
            {
                Fail(exchange, CoapFailure.TooLarge);
                return;
            }
            remote.Current = exchange;
            if (exchange.WasQueued)
                Post(() => OperationSent?.Invoke(this, new OperationEventArgs(exchange.Registration!, exchange.Request)));
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            // More options or payload than one request can have: whoever asked for it is told.
            exchange.Done.TrySetException(problem);
        }
    }

    private static void Fill(CoapRequest to, Exchange exchange)
    {
        OperationRequest from = exchange.Request;
        to.Code = from.Code;
        to.Confirmable = from.IsConfirmable;
        to.Accept = from.Accept;
        to.ContentFormat = from.ContentFormat;
        to.Observe = from.Observe;
        if (from.Token != null)
            to.SetToken(from.Token, 0, from.Token.Length);
        string before = from.OtherPath ?? exchange.AlternatePath;
        foreach (string segment in before.Split('/', StringSplitOptions.RemoveEmptyEntries))
            to.AddPath(segment);
        for (int level = 0; level < from.Path.Level; level++)
            to.AddPath(from.Path[level]);
        foreach (string parameter in from.Query)
            to.AddQuery(parameter);
        if (from.Payload.Length > to.PayloadCapacity)
            throw new ArgumentException($"A body of {from.Payload.Length} bytes is too large: at most {to.PayloadCapacity}.");
        from.Payload.CopyTo(to.Payload, to.PayloadOffset);
        to.PayloadLength = from.Payload.Length;
        // The token of an observation is needed again, to know its notifications and to cancel it.
        from.Token ??= to.Token[..to.TokenLength];
    }

    private static Exchange? TakeCurrent(CoapPeer peer, int context)
    {
        var remote = (Remote)peer.Tag!;
        Exchange? exchange = remote.Current;
        if (exchange == null || exchange.Context != context)
            return null;
        remote.Current = null;
        return exchange;
    }

    private static void Fail(Exchange exchange, CoapFailure reason) =>
        exchange.Done.TrySetException(new ExchangeFailedException($"{exchange.Request} on {exchange.Endpoint}", reason));

    private static void Move(Registration registration, Remote remote)
    {
        LinkedList<Exchange> waiting = registration.Remote.Waiting;
        foreach (Exchange exchange in waiting.Where(e => e.Registration == registration).ToList())
        {
            waiting.Remove(exchange);
            remote.Waiting.AddLast(exchange);
            exchange.Remote = remote;
        }
        registration.Remote = remote;
    }

    private static void DropWaiting(Registration registration)
    {
        LinkedList<Exchange> waiting = registration.Remote.Waiting;
        foreach (Exchange exchange in waiting.Where(e => e.Registration == registration).ToList())
        {
            waiting.Remove(exchange);
            Fail(exchange, CoapFailure.LinkLost);
        }
    }

    private Answer ReadAnswer(Lwm2mPath path, string alternatePath, CoapMessage message, int sequence = -1)
    {
        byte[] body = BodyOf(message);
        bool decodable = CoapCode.IsSuccess(message.Code);
        DecodedPayload decoded = decodable
            ? _codec.Decode(path, message.ContentFormat, body, alternatePath)
            : DecodedPayload.Nothing;
        var location = new StringBuilder();
        for (int i = 0; i < message.LocationCount; i++)
        {
            int offset = message.Location(i, out int length);
            location.Append('/').Append(Encoding.UTF8.GetString(message.Buffer, offset, length));
        }
        int observe = sequence >= 0 ? sequence : message.Observe;
        return new Answer(
            message.Code, message.ContentFormat, body, observe, location.ToString(), decoded, message.Type == CoapType.Confirmable);
    }
}
