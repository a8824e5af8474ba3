using System;
using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

public class NumbersTests
{
    private const int Seed = 20260301;
    private readonly Numbers _numbers = new();
    private readonly byte[] _buffer = new byte[64];
    private int _checkLimit;

    [Test]
    public void Random_bit_patterns_read_back_the_same_and_have_as_many_digits_as_dotnet_writes()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int i = 0; i < 300_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
                AssertShortest(value);
        }
    }

    [Test]
    public void Random_values_of_practice_are_written_as_dotnet_writes_them()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int i = 0; i < 200_000; i++)
        {
            AssertShortest(random.Next(-1_000_000, 1_000_000) / Math.Pow(10, random.Next(0, 9)));
            AssertShortest((float)(random.NextDouble() * Math.Pow(10, random.Next(-10, 20))));
            AssertShortest(random.NextInt64() * 1.0);
            AssertShortest(Math.ScaleB(1, random.Next(-1074, 1023)));
        }
    }

    [Test]
    public void Room_for_everyday_numbers_suffices_up_to_where_it_is_made_larger()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            // One with room for everyday numbers only, each time.
            Numbers fresh = new();
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52)) + random.NextDouble();
            value = Math.ScaleB(1 + value, random.Next(-300, 300));
            int length = fresh.FormatFloat(value, _buffer, 0, _buffer.Length);
            string written = Encoding.ASCII.GetString(_buffer, 0, length);
            Assert.That(double.Parse(written, CultureInfo.InvariantCulture), Is.EqualTo(value), written);

            string net = value.ToString(i % 2 == 0 ? "E16" : "E24", CultureInfo.InvariantCulture);
            length = Encoding.ASCII.GetBytes(net, 0, net.Length, _buffer, 0);
            Assert.That(new Numbers().ParseFloat(_buffer, 0, length, out double read), Is.EqualTo(FormatStatus.Ok), net);
            Assert.That(read, Is.EqualTo(double.Parse(net, CultureInfo.InvariantCulture)), net);
        }
    }

    [TestCase(0.0, "0")]
    [TestCase(-0.0, "-0")]
    [TestCase(42.0, "42")]
    [TestCase(-1.25, "-1.25")]
    [TestCase(0.1, "0.1")]
    [TestCase(0.30000000000000004, "0.30000000000000004")]
    [TestCase(6.667e-11, "6.667e-11")]
    [TestCase(1e-7, "0.0000001")]
    [TestCase(1.5e-7, "0.00000015")]
    [TestCase(9.9e-8, "9.9e-8")]
    [TestCase(123456789012345680.0, "123456789012345680")]
    [TestCase(999999999999999900000.0, "999999999999999900000")]
    [TestCase(1e21, "1e+21")]
    [TestCase(1.5e300, "1.5e+300")]
    [TestCase(5e-324, "5e-324")]
    [TestCase(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [TestCase(1.7976931348623157e308, "1.7976931348623157e+308")]
    [TestCase(9007199254740993.0, "9007199254740992")]
    [TestCase(5e22, "5e+22")]
    [TestCase(9.5e-5, "0.000095")]
    public void Float_is_written_in_shortest_digits(double value, string expected) => Assert.That(Write(value), Is.EqualTo(expected));

    [TestCase("1e999")]
    [TestCase("-1e400")]
    [TestCase("1.7976931348623159e308")]
    public void Float_too_big_is_out_of_range(string text) => Assert.That(Read(text, out _), Is.EqualTo(FormatStatus.OutOfRange));

    [TestCase("")]
    [TestCase("-")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("1 ")]
    [TestCase(" 1")]
    [TestCase("0x10")]
    [TestCase("NaN")]
    [TestCase("inf")]
    [TestCase("1.2.3")]
    [TestCase("1,5")]
    [TestCase("--1")]
    public void What_is_no_number_is_malformed(string text) => Assert.That(Read(text, out _), Is.EqualTo(FormatStatus.Malformed));

    [Test]
    public void Random_decimal_texts_are_rounded_as_dotnet_rounds_them()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        StringBuilder text = new();
        for (int i = 0; i < 200_000; i++)
        {
            text.Clear();
            if (random.Next(2) == 0)
                text.Append('-');
            int length = random.Next(1, 40);
            for (int d = 0; d < length; d++)
                text.Append((char)('0' + random.Next(10)));
            if (random.Next(2) == 0)
                text.Insert(random.Next(text[0] == '-' ? 2 : 1, text.Length), '.');
            if (text[^1] == '.')
                text.Append('0');
            if (random.Next(3) != 0)
                text.Append('e').Append(random.Next(-360, 330));
            AssertParse(text.ToString());
        }
    }

    [Test]
    public void Texts_at_and_beside_half_way_between_two_doubles_are_rounded_as_dotnet_rounds_them()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int i = 0; i < 3_000; i++)
        {
            long bits = i == 0 ? 0x7FEFFFFFFFFFFFFF : random.NextInt64(0, 0x7FEFFFFFFFFFFFFF);
            if (i % 3 == 1)
                bits &= 0x000FFFFFFFFFFFFF >> random.Next(52);
            string half = HalfWay(bits);
            AssertParse(half);
            AssertParse(half + "1");
            AssertParse(half + "000000000000000000000000000000000000001");
            string below = half.TrimEnd('0').TrimEnd('.');
            string nines = half.EndsWith(".0", StringComparison.Ordinal) ? ".9999" : "9999";
            if (below[^1] != '0')
                AssertParse(below[..^1] + (char)(below[^1] - 1) + nines);
        }
    }

    [Test]
    public void Whole_numbers_are_read_and_written_up_to_their_ends()
    {
        foreach (long value in new[] { 0, 1, -1, 9, 10, 99, 100, 9999, 10000, int.MaxValue, uint.MaxValue, 4294967296, long.MaxValue, long.MinValue, long.MinValue + 1 })
        {
            int count = Numbers.Format(value, _buffer, 3, _buffer.Length);
            string text = Encoding.ASCII.GetString(_buffer, 3, count);
            Assert.That(text, Is.EqualTo(value.ToString(CultureInfo.InvariantCulture)));
            Assert.That(Numbers.Parse(_buffer, 3, count, out long back), Is.EqualTo(FormatStatus.Ok));
            Assert.That(back, Is.EqualTo(value));
            Assert.That(Numbers.Format(value, _buffer, 3, 3 + count - 1), Is.EqualTo(-1));
        }
    }

    [TestCase("9223372036854775808", FormatStatus.OutOfRange)]
    [TestCase("-9223372036854775809", FormatStatus.OutOfRange)]
    [TestCase("18446744073709551616", FormatStatus.OutOfRange)]
    [TestCase("99999999999999999999999999", FormatStatus.OutOfRange)]
    [TestCase("", FormatStatus.Malformed)]
    [TestCase("-", FormatStatus.Malformed)]
    [TestCase("1.0", FormatStatus.Malformed)]
    [TestCase("12a", FormatStatus.Malformed)]
    [TestCase("99999999999999999999999999x", FormatStatus.Malformed)]
    public void Whole_number_that_is_none_is_refused(string text, FormatStatus expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.That(Numbers.Parse(bytes, 0, bytes.Length, out _), Is.EqualTo(expected));
    }

    /// <summary>The exact decimal expansion of the value between a double and the next: big integers of .NET.</summary>
    private static string HalfWay(long bits)
    {
        int exponent = (int)(bits >> 52);
        System.Numerics.BigInteger fraction = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
            exponent = 1;
        else
            fraction += 1L << 52;
        fraction = (fraction * 2) + 1;
        exponent -= 1076;
        if (exponent >= 0)
            return (fraction << exponent).ToString(CultureInfo.InvariantCulture) + ".0";
        string digits = (fraction * System.Numerics.BigInteger.Pow(5, -exponent)).ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft(-exponent + 1, '0');
        return digits[..^-exponent] + "." + digits[^-exponent..];
    }

    private void AssertShortest(double value)
    {
        string text = Write(value);
        double back = double.Parse(text, CultureInfo.InvariantCulture);
        if (BitConverter.DoubleToInt64Bits(back) != BitConverter.DoubleToInt64Bits(value))
            Assert.Fail($"{value:R} was written as {text}");
        // .NET itself writes some powers of two so that they read back as another number (2^-958): no measure then.
        string net = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(net, CultureInfo.InvariantCulture) == value && Digits(text) != Digits(net))
            Assert.Fail($"{value:R} was written as {text}");
        FormatStatus status = Read(text, out double own);
        if (status != FormatStatus.Ok || BitConverter.DoubleToInt64Bits(own) != BitConverter.DoubleToInt64Bits(value))
            Assert.Fail($"{text} was read as {own:R}, {status}");
    }

    private void AssertParse(string text)
    {
        double expected = double.Parse(text, CultureInfo.InvariantCulture);
        FormatStatus status = Read(text, out double value);
        if (double.IsInfinity(expected) ? status != FormatStatus.OutOfRange
            : status != FormatStatus.Ok || BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(expected))
            Assert.Fail($"{text}: {status} {value:R} instead of {expected:R}");
    }

    /// <summary>The digits that count, without sign, point and exponent.</summary>
    private static string Digits(string text)
    {
        int e = text.IndexOfAny(['e', 'E']);
        string mantissa = (e < 0 ? text : text[..e]).TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        return mantissa.Trim('0');
    }

    private string Write(double value)
    {
        int count = _numbers.FormatFloat(value, _buffer, 2, _buffer.Length);
        string text = Encoding.ASCII.GetString(_buffer, 2, count);
        Assert.That(count, Is.LessThanOrEqualTo(Numbers.MaxFloatLength));
        if (_checkLimit++ % 16 != 0)
            return text;
        Assert.That(_numbers.FormatFloat(value, _buffer, 2, 2 + count), Is.EqualTo(count));
        Assert.That(_numbers.FormatFloat(value, _buffer, 2, 2 + count - 1), Is.EqualTo(-1));
        return text;
    }

    private FormatStatus Read(string text, out double value)
    {
        byte[] bytes = Encoding.ASCII.GetBytes("  " + text);
        return _numbers.ParseFloat(bytes, 2, bytes.Length - 2, out value);
    }
}
