using System;
using System.Text;

namespace Lwm2m.Formats;

/// <summary>What the readers share whose text and opaque values lie in the payload as they are.</summary>
internal abstract class RawReader : PayloadReader
{
    private protected RawReader(Input input)
        : base(input)
    {
    }

    public override FormatStatus GetString(out string? value)
    {
        Input i = In;
        value = null;
        FormatStatus status = CheckText();
        if (status != FormatStatus.Ok)
            return status;
        if (i.ValueLength > i.MaxStringBytes)
            return FormatStatus.TooLong;
        value = Encoding.UTF8.GetString(i.Buffer, i.ValueOffset, i.ValueLength);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetUtf8(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        FormatStatus status = CheckText();
        return status == FormatStatus.Ok ? CopyRaw(into, offset, limit, out length) : status;
    }

    private protected override FormatStatus CheckText()
    {
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return Formats.Utf8.IsValid(i.Buffer, i.ValueOffset, i.ValueLength) ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    private protected FormatStatus CopyRaw(byte[] into, int offset, int limit, out int length)
    {
        Input i = In;
        length = 0;
        if (i.ValueLength > limit - offset)
            return FormatStatus.TooLong;
        length = i.ValueLength;
        Array.Copy(i.Buffer, i.ValueOffset, into, offset, length);
        return FormatStatus.Ok;
    }
}
