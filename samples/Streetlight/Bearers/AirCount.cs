namespace Lwm2m.Samples.Streetlight;

/// <summary>What went over the air, headers of the layers below CoAP included.</summary>
/// <param name="UpMessages">Messages of the lamp; of a long short message each part.</param>
/// <param name="UpBytes">Bytes of them.</param>
/// <param name="DownMessages">Messages of the server.</param>
/// <param name="DownBytes">Bytes of them.</param>
internal readonly record struct AirCount(long UpMessages, long UpBytes, long DownMessages, long DownBytes)
{
    public AirCount Since(AirCount earlier) => new(UpMessages - earlier.UpMessages, UpBytes - earlier.UpBytes,
        DownMessages - earlier.DownMessages, DownBytes - earlier.DownBytes);

    public override string ToString() => $"{Text(UpBytes, UpMessages)} up, {Text(DownBytes, DownMessages)} down";

    private static string Text(long bytes, long messages) => $"{bytes} bytes in {messages} message{(messages == 1 ? "" : "s")}";
}
