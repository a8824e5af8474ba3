using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

// What the server asks of the client: one request at a time, the others wait (NSTART 1, and Core 6.5 in queue mode).
internal sealed partial class Server
{
    private readonly LinkedList<ServerOperation> _todo = new();
    private ServerOperation? _current;
    private CoapPeer? _currentPeer;
    private int _context;

    /// <summary>Nothing is asked and nothing waits.</summary>
    public bool IsIdle => _current == null && _todo.Count == 0;

    /// <summary>What it waits for, for the log.</summary>
    public string Waits => _current != null ? _current.Kind + " /" + _current.Path + " is out" : _todo.Count + " requests wait";

    public void Ask(ServerOperation operation)
    {
        if (!HasClient || _todo.Count > 50)
            return;
        _todo.AddLast(operation);
        Next();
    }

    /// <summary>Gives up the requests for a path that still wait.</summary>
    public void Drop(string path)
    {
        for (LinkedListNode<ServerOperation>? at = _todo.First; at != null;)
        {
            LinkedListNode<ServerOperation>? next = at.Next;
            if (at.Value.Path == path)
                _todo.Remove(at);
            at = next;
        }
    }

    /// <summary>Sends the next request, where the client can be expected to hear it.</summary>
    public void Next()
    {
        if (!IsUp || _current != null || _todo.Count == 0 || !HasClient)
            return;
        if (!IsAwake() && !(World.IsStorm && Dice.Chance(World.Scenario.RudePercent)))
            return;
        CoapPeer peer = PeerAt(Registration!.Address);
        CoapRequest? request = Coap.BeginRequest(peer);
        if (request == null)
            return;
        ServerOperation operation = _todo.First!.Value;
        _todo.RemoveFirst();
        Fill(request, operation);
        _current = operation;
        _currentPeer = peer;
        // Kept before the answer comes, since a notification may overtake it.
        if (operation.Kind == OperationKind.Observe)
            Observations.Add(operation.Observation!);
        Coap.SendRequest(request, ++_context, NowMs);
        Poll();
    }

    public override void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
    {
        _heardMs = nowMs;
        ServerOperation? operation = Take(context);
        if (operation == null)
            return;
        if (operation.Kind == OperationKind.Observe)
            Begin(operation.Observation!, response, nowMs);
        else if (operation.Kind == OperationKind.Cancel)
            Observations.Remove(operation.Observation!);
        if (operation.Answered != null && CoapCode.IsSuccess(response.Code))
            operation.Answered(Encoding.UTF8.GetString(response.PayloadBuffer, response.PayloadOffset, response.PayloadLength));
        operation.Done?.Invoke(response.Code);
        World.Agenda.In(0, Next);
    }

    public override void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
    {
        ServerOperation? operation = Take(context);
        if (operation != null)
        {
            // Whether the client did it is not known: what it says for a token that is forgotten is reset.
            if (operation.Observation != null)
                Observations.Remove(operation.Observation);
            operation.Done?.Invoke(0);
        }

        World.Agenda.In(0, Next);
    }

    public override void OnAcknowledged(CoapPeer peer, int context, long nowMs) => World.Agenda.In(0, Next);

    private ServerOperation? Take(int context)
    {
        if (_current == null || context != _context)
            return null;
        ServerOperation operation = _current;
        _current = null;
        return operation;
    }

    // What was asked of the client of an old registration is asked in vain.
    private void Abandon()
    {
        if (_current != null)
            Coap.Cancel(_currentPeer!, _context, NowMs);
    }

    private bool IsAwake() => !Registration!.IsQueueMode || NowMs - _heardMs < World.Scenario.AwakeMs - 1000;

    private static void Fill(CoapRequest request, ServerOperation operation)
    {
        request.Code = operation.Method;
        foreach (string segment in operation.Path.Split('/'))
            request.AddPath(segment);
        if (operation.Query.Length > 0)
            foreach (string query in operation.Query.Split('&'))
            {
                int equals = query.IndexOf('=', StringComparison.Ordinal);
                request.AddQuery(query[..equals], query[(equals + 1)..]);
            }

        request.Accept = operation.Accept;
        request.ContentFormat = operation.ContentFormat;
        if (operation.Observation != null)
        {
            request.Observe = operation.Kind == OperationKind.Observe ? 0 : 1;
            request.SetToken(operation.Observation.Token, 0, operation.Observation.Token.Length);
        }

        operation.Payload.CopyTo(request.Payload, request.PayloadOffset);
        request.PayloadLength = operation.Payload.Length;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
