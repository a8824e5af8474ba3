namespace Lwm2m.Bearers.Tests;

/// <summary>Something that the server asked for, and what became of it.</summary>
internal sealed class FaultRequest
{
    public FaultRequest(uint token, int method, long sentMs)
    {
        Token = token;
        Method = method;
        SentMs = sentMs;
    }

    public uint Token { get; }

    public int Method { get; }

    public long SentMs { get; }

    /// <summary>When it was last taken for new by the client, whatever state that was in; -1 for never.</summary>
    public long HeardMs { get; private set; } = -1;

    /// <summary>How often it may have been taken for new: a service centre delivers again after minutes, when CoAP has forgotten the first copy.</summary>
    public int TimesNew { get; private set; }

    /// <summary>How often the client answered it: once for each copy that came.</summary>
    public int AnswersSent { get; set; }

    /// <summary>How often it reached the client while that was registered.</summary>
    public int Copies { get; set; }

    /// <summary>The answer that came, in hexadecimal.</summary>
    public string? Answer { get; set; }

    public int Code { get; set; }

    /// <summary>Two answers that are not the same.</summary>
    public bool IsContradicted { get; set; }

    /// <summary>A copy came to the client.</summary>
    public void Hear(long nowMs)
    {
        // EXCHANGE_LIFETIME (RFC 7252 4.8.2).
        if (HeardMs >= 0 && nowMs - HeardMs < 247_000)
            return;
        HeardMs = nowMs;
        TimesNew++;
    }
}
