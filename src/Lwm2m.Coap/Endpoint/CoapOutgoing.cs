using System;

namespace Lwm2m.Coap;

/// <summary>
/// What <see cref="CoapRequest"/> and <see cref="CoapResponse"/> have in common: code, options and a body that is written in place. Builders
/// belong to the endpoint, are used again and again, and are valid until they are sent or the next one is begun.
/// </summary>
public abstract class CoapOutgoing
{
    internal readonly OutgoingMessage Message;

    internal CoapOutgoing(OutgoingMessage message)
    {
        Message = message;
    }

    /// <summary>Method or response code: see <see cref="CoapCode"/>.</summary>
    public int Code
    {
        get => Message.Code;
        set => Message.Code = value;
    }

    /// <summary>Content-Format of the body, -1 for none.</summary>
    public int ContentFormat
    {
        get => Message.ContentFormat;
        set => Message.ContentFormat = value;
    }

    /// <summary>The buffer to write the body to, from <see cref="PayloadOffset"/> on.</summary>
    public byte[] Payload => Message.Work;

    /// <summary>Where the body begins.</summary>
    public int PayloadOffset => Message.BodyOffset;

    /// <summary>Largest body in bytes.</summary>
    public int PayloadCapacity => Message.Work.Length - Message.BodyOffset;

    /// <summary>Length of the body in bytes, to be set after writing it.</summary>
    public int PayloadLength
    {
        get => Message.BodyLength;
        set
        {
            OutgoingMessage message = Message;
            if (value < 0 || value > message.Work.Length - message.BodyOffset) throw new ArgumentOutOfRangeException(nameof(value));
            message.BodyLength = value;
        }
    }

    /// <summary>Adds an opaque option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, byte[] value, int offset, int length) => Message.AddOpaque(number, value, offset, length);

    /// <summary>Adds a string option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, string value) => Message.AddText(number, value);

    /// <summary>Adds a uint option that has no property here. Options must be added in ascending order of their numbers.</summary>
    /// <param name="number">Option number.</param>
    /// <param name="value">0..4294967295.</param>
    /// <exception cref="InvalidOperationException">Out of order, or over <see cref="CoapLimits.MaxHeaderBytes"/>.</exception>
    public void AddOption(int number, long value) => Message.AddUint(number, value);
}
