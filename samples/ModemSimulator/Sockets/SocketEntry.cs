using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>One socket of a modem, with what it received and nobody read yet.</summary>
internal sealed class SocketEntry(int id, ModemSocket socket)
{
    private readonly List<Datagram> _waiting = [];

    public int Id => id;

    public ModemSocket Socket => socket;

    public bool IsTcp => socket.IsTcp;

    /// <summary>Whether data is pushed to the host in place of being kept for it.</summary>
    public bool IsPush { get; set; }

    /// <summary>Whether it takes datagrams of anybody (Quectel's UDP SERVICE).</summary>
    public bool IsService { get; set; }

    /// <summary>Where it sends to, when that is fixed.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; }

    public int Sent { get; set; }

    /// <summary>Bytes that wait.</summary>
    public int Waiting => _waiting.Sum(d => d.Data.Length);

    /// <summary>Bytes of the first datagram that waits; of a stream, of all.</summary>
    public int First => _waiting.Count == 0 ? 0 : IsTcp ? Waiting : _waiting[0].Data.Length;

    public int Count => _waiting.Count;

    public void Add(Datagram datagram)
    {
        if (IsTcp && _waiting.Count > 0)
            _waiting[0] = _waiting[0] with { Data = [.. _waiting[0].Data, .. datagram.Data] };
        else
            _waiting.Add(datagram);
    }

    /// <summary>Takes what is asked for at most, and of one datagram; its rest stays.</summary>
    public Datagram? Take(int max)
    {
        if (_waiting.Count == 0 || max <= 0)
            return null;
        Datagram first = _waiting[0];
        if (first.Data.Length <= max)
        {
            _waiting.RemoveAt(0);
            return first;
        }
        _waiting[0] = first with { Data = first.Data[max..] };
        return first with { Data = first.Data[..max] };
    }
}
