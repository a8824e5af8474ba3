using System;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// CoAP without IP (NIDD, binding N): a message in each packet of a context that leads to one server alone (Core 6.2.1.2). The modem's commands come
/// from the section <c>nidd</c> of its profile, which 27.007 fills for most: <c>+CGDCONT</c>, <c>+CSODCP</c>, <c>+CRTDCP</c>.
/// </summary>
/// <remarks>
/// Nobody below repeats what is lost, and the network may count messages: the longest message and the quota are asked for when a link is opened. Links outlive a
/// reset of the modem and times without network; <see cref="ILinkEvents.LinkDown"/> comes when a context cannot be brought back.
/// </remarks>
public sealed class NonIpTransport : ModemTransport
{
    private const int PlmnPeriodMs = 6 * 60_000;

    private readonly string?[] _apns;
    private readonly int _firstCid;
    private readonly bool _hasDefault;
    private bool _usesRelease;
    private int _kind;
    private readonly RateBudget? _contract;
    private readonly int _reserveMessages;

    // Which access points' contexts the modem knows, one bit each; and the one in hand.
    private int _defined;
    private int _defining = -1;

    /// <summary>Makes a transport and adds it to the modem.</summary>
    /// <param name="modem">The modem. Its lines must have room for the longest message and 40 bytes more.</param>
    /// <param name="options">How; not kept. Without a profile it becomes <c>generic</c>.</param>
    /// <exception cref="ArgumentException">The profile has no section <c>nidd</c>, or a number is out of range.</exception>
    public NonIpTransport(CellularModem modem, NonIpOptions options)
        : base(modem, options.Profile ??= ModemProfile.Find("generic")!, "nidd", options.MaxLinks, Shorter(options), options.QueueBytes)
    {
        ModemProfile profile = options.Profile!;
        if (options.AckTimeoutMs < 1)
            throw new ArgumentOutOfRangeException(nameof(options), "NonIpOptions.AckTimeoutMs must be positive.");
        AckTimeoutMs = options.AckTimeoutMs;
        _firstCid = profile.Number("nidd", ModemKey.First, 1);
        _apns = new string?[options.MaxLinks];
        _apns[0] = options.Apn;
        _hasDefault = options.Apn != null;
        _usesRelease = options.ReleaseAssistance;
        _kind = options.IsException ? 1 : 0;
        _reserveMessages = options.ReserveMessages;
        if (options.MessagesPerPeriod != 0 || options.BytesPerPeriod != 0)
            _contract = new RateBudget(options.MessagesPerPeriod, options.BytesPerPeriod, options.PeriodMs, options.ReserveMessages, Reserve(options.BytesPerPeriod));
    }

    /// <summary>N.</summary>
    public override char Binding => 'N';

    /// <inheritdoc/>
    public override int AckTimeoutMs { get; }

    /// <summary>Takes messages for contexts whose link is not open; null for nobody. <see cref="ClientTriggers"/> brings them to a client.</summary>
    public ITriggerSink? Triggers { get; set; }

    /// <summary>True for <c>coap+nidd</c>, and for <c>coap</c> where there is an access point for it.</summary>
    /// <param name="link">One that there is room for.</param>
    /// <param name="uri">The server.</param>
    public override bool CanOpen(int link, ServerUri uri) =>
        link < LinkCount && (uri.IsNonIp && !uri.IsSecure || _hasDefault && uri.Scheme == "coap");

    /// <inheritdoc/>
    public override bool IsHeldBack(int link)
    {
        if (Link(link) is not NonIpLink one || !IsHeldBack(one, NowMs))
            return false;
        if (!one.Has(ModemLink.WasHeldBack))
        {
            one.Flags |= ModemLink.WasHeldBack;
            Modem.PumpSoon();
        }

        return true;
    }

    private protected override bool SurvivesReset => true;

    private protected override int Kind => _kind;

    private protected override int DefinedCid => _firstCid + _defining;

    private protected override ModemLink NewLink(int index) => new NonIpLink(index) { Contract = Copy(_contract) };

    private protected override bool Begin(ModemLink link, ServerUri uri)
    {
        string? apn = uri.IsNonIp ? uri.Host : _apns[0];
        if (apn == null)
            return false;
        int place = -1;
        for (int index = _apns.Length - 1; index >= 0; index--)
        {
            if (_apns[index] == apn)
            {
                place = index;
                break;
            }

            if (UserOf(index, link) == null && (index > 0 || !_hasDefault))
                place = index;
        }

        if (place < 0)
            return false;
        // A packet names its context and nothing else: two servers on one could not be told apart.
        NonIpLink? user = UserOf(place, link);
        if (user != null && !MakesWay(user, link))
            return false;
        if (_apns[place] != apn)
        {
            _apns[place] = apn;
            _defined &= ~(1 << place);
        }

        var one = (NonIpLink)link;
        one.ApnIndex = place;
        one.Cid = _firstCid + place;
        one.AwaitedId = -1;
        return true;
    }

    private protected override string Apn(ModemLink? link) => _apns[link == null ? _defining : ((NonIpLink)link).ApnIndex] ?? "";

    private protected override int NextDefine()
    {
        if (_defining >= 0)
            return DefinePlace;
        for (int index = 0; index < _apns.Length; index++)
        {
            if (_apns[index] == null || (_defined & (1 << index)) != 0)
                continue;
            _defining = index;
            int place = Dialogue.Start(ModemKey.Define);
            if (place != 0)
                return place;
            Defined(0);
        }

        return 0;
    }

    private protected override void Defined(int next)
    {
        DefinePlace = next;
        // A modem that refuses keeps the context that it has, which may be the right one: the first message will tell.
        if (next > 0)
            return;
        _defined |= 1 << _defining;
        _defining = -1;
    }

    private protected override void ForgetDefined()
    {
        _defined = 0;
        _defining = -1;
    }

    private protected override void Told(ModemLink link, int key, int[] values)
    {
        var one = (NonIpLink)link;
        if (key == ModemKey.Context)
        {
            Limit(one, values[ModemWord.Mtu]);
            one.Network = Renew(one.Network, values[ModemWord.NetworkRate], PlmnPeriodMs);
        }
        else
            one.Operator = Renew(one.Operator, values[ModemWord.Rate], RateBudget.UnitMs(values[ModemWord.Unit]));
    }

    private protected override void ToldRanges(ModemLink link, AtLine line)
    {
        Limit(link, Greatest(line, 1));
        // A range that is there and ends below what is wanted: the modem will not learn it.
        if (Greatest(line, 2) is 0 or 1)
            _usesRelease = false;
        if (Greatest(line, 3) == 0)
            _kind = 0;
    }

    private protected override bool TakeStray(byte[] buffer, int offset, int count, long nowMs) =>
        Triggers != null && count > 0 && Triggers.Triggered(buffer, offset, count, nowMs);

    private protected override void Deliver(ModemLink link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (count >= 4)
        {
            var one = (NonIpLink)link;
            int type = (buffer[offset] >> 4) & 3;
            int code = buffer[offset + 1];
            if (type >= 2 && one.AwaitedId == ((buffer[offset + 2] << 8) | buffer[offset + 3]))
                one.AwaitedId = -1;
            else if (code > 0 && code < 0x20)
                one.Flags |= ModemLink.OwesAnswer;
        }

        base.Deliver(link, buffer, offset, count, nowMs);
    }

    private protected override void Counted(ModemLink link, int count, bool isAnswer)
    {
        var one = (NonIpLink)link;
        if (isAnswer)
            one.Flags &= ~ModemLink.OwesAnswer;
        one.Contract?.Count(count, NowMs);
        one.Operator?.Count(count, NowMs);
        one.Network?.Count(count, NowMs);
    }

    // 27.007 +CSODCP: 1 where no answer is expected, 2 where one is.
    private protected override int Release(ModemLink link, byte[] buffer, int offset, int count)
    {
        var one = (NonIpLink)link;
        if (count < 4)
            return 0;
        int type = (buffer[offset] >> 4) & 3;
        int code = buffer[offset + 1];
        if (type == (int)CoapType.Confirmable)
            one.AwaitedId = (buffer[offset + 2] << 8) | buffer[offset + 3];
        if (!_usesRelease || !IsLastOf(link) || one.Has(ModemLink.OwesAnswer))
            return 0;
        if (type == (int)CoapType.Confirmable || code > 0 && code < 0x20)
            return 2;
        return one.AwaitedId < 0 ? 1 : 0;
    }

    private protected override long PollLink(ModemLink link, ILinkEvents events, long nowMs)
    {
        if (!link.Has(ModemLink.WasHeldBack))
            return long.MaxValue;
        var one = (NonIpLink)link;
        if (!IsHeldBack(one, nowMs))
        {
            link.Flags &= ~ModemLink.WasHeldBack;
            events.Recovered(nowMs);
            return long.MaxValue;
        }

        long free = Free(one.Contract, nowMs, 0);
        free = Free(one.Operator, nowMs, free);
        return Free(one.Network, nowMs, free);
    }

    private static bool IsHeldBack(NonIpLink link, long nowMs) =>
        link.Contract != null && link.Contract.IsHeldBack(nowMs) ||
        link.Operator != null && link.Operator.IsHeldBack(nowMs) ||
        link.Network != null && link.Network.IsHeldBack(nowMs);

    /// <summary>The later one of two ends of holding back.</summary>
    private static long Free(RateBudget? budget, long nowMs, long otherMs)
    {
        if (budget == null)
            return otherMs;
        long free = budget.FreeMs(nowMs);
        return free != long.MaxValue && free > otherMs ? free : otherMs;
    }

    private static int Shorter(NonIpOptions options)
    {
        int mtu = options.Profile!.Number("nidd", ModemKey.Mtu, options.MaxMessageBytes);
        return mtu < options.MaxMessageBytes ? mtu : options.MaxMessageBytes;
    }

    // The highest number of a group in parentheses, such as (0-10),(1358),(0-2),(0,1); -1 where there is none.
    private static int Greatest(AtLine line, int group)
    {
        int greatest = -1;
        int depth = 0;
        int number = -1;
        for (int at = 0; at <= line.Length && group >= 0; at++)
        {
            byte character = at < line.Length ? line.Buffer[at] : (byte)',';
            if (character >= '0' && character <= '9')
            {
                number = number > 99_999 ? number : (number < 0 ? 0 : number * 10) + character - '0';
                continue;
            }

            if (group == 0 && number > greatest)
                greatest = number;
            number = -1;
            if (character == '(')
                depth++;
            else if (character == ')')
                depth--;
            else if (character == ',' && depth == 0)
                group--;
        }

        return greatest;
    }

    private static void Limit(ModemLink link, int bytes)
    {
        // What no CoAP fits in is no limit.
        if (bytes >= 32 && bytes < link.Mtu)
            link.Mtu = bytes;
    }

    private int Reserve(int bytes) => bytes / 2 < MaxMessageBytes ? bytes / 2 : MaxMessageBytes;

    private NonIpLink? UserOf(int apnIndex, ModemLink but)
    {
        for (int index = 0; index < LinkCount; index++)
            if (Link(index) is NonIpLink other && other != but && other.State != ModemLink.Closed && other.ApnIndex == apnIndex)
                return other;
        return null;
    }

    /// <summary>
    /// A bootstrap server's link, which has the highest number, stays open for a while after its end, in case that its last command comes again. The
    /// server behind the same access point does not wait for that.
    /// </summary>
    private bool MakesWay(NonIpLink user, ModemLink link)
    {
        if (user.Index < link.Index)
            return false;
        Fail(user, LinkFailure.Closed);
        // A context that commands have to close first is free later.
        return user.State == ModemLink.Closed;
    }

    private static RateBudget? Copy(RateBudget? budget) => budget?.Fresh();

    /// <summary>What was counted stays where the quota is the same.</summary>
    private RateBudget? Renew(RateBudget? old, int messages, long periodMs)
    {
        if (messages <= 0 || periodMs <= 0)
            return null;
        return old != null && old.Messages == messages && old.PeriodMs == periodMs ? old : new RateBudget(messages, 0, periodMs, _reserveMessages);
    }
}
