using System;

namespace Lwm2m.Bearers.Tests;

/// <summary>What goes wrong in a world.</summary>
[Flags]
public enum FaultKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Lines come in pieces.</summary>
    Chunks = 1,

    /// <summary>Reports come between the lines of answers, and some twice.</summary>
    UrcsBetweenLines = 2,

    /// <summary>Results take their time.</summary>
    SlowResults = 4,

    /// <summary>Echo comes and goes.</summary>
    EchoFlips = 8,

    /// <summary>A line of 9600 baud.</summary>
    SlowLine = 16,

    /// <summary>The network delivers twice.</summary>
    Duplicates = 32,

    /// <summary>The network delivers in another order, and late.</summary>
    Reorders = 64,

    /// <summary>The kinds that lose nothing.</summary>
    Harmless = 127,

    /// <summary>Reports of the modem are lost.</summary>
    UrcLoss = 128,

    /// <summary>The modem resets, in mid-command or at any time.</summary>
    Resets = 256,

    /// <summary>Rubbish on the line.</summary>
    Garbage = 512,

    /// <summary>The modem says nothing for minutes.</summary>
    Silence = 1024,

    /// <summary>No network for an hour.</summary>
    NoCoverage = 2048,

    /// <summary>The network loses messages.</summary>
    Losses = 4096,

    /// <summary>The kinds that may cost an answer.</summary>
    Lossy = 8064,
}
