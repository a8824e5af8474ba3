using System;

namespace Lwm2m.Coap;

/// <summary>
/// Answers to the last messages, first in, first out: a new one pushes the oldest out, both for entries and for bytes. The chains of the hash
/// index are never repaired: an entry is alive while its number lies between oldest and newest, and each chain runs from newer to older.
/// </summary>
internal sealed class DedupRing
{
    private const int Stride = 5;
    private const int KeyField = 0;
    private const int ExpiryField = 1;
    private const int OlderField = 2;
    private const int StartField = 3;
    private const int LengthField = 4;

    private readonly int[] _entries;
    private readonly int[] _newest;
    private readonly int _entryMask;
    private readonly int _byteMask;

    // Both count on for ever and wrap; only differences are looked at.
    private int _next;
    private int _oldest;
    private int _nextByte;

    internal DedupRing(int entries, int bytes)
    {
        int entryCount = PowerOfTwo(entries);
        int byteCount = PowerOfTwo(bytes);
        _entries = new int[entryCount * Stride];
        _newest = new int[entryCount];
        for (int i = 0; i < entryCount; i++) _newest[i] = -1;
        _entryMask = entryCount - 1;
        _byteMask = byteCount - 1;
        Bytes = new byte[byteCount];
    }

    /// <summary>Holds the bytes of all answers.</summary>
    internal byte[] Bytes { get; }

    /// <summary>Where the answer found by <see cref="Find"/> begins.</summary>
    internal int FoundOffset { get; private set; }

    /// <summary>Its length; 0 when the message was met with silence.</summary>
    internal int FoundLength { get; private set; }

    internal bool Find(int key, int nowSeconds)
    {
        int bucket = (key ^ (key >> 16) * 31) & _entryMask;
        int number = _newest[bucket];
        while (number - _oldest >= 0 && number - _next < 0)
        {
            int at = (number & _entryMask) * Stride;
            if (_entries[at + KeyField] == key)
            {
                if (_entries[at + ExpiryField] - nowSeconds <= 0) return false;
                FoundOffset = _entries[at + StartField] & _byteMask;
                FoundLength = _entries[at + LengthField];
                return true;
            }

            // Numbers in a chain only fall: should one not, 2^32 entries have passed by, and it means nothing any more.
            int older = _entries[at + OlderField];
            if (older - number >= 0) return false;
            number = older;
        }

        return false;
    }

    /// <summary>Remembers an answer. Returns false when it alone is larger than the ring: then nothing is remembered.</summary>
    internal bool Add(int key, int expirySeconds, byte[] answer, int offset, int length)
    {
        int capacity = _byteMask + 1;
        if (length > capacity) return false;

        int start = _nextByte;
        int place = start & _byteMask;
        if (place + length > capacity)
        {
            // An answer lies in one piece, or it could not be sent as it is.
            start += capacity - place;
            place = 0;
        }

        int[] entries = _entries;
        int mask = _entryMask;
        int number = _next;
        int oldest = _oldest;
        if (number - oldest > mask) oldest++;
        int keep = start + length - capacity;
        while (oldest != number && keep - entries[(oldest & mask) * Stride + StartField] > 0) oldest++;
        _oldest = oldest;

        int bucket = (key ^ (key >> 16) * 31) & mask;
        int at = (number & mask) * Stride;
        entries[at + KeyField] = key;
        entries[at + ExpiryField] = expirySeconds;
        entries[at + OlderField] = _newest[bucket];
        entries[at + StartField] = start;
        entries[at + LengthField] = length;
        _newest[bucket] = number;
        _next = number + 1;
        _nextByte = start + length;
        if (length > 0) Array.Copy(answer, offset, Bytes, place, length);
        return true;
    }

    private static int PowerOfTwo(int atMost)
    {
        int result = 1;
        while (result <= atMost >> 1) result <<= 1;
        return result;
    }
}
