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
    private readonly PayloadWriter _senmlJsonWriter;
    private readonly PayloadWriter _omaJsonWriter;
    private readonly PayloadWriter _cborWriter;
    private readonly PayloadWriter _senmlCborWriter;
    private readonly PayloadWriter _lwm2mCborWriter;
    private readonly PayloadReader _textReader;
    private readonly PayloadReader _opaqueReader;
    private readonly PayloadReader _tlvReader;
    private readonly PayloadReader _senmlJsonReader;
    private readonly PayloadReader _omaJsonReader;
    private readonly PayloadReader _cborReader;
    private readonly PayloadReader _senmlCborReader;
    private readonly PayloadReader _lwm2mCborReader;

    /// <summary>Makes all readers and writers.</summary>
    /// <param name="limits">What a payload may cost.</param>
    public PayloadFormats(FormatLimits limits)
    {
        Numbers = new Numbers();
        Output output = new(Numbers);
        Links = new LinkWriter(output);
        Input input = new(Numbers, limits);
        _textWriter = new TextWriter(output);
        _opaqueWriter = new OpaqueWriter(output);
        _tlvWriter = new TlvWriter(output);
        _senmlJsonWriter = new SenmlJsonWriter(output);
        _omaJsonWriter = new OmaJsonWriter(output);
        _cborWriter = new CborWriter(output);
        _senmlCborWriter = new SenmlCborWriter(output);
        _lwm2mCborWriter = new Lwm2mCborWriter(output);
        _textReader = new TextReader(input);
        _opaqueReader = new OpaqueReader(input);
        _tlvReader = new TlvReader(input);
        _senmlJsonReader = new SenmlJsonReader(input);
        _omaJsonReader = new OmaJsonReader(input);
        _cborReader = new CborReader(input);
        _senmlCborReader = new SenmlCborReader(input);
        _lwm2mCborReader = new Lwm2mCborReader(input);
    }

    /// <summary>Conversion of floats and text that the same thread may use.</summary>
    public Numbers Numbers { get; }

    /// <summary>Writes link format; shares its position with the writers.</summary>
    public LinkWriter Links { get; }

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
            case ContentFormat.Cbor:
                return _cborWriter;
            case ContentFormat.SenmlJson:
            case ContentFormat.SenmlEtchJson:
                return _senmlJsonWriter;
            case ContentFormat.OmaJson:
                return _omaJsonWriter;
            case ContentFormat.SenmlCbor:
            case ContentFormat.SenmlEtchCbor:
                return _senmlCborWriter;
            case ContentFormat.Lwm2mCbor:
                return _lwm2mCborWriter;
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
            case ContentFormat.Cbor:
                return _cborReader;
            case ContentFormat.SenmlJson:
            case ContentFormat.SenmlEtchJson:
                return _senmlJsonReader;
            case ContentFormat.OmaJson:
            case ContentFormat.LegacyJson:
                return _omaJsonReader;
            case ContentFormat.SenmlCbor:
            case ContentFormat.SenmlEtchCbor:
                return _senmlCborReader;
            case ContentFormat.Lwm2mCbor:
                return _lwm2mCborReader;
            default:
                return null;
        }
    }
}
