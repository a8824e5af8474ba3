using System.Collections.Generic;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A service with nothing but set-up commands.</summary>
internal sealed class RecordingService(params string[] setup) : IModemService
{
    private int _next;

    public List<string> Heard { get; } = [];

    public bool NextSetupCommand(AtCommand command, long nowMs)
    {
        if (_next == setup.Length)
            return false;
        command.Text(setup[_next++]);
        return true;
    }

    public bool NextCommand(AtCommand command, long nowMs) => false;

    public AtTake OnAnswer(int tag, AtLine line, long nowMs) => AtTake.NotMine;

    public void OnResult(int tag, AtResult result, int error, long nowMs) => Heard.Add($"result {result}");

    public AtTake OnUnsolicited(AtLine line, long nowMs) => AtTake.NotMine;

    public void OnModemReset(long nowMs)
    {
        _next = 0;
        if (Heard.Count > 0)
            Heard.Add("reset");
    }

    public long Poll(ILinkEvents events, long nowMs) => long.MaxValue;
}
