using System;

namespace Lwm2m.Samples.Tests;

internal static class Bytes
{
    public static byte[] With(this byte[] buffer, char value)
    {
        Array.Fill(buffer, (byte)value);
        return buffer;
    }
}
