using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class SmartcardTests
{
    private static byte[] Wrapped(int instance, params byte[][] resources)
    {
        byte[] all = resources.SelectMany(r => r).ToArray();
        return new byte[] { 0x08, (byte)instance, (byte)all.Length }.Concat(all).ToArray();
    }

    private static byte[] Value(int resource, params byte[] bytes) =>
        (bytes.Length < 8 ? new[] { (byte)(0xC0 | bytes.Length), (byte)resource } : new byte[] { 0xC8, (byte)resource, (byte)bytes.Length })
        .Concat(bytes).ToArray();

    private static byte[] Part(int objectId, byte[] tlv, params byte[] version) =>
        new[] { (byte)(objectId >> 8), (byte)objectId }.Concat(version.Length == 0 ? new byte[] { 0 } : version)
        .Concat(new[] { (byte)(tlv.Length >> 8), (byte)tlv.Length }).Concat(tlv).ToArray();

    private static byte[] File(params byte[][] parts)
    {
        byte[] all = parts.SelectMany(p => p).ToArray();
        return new byte[] { 0, (byte)parts.Length, (byte)(all.Length >> 8), (byte)all.Length }.Concat(all).ToArray();
    }

    private static byte[] Accounts(string uri, int lifetime, params byte[] version) => File(
        Part(0, Wrapped(0, Value(0, Encoding.UTF8.GetBytes(uri)), Value(1, 0), Value(2, 3), Value(10, 5)), version),
        Part(1, Wrapped(0, Value(0, 5), Value(1, 0, 0, (byte)(lifetime >> 8), (byte)lifetime), Value(6, 1), Value(7, (byte)'U')), version));

    private static readonly byte[] X = Accounts("coap://127.0.0.5:5683", 300);
    private static readonly byte[] Y = Accounts("coap://127.0.0.6:5683", 43200, 2, 5);

    private static Bed With(FakeCard card, int servers = 0) => new(o => o.Smartcard = card, servers: servers);

    [Test]
    public void A_card_is_read_on_a_channel_of_its_own_by_these_commands()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        List<string> look = card.Commands.Take(card.Commands.IndexOf("01708001") + 1).ToList();
        Assert.That(look, Is.EqualTo(new[]
        {
            "0070000001", "01A404040CA000000063504B43532D313500", "01A40804047FFF503100", "01B0000080", "01A40804047FFF643000", "01B0000080",
            "01A40804047FFF643200", "01B0000080", "01708001"
        }));
        Assert.That(card.OpenChannels, Is.Zero);
    }

    [Test]
    public void Int_3_a_client_registers_where_its_card_says_and_follows_a_change_of_the_card()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "0 127.0.0.5:5683 from 0" }));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\""));
        bed.Answer("ACK 2.01 location=rd/x");
        card.Set("7FFF6432", Y);
        bed.AdvanceSeconds(300 - 93);
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.6:5683 from 0"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=43200&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\""));
        bed.Answer("ACK 2.01 location=rd/y");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped", "registered 5 /rd/x", "bootstrapped", "registered 5 /rd/y" }));
    }

    [Test]
    public void Int_6_card_then_factory_accounts_then_the_bootstrap_server()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        var bed = new Bed(o => o.Smartcard = card, c => c.AddBootstrapServer("coap://127.0.0.9:5683"));
        bed.Client.Start();
        bed.Poll();
        // 1: the card stands in for everything else.
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.5:5683 from 0"));
        Assert.That(bed.Client.HasBootstrapServer, Is.False);
        bed.Answer("ACK 2.01 location=rd/x");
        // 2 and 3: without it, the factory's account is registered at.
        card.IsPresent = false;
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.1:5683 from 0"));
        Assert.That(bed.Client.Account(0).ShortServerId, Is.EqualTo(1));
        // 4: and when that fails for good, the bootstrap server is asked.
        while (bed.Client.BootstrapState == BootstrapState.Off)
            bed.AdvanceSeconds(1);
        Assert.That(bed.All(), Does.Contain(Provisioning.Request));
    }

    [Test]
    public void A_card_that_is_pulled_takes_its_accounts_along_and_one_that_is_put_in_brings_new_ones()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/x");
        card.IsPresent = false;
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Client.AccountCount, Is.Zero);
        Assert.That(bed.Client.Security.InstanceCount + bed.Client.Servers.InstanceCount, Is.Zero);
        bed.AdvanceSeconds(120);
        Assert.That(bed.All(), Is.Empty);
        card.IsPresent = true;
        card.Set("7FFF6432", Y);
        bed.AdvanceSeconds(60);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=43200"));
    }

    [Test]
    public void A_card_that_cannot_be_asked_now_changes_nothing()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/x");
        card.IsBusy = true;
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/x"));
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void The_same_card_costs_no_registration()
    {
        var card = new FakeCard(X, FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/x");
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/x"));
    }

    [TestCase(true, false, false, false)]
    [TestCase(false, true, false, false)]
    [TestCase(false, false, true, false)]
    [TestCase(false, false, false, true)]
    [TestCase(true, true, true, true)]
    public void Cards_differ_in_how_they_answer(bool nested, bool onlyByDirectory, bool saysMore, bool saysLength)
    {
        var card = new FakeCard(X, FakeCard.Dodf(nested)) { OnlyByDirectory = onlyByDirectory, SaysMore = saysMore, SaysLength = saysLength };
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300"));
    }

    [Test]
    public void A_file_longer_than_a_block_is_read_in_several()
    {
        byte[] file = Accounts("coap://127.0.0.5:5683/" + new string('x', 100), 300);
        Assert.That(file, Has.Length.GreaterThan(128));
        var card = new FakeCard(file.Concat(new byte[500]).ToArray(), FakeCard.Dodf());
        Bed bed = With(card);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300"));
    }

    [TestCase(0x80)]
    [TestCase(0x40)]
    public void A_file_behind_a_PIN_is_left_alone(int flags)
    {
        Bed bed = With(new FakeCard(X, FakeCard.Dodf(flags: (byte)flags)), servers: 1);
        bed.Client.Start();
        Assert.That(bed.Client.Account(0).Uri, Is.EqualTo("coap://127.0.0.1:5683"));
    }

    [Test]
    public void The_first_directory_with_an_entry_counts()
    {
        var card = new FakeCard(X, "", "A706300404026420" + "A706300404026430");
        card.Set("7FFF6420", Convert.FromHexString(FakeCard.Dodf().Replace("672B0901", "672B0902")));
        card.Set("7FFF6430", Convert.FromHexString(FakeCard.Dodf()));
        Bed bed = With(card);
        bed.Client.Start();
        Assert.That(bed.Client.Account(0).ShortServerId, Is.EqualTo(5));
    }

    [Test]
    public void A_card_may_hold_the_bootstrap_account_alone()
    {
        byte[] file = File(Part(0, Wrapped(3, Value(0, Encoding.UTF8.GetBytes("coap://127.0.0.7")), Value(1, 1), Value(2, 3))));
        Bed bed = With(new FakeCard(file, FakeCard.Dodf()));
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo($"{bed.BootstrapLink} 127.0.0.7:5683 from 0"));
    }

    [Test]
    public void A_card_without_use_leaves_the_factory_accounts()
    {
        byte[][] useless =
        {
            X[..^1], X.Concat(new byte[] { 0 }).ToArray(), new byte[] { 0, 1, 0, 0 }, new byte[] { 0, 0, 0, 0 },
            File(Part(4711, Wrapped(0, Value(0, 1)))), File(Part(1, Wrapped(0, Value(0, 1)))),
            File(Part(0, Wrapped(0, Value(0, 9)))), new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, new byte[] { 0 }
        };
        foreach (byte[] file in useless)
        {
            byte[] content = file.ToArray();
            if (content.Length > 4)
            {
                // What is too short or too long says so: the size in front is that of the contents.
                content[2] = (byte)((content.Length - 4) >> 8);
                content[3] = (byte)(content.Length - 4);
            }

            Bed bed = With(new FakeCard(content, FakeCard.Dodf()), servers: 1);
            string before = Dump.Of(bed.Client);
            bed.Client.Start();
            Assert.That(Dump.Of(bed.Client), Does.StartWith(before), Convert.ToHexString(file));
            Assert.That(bed.Client.Account(0).Uri, Is.EqualTo("coap://127.0.0.1:5683"));
        }
    }

    [Test]
    public void What_a_wild_card_answers_never_throws_and_never_hangs()
    {
        const int seed = 20261122;
        TestContext.Out.WriteLine("seed " + seed);
        var random = new SeededRandom(seed);
        for (int round = 0; round < 3000; round++)
        {
            byte[] file = X.ToArray();
            byte[] dodf = Convert.FromHexString(FakeCard.Dodf(random.Next() % 2 == 0));
            byte[] odf = Convert.FromHexString("A706300404026430");
            for (int spoiled = random.Next() % 4; spoiled > 0; spoiled--)
            {
                byte[] one = (random.Next() % 3) switch { 0 => file, 1 => dodf, _ => odf };
                one[random.Next() % one.Length] = (byte)random.Next();
            }

            Bed bed = With(new FakeCard(file, Convert.ToHexString(dodf), Convert.ToHexString(odf)), servers: 1);
            bed.Client.Start();
            Assert.That(bed.Client.AccountCount, Is.EqualTo(1), $"round {round}");
            Assert.That(bed.Events.Lines, Has.None.StartsWith("threw"), $"round {round}");
        }
    }
}
