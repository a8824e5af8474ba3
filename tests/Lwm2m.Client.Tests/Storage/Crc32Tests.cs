using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Storage;

public class Crc32Tests
{
    // The check value that every catalogue of CRCs has for this one.
    [TestCase("123456789", 0xCBF43926u)]
    [TestCase("", 0u)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Checksum_is_that_of_zip(string text, uint expected) => Assert.That(Of(Encoding.ASCII.GetBytes(text), text.Length), Is.EqualTo(expected));

    /// <summary>The bits, one by one, as the standard defines it.</summary>
    public static uint Of(byte[] bytes, int count)
    {
        uint crc = 0xFFFFFFFF;
        for (int at = 0; at < count; at++)
        {
            crc ^= bytes[at];
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    [Test]
    public void Ours_is_the_same_for_every_byte()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] bytes = { 7, (byte)value, 99 };
            Assert.That((uint)Crc32.Finish(Crc32.Add(Crc32.Start, bytes, 0, 3)), Is.EqualTo(Of(bytes, 3)));
        }
    }
}
