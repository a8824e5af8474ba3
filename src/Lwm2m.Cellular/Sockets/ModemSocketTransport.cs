using System;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// CoAP over UDP or TCP sockets of the modem's own (bindings U and T), for boards without an IP stack. The modem's commands come from the sections
/// <c>udp</c> and <c>tcp</c> of its profile. Names of servers are handed to the modem as they are.
/// </summary>
/// <remarks>A socket that the server or a reset of the modem closed is a link that is down.</remarks>
public sealed class ModemSocketTransport : ModemTransport
{
    private const int MostLengthBytes = 4;

    private readonly string _apn;
    private readonly int _cid;
    private readonly int _firstId;
    private readonly int _lastId;
    private readonly int _keepAliveMs;
    private readonly int _ackTimeoutMs;
    private readonly bool _choosesId;
    private readonly int _mostStreamBytes;

    /// <summary>Makes a transport and adds it to the modem.</summary>
    /// <param name="modem">The modem. Its lines must have room for the longest message and 40 bytes more.</param>
    /// <param name="options">How; not kept.</param>
    /// <exception cref="ArgumentException">The profile has no such section, the binding is neither U nor T, or a number is out of range.</exception>
    public ModemSocketTransport(CellularModem modem, ModemSocketOptions options)
        : base(modem, Profile(options), Section(options), options.MaxLinks, Shorter(options), options.QueueBytes)
    {
        Binding = options.Binding;
        ModemProfile profile = Profile(options);
        _apn = options.Apn ?? "";
        _cid = options.Cid;
        ForgetDefined();
        _firstId = profile.Number(Section(options), ModemKey.First, 0);
        _lastId = _firstId + profile.Number(Section(options), ModemKey.Links, 5) - 1;
        if (options.MaxLinks > _lastId - _firstId + 1)
            throw new ArgumentException("The modem " + profile.Name + " has fewer sockets than ModemSocketOptions.MaxLinks.");
        _keepAliveMs = options.KeepAliveMs;
        _ackTimeoutMs = options.AckTimeoutMs;
        // A frame is no longer than its datagram but for a huge one's length.
        _mostStreamBytes = QueueRoom - RecordHeads(QueueRoom / MaxMessageBytes + 1) - MostLengthBytes;
        _choosesId = !Dialogue.HasWord(ModemKey.OpenAnswer, ModemWord.Id) || Dialogue.HasWord(ModemKey.OpenAnswer, ModemWord.Error);
    }

    /// <summary>U or T.</summary>
    public override char Binding { get; }

    /// <inheritdoc/>
    public override bool IsReliable => Binding == 'T';

    /// <inheritdoc/>
    public override int AckTimeoutMs => IsReliable ? 0 : _ackTimeoutMs;

    /// <summary>True for <c>coap</c> over UDP, for <c>coap+tcp</c> over TCP.</summary>
    /// <param name="link">One that there is room for.</param>
    /// <param name="uri">The server.</param>
    public override bool CanOpen(int link, ServerUri uri) => link < LinkCount && uri.Scheme == (IsReliable ? "coap+tcp" : "coap");

    /// <inheritdoc/>
    public override bool Send(int link, byte[] buffer, int offset, int count)
    {
        if (!IsReliable)
            return base.Send(link, buffer, offset, count);
        return Link(link) is ModemStreamLink one && one.Has(ModemLink.IsTold) && one.Stream.Send(buffer, offset, count);
    }

    /// <summary>Over TCP as much as the server takes and there is room for; what is longer goes in blocks.</summary>
    /// <param name="link">Number of the link.</param>
    public override int MaxDatagramBytes(int link)
    {
        if (Link(link) is not ModemStreamLink one)
            return base.MaxDatagramBytes(link);
        return one.Stream.PeerMaxMessageBytes < _mostStreamBytes ? one.Stream.PeerMaxMessageBytes : _mostStreamBytes;
    }

    /// <inheritdoc/>
    public override bool TakesBlocks(int link) => Link(link) is ModemStreamLink one && one.Stream.PeerTakesBlocks;

    /// <summary>The stream's bytes go out: all of them or none, in pieces that the modem takes.</summary>
    internal bool WriteBytes(ModemStreamLink link, byte[] buffer, int offset, int count)
    {
        int pieces = (count + MaxMessageBytes - 1) / MaxMessageBytes;
        if (QueueRoom < count + RecordHeads(pieces - 1))
            return false;
        while (count > 0)
        {
            int piece = count < MaxMessageBytes ? count : MaxMessageBytes;
            if (!Enqueue(link, buffer, offset, piece))
                return false;
            offset += piece;
            count -= piece;
        }

        return true;
    }

    internal void TakeMessage(ModemStreamLink link, byte[] buffer, int offset, int count, long nowMs) =>
        Modem.Events?.Received(link.Index, buffer, offset, count, nowMs);

    internal void TakeTooLarge(ModemStreamLink link, byte[] buffer, int offset, int count, long nowMs) =>
        Modem.Events?.ReceivedTooLarge(link.Index, buffer, offset, count, nowMs);

    /// <summary>The server has said what it takes: only now the engine knows how long messages may be.</summary>
    internal void TakeSettings(ModemStreamLink link)
    {
        if (!link.Has(ModemLink.IsTold))
            link.Flags |= ModemLink.TellUp;
        Wake();
    }

    internal void TakeFailure(ModemStreamLink link) => Fail(link, LinkFailure.Closed);

    private protected override ModemLink NewLink(int index) =>
        IsReliable ? new ModemStreamLink(this, index, MaxMessageBytes, _keepAliveMs) : new ModemLink(index);

    private protected override bool Begin(ModemLink link, ServerUri uri)
    {
        link.Cid = _cid;
        if (link is ModemStreamLink one)
            one.Stream.Stop();
        return true;
    }

    private protected override string Apn(ModemLink? link) => _apn;

    private protected override int DefinedCid => _cid;

    private protected override int NextDefine() => DefinePlace;

    private protected override void Defined(int next) => DefinePlace = next > 0 ? next : 0;

    private protected override void ForgetDefined() => DefinePlace = Dialogue.Start(ModemKey.Define);

    // UDP takes its numbers from the first on and TCP from the last one back: two transports on one modem do not meet.
    private protected override void ChooseId(ModemLink link)
    {
        if (_choosesId)
            link.Id = IsReliable ? _lastId - link.Index : _firstId + link.Index;
        else
            link.Id = -1;
    }

    private protected override void Opened(ModemLink link)
    {
        if (link is not ModemStreamLink one)
        {
            base.Opened(link);
            return;
        }

        link.State = ModemLink.Up;
        PlanLook(link, IdleLookMs);
        one.Stream.Start(NowMs);
        Wake();
    }

    private protected override void Deliver(ModemLink link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (link is ModemStreamLink one)
            one.Stream.Received(buffer, offset, count, nowMs);
        else
            base.Deliver(link, buffer, offset, count, nowMs);
    }

    private protected override long PollLink(ModemLink link, ILinkEvents events, long nowMs) =>
        link is ModemStreamLink one && link.State == ModemLink.Up ? one.Stream.Poll(nowMs) : long.MaxValue;

    private static ModemProfile Profile(ModemSocketOptions options) =>
        options.Profile ?? throw new ArgumentException("ModemSocketOptions.Profile: a modem's sockets need a profile.");

    private static string Section(ModemSocketOptions options)
    {
        if (options.Binding == 'U')
            return "udp";
        return options.Binding == 'T' ? "tcp" : throw new ArgumentException("ModemSocketOptions.Binding: U or T.");
    }

    private static int Shorter(ModemSocketOptions options)
    {
        int mtu = Profile(options).Number(Section(options), ModemKey.Mtu, options.MaxMessageBytes);
        return mtu < options.MaxMessageBytes ? mtu : options.MaxMessageBytes;
    }
}
