namespace Lwm2m.Coap;

/// <summary>
/// The 24-bit number of a notification (RFC 7641 3.4, 4.4). It counts from 1 in each observation, not from a clock, so that the first 255
/// notifications spend one byte on it.
/// </summary>
public static class ObserveSequence
{
    /// <summary>The first number of an observation: that of the response that accepts it.</summary>
    public const int First = 1;

    private const int Mask = 0xFFFFFF;
    private const int HalfRange = 1 << 23;
    private const long ReorderWindowMs = 128000;

    /// <summary>The number after <paramref name="sequence"/>; 0 follows 2^24 - 1.</summary>
    public static int Next(int sequence) => (sequence + 1) & Mask;

    /// <summary>The freshness rule of RFC 7641 3.4: is what came second also newer?</summary>
    /// <param name="first">Number of the freshest notification so far.</param>
    /// <param name="firstMs">When that one came.</param>
    /// <param name="second">Number of the notification in hand.</param>
    /// <param name="secondMs">When it came.</param>
    public static bool IsNewer(int first, long firstMs, int second, long secondMs)
    {
        if (secondMs > firstMs + ReorderWindowMs) return true;
        if (first < second) return second - first < HalfRange;
        return first > second && first - second > HalfRange;
    }
}
