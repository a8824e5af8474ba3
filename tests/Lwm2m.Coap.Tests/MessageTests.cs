using System;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

[TestFixture]
internal sealed class MessageTests
{
    private readonly CoapMessage _message = new();

    private CoapParseStatus Parse(byte[] bytes) => _message.Parse(bytes, 0, bytes.Length);

    private CoapParseStatus Parse(string hex) => Parse(Convert.FromHexString(hex));

    private CoapMessage Read(string text)
    {
        Assert.That(Parse(Wire.Datagram(text)), Is.EqualTo(CoapParseStatus.Ok));
        return _message;
    }

    private string Text(int offset, int length) => Encoding.UTF8.GetString(_message.Buffer, offset, length);

    [TestCase("/0", 0)]
    [TestCase("/9", 9)]
    [TestCase("/65534", 65534)]
    [TestCase("/00012", CoapMessage.NotANumber)]
    [TestCase("/99999", 99999)]
    [TestCase("/100000", CoapMessage.LargestPathNumber)]
    [TestCase("/99999999999999999999", CoapMessage.LargestPathNumber)]
    [TestCase("/x", CoapMessage.NotANumber)]
    [TestCase("/-1", CoapMessage.NotANumber)]
    [TestCase("/3x", CoapMessage.NotANumber)]
    [TestCase("/99999999x", CoapMessage.NotANumber)]
    public void Path_segment_is_read_as_a_number(string path, int number)
    {
        byte[] datagram = Wire.Datagram("CON GET 1 /3" + path);
        Assert.That(_message.Parse(datagram, 0, datagram.Length), Is.EqualTo(CoapParseStatus.Ok));
        Assert.That(_message.PathNumber(1), Is.EqualTo(number));
        Assert.That(() => _message.PathNumber(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void All_options_are_read_in_one_pass()
    {
        Read("CON POST 4660 t=0102 Host=h.example ETag=aabb Observe=5 Port=5683 Loc=/rd/5a /3/0/0 CF=11542 MaxAge=4294967295 ?ep=x&lt=300 "
            + "Accept=112 Block2=3/1/64 Block1=70000/0/1024 Size2=7 Size1=4000000000 Echo=0102030405 NoResponse=26 RTag=ee | body");

        Assert.That(_message.Type, Is.EqualTo(CoapType.Confirmable));
        Assert.That(_message.Code, Is.EqualTo(CoapCode.Post));
        Assert.That(_message.MessageId, Is.EqualTo(4660));
        Assert.That(_message.TokenLength, Is.EqualTo(2));
        Assert.That(Text(_message.UriHostOffset, _message.UriHostLength), Is.EqualTo("h.example"));
        Assert.That(_message.Buffer[_message.ETagOffset], Is.EqualTo(0xaa));
        Assert.That(_message.ETagLength, Is.EqualTo(2));
        Assert.That(_message.Observe, Is.EqualTo(5));
        Assert.That(_message.UriPort, Is.EqualTo(5683));
        Assert.That(Bed.Path(_message), Is.EqualTo("/3/0/0"));
        Assert.That(Text(_message.Location(1, out int length), length), Is.EqualTo("5a"));
        Assert.That(Text(_message.Query(1, out length), length), Is.EqualTo("lt=300"));
        Assert.That((_message.LocationCount, _message.PathCount, _message.QueryCount), Is.EqualTo((2, 3, 2)));
        Assert.That(_message.ContentFormat, Is.EqualTo(11542));
        Assert.That(_message.MaxAge, Is.EqualTo(4294967295));
        Assert.That(_message.Accept, Is.EqualTo(112));
        Assert.That(_message.Block2, Is.EqualTo(BlockOption.Encode(3, true, 2)));
        Assert.That(_message.Block1, Is.EqualTo(BlockOption.Encode(70000, false, 6)));
        Assert.That(_message.Size2, Is.EqualTo(7));
        Assert.That(_message.Size1, Is.EqualTo(4000000000));
        Assert.That(_message.Buffer[_message.EchoOffset + 4], Is.EqualTo(5));
        Assert.That(_message.EchoLength, Is.EqualTo(5));
        Assert.That(_message.NoResponse, Is.EqualTo(26));
        Assert.That(_message.Buffer[_message.RequestTagOffset], Is.EqualTo(0xee));
        Assert.That(_message.RequestTagLength, Is.EqualTo(1));
        Assert.That(Text(_message.PayloadOffset, _message.PayloadLength), Is.EqualTo("body"));
        Assert.That(_message.BadOption, Is.Zero);
        Assert.That(_message.HasProxyOption, Is.False);
    }

    [Test]
    public void What_is_absent_is_minus_one_even_after_a_message_that_had_it()
    {
        All_options_are_read_in_one_pass();
        Read("NON GET 1");
        Assert.That(
            new long[]
            {
                _message.ContentFormat, _message.Accept, _message.Observe, _message.Block1, _message.Block2, _message.Size1, _message.Size2,
                _message.MaxAge, _message.NoResponse, _message.UriPort, _message.UriHostLength, _message.ETagLength, _message.EchoLength,
                _message.RequestTagLength,
            },
            Is.All.EqualTo(-1));
        Assert.That((_message.LocationCount, _message.PathCount, _message.QueryCount, _message.PayloadLength), Is.EqualTo((0, 0, 0, 0)));
        Assert.That(() => _message.PathSegment(0, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _message.Query(0, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _message.Location(-1, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_message_may_lie_anywhere_in_its_buffer()
    {
        byte[] datagram = Wire.Datagram("CON GET 7 t=ab /a | x");
        byte[] buffer = new byte[datagram.Length + 40];
        Array.Fill(buffer, (byte)0xFF);
        datagram.CopyTo(buffer, 13);
        Assert.That(_message.Parse(buffer, 13, datagram.Length), Is.EqualTo(CoapParseStatus.Ok));
        Assert.That((_message.Offset, _message.Length, _message.TokenOffset), Is.EqualTo((13, datagram.Length, 17)));
        Assert.That(Bed.Path(_message), Is.EqualTo("/a"));
        Assert.That(_message.PayloadLength, Is.EqualTo(1));
    }

    [TestCase("600112", CoapParseStatus.TooShort)]
    [TestCase("", CoapParseStatus.TooShort)]
    [TestCase("00011234", CoapParseStatus.UnknownVersion)]
    [TestCase("80011234", CoapParseStatus.UnknownVersion)]
    [TestCase("40201234", CoapParseStatus.ReservedClass)]
    [TestCase("40c01234", CoapParseStatus.ReservedClass)]
    [TestCase("40e11234", CoapParseStatus.ReservedClass)]
    [TestCase("4f011234", CoapParseStatus.Malformed, TestName = "token length 15")]
    [TestCase("44011234aabb", CoapParseStatus.Malformed, TestName = "token cut off")]
    [TestCase("40000001ff01", CoapParseStatus.Malformed, TestName = "empty message with payload")]
    [TestCase("40011234bf", CoapParseStatus.Malformed, TestName = "length nibble 15")]
    [TestCase("40011234ff", CoapParseStatus.Malformed, TestName = "marker without payload")]
    [TestCase("40011234b4746573", CoapParseStatus.Malformed, TestName = "option value cut off")]
    [TestCase("40011234d0", CoapParseStatus.Malformed, TestName = "extended delta cut off")]
    [TestCase("40011234e001", CoapParseStatus.Malformed, TestName = "two-byte delta cut off")]
    [TestCase("400112340d", CoapParseStatus.Malformed, TestName = "extended length cut off")]
    [TestCase("400112340e00", CoapParseStatus.Malformed, TestName = "two-byte length cut off")]
    [TestCase("40011234e0ffff", CoapParseStatus.Malformed, TestName = "option number over 65535")]
    public void Format_errors_are_told_apart(string hex, CoapParseStatus expected) => Assert.That(Parse(hex), Is.EqualTo(expected));

    [TestCase("CON GET 1 IfMatch=aa", 1)]
    [TestCase("CON GET 1 IfNoneMatch=", 5)]
    [TestCase("CON GET 1 Oscore=09", 9)]
    [TestCase("CON GET 1 #19=06", 19)]
    [TestCase("CON GET 1 #21=", 21)]
    [TestCase("CON GET 1 #31=06", 31)]
    [TestCase("CON GET 1 #65001=", 65001)]
    [TestCase("CON GET 1 Host=", 3, TestName = "empty Uri-Host")]
    [TestCase("CON GET 1 Host=a Host=b", 3, TestName = "two Uri-Hosts")]
    [TestCase("CON GET 1 #7=010203", 7, TestName = "Uri-Port of three bytes")]
    [TestCase("CON GET 1 #17=010203", 17, TestName = "Accept of three bytes")]
    [TestCase("CON GET 1 Accept=1 Accept=2", 17, TestName = "two Accepts")]
    [TestCase("CON GET 1 #23=01020304", 23, TestName = "Block2 of four bytes")]
    [TestCase("CON GET 1 #27=01020304", 27, TestName = "Block1 of four bytes")]
    [TestCase("CON GET 1 Block2=0/0/64 Block2=0/0/64", 23, TestName = "two Block2")]
    [TestCase("CON GET 1 #9=aa #19=00 #21=00", 9, TestName = "the first one counts")]
    public void Critical_options_that_are_unknown_or_malformed_are_named(string text, int number) =>
        Assert.That(Read(text).BadOption, Is.EqualTo(number));

    [TestCase("CON GET 1 #2=aa #10=bb #65000=")]
    [TestCase("CON GET 1 #4=", TestName = "empty ETag")]
    [TestCase("CON GET 1 #4=010203040506070809", TestName = "ETag of nine bytes")]
    [TestCase("CON GET 1 #6=01020304", TestName = "Observe of four bytes")]
    [TestCase("CON GET 1 #12=010203", TestName = "Content-Format of three bytes")]
    [TestCase("CON GET 1 #14=0102030405", TestName = "Max-Age of five bytes")]
    [TestCase("CON GET 1 #60=0102030405", TestName = "Size1 of five bytes")]
    [TestCase("CON GET 1 #252=", TestName = "empty Echo")]
    [TestCase("CON GET 1 #258=0102", TestName = "No-Response of two bytes")]
    [TestCase("CON GET 1 #292=010203040506070809", TestName = "Request-Tag of nine bytes")]
    [TestCase("CON GET 1 Hop=3 LocQuery=a", TestName = "known elsewhere")]
    public void Elective_options_that_are_unknown_or_malformed_are_passed_over(string text)
    {
        Read(text);
        Assert.That(_message.BadOption, Is.Zero);
        Assert.That(
            new long[]
            {
                _message.ETagLength, _message.Observe, _message.ContentFormat, _message.MaxAge, _message.Size1, _message.EchoLength,
                _message.NoResponse, _message.RequestTagLength,
            },
            Is.All.EqualTo(-1));
    }

    [Test]
    public void The_first_of_two_elective_options_counts() => Assert.That(Read("CON GET 1 CF=40 CF=41").ContentFormat, Is.EqualTo(40));

    [Test]
    public void Leading_zeros_of_numbers_are_accepted()
    {
        Read("CON GET 1 #6=000007 #12=0028 #23=000006");
        Assert.That((_message.Observe, _message.ContentFormat, _message.Block2), Is.EqualTo((7, 40, 6)));
    }

    [Test]
    public void A_segment_of_256_bytes_is_malformed()
    {
        Assert.That(Read("CON GET 1 /" + new string('a', 255)).BadOption, Is.Zero);
        Assert.That(Read("CON GET 1 /" + new string('a', 256)).BadOption, Is.EqualTo(CoapOption.UriPath));
        Assert.That(Read("CON GET 1 ?" + new string('a', 256)).BadOption, Is.EqualTo(CoapOption.UriQuery));
    }

    [Test]
    public void More_segments_than_fit_are_a_bad_option()
    {
        string path = string.Concat(System.Linq.Enumerable.Repeat("/1", CoapMessage.MaxSegments));
        Assert.That(Read("CON GET 1 " + path).BadOption, Is.Zero);
        Assert.That(Read("CON GET 1 " + path + "/1").BadOption, Is.EqualTo(CoapOption.UriPath));
        Assert.That(Read("CON GET 1 " + path + " ?a").BadOption, Is.EqualTo(CoapOption.UriQuery));
        Assert.That(Read("ACK 2.01 1 Loc=" + path + "/1").BadOption, Is.EqualTo(CoapOption.LocationPath));
    }

    [Test]
    public void Proxy_options_are_seen() =>
        Assert.That((Read("CON GET 1 ProxyUri=coap://x").HasProxyOption, Read("CON GET 1 ProxyScheme=coap").HasProxyOption), Is.EqualTo((true, true)));

    [TestCase("CON GET 1 /a/b ?x Accept=1", "NON GET 9 t=aa Observe=0 /a/b ?x Accept=1 Block2=4/0/64", true)]
    [TestCase("CON GET 1 /a/b", "CON GET 1 /ab", false)]
    [TestCase("CON GET 1 /a ?b", "CON GET 1 /a/b", false)]
    [TestCase("CON GET 1 /a", "CON GET 1 /a Accept=0", false)]
    [TestCase("CON GET 1 /a", "CON FETCH 1 /a", false)]
    [TestCase("CON FETCH 1 /a | 12", "CON FETCH 1 /a | 13", false)]
    [TestCase("CON POST 1 /a | 12", "CON POST 1 /a | 13", true)]
    public void The_cache_key_is_that_of_what_is_asked_for(string first, string second, bool same) =>
        Assert.That(Read(first).CacheKey() == Read(second).CacheKey(), Is.EqualTo(same));
}
