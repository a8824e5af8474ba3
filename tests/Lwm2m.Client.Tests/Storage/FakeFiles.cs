using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>
/// A file system in memory that forgets what was not synced when the power goes, tears writes at any byte, and can be full or broken.
/// Steps are counted: every operation that changes something is one, and so is every byte that is written.
/// After a cut nothing works and nothing changes until <see cref="PowerUp"/>.
/// </summary>
public sealed class FakeFiles : IStorageFiles
{
    private readonly Random _random;

    // What programs see, and what has reached the medium.
    private readonly Dictionary<string, byte[]> _seen = new();
    private Dictionary<string, byte[]> _medium = new();
    private string? _open;

    public FakeFiles(int seed = 1) => _random = new Random(seed);

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The step that is not completed any more; <see cref="long.MaxValue"/> for none.</summary>
    public long CutAtStep { get; set; } = long.MaxValue;

    /// <summary>True from the power cut on.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Bytes that all files together may have.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Every operation fails that would write.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>The operations since the last look, without reads.</summary>
    public List<string> Log { get; } = new();

    public IEnumerable<string> Names => _seen.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>The content of a file, for looking and for damaging.</summary>
    public byte[] this[string file]
    {
        get => _seen[file];
        set
        {
            _seen[file] = value;
            _medium[file] = value.ToArray();
        }
    }

    /// <summary>Takes a file away from the medium.</summary>
    public void Lose(string file)
    {
        _seen.Remove(file);
        _medium.Remove(file);
    }

    /// <summary>Cuts the power now, between two operations.</summary>
    public void CutPower()
    {
        if (IsOff)
            return;
        IsOff = true;
        // Of each file that was not synced either the old state is there, or the new one, or some of its bytes.
        foreach (string name in _seen.Keys.Union(_medium.Keys).ToArray())
        {
            bool isSeen = _seen.TryGetValue(name, out byte[]? seen);
            bool isKept = _medium.TryGetValue(name, out byte[]? kept);
            if (isSeen && isKept && seen!.AsSpan().SequenceEqual(kept))
                continue;
            switch (_random.Next(4))
            {
                case 0:
                    break;
                case 1 when isSeen:
                    _medium[name] = seen!.AsSpan(0, _random.Next(seen!.Length + 1)).ToArray();
                    break;
                case 2 when isSeen:
                    // The length arrived before the content did.
                    _medium[name] = seen!.Select(b => _random.Next(2) == 0 ? b : (byte)0).ToArray();
                    break;
                default:
                    if (isSeen)
                        _medium[name] = seen!.ToArray();
                    else
                        _medium.Remove(name);
                    break;
            }
        }
    }

    /// <summary>The next start of the device: what reached the medium is there.</summary>
    public void PowerUp()
    {
        CutPower();
        IsOff = false;
        CutAtStep = long.MaxValue;
        _open = null;
        _seen.Clear();
        foreach ((string name, byte[] content) in _medium)
            _seen[name] = content.ToArray();
    }

    /// <summary>The same state once more, with a power supply of its own.</summary>
    public FakeFiles Copy(int seed)
    {
        var copy = new FakeFiles(seed) { Room = Room };
        foreach ((string name, byte[] content) in _medium)
            copy[name] = content.ToArray();
        return copy;
    }

    public int Length(string file) => !IsOff && _seen.TryGetValue(file, out byte[]? content) ? content.Length : -1;

    public int Read(string file, int position, byte[] buffer, int offset, int count)
    {
        if (IsOff || !_seen.TryGetValue(file, out byte[]? content))
            return -1;
        int got = Math.Clamp(content.Length - position, 0, count);
        Array.Copy(content, position, buffer, offset, got);
        return got;
    }

    public bool Create(string file)
    {
        if (!Step("create " + file))
            return false;
        _open = file;
        _seen[file] = Array.Empty<byte>();
        return true;
    }

    public bool Append(byte[] buffer, int offset, int count)
    {
        if (IsOff || IsReadOnly || _open == null)
            return false;
        int fitting = Math.Clamp(Room - _seen.Values.Sum(content => content.Length), 0, count);
        int written = (int)Math.Min(fitting, CutAtStep - Steps);
        Steps += written;
        _seen[_open] = _seen[_open].Concat(buffer.Skip(offset).Take(written)).ToArray();
        Log.Add("append " + written);
        if (Steps >= CutAtStep)
            CutPower();
        return !IsOff && written == count;
    }

    public bool Close()
    {
        string? file = _open;
        _open = null;
        if (file == null || !Step("close " + file))
            return false;
        _medium[file] = _seen[file].ToArray();
        return true;
    }

    public bool Rename(string file, string name)
    {
        if (!_seen.TryGetValue(file, out byte[]? content) || !Step("rename " + file + " " + name))
            return false;
        _seen[name] = content;
        _seen.Remove(file);
        return true;
    }

    public bool Delete(string file)
    {
        if (!Step("delete " + file))
            return false;
        _seen.Remove(file);
        return true;
    }

    private bool Step(string what)
    {
        if (IsOff || IsReadOnly)
            return false;
        if (Steps >= CutAtStep)
        {
            CutPower();
            return false;
        }

        Steps++;
        Log.Add(what);
        return true;
    }
}
