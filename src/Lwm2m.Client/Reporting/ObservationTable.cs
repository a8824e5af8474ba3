using System;
using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>
/// Who observes what (RFC 7641, Core 6.4), and when the next notification is due (Core 7.3.2). A slot is a row in a few arrays, since
/// an array costs the board as much as three fields; slots are found by token and by path in one step, their timers stand in a heap.
/// </summary>
internal sealed partial class ObservationTable
{
    private const int TokenBytes = 8;

    private const int Used = 1;

    // A change was reported and not yet judged.
    private const int Dirty = 2;

    // A notification is due: it waits for pmin, or for the server to be free.
    private const int Owed = 4;

    // Owed, and the server is busy or away: it stands in the queue until Ready.
    private const int Waiting = 8;

    // The Observe request brought attributes of its own (1.2); attached ones do not count.
    private const int OwnAttributes = 16;

    // One value, to which gt, lt, st and edge apply.
    private const int SingleValue = 32;

    // Taken out of the queue by Ready, and not judged since.
    private const int Released = 64;

    // A CON notification went out.
    private const int SentConfirmable = 128;

    // Samples were kept while the server was away, and are to be delivered.
    private const int Stored = 256;

    // Besides them the present values are owed, since not all parts are sampled.
    private const int Rest = 512;

    // A CON with samples is out.
    private const int Delivering = 1024;

    // A row of _words. About: server, length of the token, content format.
    private const int Words = 12;
    private const int About = 0;
    private const int Sequence = 1;
    private const int Key = 2;
    private const int MessageId = 3;
    private const int LastHash = 4;
    private const int Mask = 5;
    private const int Pmin = 6;
    private const int Pmax = 7;
    private const int Epmin = 8;
    private const int Epmax = 9;
    private const int Queue = 10;

    // A row of _times.
    private const int Times = 3;
    private const int LastSent = 0;
    private const int LastJudged = 1;
    private const int LastConfirmable = 2;

    // A row of _numbers.
    private const int Numbers = 4;
    private const int LastNumber = 0;
    private const int Gt = 1;
    private const int Lt = 2;
    private const int St = 3;

    // All levels absent: nobody observes that.
    private const long NoPath = -1;

    private readonly IObservationHost _host;
    private readonly bool _bothWays;
    private readonly short[] _flags;
    private readonly byte[] _tokens;
    private readonly long[] _path;
    private readonly int[] _words;
    private readonly long[] _times;
    private readonly double[] _numbers;
    private readonly SlotIndex _byToken;
    private readonly SlotIndex _byPath;

    // By object instance; those of a whole object have an index entry of their own.
    private readonly SlotIndex _byInstance;
    private readonly SlotQueues _waiting;
    private readonly TimerHeap _timers;
    private readonly AttributeSet _inForce;
    private int _used;

    // Observations of single resource instances.
    private int _instanceObservations;

    // The value that was read last while judging, so that what is sent then need not be read again; -1 for none.
    private int _readSlot = -1;
    private long _aheadPath = NoPath;
    private double _readNumber;
    private int _readHash;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Observations of all servers together, at most 32766.</param>
    /// <param name="servers">Server accounts; their places count from 0.</param>
    /// <param name="host">The engine.</param>
    /// <param name="bothWays">Whether gt and lt notify on crossings in either direction.</param>
    /// <param name="scratch">A set whose content nobody needs between calls.</param>
    /// <param name="sampleBytes">Room for samples of all observations together.</param>
    public ObservationTable(int capacity, int servers, IObservationHost host, bool bothWays, AttributeSet scratch, int sampleBytes = 0)
    {
        _samples = new byte[sampleBytes];
        _host = host;
        _bothWays = bothWays;
        _inForce = scratch;
        _byToken = new SlotIndex(capacity);
        _byPath = new SlotIndex(capacity);
        _byInstance = new SlotIndex(capacity);
        _waiting = new SlotQueues(capacity, servers);
        _timers = new TimerHeap(capacity);
        _tries = new long[servers * 2];
        _flags = new short[capacity];
        _tokens = new byte[capacity * TokenBytes];
        _path = new long[capacity];
        _words = new int[capacity * Words];
        _times = new long[capacity * Times];
        _numbers = new double[capacity * Numbers];
    }

    /// <summary>Observations at present.</summary>
    public int Count => _used;

    public bool IsUsed(int slot) => _flags[slot] != 0;

    public int Server(int slot) => _words[slot * Words + About] & 0xFF;

    public int ObjectId(int slot) => ObservedPath.ObjectId(_path[slot]);

    public int InstanceId(int slot) => ObservedPath.InstanceId(_path[slot]);

    public int ResourceId(int slot) => ObservedPath.ResourceId(_path[slot]);

    public int ResourceInstanceId(int slot) => ObservedPath.ResourceInstanceId(_path[slot]);

    /// <summary>The format of the first answer, which all notifications keep (RFC 7641 4.2).</summary>
    public int ContentFormat(int slot) => (_words[slot * Words + About] >> 16) & 0xFFFF;

    /// <summary>The cache key of the request: what a server fetches after a large notification comes from the same snapshot.</summary>
    public int CacheKey(int slot) => _words[slot * Words + Key];

    /// <summary>Copies the token; answers its length.</summary>
    public int Token(int slot, byte[] into)
    {
        int length = TokenLength(slot);
        Array.Copy(_tokens, slot * TokenBytes, into, 0, length);
        return length;
    }

    /// <summary>The next value of the Observe option: counts from 1, so that most of them take one byte.</summary>
    public int NextSequence(int slot)
    {
        int at = slot * Words + Sequence;
        int next = (_words[at] + 1) & 0xFFFFFF;
        _words[at] = next;
        return next;
    }

    /// <summary>
    /// Reads what an <see cref="Observe"/> of this path that follows at once will compare with. It comes before the answer is made, so that a
    /// value which another thread sets between the two is sent twice, and not never.
    /// </summary>
    /// <param name="path">Packed path.</param>
    public void ReadAhead(long path)
    {
        _readSlot = -1;
        _aheadPath = Read(path) ? path : NoPath;
    }

    /// <summary>
    /// Starts an observation, or replaces the one with this token, whose Observe values go on (RFC 7641 4.1, 4.4). The answer to
    /// the request counts as the first notification. -1: the table is full.
    /// </summary>
    /// <param name="server">Place of the server account.</param>
    /// <param name="buffer">Holds the token.</param>
    /// <param name="offset">First byte of the token.</param>
    /// <param name="length">Length of the token, 0 to 8.</param>
    /// <param name="path">Packed path.</param>
    /// <param name="singleValue">True where the path names one value.</param>
    /// <param name="contentFormat">Format of the answer.</param>
    /// <param name="cacheKey">Cache key of the request.</param>
    /// <param name="own">Attributes of the request, or null.</param>
    /// <param name="nowMs">Now.</param>
    public int Observe(int server, byte[] buffer, int offset, int length, long path, bool singleValue, int contentFormat, int cacheKey, AttributeSet? own, long nowMs)
    {
        int sequence = 0;
        int hash = TokenHash(server, buffer, offset, length);
        int slot = Find(hash, server, buffer, offset, length);
        if (slot >= 0)
        {
            sequence = _words[slot * Words + Sequence];
            Remove(slot, hash);
        }

        slot = _byToken.Take();
        if (slot < 0)
            return -1;

        _flags[slot] = (short)(Used | (own != null ? OwnAttributes : 0) | (singleValue ? SingleValue : 0));
        Array.Copy(buffer, offset, _tokens, slot * TokenBytes, length);
        _path[slot] = path;
        int at = slot * Words;
        _words[at + About] = server | length << 8 | contentFormat << 16;
        _words[at + Sequence] = sequence;
        _words[at + Key] = cacheKey;
        _words[at + MessageId] = -1;
        _words[at + Group] = 0;
        at = slot * Times;
        _times[at + LastSent] = nowMs;
        _times[at + LastJudged] = nowMs;
        _times[at + LastConfirmable] = nowMs;
        _byToken.Add(slot, hash);
        _byPath.Add(slot, ObservedPath.Hash(0, path));
        _byInstance.Add(slot, ObservedPath.Hash(0, ObservedPath.ToInstance(path)));
        _used++;
        if ((path & 0xFFFF) != 0xFFFF)
            _instanceObservations++;
        if (own != null)
            StoreOwn(slot, own);
        else
            Resolve(slot);
        // Read ahead, or now where nobody did.
        if (_aheadPath == path)
            _readSlot = slot;
        else
            Read(slot);
        _aheadPath = NoPath;
        Remember(slot);
        Schedule(slot);
        return slot;
    }

    /// <summary>The observation of this server with this token, or -1.</summary>
    public int Find(int server, byte[] buffer, int offset, int length) =>
        _used == 0 ? -1 : Find(TokenHash(server, buffer, offset, length), server, buffer, offset, length);

    /// <summary>The observation whose last notification had this message id, or -1. Resets are rare: no index for them.</summary>
    public int FindByMessageId(int server, int messageId)
    {
        for (int slot = 0; slot < _flags.Length; slot++)
            if (_words[slot * Words + MessageId] == messageId && _flags[slot] != 0 && Server(slot) == server)
                return slot;
        return -1;
    }

    /// <summary>
    /// Whether a CON notification to this server, sent from this slot, is one of the observation that is there now. The slot may
    /// have changed hands meanwhile; but since one CON is out at a time (NSTART), a CON that its new owner sent is the latest.
    /// </summary>
    public bool IsSender(int slot, int server) => (_flags[slot] & SentConfirmable) != 0 && Server(slot) == server;

    /// <summary>The object instance is gone: what is observed in it is read once more at the next Poll, whatever pmin says, and ends.</summary>
    public void EndWithin(int objectId, int instanceId)
    {
        int slot = _byInstance.First(ObservedPath.Hash(0, ObservedPath.Pack(objectId, instanceId, -1, -1)));
        for (; slot >= 0; slot = _byInstance.Next(slot))
        {
            if (!ObservedPath.IsWithin(_path[slot], objectId, instanceId))
                continue;
            if (IsMember(slot))
            {
                // It vanishes from the next notification.
                Mark(slot);
                continue;
            }

            _flags[slot] |= Owed;
            _times[slot * Times + LastSent] = long.MinValue / 2;
            Schedule(slot);
        }
    }

    /// <summary>Ends an observation without a word.</summary>
    public void Remove(int slot)
    {
        if (IsMember(slot))
            slot = LeaderOf(slot);
        if (_flags[slot] != 0)
            Remove(slot, TokenHash(Server(slot), _tokens, slot * TokenBytes, TokenLength(slot)));
    }

    /// <summary>The registration is gone, and its observations with it (Core 6.2.2).</summary>
    public void RemoveServer(int server)
    {
        for (int slot = 0; slot < _flags.Length && _used > 0; slot++)
            if (_flags[slot] != 0 && Server(slot) == server)
                Remove(slot);
        Reached(server);
    }

    /// <summary>A notification went out with this message id: a Reset that quotes it ends the observation (RFC 7641 3.6).</summary>
    public void Sent(int slot, int messageId, bool confirmable)
    {
        _words[slot * Words + MessageId] = messageId;
        if (confirmable)
            _flags[slot] |= SentConfirmable;
    }

    private int TokenLength(int slot) => (_words[slot * Words + About] >> 8) & 0xF;

    private int Find(int hash, int server, byte[] buffer, int offset, int length)
    {
        int slot = _byToken.First(hash);
        while (slot >= 0 && !IsToken(slot, server, buffer, offset, length))
            slot = _byToken.Next(slot);
        return slot;
    }

    private void Remove(int slot, int tokenHash)
    {
        int flags = _flags[slot];
        long path = _path[slot];
        _byToken.Remove(slot, tokenHash);
        _byToken.Give(slot);
        _byPath.Remove(slot, ObservedPath.Hash(0, path));
        _byInstance.Remove(slot, ObservedPath.Hash(0, ObservedPath.ToInstance(path)));
        if ((flags & Waiting) != 0)
            _waiting.Remove(slot);
        if ((path & 0xFFFF) != 0xFFFF)
            _instanceObservations--;
        _timers.Stop(slot);
        _flags[slot] = 0;
        _used--;
        if ((flags & Leader) != 0)
            RemoveMembers(NextMember(slot));
        if ((flags & (Stored | Delivering)) != 0)
            RemoveSamples(slot, false);
        // It was its turn: now it is the next one's.
        if ((flags & Released) != 0)
            Ready(Server(slot));
    }

    private bool IsToken(int slot, int server, byte[] buffer, int offset, int length)
    {
        if ((_words[slot * Words + About] & 0xFFFF) != (server | length << 8))
            return false;
        int at = slot * TokenBytes;
        for (int index = 0; index < length; index++)
            if (_tokens[at + index] != buffer[offset + index])
                return false;
        return true;
    }

    private static int TokenHash(int server, byte[] buffer, int offset, int length)
    {
        int hash = server * 31 + length;
        for (int index = 0; index < length; index++)
            hash = hash * 31 + buffer[offset + index];
        return hash;
    }
}
