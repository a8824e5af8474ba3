using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class ValueTableTests
{
    [Test]
    public void Behaves_like_a_dictionary_of_sorted_lists([Values(11, 12, 13, 14)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        Random random = new(seed);
        int capacity = random.Next(1, 60);
        ValueTable table = new(capacity);
        Dictionary<(int, int), long> singles = [];
        Dictionary<(int, int), SortedDictionary<int, long>> multiples = [];
        int used = 0;
        for (int step = 0; step < 6000; step++)
        {
            int instance = random.Next(0, 3) * 65534 / 2;
            // Even resources are single, odd ones multiple.
            int resource = random.Next(0, 8) * (random.Next(4) == 0 ? 9000 : 1);
            (int, int) key = (instance, resource);
            int head = table.Find(instance, resource, ValueTable.NoInstance);
            if (resource % 2 == 0)
            {
                Assert.That(head != 0, Is.EqualTo(singles.ContainsKey(key)));
                if (head == 0)
                {
                    int place = table.Add(instance, resource);
                    Assert.That(place != 0, Is.EqualTo(used < capacity));
                    if (place == 0)
                        continue;
                    used++;
                    singles[key] = step;
                    table.SetNumber(place, step);
                }
                else if (random.Next(2) == 0)
                {
                    Assert.That(table.Number(head), Is.EqualTo(singles[key]));
                    table.Remove(head, isHead: false, isText: false);
                    singles.Remove(key);
                    used--;
                }
            }
            else
            {
                Assert.That(head != 0, Is.EqualTo(multiples.ContainsKey(key)));
                if (head == 0)
                {
                    head = table.Add(instance, resource);
                    Assert.That(head != 0, Is.EqualTo(used < capacity));
                    if (head == 0)
                        continue;
                    used++;
                    multiples[key] = [];
                }

                SortedDictionary<int, long> list = multiples[key];
                int id = random.Next(8) == 0 ? 65534 : random.Next(6);
                int place = table.Find(instance, resource, id);
                Assert.That(place != 0, Is.EqualTo(list.ContainsKey(id)));
                switch (random.Next(12))
                {
                    case 0:
                        table.Remove(head, isHead: true, isText: false);
                        used -= 1 + list.Count;
                        multiples.Remove(key);
                        continue;
                    case 1:
                        table.Empty(head, isText: false);
                        used -= list.Count;
                        list.Clear();
                        break;
                    case < 5 when place != 0:
                        table.RemoveInstance(head, place, isText: false);
                        used--;
                        list.Remove(id);
                        break;
                    default:
                        if (place != 0)
                            break;
                        place = table.AddInstance(head, id);
                        Assert.That(place != 0, Is.EqualTo(used < capacity));
                        if (place == 0)
                            break;
                        used++;
                        list[id] = step;
                        table.SetNumber(place, step);
                        break;
                }

                Assert.That(table.CountOf(head), Is.EqualTo(list.Count));
                int walked = head;
                foreach ((int expected, long number) in list)
                {
                    walked = table.Next(walked);
                    Assert.That(table.InstanceOf(walked), Is.EqualTo(expected));
                    Assert.That(table.Number(walked), Is.EqualTo(number));
                }

                Assert.That(list.Count == 0 ? 0 : walked, Is.EqualTo(table.LastOf(head)));
                Assert.That(table.Next(walked), Is.Zero);
            }

            Assert.That(table.FreeCount, Is.EqualTo(capacity - used));
        }
    }

    [Test]
    public void Texts_come_and_go_without_taking_more_room([Values(21, 22)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        Random random = new(seed);
        ValueTable table = new(40);
        Dictionary<int, byte[]> expected = [];
        int head = table.Add(0, 9);
        for (int step = 0; step < 1000; step++)
        {
            // 0 to 8 are single texts, 100 and above instances of resource 9.
            int id = random.Next(2) == 0 ? random.Next(9) : 100 + random.Next(20);
            int place = id < 9 ? table.Find(0, id, ValueTable.NoInstance) : table.Find(0, 9, id - 100);
            Assert.That(place != 0, Is.EqualTo(expected.ContainsKey(id)));
            if (place == 0)
            {
                place = id < 9 ? table.Add(0, id) : table.AddInstance(head, id - 100);
                Assert.That(table.Bytes(place), Is.Null, "no text of another may show");
                if (random.Next(10) > 0)
                    table.SetBytes(place, expected[id] = new byte[random.Next(4)]);
                else if (id < 9)
                    table.Remove(place, isHead: false, isText: true);
                else
                    table.RemoveInstance(head, place, isText: true);
            }
            else if (random.Next(40) == 0)
            {
                table.Empty(head, isText: true);
                for (int gone = 100; gone < 120; gone++)
                    expected.Remove(gone);
            }
            else if (random.Next(3) == 0)
                table.SetBytes(place, expected[id] = new byte[random.Next(4)]);
            else
            {
                if (id < 9)
                    table.Remove(place, isHead: false, isText: true);
                else
                    table.RemoveInstance(head, place, isText: true);
                expected.Remove(id);
            }

            foreach ((int present, byte[] bytes) in expected)
            {
                int found = present < 9 ? table.Find(0, present, ValueTable.NoInstance) : table.Find(0, 9, present - 100);
                Assert.That(table.Bytes(found), Is.SameAs(bytes));
            }

            Assert.That(table.FreeCount, Is.EqualTo(39 - expected.Count));
        }
    }
}
