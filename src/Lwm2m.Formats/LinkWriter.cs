namespace Lwm2m.Formats;

/// <summary>
/// Writes CoRE link format (RFC 6690): the list of objects of a registration, the answer to a Discover. <see cref="Begin"/>, then for
/// each link <see cref="Link"/> and its attributes, then <see cref="End"/>. The first error stays in <see cref="Status"/>. It shares
/// its position with the payload writers of the same <see cref="PayloadFormats"/>.
/// </summary>
public sealed class LinkWriter
{
    private readonly Output _out;
    private string _root = "";

    internal LinkWriter(Output output) => _out = output;

    /// <summary>Bytes written since <see cref="Begin"/>.</summary>
    public int Length => _out.Position - _out.Start;

    /// <summary>The first error since <see cref="Begin"/>, or <see cref="FormatStatus.Ok"/>.</summary>
    public FormatStatus Status => _out.Status;

    /// <summary>Starts a list.</summary>
    /// <param name="buffer">Where it is written.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="root">The alternate path before all paths, such as "/lwm2m", or "" (Core TS 1.2 6.2.1).</param>
    public void Begin(byte[] buffer, int offset, int limit, string root)
    {
        _out.Begin(buffer, offset, limit, -1, -1, -1, -1);
        _root = root;
    }

    /// <summary>Starts a link to a path; absent ids are -1, and all of them -1 is the root.</summary>
    /// <param name="objectId">Object id, or -1.</param>
    /// <param name="instanceId">Object instance id, or -1.</param>
    /// <param name="resourceId">Resource id, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance id, or -1.</param>
    public void Link(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        Output o = _out;
        if (o.Count++ > 0)
            o.Put(',');
        o.Put('<');
        if (_root.Length > 0)
            o.Text(_root);
        else if (objectId < 0)
            o.Put('/');
        o.PathText(objectId, instanceId, resourceId, resourceInstanceId);
        o.Put('>');
    }

    /// <summary>An attribute with a whole number: <c>;pmin=10</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Attribute(string name, long value)
    {
        Name(name);
        _out.Decimal(value);
    }

    /// <summary>An attribute with a number: <c>;gt=42.2</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; finite.</param>
    public void AttributeFloat(string name, double value)
    {
        Name(name);
        _out.DecimalFloat(value);
    }

    /// <summary>An attribute with a value that is written as it is: <c>;ver=1.1</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, of characters that need no quotes.</param>
    public void AttributeToken(string name, string value)
    {
        Name(name);
        _out.Text(value);
    }

    /// <summary>An attribute with a quoted value: <c>;rt="oma.lwm2m"</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, any text.</param>
    public void AttributeText(string name, string value)
    {
        Output o = _out;
        Name(name);
        o.Put('"');
        int start = o.Position;
        o.Text(value);
        o.EscapeQuoted(start);
        o.Put('"');
    }

    /// <summary>Completes the list.</summary>
    /// <returns><see cref="FormatStatus.Ok"/>, or the first error.</returns>
    public FormatStatus End() => _out.Status;

    private void Name(string name)
    {
        _out.Put(';');
        _out.Text(name);
        _out.Put('=');
    }
}
