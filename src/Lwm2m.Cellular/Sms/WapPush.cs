namespace Lwm2m.Cellular;

/// <summary>
/// The frame that a device management trigger comes in (Core appendix L): a connectionless WAP push to port 2948, whose header names the
/// LwM2M client as the application, and the CoAP message behind it.
/// </summary>
internal static class WapPush
{
    /// <summary>The port of WAP push.</summary>
    public const int Port = 2948;

    private const int Push = 0x06;
    private const int ApplicationId = 0xAF;
    private const int Lwm2mClient = 0x9A;

    /// <summary>Finds the CoAP message: transaction id, type, length of the headers, content type and headers (WAP-230 8.2.4).</summary>
    /// <param name="buffer">Holds the data of a message to <see cref="Port"/>.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <returns>How many bytes stand before it; -1 where it is another push.</returns>
    public static int HeaderLength(byte[] buffer, int offset, int count)
    {
        if (count < 3 || buffer[offset + 1] != Push)
            return -1;
        // A length of 128 and more has further octets; a trigger's never does.
        int length = 3 + buffer[offset + 2];
        if (buffer[offset + 2] > 127 || length > count)
            return -1;
        for (int at = offset + 4; at + 1 < offset + length; at++)
            if (buffer[at] == ApplicationId && buffer[at + 1] == Lwm2mClient)
                return length;
        return -1;
    }
}
