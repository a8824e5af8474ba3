using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.NonIp;

public class RateBudgetTests
{
    private const long Minute = RateBudget.MinuteMs;

    [TestCase(0, 0)]
    [TestCase(1, Minute)]
    [TestCase(2, 60 * Minute)]
    [TestCase(3, 24 * 60 * Minute)]
    [TestCase(4, 7 * 24 * 60 * Minute)]
    [TestCase(9, 0)]
    public void Units_are_those_of_the_operators_answer(int unit, long periodMs) => Assert.That(RateBudget.UnitMs(unit), Is.EqualTo(periodMs));

    [Test]
    public void What_can_wait_is_held_back_when_the_reserve_is_left()
    {
        var budget = new RateBudget(10, 0, Minute, reserveMessages: 3);
        List<string> table = [];
        for (int index = 0; index < 8; index++)
        {
            long now = index * 1000;
            table.Add($"{now} {budget.MessagesLeft(now)} {budget.IsHeldBack(now)} {Show(budget.FreeMs(now))}");
            budget.Count(20, now);
        }

        Assert.That(table, Is.EqualTo(new[]
        {
            "0 10 False never", "1000 9 False never", "2000 8 False never", "3000 7 False never", "4000 6 False never", "5000 5 False never",
            // One group of the first 15 s, which ends a minute after its last message.
            "6000 4 False never", "7000 3 True 66000",
        }));
    }

    [Test]
    public void The_quota_is_back_a_period_after_the_last_message_of_a_burst()
    {
        var budget = new RateBudget(4, 0, Minute, reserveMessages: 1);
        for (int index = 0; index < 3; index++)
            budget.Count(20, 500);
        Assert.That(budget.FreeMs(500), Is.EqualTo(500 + Minute));
        Assert.That(budget.IsHeldBack(500 + Minute - 1), Is.True);
        Assert.That(budget.IsHeldBack(500 + Minute), Is.False);
        Assert.That(budget.MessagesLeft(500 + Minute), Is.EqualTo(4));
    }

    [Test]
    public void Bytes_count_beside_messages()
    {
        var budget = new RateBudget(100, 1000, Minute, reserveMessages: 1, reserveBytes: 200);
        budget.Count(799, 0);
        Assert.That(budget.IsHeldBack(0), Is.False);
        budget.Count(1, 0);
        Assert.That(budget.IsHeldBack(0), Is.True);
        Assert.That(budget.BytesLeft(0), Is.EqualTo(200));
        Assert.That(budget.MessagesLeft(0), Is.EqualTo(98));
    }

    [Test]
    public void Answers_may_take_more_than_there_is_and_what_waits_waits_longer()
    {
        var budget = new RateBudget(4, 0, Minute, reserveMessages: 2);
        for (int index = 0; index < 10; index++)
            budget.Count(20, index * 10_000);
        Assert.That(budget.MessagesLeft(90_000), Is.LessThan(0));
        Assert.That(budget.IsHeldBack(90_000), Is.True);
        Assert.That(budget.IsHeldBack(90_000 + Minute), Is.False);
    }

    [Test]
    public void A_quota_of_one_message_can_be_used()
    {
        var budget = new RateBudget(1, 0, Minute);
        Assert.That(budget.IsHeldBack(0), Is.False);
        budget.Count(1, 0);
        Assert.That(budget.IsHeldBack(0), Is.True);
    }

    [Test]
    public void Years_pass()
    {
        var budget = new RateBudget(5, 0, RateBudget.UnitMs(4));
        long start = 50L * 365 * 24 * 60 * Minute;
        for (int index = 0; index < 5; index++)
            budget.Count(20, start);
        Assert.That(budget.IsHeldBack(start), Is.True);
        Assert.That(budget.IsHeldBack(start * 2), Is.False);
        Assert.That(budget.MessagesLeft(start * 2), Is.EqualTo(5));
    }

    [Test]
    public void Within_no_stretch_of_a_period_more_goes_than_the_quota()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            int messages = random.Next(1, 40);
            int bytes = random.Next(2) == 0 ? 0 : random.Next(500, 5000);
            int longest = bytes == 0 ? 500 : random.Next(1, bytes / 4);
            long period = random.Next(1, 100_000);
            var budget = new RateBudget(messages, bytes, period, reserveMessages: random.Next(0, 5), reserveBytes: longest);
            List<(long Ms, int Bytes)> sent = [];
            long now = random.NextInt64(1L << 45);
            for (int step = 0; step < 400; step++)
            {
                now += random.Next(3) == 0 ? random.NextInt64(period / 2 + 1) : random.NextInt64(period / messages + 1);
                bool free = !budget.IsHeldBack(now);
                long freeMs = budget.FreeMs(now);
                Assert.That(free, Is.EqualTo(freeMs == long.MaxValue));
                if (!free)
                {
                    Assert.That(freeMs, Is.GreaterThan(now).And.LessThanOrEqualTo(now + period));
                    if (random.Next(2) == 0)
                        now = freeMs;
                    Assert.That(budget.IsHeldBack(now), Is.EqualTo(now < freeMs));
                    continue;
                }

                int length = random.Next(1, longest + 1);
                budget.Count(length, now);
                sent.Add((now, length));
            }

            Assert.That(sent, Is.Not.Empty);
            for (int first = 0, past = 0, count = 0, total = 0; first < sent.Count; first++)
            {
                for (; past < sent.Count && sent[past].Ms - sent[first].Ms < period; past++)
                {
                    count++;
                    total += sent[past].Bytes;
                }

                Assert.That(count, Is.LessThanOrEqualTo(messages));
                if (bytes > 0)
                    Assert.That(total, Is.LessThanOrEqualTo(bytes));
                count--;
                total -= sent[first].Bytes;
            }
        }
    }

    [TestCase(-1, 0, 1)]
    [TestCase(0, -1, 1)]
    [TestCase(1, 1, 0)]
    public void Nonsense_is_the_callers_mistake(int messages, int bytes, long periodMs) =>
        Assert.That(() => new RateBudget(messages, bytes, periodMs), Throws.InstanceOf<ArgumentException>());

    private static string Show(long ms) => ms == long.MaxValue ? "never" : ms.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
