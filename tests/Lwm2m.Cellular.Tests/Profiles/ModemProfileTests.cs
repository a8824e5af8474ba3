using System;
using System.IO;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Profiles;

public class ModemProfileTests
{
    [Test]
    public void Every_built_in_profile_compiles([Values("generic", "bc66", "bc660", "bg95", "bg96", "sara-n", "sara-r4", "sara-r5", "sim7020", "sim7080", "nrf91")] string name)
    {
        ModemProfile profile = ModemProfile.Find(name)!;
        Assert.That(profile.Name, Is.EqualTo(name));
        Assert.That(profile.Has("nidd"), Is.True);
        Assert.That(profile.Has("udp"), Is.EqualTo(name != "generic"));
        foreach (string section in new[] { "nidd", "udp", "tcp" })
        {
            if (profile.Has(section))
                Assert.That(new ModemDialogue(profile, section).Has(ModemKey.Send), Is.True);
        }
    }

    [Test]
    public void The_names_are_all_there()
    {
        Assert.That(ModemProfile.Names, Has.Length.EqualTo(11));
        Assert.That(ModemProfile.Find("bc95"), Is.Null);
    }

    [Test]
    public void A_profile_is_read_from_text_and_takes_what_it_lacks_from_its_base()
    {
        ModemProfile profile = ModemProfile.Parse("# mine\r\nname = mine\r\n\r\nbase=generic\r\nnidd.mtu = 200\nnidd.define = AT+CGDCONT={cid},\"X\",\"{apn}\"\n");
        Assert.That(profile.Name, Is.EqualTo("mine"));
        Assert.That(profile.Number("nidd", ModemKey.Mtu, 0), Is.EqualTo(200));
        Assert.That(profile.Count("nidd.define"), Is.EqualTo(1));
        Assert.That(profile.Value("nidd.define"), Is.EqualTo("AT+CGDCONT={cid},\"X\",\"{apn}\""));
        Assert.That(profile.Value("nidd.prepare"), Is.EqualTo("AT+CRTDCP=1"));
        Assert.That(profile.Value("nidd.ask", 1), Is.EqualTo("?AT+CGCONTRDP={cid}"));
        Assert.That(profile.Value("nidd.ask", 3), Is.Null);
    }

    [Test]
    public void The_document_shows_a_profile_that_can_be_read_and_names_all_keys_and_words()
    {
        string folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "ARCHITECTURE.md")))
            folder = Path.GetDirectoryName(folder)!;
        string document = File.ReadAllText(Path.Combine(folder, "docs", "modem-profiles.md"));
        int start = document.IndexOf("```text\n", StringComparison.Ordinal) + 8;
        ModemProfile profile = ModemProfile.Parse(document[start..document.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.That(profile.Number("udp", ModemKey.Mtu, 0), Is.EqualTo(700));
        Assert.That(profile.Value("udp.sent"), Is.EqualTo("SEND OK"));
        for (int key = 0; key <= ModemKey.OpenSeconds; key++)
            Assert.That(document, Does.Contain("`" + ModemKey.Name(key) + "`"));
        foreach (string word in new[] { "id", "cid", "port", "lport", "len", "digits", "most", "rai", "type", "err", "left", "mtu", "plmn", "unit", "rate", "state", "host", "apn", "hex", "raw", ",rai", ",type", "ifapn" })
        {
            Assert.That(ModemWord.Find(word), Is.GreaterThan(0));
            Assert.That(document, Does.Contain("{" + word + "}"));
        }
    }

    [TestCase("name = x\nudp.open AT", "line 2, udp.open AT: no key and value")]
    [TestCase("udp.open =", "line 1, udp.open: no value")]
    [TestCase("base = bc95", "line 1, base: there is no profile bc95")]
    [TestCase("\nudp.opne = AT", "line 2, udp.opne: there is no such key")]
    [TestCase("usb.open = AT", "line 1, usb.open: there is no such key")]
    [TestCase("udp.open = AT+QIOPEN={socket}", "line 1, udp.open: there is no word {socket}")]
    [TestCase("udp.open = AT+QIOPEN={id", "line 1, udp.open: there is no word {id}")]
    [TestCase("udp.mtu = many", "line 1, udp.mtu: not a number up to 999999")]
    [TestCase("udp.push = +X: \"recv", "line 1, udp.push: an empty, endless or too long parameter")]
    [TestCase("udp.push = +X: {id}|{len}", "line 1, udp.push: behind | stands {hex} or {raw}")]
    [TestCase("udp.open = AT+\u00fc", "line 1, udp.open: only printable ASCII is possible")]
    public void A_bad_line_is_named(string text, string message) =>
        Assert.That(() => ModemProfile.Parse(text), Throws.ArgumentException.With.Message.EqualTo("Modem profile, " + message + "."));

    [Test]
    public void A_section_that_is_not_there_is_named() =>
        Assert.That(() => new ModemDialogue(ModemProfile.Find("generic")!, "udp"), Throws.ArgumentException.With.Message.EqualTo("The modem profile generic has no udp.send."));

    [TestCase("+QIURC: \"recv\",{id},{len}|{raw}", "+QIURC: \"recv\",3,40", 3, 40)]
    [TestCase("+QIURC: \"recv\",{id},{len}|{raw}", "+QIURC:\"recv\", 3,40", 3, 40)]
    [TestCase("+QIURC: \"recv\",{id}", "+QIURC: \"recv\",5", 1, 0)]
    [TestCase("+QIURC: \"recv\",{id}", "+QIURC: \"closed\",5", 0, 0)]
    [TestCase("+QIURC: \"recv\",{id}", "+QIURC: \"recv\"", 0, 0)]
    [TestCase("+QIURC: \"recv\",{id}", "+QIURC: \"recv\",x", 0, 0)]
    [TestCase("+CGAPNRC: {cid}[,{},{unit},{len}]", "+CGAPNRC: 1", 1, 0)]
    [TestCase("+CGAPNRC: {cid}[,{},{unit},{len}]", "+CGAPNRC: 1,1,2,30", 1, 30)]
    [TestCase("+CGAPNRC: {cid}[,{},{unit},{len}]", "+CGAPNRC: 1,,,30", 1, 30)]
    [TestCase("{id},{},{},{len}", "0,192.0.2.1,5683,12", 1, 12)]
    [TestCase("{id},{},{},{len}", "RING", 0, 0)]
    [TestCase("#XSOCKET: {id},2,17", "#XSOCKET: 0,2,17", 1, 0)]
    [TestCase("#XSOCKET: {id},2,17", "#XSOCKET: 0,2,18", 0, 0)]
    [TestCase("#XSOCKET: {id},2,17", "#XSOCKET: 0,2,170", 0, 0)]
    public void Lines_are_compared_parameter_by_parameter(string pattern, string text, int match, int length)
    {
        var dialogue = new ModemDialogue(new ModemProfile("udp.send = AT", "udp.push = " + pattern), "udp");
        AtLine line = new(100);
        for (int index = 0; index < text.Length; index++)
            line.Buffer[index] = (byte)text[index];
        line.Clear();
        line.Length = text.Length;
        int[] values = new int[ModemWord.LastNumber + 1];
        Assert.That(dialogue.Compare(ModemKey.Push, line, values), Is.EqualTo(match));
        if (match != 0)
            Assert.That(values[ModemWord.Length], Is.EqualTo(length));
    }
}
