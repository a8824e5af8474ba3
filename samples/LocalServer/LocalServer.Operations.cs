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
        Answer answer = ReadAnswer(exchange.Request.Path, exchange.Registration, response, exchange.Sequence);
        if (exchange.NotificationOf != null)
            Deliver(exchange.NotificationOf, answer, nowMs);
        if (exchange.Starts != null)
            BeginObservation(exchange.Starts, answer, nowMs);
        exchange.Done.TrySetResult(answer);
    }

    void ICoapHandler.OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
    {
        Exchange? exchange = TakeCurrent(peer, context);
        if (exchange != null)
            Fail(exchange, reason);
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
            exchange = new Exchange(++_lastContext, registration, request) { Starts = starts };
            if (stop.IsCancellationRequested)
                return Task.FromCanceled<Answer>(stop);
            if (!registration.IsActive)
            {
                Fail(exchange, CoapFailure.LinkLost);
                return exchange.Done.Task;
            }
            exchange.Remote.Waiting.AddLast(exchange);
            Settle();
        }
        return stop.CanBeCanceled ? WithCancellationAsync(exchange, stop) : exchange.Done.Task;
    }

    internal byte[] Encode(Lwm2mPath path, int contentFormat, IEnumerable<ResourceRecord> records)
    {
        lock (_gate)
        {
            return _codec.Encode(path, contentFormat, records);
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
        while (remote.Current == null && remote.Waiting.First is { } first && _endpoint.CanSend(remote.Peer))
        {
            remote.Waiting.RemoveFirst();
            Exchange exchange = first.Value;
            try
            {
                CoapRequest request = _endpoint.BeginRequest(remote.Peer)!;
                Fill(request, exchange);
                if (_endpoint.SendRequest(request, exchange.Context, nowMs))
                    remote.Current = exchange;
                else
                    Fail(exchange, CoapFailure.TooLarge);
            }
            catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
            {
                // More options or payload than one request can have: whoever asked for it is told.
                exchange.Done.TrySetException(problem);
            }
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
        foreach (string segment in exchange.Registration.AlternatePath.Split('/', StringSplitOptions.RemoveEmptyEntries))
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
        exchange.Done.TrySetException(new ExchangeFailedException($"{exchange.Request} on {exchange.Registration.Endpoint}", reason));

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

    private Answer ReadAnswer(Lwm2mPath path, Registration registration, CoapMessage message, int sequence = -1)
    {
        byte[] body = BodyOf(message);
        bool decodable = CoapCode.IsSuccess(message.Code);
        DecodedPayload decoded = decodable
            ? _codec.Decode(path, message.ContentFormat, body, registration.AlternatePath)
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
