namespace Lwm2m.Formats;

/// <summary>Labels of SenML in CBOR, as the initial byte of the key (RFC 8428 6, table 6).</summary>
internal static class SenmlLabel
{
    public const int BaseVersion = 0x20;
    public const int BaseName = 0x21;
    public const int BaseTime = 0x22;
    public const int BaseValue = 0x24;
    public const int Name = 0x00;
    public const int Value = 0x02;
    public const int StringValue = 0x03;
    public const int BooleanValue = 0x04;
    public const int Time = 0x06;
    public const int DataValue = 0x08;

    /// <summary>"vlo", the label that LwM2M adds, is a text of three characters: this is its head.</summary>
    public const int LinkValue = 0x63;

    /// <summary>The version that a pack may have at most.</summary>
    public const int Version = 10;
}
