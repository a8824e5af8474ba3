namespace Lwm2m.Formats;

/// <summary>
/// One writer and one reader for each format, made once. All writers share one position, and so do all readers: one payload is
/// written and one is read at a time, and one thread does both.
/// </summary>
public sealed class PayloadFormats
{
    private readonly PayloadWriter _textWriter;
    private readonly PayloadWriter _opaqueWriter;
    private readonly PayloadWriter _tlvWriter;
    private readonly PayloadReader _textReader;
    private readonly PayloadReader _opaqueReader;
    private readonly PayloadReader _tlvReader;

    /// <summary>Makes all readers and writers.</summary>
    /// <param name="limits">What a payload may cost.</param>
    public PayloadFormats(FormatLimits limits)
    {
        Numbers = new Numbers();
        Output output = new(Numbers);
        Input input = new(Numbers, limits);
        _textWriter = new TextWriter(output);
        _opaqueWriter = new OpaqueWriter(output);
        _tlvWriter = new TlvWriter(output);
        _textReader = new TextReader(input);
        _opaqueReader = new OpaqueReader(input);
        _tlvReader = new TlvReader(input);
    }

    /// <summary>Conversion of floats and text that the same thread may use.</summary>
    public Numbers Numbers { get; }

    /// <summary>The writer of a format.</summary>
    /// <param name="contentFormat">See <see cref="ContentFormat"/>.</param>
    /// <returns>The writer, or null where the format is not one that is written.</returns>
    public PayloadWriter? Writer(int contentFormat)
    {
        switch (contentFormat)
        {
            case ContentFormat.PlainText:
                return _textWriter;
            case ContentFormat.OctetStream:
                return _opaqueWriter;
            case ContentFormat.Tlv:
                return _tlvWriter;
            default:
                return null;
        }
    }

    /// <summary>The reader of a format.</summary>
    /// <param name="contentFormat">See <see cref="ContentFormat"/>.</param>
    /// <returns>The reader, or null for an unknown format.</returns>
    public PayloadReader? Reader(int contentFormat)
    {
        switch (contentFormat)
        {
            case ContentFormat.PlainText:
            case ContentFormat.LegacyText:
                return _textReader;
            case ContentFormat.OctetStream:
            case ContentFormat.LegacyOpaque:
                return _opaqueReader;
            case ContentFormat.Tlv:
            case ContentFormat.LegacyTlv:
                return _tlvReader;
            default:
                return null;
        }
    }
}
