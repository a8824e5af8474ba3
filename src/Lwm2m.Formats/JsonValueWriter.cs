namespace Lwm2m.Formats;

/// <summary>Values in JSON; what SenML JSON and OMA JSON share. They differ in the names of the values, and in base64.</summary>
internal abstract class JsonValueWriter : PayloadWriter
{
    private protected JsonValueWriter(Output output)
        : base(output)
    {
    }

    public override void AtTime(long unixMs) => Out.TimeMs = unixMs;

    public override void Integer(long value)
    {
        if (!StartRecord("v"))
            return;
        Out.Decimal(value);
        Out.Put('}');
    }

    public override void Unsigned(ulong value)
    {
        if (!StartRecord("v"))
            return;
        Out.DecimalUnsigned(value);
        Out.Put('}');
    }

    public override void Float(double value)
    {
        if (!StartRecord("v"))
            return;
        Out.DecimalFloat(value);
        Out.Put('}');
    }

    public override void Boolean(bool value)
    {
        if (StartRecord(BooleanName))
            Out.Text(value ? "true}" : "false}");
    }

    public override void String(string value)
    {
        if (!StartRecord(StringName))
            return;
        Output o = Out;
        o.Put('"');
        int start = o.Position;
        o.Text(value);
        Escape(start);
        o.Text("\"}");
    }

    public override void Utf8(byte[] buffer, int offset, int count)
    {
        if (!StartRecord(StringName))
            return;
        Output o = Out;
        o.Put('"');
        int start = o.Position;
        o.Bytes(buffer, offset, count);
        Escape(start);
        o.Text("\"}");
    }

    public override void Opaque(byte[] buffer, int offset, int count)
    {
        if (!StartRecord(OpaqueName))
            return;
        Output o = Out;
        o.Put('"');
        int length = Base64.EncodedLength(count, IsUrlBase64);
        if (!o.Room(length))
            return;
        Base64.Encode(buffer, offset, count, o.Buffer, o.Position, IsUrlBase64);
        o.Position += length;
        o.Text("\"}");
    }

    public override void ObjectLink(int objectId, int instanceId)
    {
        if (!StartRecord(LinkName))
            return;
        Out.Put('"');
        Out.Link(objectId, instanceId);
        Out.Text("\"}");
    }

    private protected abstract string StringName { get; }

    private protected abstract string BooleanName { get; }

    private protected abstract string OpaqueName { get; }

    private protected abstract string LinkName { get; }

    private protected abstract bool IsUrlBase64 { get; }

    /// <summary>Writes a record up to its value, which has the given name; false when there is none to be written.</summary>
    private protected abstract bool StartRecord(string valueName);

    /// <summary>A member's name and the colon, after a comma where it is not the first.</summary>
    private protected void Member(string name)
    {
        Output o = Out;
        if (o.Position > o.Start && o.Buffer[o.Position - 1] != '{')
            o.Put(',');
        o.Put('"');
        o.Text(name);
        o.Put('"');
        o.Put(':');
    }

    /// <summary>Seconds with at most three places.</summary>
    private protected void Seconds(long ms)
    {
        Output o = Out;
        if (ms % 1000 == 0)
            o.Decimal(ms / 1000);
        else
            o.DecimalFloat(ms / 1000.0);
    }

    /// <summary>Puts escapes into what was written last (RFC 8259 7).</summary>
    private void Escape(int start)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return;
        byte[] buffer = o.Buffer;
        int extra = 0;
        for (int i = start; i < o.Position; i++)
            extra += EscapeLength(buffer[i]) - 1;
        if (extra == 0 || !o.Room(extra))
            return;
        int to = o.Position + extra;
        for (int from = o.Position; to > from;)
        {
            int c = buffer[--from];
            int length = EscapeLength(c);
            to -= length;
            if (length == 1)
            {
                buffer[to] = (byte)c;
                continue;
            }
            buffer[to] = (byte)'\\';
            if (length == 2)
            {
                buffer[to + 1] = (byte)(c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
                continue;
            }
            buffer[to + 1] = (byte)'u';
            buffer[to + 2] = (byte)'0';
            buffer[to + 3] = (byte)'0';
            buffer[to + 4] = (byte)('0' + (c >> 4));
            buffer[to + 5] = (byte)((c & 15) < 10 ? '0' + (c & 15) : 'a' - 10 + (c & 15));
        }
        o.Position += extra;
    }

    private static int EscapeLength(int c)
    {
        if (c >= 0x20)
            return c == '"' || c == '\\' ? 2 : 1;
        return c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
    }
}
