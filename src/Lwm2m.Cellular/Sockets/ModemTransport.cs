using System;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// What all ways through a modem have in common: links that are opened, read, sent over and closed by the commands of a
/// <see cref="ModemProfile"/>, and a bounded queue of what is to be sent, answers first. One command is in hand at a time. In steady state nothing is allocated.
/// </summary>
public abstract partial class ModemTransport : ITransport, IModemService, IModemWords
{
    private readonly ModemLink?[] _links;
    private readonly int[] _values = new int[ModemWord.LastNumber + 1];
    private readonly string? _readName;
    private readonly int _openMs;

    // The command in hand: which, and for which link.
    private int _key = -1;
    private ModemLink? _current;

    // Place of the next command that prepares the modem; 0 when it is prepared.
    private int _preparing;

    // Whose data the next line is, where a line said so; and how many bytes.
    private ModemLink? _follower;
    private bool _isFollowed;

    private bool _isAway;
    private long _awaySinceMs;

    private protected ModemTransport(CellularModem modem, ModemProfile profile, string section, int maxLinks, int maxMessageBytes, int queueBytes)
    {
        if (maxLinks < 1 || maxLinks > MostLinks)
            throw new ArgumentOutOfRangeException(nameof(maxLinks), "A modem has 1 to 16 links.");
        if (maxMessageBytes < 64 || maxMessageBytes > MostMessageBytes)
            throw new ArgumentOutOfRangeException(nameof(maxMessageBytes), "The longest message has 64 to 16383 bytes.");
        if (queueBytes == 0)
            queueBytes = maxMessageBytes + maxMessageBytes / 2;
        if (queueBytes < maxMessageBytes + RecordHead)
            throw new ArgumentOutOfRangeException(nameof(queueBytes), "The queue must hold the longest message and 4 bytes.");
        Modem = modem;
        Dialogue = new ModemDialogue(profile, section);
        MaxMessageBytes = maxMessageBytes;
        _links = new ModemLink?[maxLinks];
        _queue = new byte[queueBytes];
        _openMs = profile.Number(section, ModemKey.OpenSeconds, 60) * 1000;
        _preparing = Dialogue.Start(ModemKey.Prepare);
        if (Dialogue.HasWord(ModemKey.ReadAnswer, ModemWord.Hex) || Dialogue.HasWord(ModemKey.ReadAnswer, ModemWord.Raw))
        {
            byte[] name = Dialogue.Prefix(ModemKey.ReadAnswer);
            _readName = System.Text.Encoding.UTF8.GetString(name, 0, name.Length);
        }

        AddData(ModemKey.Push);
        AddData(ModemKey.PushOther);
        modem.Add(this);
    }

    /// <inheritdoc/>
    public abstract char Binding { get; }

    /// <inheritdoc/>
    public virtual bool IsReliable => false;

    /// <summary>The modem.</summary>
    public IPump Source => Modem;

    /// <inheritdoc/>
    public abstract int AckTimeoutMs { get; }

    /// <inheritdoc/>
    public virtual int MaxRetransmit => -1;

    /// <summary>Who counts messages; null for nobody.</summary>
    public ITrafficListener? Traffic { get; set; }

    /// <summary>Number of bytes that wait to be sent.</summary>
    public int QueuedBytes => _queueEnd;

    /// <inheritdoc/>
    public abstract bool CanOpen(int link, ServerUri uri);

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        ModemLink one = _links[link] ??= NewLink(link);
        Leave(one);
        one.Host = uri.Host;
        one.Port = uri.Port;
        one.LocalPort = localPort;
        one.Mtu = MaxMessageBytes;
        if (!Begin(one, uri))
        {
            one.Reason = LinkFailure.Refused;
            one.Flags |= ModemLink.TellDown;
        }
        else if (one.State == ModemLink.Closed)
            one.State = ModemLink.Wanted;
        else
            one.Flags |= ModemLink.Reopens;
        Wake();
    }

    /// <inheritdoc/>
    public void Close(int link)
    {
        ModemLink? one = Link(link);
        if (one == null)
            return;
        Leave(one);
        Wake();
    }

    /// <inheritdoc/>
    public virtual bool Send(int link, byte[] buffer, int offset, int count)
    {
        ModemLink? one = Link(link);
        return one != null && one.Has(ModemLink.IsTold) && count <= MaxDatagramBytes(link) && Enqueue(one, buffer, offset, count);
    }

    /// <summary>The port that the link was opened with, where the profile can choose it.</summary>
    /// <param name="link">Number of the link.</param>
    public int LocalPort(int link)
    {
        ModemLink? one = Link(link);
        return one != null && one.Has(ModemLink.IsTold) ? one.LocalPort : 0;
    }

    /// <inheritdoc/>
    public virtual int MaxDatagramBytes(int link) => Link(link) == null ? MaxMessageBytes : Link(link)!.Mtu;

    /// <inheritdoc/>
    public virtual bool TakesBlocks(int link) => false;

    /// <inheritdoc/>
    public virtual bool IsHeldBack(int link) => false;

    /// <inheritdoc/>
    public long Poll(ILinkEvents events, long nowMs)
    {
        NowMs = nowMs;
        WatchNetwork(nowMs);
        long due = _sendDueMs;
        for (int index = 0; index < _links.Length; index++)
        {
            ModemLink? link = _links[index];
            if (link == null)
                continue;
            if (link.DueMs <= nowMs)
                Expire(link);
            if (link.State == ModemLink.Draining && (_isAway || !IsWaiting(link)))
                EndDraining(link);
            long one = PollLink(link, events, nowMs);
            Tell(link, events, nowMs);
            if (one < due)
                due = one;
            if (link.DueMs < due)
                due = link.DueMs;
        }

        if (_sendDueMs <= nowMs)
        {
            _sendDueMs = long.MaxValue;
            Modem.Engine.Ask();
        }

        return due <= nowMs ? long.MaxValue : due;
    }

    /// <summary>A socket or context has number <paramref name="index"/>; made once for each link that is used.</summary>
    private protected virtual ModemLink NewLink(int index) => new ModemLink(index);

    /// <summary>The modem.</summary>
    private protected CellularModem Modem { get; }

    /// <summary>How the modem is talked to.</summary>
    private protected ModemDialogue Dialogue { get; }

    /// <summary>The longest message, either way.</summary>
    private protected int MaxMessageBytes { get; }

    /// <summary>The time of the latest call from the modem.</summary>
    private protected long NowMs { get; private set; }

    /// <summary>Number of links.</summary>
    private protected int LinkCount => _links.Length;

    /// <summary>A link that is or was in use; null for one that there is no room for, too: the number of a bootstrap server's may be beyond.</summary>
    private protected ModemLink? Link(int index) => index < _links.Length ? _links[index] : null;

    /// <summary>Readies a link for a server.</summary>
    /// <returns>False when it is refused.</returns>
    private protected abstract bool Begin(ModemLink link, ServerUri uri);

    /// <summary>Does what is due on a link.</summary>
    /// <returns>When to be called again at the latest.</returns>
    private protected virtual long PollLink(ModemLink link, ILinkEvents events, long nowMs) => long.MaxValue;

    /// <summary>Has the runner come round.</summary>
    private protected void Wake()
    {
        Modem.Engine.Ask();
        Modem.PumpSoon();
    }

    private void AddData(int key)
    {
        if (Dialogue.HasWord(key, ModemWord.Hex))
            Modem.Engine.AddHexData(Dialogue.Prefix(key), Dialogue.CommasBefore(key, ModemWord.Hex));
        else if (Dialogue.HasWord(key, ModemWord.Raw))
            Modem.Engine.AddRawData(Dialogue.Prefix(key), Dialogue.CommasBefore(key, ModemWord.Raw));
    }

    /// <summary>Nobody wants the link any more: nothing of it is told, what waits for it goes out if it can, and then the modem closes what it has.</summary>
    private void Leave(ModemLink link)
    {
        link.Flags &= ModemLink.HasSocket;
        if (link.State == ModemLink.Draining)
            return;
        if (link.State == ModemLink.Up && Modem.IsRegistered && IsWaiting(link))
        {
            link.State = ModemLink.Draining;
            link.Unread = 0;
            link.DueMs = long.MaxValue;
            return;
        }

        Drop(link);
        StartClosing(link);
    }

    private void EndDraining(ModemLink link)
    {
        Drop(link);
        StartClosing(link);
        if (link.State == ModemLink.Closed)
            HasClosed(link);
    }

    private void StartClosing(ModemLink link)
    {
        link.Unread = 0;
        link.DueMs = long.MaxValue;
        bool isInHand = _current == link && _key == ModemKey.Open;
        link.Place = Dialogue.Start(ModemKey.Close);
        link.State = (link.Has(ModemLink.HasSocket) || isInHand) && link.Place != 0 ? ModemLink.Closing : ModemLink.Closed;
    }

    private void WatchNetwork(long nowMs)
    {
        if (!Modem.IsRegistered)
        {
            if (!_isAway)
                _awaySinceMs = nowMs;
            _isAway = true;
            return;
        }

        if (!_isAway)
            return;
        _isAway = false;
        // The machine has told the engine that the network is back.
        Modem.Engine.Ask();
        // What waited longer than anybody waits for an answer is of no use to the server.
        if (IsReliable || nowMs - _awaySinceMs <= StaleMs)
            return;
        for (int index = 0; index < _links.Length; index++)
            if (_links[index] != null)
                Drop(_links[index]!);
    }

    private static void Tell(ModemLink link, ILinkEvents events, long nowMs)
    {
        if (link.Has(ModemLink.TellDown))
        {
            link.Flags &= ~(ModemLink.TellDown | ModemLink.TellUp | ModemLink.IsTold);
            events.LinkDown(link.Index, link.Reason, nowMs);
        }
        else if (link.Has(ModemLink.TellUp))
        {
            link.Flags = (link.Flags | ModemLink.IsTold) & ~ModemLink.TellUp;
            events.LinkUp(link.Index, nowMs);
        }
    }

    private void Expire(ModemLink link)
    {
        link.DueMs = long.MaxValue;
        if (link.State == ModemLink.Awaiting)
            Fail(link, LinkFailure.Unreachable);
        else if (link.State == ModemLink.Up)
        {
            link.Unread = ModemLink.UnknownBytes;
            PlanLook(link, IdleLookMs);
            Modem.Engine.Ask();
        }
    }

    /// <summary>A report that there is something to read may be lost, and some modems give no other one until it was read: so they are asked.</summary>
    private protected void PlanLook(ModemLink link, int ms)
    {
        if (link.State != ModemLink.Up || !Dialogue.Has(ModemKey.Notify))
            return;
        link.DueMs = NowMs + ms;
        Modem.PumpSoon();
    }

    /// <summary>The way is gone: the engine is told, and the modem closes what it has.</summary>
    private protected void Fail(ModemLink link, LinkFailure reason)
    {
        Drop(link);
        StartClosing(link);
        link.Reason = reason;
        link.Flags = (link.Flags | ModemLink.TellDown) & ~(ModemLink.TellUp | ModemLink.WasHeldBack | ModemLink.OwesAnswer | ModemLink.WasRecovered);
        Wake();
    }
}
