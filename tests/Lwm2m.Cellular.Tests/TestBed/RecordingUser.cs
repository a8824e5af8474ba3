using System;
using System.Collections.Generic;
using System.Text;

namespace Lwm2m.Cellular.Tests;

/// <summary>A user that writes what it is told to and notes what it hears: <c>answer 7 +CSQ: 20,99</c>, <c>result 7 Ok</c>, <c>urc RING</c>, <c>reset</c>.</summary>
internal sealed class RecordingUser : IAtUser
{
    private readonly Queue<Action<AtCommand>> _commands = new();

    public List<string> Heard { get; } = [];

    /// <summary>What it makes of unsolicited lines.</summary>
    public Func<AtLine, AtTake> Take { get; set; } = _ => AtTake.NotMine;

    /// <summary>What it makes of answers.</summary>
    public Func<AtLine, AtTake> TakeAnswer { get; set; } = _ => AtTake.Taken;

    public void Enqueue(Action<AtCommand> command) => _commands.Enqueue(command);

    public bool NextCommand(AtCommand command, long nowMs)
    {
        if (!_commands.TryDequeue(out Action<AtCommand>? write))
            return false;
        write(command);
        return true;
    }

    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        AtTake take = TakeAnswer(line);
        if (take != AtTake.NotMine)
            Heard.Add($"answer {tag} {Show(line)}");
        return take;
    }

    public void OnResult(int tag, AtResult result, int error, long nowMs) => Heard.Add($"result {tag} {result}" + (error == 0 ? "" : " " + error));

    public AtTake OnUnsolicited(AtLine line, long nowMs)
    {
        AtTake take = Take(line);
        if (take != AtTake.NotMine)
            Heard.Add($"urc {Show(line)}");
        return take;
    }

    public void OnModemReset(long nowMs) => Heard.Add("reset");

    /// <summary>Text as it is, data as hexadecimal digits in brackets.</summary>
    public static string Show(AtLine line)
    {
        if (!line.HasData)
            return Encoding.Latin1.GetString(line.Buffer, 0, line.Length);
        if (line.DataLength < 0)
            return Encoding.Latin1.GetString(line.Buffer, 0, line.DataOffset) + "[broken]";
        int end = line.DataOffset + line.DataLength;
        return Encoding.Latin1.GetString(line.Buffer, 0, line.DataOffset) + "[" + Convert.ToHexString(line.Buffer, line.DataOffset, line.DataLength) + "]" +
            Encoding.Latin1.GetString(line.Buffer, end, line.Length - end);
    }
}
