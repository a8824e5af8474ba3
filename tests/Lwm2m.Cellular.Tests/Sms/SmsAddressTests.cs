using System;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

[TestFixture]
internal sealed class SmsAddressTests
{
    [TestCase("+12125550178", "0B912121550571F8")]
    [TestCase("+491701234567", "0C91947110325476")]
    [TestCase("00491701234567", "0C91947110325476")]
    [TestCase("0170 123-45/6.7", "0B811007214365F7")]
    [TestCase("(030) 12", "05813010F2")]
    [TestCase("5", "0181F5")]
    [TestCase("+12345678901234567890", "149121436587092143658709")]
    [TestCase("ABC", "06D041E110")]
    [TestCase("Leshan1", "0DD0CCF21C1D76C700")]
    public void A_number_is_written(string number, string hex)
    {
        byte[] octets = new byte[20];
        int length = SmsAddress.Write(number, octets, 3);
        Assert.That(length, Is.GreaterThan(0));
        Assert.That(Convert.ToHexString(octets, 3, length), Is.EqualTo(hex));
        Assert.That(SmsAddress.Length(octets, 3), Is.EqualTo(length));
    }

    [TestCase("")]
    [TestCase("+")]
    [TestCase(" - ")]
    [TestCase("+123456789012345678901")]
    [TestCase("abcdefghijkl")]
    [TestCase("a_b")]
    [TestCase("h\u00f6st")]
    [TestCase("++49")]
    [TestCase("12#")]
    public void What_is_no_number_is_refused(string number)
    {
        Assert.That(SmsAddress.Write(number, new byte[SmsAddress.MaxBytes], 0), Is.EqualTo(-1));
    }

    [TestCase("+491701234567", "+491701234567", true)]
    [TestCase("+491701234567", "00491701234567", true)]
    [TestCase("+491701234567", "491701234567", true)]
    [TestCase("+491701234567", "01701234567", true)]
    [TestCase("+491701234567", "1701234567", true)]
    [TestCase("+12125550178", "2125550178", true)]
    [TestCase("+390612345678", "0612345678", true)]
    [TestCase("01701234567", "1701234567", true)]
    [TestCase("12345", "12345", true)]
    [TestCase("Server", "Server", true)]
    [TestCase("+491701234567", "+491701234568", false)]
    [TestCase("+491701234567", "+41701234567", false)]
    [TestCase("+491701234567", "01701234566", false)]
    [TestCase("+491701234567", "234567", false)]
    [TestCase("+491701234567", "4567", false)]
    [TestCase("+49170123456789", "0123456789", false)]
    [TestCase("1234567", "1701234567", false)]
    [TestCase("12345", "2345", false)]
    [TestCase("0000", "0000", false)]
    [TestCase("Server", "server", false)]
    [TestCase("Server", "Servers", false)]
    [TestCase("Server", "12345", false)]
    public void Two_numbers_are_compared(string first, string second, bool equal)
    {
        byte[] octets = new byte[40];
        SmsAddress.Write(first, octets, 0);
        SmsAddress.Write(second, octets, 20);
        Assert.That(SmsAddress.AreEqual(octets, 0, octets, 20), Is.EqualTo(equal));
        Assert.That(SmsAddress.AreEqual(octets, 20, octets, 0), Is.EqualTo(equal));
    }
}
