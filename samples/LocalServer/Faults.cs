using System.Collections.Generic;

namespace Lwm2m.Samples;

/// <summary>Trouble on demand, for tests of clients. Any thread.</summary>
public sealed class Faults
{
    private readonly object _gate = new();
    private readonly Queue<int> _registerCodes = new();
    private readonly Queue<int> _updateCodes = new();
    private readonly Queue<int> _deregisterCodes = new();
    private readonly Queue<int> _sendCodes = new();
    private readonly Queue<int> _bootstrapCodes = new();
    private readonly Queue<int> _packCodes = new();
    private int _dropReceived;
    private int _dropSent;
    private int _earlyFinishes;
    private int _noFinishes;
    private int _skippedSteps;

    internal Faults()
    {
    }

    /// <summary>Loses the next datagrams that come in.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void DropReceived(int count) => Set(ref _dropReceived, count);

    /// <summary>Loses the next datagrams that would go out.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void DropSent(int count) => Set(ref _dropSent, count);

    /// <summary>Answers the next Register with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerRegister(int code) => Add(_registerCodes, code);

    /// <summary>Answers the next Update with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerUpdate(int code) => Add(_updateCodes, code);

    /// <summary>Answers the next De-register with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerDeregister(int code) => Add(_deregisterCodes, code);

    /// <summary>Answers the next Send with a code and takes nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerSend(int code) => Add(_sendCodes, code);

    /// <summary>Answers the next Bootstrap-Request with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerBootstrap(int code) => Add(_bootstrapCodes, code);

    /// <summary>Answers the next Bootstrap-Pack-Request with a code and does nothing; several calls queue up.</summary>
    /// <param name="code">See <see cref="Lwm2m.Coap.CoapCode"/>.</param>
    public void AnswerPack(int code) => Add(_packCodes, code);

    /// <summary>The next bootstraps end without Finish.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void NeverFinish(int count = 1) => Set(ref _noFinishes, count);

    /// <summary>
    /// The next bootstraps send a Finish before the first Write, which the client should answer with 4.06, and go on as planned, which
    /// repairs it.
    /// </summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void FinishEarly(int count = 1) => Set(ref _earlyFinishes, count);

    /// <summary>Leaves out the next steps of bootstraps.</summary>
    /// <param name="count">How many; replaces what was left of an earlier call.</param>
    public void LoseSteps(int count = 1) => Set(ref _skippedSteps, count);

    internal bool TakeReceived() => TakeOne(ref _dropReceived);

    internal bool TakeSent() => TakeOne(ref _dropSent);

    internal bool TakeRegister(out int code) => TakeCode(_registerCodes, out code);

    internal bool TakeUpdate(out int code) => TakeCode(_updateCodes, out code);

    internal bool TakeDeregister(out int code) => TakeCode(_deregisterCodes, out code);

    internal bool TakeSend(out int code) => TakeCode(_sendCodes, out code);

    internal bool TakeBootstrap(out int code) => TakeCode(_bootstrapCodes, out code);

    internal bool TakePack(out int code) => TakeCode(_packCodes, out code);

    /// <summary>Only a bootstrap in steps can be spoiled.</summary>
    internal bool HasBootstrapFaults
    {
        get
        {
            lock (_gate)
            {
                return _noFinishes + _earlyFinishes + _skippedSteps > 0;
            }
        }
    }

    internal bool TakeNoFinish() => TakeOne(ref _noFinishes);

    internal bool TakeEarlyFinish() => TakeOne(ref _earlyFinishes);

    internal bool TakeStep() => TakeOne(ref _skippedSteps);

    private void Set(ref int field, int count)
    {
        lock (_gate)
        {
            field = count;
        }
    }

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
