using System;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// CoAP in short messages (binding S, Transport 6.6): one message in one, or in the parts of a longer one. It reaches servers with a
/// <c>tel:</c> URI, and those whose account names their number (/0/x/9). What comes from a server that no link is open to can only be a trigger
/// (Transport 6.6.1), which also wakes a client that sleeps; what comes from anybody else is dropped without a word.
/// <para>CoAP repeats nothing here. What the network delivers twice has one message id, and is answered from the memory of
/// <see cref="CoapEndpoint"/> like any repeat; the second copy of a part is dropped before.</para>
/// </summary>
/// <remarks>Messages on the SIM are read, and deleted, at each start of the modem: those of strangers too, since a full SIM takes no more.</remarks>
public sealed partial class SmsTransport : ITransport, IModemService
{
    private const byte Closed = 0;
    private const byte Opening = 1;
    private const byte Failing = 2;
    private const byte Up = 3;

    private readonly CellularModem _modem;
    private readonly byte[] _states;

    // The number of each link's server, in the form of SmsAddress.
    private readonly byte[] _numbers;

    // A link waits to be told up or down.
    private bool _hasNews;

    /// <summary>Makes the transport, and adds it to the modem: before that is started.</summary>
    /// <param name="modem">The modem.</param>
    /// <param name="options">Limits and forms; the defaults when null.</param>
    /// <exception cref="ArgumentException">A limit is out of range, or the service centre is no number.</exception>
    public SmsTransport(CellularModem modem, SmsOptions? options = null)
    {
        options ??= new SmsOptions();
        if (options.Links < 1 || options.Links >= DroppedLink)
            throw new ArgumentException("SmsOptions.Links: " + options.Links + " is not in 1..254.");
        if (options.MaxParts < 1 || options.MaxParts > 255)
            throw new ArgumentException("SmsOptions.MaxParts: " + options.MaxParts + " is not in 1..255.");
        if (options.Assemblies < 1)
            throw new ArgumentException("SmsOptions.Assemblies: " + options.Assemblies + " is not at least 1.");
        if (options.Validity > 255)
            throw new ArgumentException("SmsOptions.Validity: " + options.Validity + " is not in 0..255.");
        _modem = modem;
        _submit = new SmsSubmit(options);
        _maxRetries = options.MaxRetries;
        _retryMs = options.RetryMs;
        _maxMessageBytes = options.MaxParts == 1 ? _submit.DataBytes(false) : options.MaxParts * _submit.DataBytes(true);
        int least = QueueHeader + _maxMessageBytes;
        _queue = new byte[options.QueueBytes < least ? least : options.QueueBytes];
        _states = new byte[options.Links];
        _numbers = new byte[options.Links * SmsAddress.MaxBytes];
        _assembler = new SmsAssembler(options.Assemblies, options.MaxParts, options.AssemblyTimeoutMs);
        modem.Add(this, isUrgent: true);
    }

    /// <summary>The client, whose accounts tell the numbers of servers (/0/x/9) and who may trigger; without it only links with a <c>tel:</c>
    /// URI work.</summary>
    public Lwm2mClient? Client { get; set; }

    /// <summary>Who counts short messages; null for nobody.</summary>
    public ITrafficListener? Traffic { get; set; }

    /// <summary>True where secure sessions stand above, so that accounts with DTLS over short messages (/0/x/6 = 1) can be opened.</summary>
    public bool CarriesSessions { get; set; }

    /// <summary>Short messages sent, each part counted.</summary>
    public int SentCount { get; private set; }

    /// <summary>Short messages taken from servers, each part counted.</summary>
    public int ReceivedCount { get; private set; }

    /// <summary>Messages given up: refused by the network, or tried too often.</summary>
    public int DroppedCount { get; private set; }

    /// <inheritdoc/>
    public char Binding => 'S';

    /// <inheritdoc/>
    public bool IsReliable => false;

    /// <inheritdoc/>
    public IPump Source => _modem;

    /// <summary>
    /// Two minutes: a modem may take 60 s to send one short message, and the answer's way is as long. The random factor makes three of them.
    /// </summary>
    public int AckTimeoutMs => 120_000;

    /// <summary>0: the service centre stores and forwards, and a repeat would arrive as well (Transport 6.6.2).</summary>
    public int MaxRetransmit => 0;

    /// <inheritdoc/>
    public bool CanOpen(int link, ServerUri uri) =>
        !uri.IsNonIp && link < _states.Length && IsOpenable(InstanceOf(link)) && (uri.IsSms || NumberOf(InstanceOf(link)).Length > 0);

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        if (link < 0 || link >= _states.Length)
            throw new ArgumentOutOfRangeException(nameof(link), "SmsOptions.Links is " + _states.Length + ": there is no link " + link + ".");
        Close(link);
        string number = uri.IsSms ? uri.Host : NumberOf(InstanceOf(link));
        int at = link * SmsAddress.MaxBytes;
        bool isNumber = SmsAddress.Write(number, _numbers, at) > 0 && !SmsAddress.IsName(_numbers, at);
        _states[link] = isNumber ? Opening : Failing;
        _hasNews = true;
        _modem.PumpSoon();
    }

    /// <inheritdoc/>
    public void Close(int link)
    {
        _states[link] = Closed;
        DropQueued(link);
    }

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        if (_states[link] != Up || count > _maxMessageBytes || !Enqueue(link, buffer, offset, count))
            return false;
        _modem.Engine.Ask();
        return true;
    }

    /// <inheritdoc/>
    public int LocalPort(int link) => 0;

    /// <summary>As much as the permitted number of parts carries.</summary>
    /// <param name="link">Number of the link.</param>
    public int MaxDatagramBytes(int link) => _maxMessageBytes;

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => true;

    /// <summary>True while half of the queue is taken: a short message takes seconds.</summary>
    /// <param name="link">Number of the link.</param>
    public bool IsHeldBack(int link)
    {
        bool isFull = IsHalfFull;
        _heldBack |= isFull;
        return isFull;
    }

    /// <inheritdoc/>
    public long Poll(ILinkEvents events, long nowMs)
    {
        if (_hasNews)
            TellLinks(events, nowMs);
        if (_heldBack && !IsHalfFull)
        {
            _heldBack = false;
            events.Recovered(nowMs);
        }

        if (nowMs >= _setupDueMs)
        {
            _setupDueMs = long.MaxValue;
            _modem.Engine.Ask();
        }

        if (nowMs >= _sendDueMs)
        {
            _sendDueMs = long.MaxValue;
            _modem.Engine.Ask();
        }

        if (nowMs >= _silenceDueMs)
        {
            _silenceDueMs = long.MaxValue;
            if (_step == StepDone)
                _step = _form;
            _modem.Engine.Ask();
        }

        long due = _setupDueMs < _sendDueMs ? _setupDueMs : _sendDueMs;
        return due < _silenceDueMs ? due : _silenceDueMs;
    }

    private void TellLinks(ILinkEvents events, long nowMs)
    {
        bool isReady = _step == StepDone && _modem.State == ModemState.Ready;
        _hasNews = false;
        for (int link = 0; link < _states.Length; link++)
        {
            if (_states[link] == Failing)
            {
                _states[link] = Closed;
                events.LinkDown(link, LinkFailure.NameNotFound, nowMs);
            }
            else if (_states[link] == Opening && isReady)
            {
                _states[link] = Up;
                events.LinkUp(link, nowMs);
            }

            _hasNews |= _states[link] == Opening;
        }
    }
}
