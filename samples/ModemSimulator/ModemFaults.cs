using System;
using System.Collections.Generic;
using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// Trouble on demand. Everything is off at first and may be switched at any time, from any thread; chances are drawn from the modem's seed.
/// </summary>
public sealed class ModemFaults
{
    private readonly Random _random;
    private readonly List<string> _lostUrcs = [];
    private readonly List<(string Command, string Result)> _failures = [];
    private readonly List<(string Command, int AfterBytes)> _resets = [];
    private int _lost;

    internal ModemFaults(int seed) => _random = new Random(seed);

    /// <summary>Chance, 0 to 1, that an unsolicited line is lost.</summary>
    public double UrcLoss { get; set; }

    /// <summary>Chance that a command resets the modem, before it is carried out or within its answer.</summary>
    public double ResetInCommand { get; set; }

    /// <summary>Chance that echo changes by itself before a command line.</summary>
    public double EchoFlip { get; set; }

    /// <summary>Chance that random bytes come before what is written.</summary>
    public double Garbage { get; set; }

    /// <summary>Whether unsolicited lines may come between any two lines of an answer; otherwise they wait for its end.</summary>
    public bool UrcsBetweenLines { get; set; }

    /// <summary>Chance that a +CEREG line is repeated between two lines of an answer, where <see cref="UrcsBetweenLines"/> is on.</summary>
    public double UrcRepetition { get; set; }

    /// <summary>Most bytes written at a time, the number drawn anew each time; 0: all at once.</summary>
    public int ChunkBytes { get; set; }

    /// <summary>Pause between them.</summary>
    public TimeSpan ChunkDelay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a final result is held back.</summary>
    public TimeSpan FinalDelay { get; set; }

    /// <summary>Whether the modem is dead: takes everything, says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Unsolicited lines that were lost.</summary>
    public int LostUrcs => Volatile.Read(ref _lost);

    /// <summary>Loses the next unsolicited line that starts so, such as <c>+CMT:</c>.</summary>
    /// <param name="prefix">How it starts; empty is any.</param>
    public void LoseNextUrc(string prefix = "")
    {
        lock (_random)
        {
            _lostUrcs.Add(prefix);
        }
    }

    /// <summary>Fails the next command of a name in place of carrying it out.</summary>
    /// <param name="command">Such as <c>+CSODCP</c>.</param>
    /// <param name="result">Such as <c>ERROR</c>, <c>+CME ERROR: 30</c> or <c>+CMS ERROR: 38</c>.</param>
    public void FailNext(string command, string result = "ERROR")
    {
        lock (_random)
        {
            _failures.Add((command.ToUpperInvariant(), result));
        }
    }

    /// <summary>Resets the modem in the middle of the next command of a name.</summary>
    /// <param name="command">Such as <c>+CMGS</c>; empty is any.</param>
    /// <param name="afterBytes">0: before the command is carried out; otherwise it is, and so many bytes of its answer come.</param>
    public void ResetInNext(string command = "", int afterBytes = 0)
    {
        lock (_random)
        {
            _resets.Add((command.ToUpperInvariant(), afterBytes));
        }
    }

    /// <summary>Switches everything off.</summary>
    public void Clear()
    {
        lock (_random)
        {
            UrcLoss = ResetInCommand = EchoFlip = Garbage = UrcRepetition = 0;
            UrcsBetweenLines = IsSilent = false;
            ChunkBytes = 0;
            FinalDelay = TimeSpan.Zero;
            _lostUrcs.Clear();
            _failures.Clear();
            _resets.Clear();
        }
    }

    internal bool TakeUrcLoss(string urc)
    {
        lock (_random)
        {
            int named = _lostUrcs.FindIndex(p => urc.StartsWith(p, StringComparison.Ordinal));
            if (named >= 0)
                _lostUrcs.RemoveAt(named);
            else if (!Chance(UrcLoss))
                return false;
            _lost++;
            return true;
        }
    }

    internal string? TakeFailure(string command)
    {
        lock (_random)
        {
            int index = _failures.FindIndex(f => f.Command == command);
            if (index < 0)
                return null;
            string result = _failures[index].Result;
            _failures.RemoveAt(index);
            return result;
        }
    }

    /// <summary>After how many bytes of the answer the modem resets; -1: it does not.</summary>
    internal int TakeReset(string command)
    {
        lock (_random)
        {
            int index = _resets.FindIndex(r => r.Command.Length == 0 || r.Command == command);
            if (index < 0)
                return Chance(ResetInCommand) ? _random.Next(6) : -1;
            int afterBytes = _resets[index].AfterBytes;
            _resets.RemoveAt(index);
            return afterBytes;
        }
    }

    internal bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    internal int Next(int max) => _random.Next(max);
}
