namespace Lwm2m.Coap;

/// <summary>Port: source of randomness for message ids, tokens and the jitter of timers. Should be unpredictable (RFC 9175 4).</summary>
public interface IRandom
{
    /// <summary>32 random bits.</summary>
    int Next();

    /// <summary>Fills a part of a buffer with random bytes.</summary>
    void Fill(byte[] buffer, int offset, int count);
}
