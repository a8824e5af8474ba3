namespace Lwm2m.Cellular;

/// <summary>What bounds and shapes an <see cref="SmsTransport"/>. Read once, when it is made; its memory is allocated from it then.</summary>
public sealed class SmsOptions
{
    /// <summary>Number of the service centre; empty (the usual case) for the one on the SIM.</summary>
    public string ServiceCentre { get; set; } = "";

    /// <summary>How long the service centre keeps a message that it cannot deliver, as TP-VP (3GPP 23.040 9.2.3.12.1): 0 to 143 are
    /// (n + 1) * 5 minutes, 144 to 167 12 hours and (n - 143) * 30 minutes, 168 to 196 n - 166 days, above n - 192 weeks. -1 leaves it to the
    /// service centre, which is often days: longer than anybody waits for an answer.</summary>
    public int Validity { get; set; } = -1;

    /// <summary>True for references of 16 bits in longer messages; 8 bits, the default, leave a byte more for data and suit every server.</summary>
    public bool WideReferences { get; set; }

    /// <summary>Application port that messages are sent to, 0..65535; -1 (default) for none, as CoAP in short messages has it.</summary>
    public int DestinationPort { get; set; } = -1;

    /// <summary>Application port that messages are sent from; sent only where <see cref="DestinationPort"/> is.</summary>
    public int SourcePort { get; set; } = 5683;

    /// <summary>Links at a time: one for each server account, and one for the bootstrap server.</summary>
    public int Links { get; set; } = 5;

    /// <summary>Of how many short messages a longer one may consist, in both directions, 1..255. What is larger goes block by block.</summary>
    public int MaxParts { get; set; } = 10;

    /// <summary>Longer messages at a time of which parts are still missing.</summary>
    public int Assemblies { get; set; } = 8;

    /// <summary>How long missing parts are waited for, in milliseconds from the first part that came.</summary>
    public int AssemblyTimeoutMs { get; set; } = 120_000;

    /// <summary>Bytes of messages that wait to be sent. Room for the largest message is always made.</summary>
    public int QueueBytes { get; set; } = 8192;

    /// <summary>How often a part is tried again after an error that may pass, such as no service; then its message is dropped.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>Pause before such a repeat, in milliseconds; it doubles each time.</summary>
    public int RetryMs { get; set; } = 5_000;

    /// <summary>Limits for a board with 60 kB of heap: messages of up to three parts, which is 402 bytes.</summary>
    public static SmsOptions ForBoard()
    {
        SmsOptions options = new SmsOptions();
        options.Links = 2;
        options.MaxParts = 3;
        options.Assemblies = 2;
        options.QueueBytes = 512;
        return options;
    }
}
