using System;
using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Formats.Tests;

/// <summary>Values and payloads made at random from a seed, and the formats with what they can say.</summary>
internal static class Sample
{
    public static readonly int[] MultiValueFormats =
        [ContentFormat.Tlv, ContentFormat.SenmlJson, ContentFormat.SenmlCbor, ContentFormat.OmaJson, ContentFormat.Lwm2mCbor];

    public static readonly int[] SingleValueFormats = [ContentFormat.PlainText, ContentFormat.Cbor];

    public static readonly int[] AllFormats = [.. MultiValueFormats, .. SingleValueFormats, ContentFormat.OctetStream];

    public static readonly object[] Edges =
    [
        "", "a", "Open Mobile Alliance", "\"quoted\\\" /path/\n\t\r\b\f\u0001\u001f", "é€😀\u07ff\u0800\uffff", new string('x', 7), new string('x', 8),
        new string('x', 23), new string('x', 24), new string('é', 12), new string('é', 127), new string('é', 128), new string('x', 255), new string('x', 256),
        string.Concat(Enumerable.Repeat("😀", 64)), new string('\u0002', 100),
        0L, 1L, -1L, 23L, 24L, -24L, -25L, 127L, 128L, -128L, -129L, 255L, 256L, 32767L, 32768L, -32768L, -32769L, 65535L, 65536L, int.MaxValue + 0L,
        int.MaxValue + 1L, int.MinValue + 0L, int.MinValue - 1L, (long)uint.MaxValue, uint.MaxValue + 1L, 9007199254740993L, long.MaxValue, long.MinValue,
        0UL, 23UL, 24UL, 255UL, 256UL, 65535UL, 65536UL, 4294967295UL, 4294967296UL, 9223372036854775808UL, ulong.MaxValue,
        0.0, -0.0, 1.0, -1.0, 0.1, 21.5, 1.1, 100000.0, 65504.0, 65505.0, 5.960464477539063e-8, 6.103515625e-5, 3.4028234663852886e38, 1.401298464324817e-45,
        1e-46, 5e-324, 2.2250738585072014e-308, double.MaxValue, double.MinValue, 1e21, 1e-7, 1.0 / 3, 6.667e-11, 9007199254740992.0,
        true, false,
        Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 1, 2 }, new byte[] { 0xFB, 0xFF, 0xFE }, Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(),
        new UnixTime(0), new UnixTime(1367491215), new UnixTime(-1), new UnixTime(4102444800), new UnixTime(-62135596800),
        new ObjectLink(0, 0), new ObjectLink(66, 0), new ObjectLink(65535, 65535), new ObjectLink(65534, 12345),
        new CoreLink("</3/0>;pmin=10,</1>"), new CoreLink(""),
    ];

    /// <summary>The path of an item at each level of a request.</summary>
    public static IEnumerable<int[]> Requests(Item item, int contentFormat)
    {
        bool isSingle = contentFormat is ContentFormat.PlainText or ContentFormat.Cbor or ContentFormat.OctetStream;
        if (!isSingle)
        {
            if (contentFormat != ContentFormat.Tlv)
                yield return [-1, -1, -1, -1];
            yield return [item.Object, -1, -1, -1];
            yield return [item.Object, item.Instance, -1, -1];
        }
        if (!isSingle || item.ResourceInstance < 0)
            yield return [item.Object, item.Instance, item.Resource, -1];
        if (item.ResourceInstance >= 0)
            yield return [item.Object, item.Instance, item.Resource, item.ResourceInstance];
    }

    public static object Value(Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                return Text(random);
            case 1:
                return random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            case 2:
                return (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            case 3:
                double bits = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                return double.IsFinite(bits) ? bits : 1.5;
            case 4:
                return (double)(float)(random.NextDouble() * 100);
            case 5:
                return (double)(Half)(random.NextDouble() * 100);
            case 6:
                return random.Next(2) == 0;
            case 7:
                byte[] bytes = new byte[random.Next(40)];
                random.NextBytes(bytes);
                return bytes;
            case 8:
                return new UnixTime(random.NextInt64(-(1L << 40), 1L << 40));
            case 9:
                return new ObjectLink(random.Next(65536), random.Next(65536));
            case 10:
                return new CoreLink(Text(random));
            default:
                return Edges[random.Next(Edges.Length)];
        }
    }

    public static string Text(Random random)
    {
        int length = random.Next(30);
        System.Text.StringBuilder text = new();
        for (int i = 0; i < length; i++)
        {
            int c = random.Next(8) switch { 0 => random.Next(0x20), 1 => random.Next(0x10000), 2 => random.Next(0x10000, 0x110000), _ => random.Next(0x20, 0x7F) };
            if (c is < 0xD800 or > 0xDFFF)
                text.Append(char.ConvertFromUtf32(c));
        }
        return text.ToString();
    }

    /// <summary>Items of one object instance, several or several objects, in ascending order of their paths.</summary>
    public static Item[] Items(Random random, int level, int most = 12)
    {
        SortedDictionary<(int, int, int, int), Item> items = [];
        HashSet<(int, int, int)> single = [];
        int count = random.Next(1, most);
        for (int i = 0; i < count; i++)
        {
            int o = level == 0 ? Id(random) : 3;
            int instance = level < 2 ? Id(random) : 0;
            int r = Id(random);
            int ri = random.Next(3) == 0 ? Id(random) : -1;
            if (ri < 0 ? items.Keys.Any(k => (k.Item1, k.Item2, k.Item3) == (o, instance, r)) : single.Contains((o, instance, r)))
                continue;
            if (ri < 0)
                single.Add((o, instance, r));
            items[(o, instance, r, ri)] = new Item(o, instance, r, ri, Value(random));
        }
        return [.. items.Values];
    }

    private static int Id(Random random) => random.Next(4) switch { 0 => random.Next(65535), 1 => random.Next(300), _ => random.Next(4) };
}
