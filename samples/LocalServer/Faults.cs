using System.Collections.Generic;

namespace Lwm2m.Samples;

/// <summary>Trouble on demand, for tests of clients. Any thread.</summary>
public sealed class Faults
{
    private readonly object _gate = new();
    private readonly Queue<int> _registerCodes = new();
    private readonly Queue<int> _updateCodes = new();
    private readonly Queue<int> _deregisterCodes = new();
    private int _dropReceived;
    private int _dropSent;

    internal Faults()
    {
    }

    /// <summary>Loses the next datagrams that come in.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void DropReceived(int count)
    {
        lock (_gate)
        {
            _dropReceived = count;
        }
    }

    /// <summary>Loses the next datagrams that would go out.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void DropSent(int count)
    {
        lock (_gate)
        {
            _dropSent = count;
        }
    }

    /// <summary>Answers the next Register with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerRegister(int code) => Add(_registerCodes, code);

    /// <summary>Answers the next Update with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerUpdate(int code) => Add(_updateCodes, code);

    /// <summary>Answers the next De-register with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerDeregister(int code) => Add(_deregisterCodes, code);

    internal bool TakeReceived() => TakeOne(ref _dropReceived);

    internal bool TakeSent() => TakeOne(ref _dropSent);

    internal bool TakeRegister(out int code) => TakeCode(_registerCodes, out code);

    internal bool TakeUpdate(out int code) => TakeCode(_updateCodes, out code);

    internal bool TakeDeregister(out int code) => TakeCode(_deregisterCodes, out code);

    private void Add(Queue<int> codes, int code)
    {
        lock (_gate)
        {
            codes.Enqueue(code);
        }
    }

    private bool TakeCode(Queue<int> codes, out int code)
    {
        lock (_gate)
        {
            return codes.TryDequeue(out code);
        }
    }

    private bool TakeOne(ref int count)
    {
        lock (_gate)
        {
            if (count <= 0)
                return false;
            count--;
            return true;
        }
    }
}
