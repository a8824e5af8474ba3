using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Lwm2m.Simulation;

/// <summary>The last things that happened: messages as bytes, which become text only when somebody looks.</summary>
internal sealed class MessageLog
{
    private const int Kept = 256;

    private readonly Entry[] _ring = new Entry[Kept];
    private readonly TextWriter? _trace;
    private long _count;

    /// <param name="trace">Gets every entry at once, or null.</param>
    public MessageLog(TextWriter? trace) => _trace = trace;

    public void Message(long nowMs, string what, byte[] datagram) => Add(new Entry(nowMs, what, datagram));

    public void Note(long nowMs, string what) => Add(new Entry(nowMs, what, null));

    /// <summary>The last entries, one a line.</summary>
    public string Tail(int lines)
    {
        var text = new StringBuilder();
        for (long at = Math.Max(0, _count - Math.Min(lines, Kept)); at < _count; at++)
            text.AppendLine(_ring[at % Kept].ToString());
        return text.ToString();
    }

    /// <summary>Virtual time for people: days, hours, minutes, seconds.</summary>
    public static string Clock(long ms) => string.Create(CultureInfo.InvariantCulture,
        $"{ms / 86_400_000,3}d {ms / 3_600_000 % 24:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}.{ms % 1000:000}");

    private void Add(Entry entry)
    {
        _ring[_count++ % Kept] = entry;
        _trace?.WriteLine(entry.ToString());
    }

    private readonly struct Entry
    {
        private readonly long _nowMs;
        private readonly string _what;
        private readonly byte[]? _datagram;

        public Entry(long nowMs, string what, byte[]? datagram)
        {
            _nowMs = nowMs;
            _what = what;
            _datagram = datagram;
        }

        public override string ToString() =>
            Clock(_nowMs) + "  " + _what + (_datagram == null ? "" : "  " + MessageText.Of(_datagram));
    }
}
