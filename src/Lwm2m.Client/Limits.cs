using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// Sizes of every buffer and table of a client. All of them are allocated at the start and never grow:
/// what does not fit gets the protocol's answer.
/// </summary>
public sealed partial class Limits
{
    /// <summary>Sizes and timers of the CoAP layer.</summary>
    public CoapLimits Coap { get; set; } = CoapLimits.ForHost();

    /// <summary>What a payload may cost.</summary>
    public FormatLimits Formats { get; set; } = new FormatLimits();

    /// <summary>LwM2M servers at a time.</summary>
    public int Servers { get; set; } = 4;

    /// <summary>Observations of all servers together. One more is answered as a plain read, without Observe (RFC 7641 4.1).</summary>
    public int Observations { get; set; } = 64;

    /// <summary>
    /// Bytes for the values that are kept with their times: those that fall due while a server is away (hqmax), and those that the
    /// application records for Send. A number takes about 25. At most 65535; where all are taken, the oldest value gives way.
    /// </summary>
    public int SampleBytes { get; set; } = 16384;

    /// <summary>
    /// Bytes for messages of Send that servers have not yet confirmed, each for each server with 8 bytes before it. A Send that does not fit
    /// is refused.
    /// </summary>
    public int SendQueueBytes { get; set; } = 16384;

    /// <summary>Places (server and path) with attributes attached by Write-Attributes. One more is answered 5.03.</summary>
    public int AttributePlaces { get; set; } = 64;

    /// <summary>Paths that one Read-Composite or Observe-Composite can name, and resources that one Write-Composite can write, at most 64. One
    /// more is answered 4.13. An Observe-Composite takes an observation for itself and one for each path.</summary>
    public int CompositePaths { get; set; } = 64;

    /// <summary>Entries of the Access Control object (/2), where there can be several servers: one for each object instance, and one for
    /// each object of which servers may create instances; at most 1023. One more instance is answered 5.03.</summary>
    public int AccessControls { get; set; } = 128;

    /// <summary>Values that the Security and the Server object hold, each, all instances together.</summary>
    public int AccountValues { get; set; } = 128;

    /// <summary>Values that the Device object holds which the client makes where the application adds none.</summary>
    public int DeviceValues { get; set; } = 32;

    /// <summary>Instances of one resource that Discover lists; it counts the others.</summary>
    public int ResourceInstances { get; set; } = 64;

    /// <summary>Length of a text or byte string that can be taken in without allocating; a longer one allocates for the moment.</summary>
    public int ValueScratchBytes { get; set; } = 256;

    /// <summary>Bytes of the location that a server may assign in its answer to Register, segments and their lengths together.</summary>
    public int LocationBytes { get; set; } = 128;

    /// <summary>Bytes of the buffer through which records go to and from <see cref="ClientOptions.Storage"/>; it exists only where there
    /// is one. Records may be longer.</summary>
    public int StorageBytes { get; set; } = 1024;

    /// <summary>Limits of a Linux, Windows or macOS device: no concern for single kilobytes.</summary>
    public static Limits ForHost() => new Limits();

    /// <summary>Limits of a microcontroller with 64 kB of managed heap: one server, a few observations, small messages.</summary>
    public static Limits ForBoard() => new Limits
    {
        Coap = CoapLimits.ForBoard(),
        Servers = 1,
        Formats = new FormatLimits { MaxRecords = 64, MaxStringBytes = 512 },
        Observations = 4,
        AttributePlaces = 4,
        SampleBytes = 144,
        AccessControls = 8,
        SendQueueBytes = 192,
        CompositePaths = 8,
        AccountValues = 12,
        DeviceValues = 12,
        ValueScratchBytes = 64,
        ResourceInstances = 8,
        LocationBytes = 48,
        StorageBytes = 64
    };
}
