using System;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class ExecuteArgumentsTests
{
    // digit or digit=value, joined by |
    private static string Read(ExecuteArguments arguments)
    {
        StringBuilder text = new();
        for (int position = 0; position < arguments.Count; position++)
        {
            if (position > 0)
                text.Append('|');
            text.Append(arguments.Digit(position));
            if (arguments.HasValue(position))
                text.Append('=').Append(arguments.GetValue(position));
        }

        return text.ToString();
    }

    [TestCase("", "")]
    [TestCase("5", "5")]
    [TestCase("2='10.3'", "2=10.3")]
    [TestCase("0='U'", "0=U")]
    [TestCase("0,1,2,3,4", "0|1|2|3|4")]
    [TestCase("3='stringValue',4", "3=stringValue|4")]
    [TestCase("7='0=3,4'", "7=0=3,4")]
    [TestCase("1=''", "1=")]
    [TestCase("0, 2='10.3' , 9", "0|2=10.3|9")]
    [TestCase("0='http://www.oma.org/a?b#c'", "0=http://www.oma.org/a?b#c")]
    [TestCase("0='a b'", "0=a b")]
    [TestCase("  ", "")]
    [TestCase("9,8,7,6,5,4,3,2,1,0", "9|8|7|6|5|4|3|2|1|0")]
    public void Arguments_are_read(string payload, string expected)
    {
        // Off the beginning of the buffer, with something behind it.
        byte[] bytes = Encoding.UTF8.GetBytes("'," + payload + ",'");
        ExecuteArguments arguments = new();
        Assert.That(arguments.Parse(bytes, 2, bytes.Length - 4), Is.EqualTo(Outcome.Ok));
        Assert.That(Read(arguments), Is.EqualTo(expected));
    }

    [TestCase(",")]
    [TestCase("0,")]
    [TestCase(",0")]
    [TestCase("0,,1")]
    [TestCase("10")]
    [TestCase("a")]
    [TestCase("0=")]
    [TestCase("0=1")]
    [TestCase("0='")]
    [TestCase("0='1")]
    [TestCase("0='1''")]
    [TestCase("0=\"1\"")]
    [TestCase("0='\"'")]
    [TestCase("0='\\'")]
    [TestCase("0='\u00e9'")]
    [TestCase("0='\n'")]
    [TestCase("0 1")]
    [TestCase("1,2,1")]
    [TestCase("0,1,2,3,4,5,6,7,8,9,0")]
    [TestCase("{\"0\":1}")]
    public void Malformed_arguments_are_refused_as_a_whole(string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        ExecuteArguments arguments = new();
        Assert.That(arguments.Parse(bytes, 0, bytes.Length), Is.EqualTo(Outcome.BadRequest));
        Assert.That(arguments.Count, Is.Zero);
    }

    [TestCase("0=U", "0=U")]
    [TestCase("0='U'", "0=U")]
    [TestCase("0=", "0=")]
    [TestCase("4", "4")]
    public void A_query_is_an_argument_too(string query, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(query);
        ExecuteArguments arguments = new();
        arguments.Clear();
        Assert.That(arguments.AddQuery(bytes, 0, bytes.Length), Is.EqualTo(Outcome.Ok));
        Assert.That(Read(arguments), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("pmin=1")]
    [TestCase("0U")]
    [TestCase("0='U")]
    [TestCase("0='")]
    [TestCase("0=U'")]
    public void A_query_of_another_kind_is_refused(string query)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(query);
        ExecuteArguments arguments = new();
        Assert.That(arguments.AddQuery(bytes, 0, bytes.Length), Is.EqualTo(Outcome.BadRequest));
        Assert.That(arguments.Count, Is.Zero);
    }

    [Test]
    public void Queries_add_up_and_are_unique()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("0=U1=x");
        ExecuteArguments arguments = new();
        Assert.That(arguments.AddQuery(bytes, 0, 3), Is.EqualTo(Outcome.Ok));
        Assert.That(arguments.AddQuery(bytes, 3, 3), Is.EqualTo(Outcome.Ok));
        Assert.That(Read(arguments), Is.EqualTo("0=U|1=x"));
        Assert.That(arguments.AddQuery(bytes, 0, 3), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void An_argument_is_found_by_its_digit()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("3='ab',0");
        ExecuteArguments arguments = new();
        arguments.Parse(bytes, 0, bytes.Length);
        Assert.That(arguments.Find(0), Is.EqualTo(1));
        Assert.That(arguments.Find(3), Is.Zero);
        Assert.That(arguments.Find(1), Is.EqualTo(-1));
        Assert.That(arguments.ValueLength(0), Is.EqualTo(2));
        Assert.That(arguments.ValueAt(0, 1), Is.EqualTo((byte)'b'));
        Assert.That(arguments.ValueLength(1), Is.Zero);
        Assert.That(() => arguments.Digit(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => arguments.ValueAt(0, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Random_payloads_never_throw_and_what_is_accepted_reads_the_same_again()
    {
        const int Seed = 20260;
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        const string Alphabet = "0123456789=',' \"\\aU\u00ff";
        ExecuteArguments arguments = new();
        int accepted = 0;
        for (int round = 0; round < 200_000; round++)
        {
            byte[] bytes = new byte[random.Next(0, 12)];
            for (int at = 0; at < bytes.Length; at++)
                bytes[at] = (byte)Alphabet[random.Next(Alphabet.Length)];
            if (arguments.Parse(bytes, 0, bytes.Length) != Outcome.Ok)
                continue;
            accepted++;
            string first = Read(arguments);
            StringBuilder canonical = new();
            for (int position = 0; position < arguments.Count; position++)
            {
                canonical.Append(position > 0 ? "," : "").Append(arguments.Digit(position));
                if (arguments.HasValue(position))
                    canonical.Append("='").Append(arguments.GetValue(position)).Append('\'');
            }

            byte[] again = Encoding.UTF8.GetBytes(canonical.ToString());
            Assert.That(arguments.Parse(again, 0, again.Length), Is.EqualTo(Outcome.Ok));
            Assert.That(Read(arguments), Is.EqualTo(first));
        }

        Assert.That(accepted, Is.GreaterThan(1000));
    }
}
