using System;
using System.Globalization;
using Lwm2m.Cellular;
using Lwm2m.Coap;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Bearers.Tests;

// What goes wrong when, and what must hold in the end.
internal sealed partial class FaultWorld
{
    private const int CalmExchanges = 4;

    /// <summary>Time for one exchange where nothing goes wrong: the longest ways of the network and 9600 baud.</summary>
    private const int ExchangeMs = 60_000;

    private bool _asksNothing;

    /// <summary>Nothing but exchanges: each a read and a notification.</summary>
    public void LiveCalmly(int warmUpExchanges, int exchanges)
    {
        Raise();
        _asksNothing = true;
        _notesNothing = true;
        Client.Start();
        RunUntil(() => Account.IsRegistered && _server != null, RecoveryMs, "registered");
        Notify();
        for (int i = 0; i < warmUpExchanges + exchanges; i++)
        {
            if (i == warmUpExchanges)
                Allocated = 0;
            Exchange();
            _temperature.Set(0, Temperature.SensorValue, i % 2);
            RunUntil(() => _server!.Notified == (i % 2 == 0 ? "0" : "1"), ExchangeMs, "notified");
        }
    }

    /// <summary>Values that change more often than they can be told, and a read now and then.</summary>
    /// <returns>The notifications that came.</returns>
    public int LiveWithinAQuota(int changes, long pauseMs, int changesBetweenReads)
    {
        _asksNothing = true;
        Client.Start();
        RunUntil(() => Account.IsRegistered && _server != null, RecoveryMs, "registered");
        Notify();
        int before = _server!.Notifications;
        for (int i = 1; i <= changes; i++)
        {
            _temperature.Set(0, Temperature.SensorValue, i);
            Run(pauseMs);
            if (i % changesBetweenReads == 0)
                Exchange();
        }

        string last = changes.ToString(CultureInfo.InvariantCulture);
        RunUntil(() => _server.Notified == last, 2 * 3_600_000, "told the last value");
        return _server.Notifications - before;
    }

    private void Raise()
    {
        var faults = _modem.Faults;
        faults.ChunkBytes = Has(FaultKinds.Chunks) ? 1 + _random.Next(7) : 0;
        faults.UrcsBetweenLines = Has(FaultKinds.UrcsBetweenLines);
        faults.UrcRepetition = Has(FaultKinds.UrcsBetweenLines) ? 0.1 : 0;
        faults.FinalDelay = TimeSpan.FromMilliseconds(Has(FaultKinds.SlowResults) ? _random.Next(3000) : 0);
        faults.EchoFlip = Has(FaultKinds.EchoFlips) ? 0.05 : 0;
        faults.UrcLoss = Has(FaultKinds.UrcLoss) ? 0.15 : 0;
        faults.ResetInCommand = Has(FaultKinds.Resets) ? 0.01 : 0;
        faults.Garbage = Has(FaultKinds.Garbage) ? 0.02 : 0;
        _network.Options.SmsDuplication = Has(FaultKinds.Duplicates) ? 0.2 : 0;
        _network.Options.SmsReordering = Has(FaultKinds.Reorders) ? 0.2 : 0;
        _network.Options.SmsLoss = Has(FaultKinds.Losses) ? 0.1 : 0;
        _network.Options.NonIpLoss = Has(FaultKinds.Losses) ? 0.1 : 0;
        _network.Options.UdpLoss = Has(FaultKinds.Losses) ? 0.1 : 0;
    }

    private void Storm(TimeSpan time)
    {
        long endMs = NowMs + (long)time.TotalMilliseconds;
        while (NowMs < endMs)
        {
            Run(_random.Next(1000, 120_000));
            switch (_random.Next(6))
            {
                case 0 when Has(FaultKinds.Resets):
                    Note(false, "a reset out of the blue");
                    _modem.Reset();
                    break;
                case 1 when Has(FaultKinds.Silence):
                    _waves++;
                    Note(false, "silence");
                    _modem.Faults.IsSilent = true;
                    Run(_random.Next(1000, 180_000));
                    _modem.Faults.IsSilent = false;
                    Note(false, "it speaks again");
                    break;
                case 2 when Has(FaultKinds.NoCoverage):
                    _waves++;
                    _modem.LoseCoverage(TimeSpan.FromMinutes(60));
                    Note(false, "no coverage");
                    Run(61 * 60_000);
                    break;
                case 3 when Has(FaultKinds.EchoFlips):
                    _modem.FlipEcho();
                    break;
            }
        }
    }

    private void Calm()
    {
        _modem.Faults.Clear();
        _network.Options.SmsDuplication = _network.Options.SmsReordering = _network.Options.SmsLoss = _network.Options.NonIpLoss = _network.Options.UdpLoss = 0;
        Note(false, "calm");
        long calmMs = NowMs;
        RunUntil(() => Account.IsRegistered && _server is { IsRegistered: true } && Modem.State == ModemState.Ready, RecoveryMs, "registered after the storm");
        RecoveredInMs = NowMs - calmMs;
        // What it believes wrongly it finds out with its next Update.
        Run(RecoveryMs - RecoveredInMs);
        if (!Account.IsRegistered)
            Fail("not registered any more");
        _asksNothing = true;
        Run(ExchangeMs);
        for (int i = 0; i < CalmExchanges; i++)
            Exchange();
        Notify();
    }

    private void Exchange()
    {
        FaultRequest request = _server!.Ask(CoapCode.Get, "3303/0/5700", NowMs);
        RunUntil(() => request.Answer != null, ExchangeMs, "answered in calm");
        if (request.Code != CoapCode.Content)
            Fail($"answered {request.Code >> 5}.{request.Code & 31:00} in calm");
    }

    private void Notify()
    {
        FaultRequest request = _server!.Ask(CoapCode.Get, "3303/0/5700", NowMs, observes: true);
        RunUntil(() => request.Answer != null, ExchangeMs, "observed in calm");
        _temperature.Set(0, Temperature.SensorValue, 99.5);
        RunUntil(() => _server.Notified == "99.5", ExchangeMs, "notified in calm");
    }

    private void AskWhenDue()
    {
        if (_asksNothing || NowMs < _nextAskMs || _server is not { IsRegistered: true })
            return;
        _nextAskMs = NowMs + _random.Next(20_000, 90_000);
        switch (_random.Next(4))
        {
            case 0:
                _server.Ask(CoapCode.Post, "3303/0/5605", NowMs);
                break;
            case 1 when _observed == null || !Account.IsRegistered:
                _observed = _server.Ask(CoapCode.Get, "3303/0/5700", NowMs, observes: true);
                break;
            case 2:
                _temperature.Set(0, Temperature.SensorValue, _random.Next(100));
                break;
            default:
                _server.Ask(CoapCode.Get, "3303/0/5700", NowMs);
                break;
        }
    }

    private void Check()
    {
        // Rubbish within raw data is as good as data; and a modem that waits for raw data after a reset takes what looks for it.
        if (_server!.Strange > 0 && !Has(FaultKinds.Garbage) && (Bearer != 'U' || (Kinds & FaultKinds.Lossy) == 0))
            Fail($"{_server.Strange} messages that nobody asked for, such as {_server.StrangeText}");
        int unanswered = 0;
        int executed = 0;
        foreach (FaultRequest request in _server.Requests)
        {
            if (request.IsContradicted && request.TimesNew < 2)
                Fail($"two answers to request {request.Token:x}");
            if (request.AnswersSent < request.Copies)
                Fail($"request {request.Token:x} reached the client {request.Copies} times and was answered {request.AnswersSent} times");
            if (request.Method == CoapCode.Post)
                executed += request.TimesNew;
            if (request.Copies > 0 && request.Answer == null)
                unanswered++;
        }

        if (_temperature.Executions > executed)
            Fail($"{_temperature.Executions} executions of {executed} requests");
        if (unanswered > 0 && (Kinds & FaultKinds.Lossy) == 0)
            Fail($"{unanswered} answers got lost although nothing was to be lost");
        // Rubbish and lost packets have no count.
        if ((Kinds & (FaultKinds.Garbage | FaultKinds.Losses)) == 0 && unanswered > Losses)
            Fail($"{unanswered} answers got lost by {Losses} faults");
        if ((Kinds & FaultKinds.Lossy) == 0 && _server.Registrations != 1)
            Fail($"{_server.Registrations} registrations although nothing was to be lost");
        Unanswered = unanswered;
    }

    /// <summary>Requests that reached the registered client and whose answer a fault took.</summary>
    public int Unanswered { get; private set; }
}
