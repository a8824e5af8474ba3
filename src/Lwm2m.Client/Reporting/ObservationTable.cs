using System;

namespace Lwm2m.Client;

/// <summary>
/// Who observes what (RFC 7641, Core 6.4), and when the next notification is due (Core 7.3.2). Slots are columns of arrays;
/// they are found by token, by path and by message id in one step, and their timers stand in a heap.
/// </summary>
internal sealed partial class ObservationTable
{
    private const int TokenBytes = 8;

    private const byte Used = 1;

    // A change was reported and not yet judged.
    private const byte Dirty = 2;

    // A notification is due: it waits for pmin, or for the server to be free.
    private const byte Owed = 4;

    // Owed, and the server is busy or away: it stands in the queue until Ready.
    private const byte Waiting = 8;

    // The Observe request brought attributes of its own (1.2); attached ones do not count.
    private const byte OwnAttributes = 16;

    // One value, to which gt, lt, st and edge apply.
    private const byte SingleValue = 32;

    // Taken out of the queue by Ready, and not judged since.
    private const byte Released = 64;

    // A CON notification went out.
    private const byte SentConfirmable = 128;

    private readonly IObservationHost _host;
    private readonly bool _bothWays;
    private readonly byte[] _flags;
    private readonly byte[] _server;
    private readonly byte[] _tokens;
    private readonly byte[] _tokenLength;
    private readonly long[] _path;
    private readonly ushort[] _contentFormat;
    private readonly int[] _sequence;
    private readonly int[] _cacheKey;
    private readonly int[] _messageId;
    private readonly int[] _lastHash;
    private readonly double[] _lastNumber;
    private readonly long[] _lastSentMs;
    private readonly long[] _lastJudgedMs;
    private readonly long[] _lastConfirmableMs;
    private readonly int[] _mask;
    private readonly int[] _periods;
    private readonly double[] _thresholds;
    private readonly SlotIndex _byToken;
    private readonly SlotIndex _byPath;
    private readonly SlotIndex _byObject;
    private readonly SlotIndex _byMessageId;
    private readonly SlotQueues _waiting;
    private readonly TimerHeap _timers;
    private readonly AttributeSet _inForce = new AttributeSet();
    private int _used;

    // Observations of single resource instances.
    private int _instanceObservations;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Observations of all servers together, at most 32767.</param>
    /// <param name="servers">Server accounts; their places count from 0.</param>
    /// <param name="host">The engine.</param>
    /// <param name="bothWays">Whether gt and lt notify on crossings in either direction.</param>
    public ObservationTable(int capacity, int servers, IObservationHost host, bool bothWays)
    {
        _host = host;
        _bothWays = bothWays;
        _flags = new byte[capacity];
        _server = new byte[capacity];
        _tokens = new byte[capacity * TokenBytes];
        _tokenLength = new byte[capacity];
        _path = new long[capacity];
        _contentFormat = new ushort[capacity];
        _sequence = new int[capacity];
        _cacheKey = new int[capacity];
        _messageId = new int[capacity];
        _lastHash = new int[capacity];
        _lastNumber = new double[capacity];
        _lastSentMs = new long[capacity];
        _lastJudgedMs = new long[capacity];
        _lastConfirmableMs = new long[capacity];
        _mask = new int[capacity];
        _periods = new int[capacity * Periods];
        _thresholds = new double[capacity * Thresholds];
        _byToken = new SlotIndex(capacity);
        _byPath = new SlotIndex(capacity);
        _byObject = new SlotIndex(capacity);
        _byMessageId = new SlotIndex(capacity);
        _waiting = new SlotQueues(capacity, servers);
        _timers = new TimerHeap(capacity);
    }

    /// <summary>Observations at present.</summary>
    public int Count => _used;

    public bool IsUsed(int slot) => _flags[slot] != 0;

    public int Server(int slot) => _server[slot];

    public int ObjectId(int slot) => ObservedPath.ObjectId(_path[slot]);

    public int InstanceId(int slot) => ObservedPath.InstanceId(_path[slot]);

    public int ResourceId(int slot) => ObservedPath.ResourceId(_path[slot]);

    public int ResourceInstanceId(int slot) => ObservedPath.ResourceInstanceId(_path[slot]);

    /// <summary>The format of the first answer, which all notifications keep (RFC 7641 4.2).</summary>
    public int ContentFormat(int slot) => _contentFormat[slot];

    /// <summary>The cache key of the request: what a server fetches after a large notification comes from the same snapshot.</summary>
    public int CacheKey(int slot) => _cacheKey[slot];

    /// <summary>Copies the token; answers its length.</summary>
    public int Token(int slot, byte[] into)
    {
        Array.Copy(_tokens, slot * TokenBytes, into, 0, _tokenLength[slot]);
        return _tokenLength[slot];
    }

    /// <summary>The next value of the Observe option: counts from 1, so that most of them take one byte.</summary>
    public int NextSequence(int slot)
    {
        _sequence[slot] = (_sequence[slot] + 1) & 0xFFFFFF;
        return _sequence[slot];
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
        int slot = Find(server, buffer, offset, length);
        if (slot >= 0)
        {
            sequence = _sequence[slot];
            Remove(slot);
        }

        slot = _byToken.Take();
        if (slot < 0)
            return -1;

        _flags[slot] = (byte)(Used | (own != null ? OwnAttributes : 0) | (singleValue ? SingleValue : 0));
        _server[slot] = (byte)server;
        Array.Copy(buffer, offset, _tokens, slot * TokenBytes, length);
        _tokenLength[slot] = (byte)length;
        _path[slot] = path;
        _contentFormat[slot] = (ushort)contentFormat;
        _sequence[slot] = sequence;
        _cacheKey[slot] = cacheKey;
        _messageId[slot] = -1;
        _lastSentMs[slot] = nowMs;
        _lastJudgedMs[slot] = nowMs;
        _lastConfirmableMs[slot] = nowMs;
        _byToken.Add(slot, TokenHash(server, buffer, offset, length));
        _byPath.Add(slot, ObservedPath.Hash(0, path));
        _byObject.Add(slot, ObservedPath.ObjectId(path));
        _used++;
        if (ObservedPath.Level(path) == 4)
            _instanceObservations++;
        if (own != null)
            StoreOwn(slot, own);
        else
            Resolve(slot);
        Remember(slot);
        Schedule(slot);
        return slot;
    }

    /// <summary>The observation of this server with this token, or -1.</summary>
    public int Find(int server, byte[] buffer, int offset, int length)
    {
        if (_used == 0)
            return -1;
        int slot = _byToken.First(TokenHash(server, buffer, offset, length));
        while (slot >= 0 && !IsToken(slot, server, buffer, offset, length))
            slot = _byToken.Next(slot);
        return slot;
    }

    /// <summary>The observation whose last notification had this message id, or -1.</summary>
    public int FindByMessageId(int server, int messageId)
    {
        if (_used == 0)
            return -1;
        int slot = _byMessageId.First(messageId);
        while (slot >= 0 && (_messageId[slot] != messageId || _server[slot] != server))
            slot = _byMessageId.Next(slot);
        return slot;
    }

    /// <summary>
    /// Whether a CON notification to this server, sent from this slot, is one of the observation that is there now. The slot may
    /// have changed hands meanwhile; but since one CON is out at a time (NSTART), a CON that its new owner sent is the latest.
    /// </summary>
    public bool IsSender(int slot, int server) => (_flags[slot] & SentConfirmable) != 0 && _server[slot] == server;

    /// <summary>The object instance is gone: what is observed in it is read once more at the next Poll, whatever pmin says, and ends.</summary>
    public void EndWithin(int objectId, int instanceId)
    {
        for (int slot = _byObject.First(objectId); slot >= 0; slot = _byObject.Next(slot))
        {
            if (!ObservedPath.IsWithin(_path[slot], objectId, instanceId))
                continue;
            _flags[slot] |= Owed;
            _lastSentMs[slot] = long.MinValue / 2;
            Schedule(slot);
        }
    }

    /// <summary>Ends an observation without a word.</summary>
    public void Remove(int slot)
    {
        int flags = _flags[slot];
        if (flags == 0)
            return;
        _byToken.Remove(slot, TokenHash(_server[slot], _tokens, slot * TokenBytes, _tokenLength[slot]));
        _byToken.Give(slot);
        _byPath.Remove(slot, ObservedPath.Hash(0, _path[slot]));
        _byObject.Remove(slot, ObservedPath.ObjectId(_path[slot]));
        if (_messageId[slot] >= 0)
            _byMessageId.Remove(slot, _messageId[slot]);
        if ((flags & Waiting) != 0)
            _waiting.Remove(slot);
        if (ObservedPath.Level(_path[slot]) == 4)
            _instanceObservations--;
        _timers.Stop(slot);
        _flags[slot] = 0;
        _used--;
        // It was its turn: now it is the next one's.
        if ((flags & Released) != 0)
            Ready(_server[slot]);
    }

    /// <summary>The registration is gone, and its observations with it (Core 6.2.2).</summary>
    public void RemoveServer(int server)
    {
        for (int slot = 0; slot < _flags.Length && _used > 0; slot++)
            if (_flags[slot] != 0 && _server[slot] == server)
                Remove(slot);
    }

    /// <summary>A notification went out with this message id: a Reset that quotes it ends the observation (RFC 7641 3.6).</summary>
    public void Sent(int slot, int messageId, bool confirmable)
    {
        if (confirmable)
            _flags[slot] |= SentConfirmable;
        if (_messageId[slot] >= 0)
            _byMessageId.Remove(slot, _messageId[slot]);
        _messageId[slot] = messageId;
        _byMessageId.Add(slot, messageId);
    }

    private bool IsToken(int slot, int server, byte[] buffer, int offset, int length)
    {
        if (_server[slot] != server || _tokenLength[slot] != length)
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
