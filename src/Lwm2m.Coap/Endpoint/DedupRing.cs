using System;

namespace Lwm2m.Coap;

/// <summary>
/// Answers to the last messages, first in, first out: a new one pushes the oldest out, both for entries and for bytes. The chains of the hash
/// index are never repaired: an entry is alive while its number lies between oldest and newest, and each chain runs from newer to older.
/// </summary>
internal sealed class DedupRing
{
    /// <summary>What <see cref="Find"/> returns when the message is new.</summary>
    internal const int NotFound = -1;

    private const int Stride = 5;
    private const int KeyField = 0;
    private const int ExpiryField = 1;
    private const int OlderField = 2;
    private const int StartField = 3;
    private const int LengthField = 4;

    // The number of the newest entry in each bucket, of which there are as many as entries; then the entries.
    private readonly int[] _entries;
    private readonly int _entryMask;

    // Both count on for ever and wrap; only differences are looked at.
    private int _next;
    private int _oldest;
    private int _nextByte;

    internal DedupRing(int entries, int bytes)
    {
        int entryCount = PowerOfTwo(entries);
        _entries = new int[entryCount * (1 + Stride)];
        for (int i = 0; i < entryCount; i++) _entries[i] = -1;
        _entryMask = entryCount - 1;
        Bytes = new byte[PowerOfTwo(bytes)];
    }

    /// <summary>Holds the bytes of all answers.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The place of the answer to a message, or <see cref="NotFound"/>.</summary>
    internal int Find(int key, int nowSeconds)
    {
        int[] entries = _entries;
        int mask = _entryMask;
        int number = entries[(key ^ (key >> 16) * 31) & mask];
        while (number - _oldest >= 0 && number - _next < 0)
        {
            int at = mask + 1 + (number & mask) * Stride;
            if (entries[at + KeyField] == key) return entries[at + ExpiryField] - nowSeconds > 0 ? at : NotFound;

            // Numbers in a chain only fall: should one not, 2^32 entries have passed by, and it means nothing any more.
            int older = entries[at + OlderField];
            if (older - number >= 0) return NotFound;
            number = older;
        }

        return NotFound;
    }

    /// <summary>Where the answer at a place begins in <see cref="Bytes"/>.</summary>
    internal int OffsetAt(int place) => _entries[place + StartField] & (Bytes.Length - 1);

    /// <summary>Length of the answer at a place; 0 when the message was met with silence.</summary>
    internal int LengthAt(int place) => _entries[place + LengthField];

    /// <summary>Remembers an answer. Returns false when it alone is larger than the ring: then nothing is remembered.</summary>
    internal bool Add(int key, int expirySeconds, byte[] answer, int offset, int length)
    {
        byte[] bytes = Bytes;
        int capacity = bytes.Length;
        if (length > capacity) return false;

        int start = _nextByte;
        int place = start & (capacity - 1);
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
        while (oldest != number && keep - entries[mask + 1 + (oldest & mask) * Stride + StartField] > 0) oldest++;
        _oldest = oldest;

        int bucket = (key ^ (key >> 16) * 31) & mask;
        int at = mask + 1 + (number & mask) * Stride;
        entries[at + KeyField] = key;
        entries[at + ExpiryField] = expirySeconds;
        entries[at + OlderField] = entries[bucket];
        entries[at + StartField] = start;
        entries[at + LengthField] = length;
        entries[bucket] = number;
        _next = number + 1;
        _nextByte = start + length;
        if (length > 0) Array.Copy(answer, offset, bytes, place, length);
        return true;
    }

    private static int PowerOfTwo(int atMost)
    {
        int result = 1;
        while (result <= atMost >> 1) result <<= 1;
        return result;
    }
}
