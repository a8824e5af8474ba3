using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What the host is typing after a prompt.</summary>
/// <param name="Text">The prompt, such as <c>&gt; </c>.</param>
/// <param name="Count">How many raw bytes are awaited; -1: up to Ctrl-Z.</param>
/// <param name="Typed">Is told what was typed; null when it was aborted.</param>
internal sealed record AtPrompt(string Text, int Count, Action<byte[]?> Typed)
{
    private const byte CtrlZ = 0x1a, Escape = 0x1b;
    private readonly List<byte> _typed = [];

    /// <summary>Takes one byte.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Take(byte value, out byte[]? typed)
    {
        typed = null;
        if (Count < 0 && value is CtrlZ or Escape)
        {
            typed = value == CtrlZ ? [.. _typed] : null;
            return true;
        }
        _typed.Add(value);
        if (_typed.Count != Count)
            return false;
        typed = [.. _typed];
        return true;
    }
}
