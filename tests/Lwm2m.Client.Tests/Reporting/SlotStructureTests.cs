using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>The heap of timers, the hash index and the queues, each against a naive one over random operations.</summary>
public class SlotStructureTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Heap_of_timers_names_an_earliest_one(int seed)
    {
        const int Slots = 37;
        var random = new Random(seed);
        var heap = new TimerHeap(Slots);
        var model = new Dictionary<int, long>();
        for (int step = 0; step < 50_000; step++)
        {
            int slot = random.Next(Slots);
            switch (random.Next(4))
            {
                case 0:
                    heap.Stop(slot);
                    model.Remove(slot);
                    break;
                case 1:
                    heap.Set(slot, long.MaxValue);
                    model.Remove(slot);
                    break;
                default:
                    long due = random.Next(20) == 0 ? long.MinValue / 2 : random.Next(100) - 20;
                    heap.Set(slot, due);
                    model[slot] = due;
                    break;
            }

            long earliest = model.Count == 0 ? long.MaxValue : model.Values.Min();
            Assert.That(heap.FirstDueMs, Is.EqualTo(earliest), "seed " + seed + ", step " + step);
            if (model.Count > 0)
                Assert.That(model.TryGetValue(heap.FirstSlot, out long first) && first == earliest, "seed " + seed + ", step " + step);
            Assert.That(heap.DueMs(slot), Is.EqualTo(model.TryGetValue(slot, out long of) ? of : long.MaxValue), "seed " + seed + ", step " + step);
        }

        var order = new List<long>();
        while (heap.FirstDueMs != long.MaxValue)
        {
            order.Add(heap.FirstDueMs);
            heap.Stop(heap.FirstSlot);
        }

        Assert.That(order, Is.EqualTo(model.Values.OrderBy(due => due)), "seed " + seed);
    }

    [Test]
    public void Index_holds_each_slot_under_its_hash_and_hands_out_the_others()
    {
        const int Slots = 19;
        const int Seed = 5;
        var random = new Random(Seed);
        var index = new SlotIndex(Slots);
        var model = new Dictionary<int, int>();
        for (int step = 0; step < 50_000; step++)
        {
            if (random.Next(2) == 0)
            {
                int slot = index.Take();
                Assert.That(slot >= 0, Is.EqualTo(model.Count < Slots), "step " + step);
                if (slot >= 0)
                {
                    Assert.That(model.ContainsKey(slot), Is.False, "step " + step);
                    // Few different ones, so that chains are long.
                    model[slot] = random.Next(5) - 2;
                    index.Add(slot, model[slot]);
                }
            }
            else if (model.Count > 0)
            {
                int slot = model.Keys.ElementAt(random.Next(model.Count));
                index.Remove(slot, model[slot]);
                index.Give(slot);
                model.Remove(slot);
            }

            int hash = random.Next(5) - 2;
            var found = new HashSet<int>();
            for (int slot = index.First(hash); slot >= 0; slot = index.Next(slot))
                Assert.That(found.Add(slot), "step " + step);
            Assert.That(found.IsSupersetOf(model.Where(pair => pair.Value == hash).Select(pair => pair.Key)), "step " + step);
            Assert.That(found.IsSubsetOf(model.Keys), "step " + step);
        }
    }

    [Test]
    public void Queues_are_first_in_first_out()
    {
        const int Slots = 9;
        const int Queues = 3;
        const int Seed = 6;
        var random = new Random(Seed);
        var queues = new SlotQueues(Slots, Queues);
        List<int>[] model = { new(), new(), new() };
        for (int step = 0; step < 50_000; step++)
        {
            int slot = random.Next(Slots);
            int queue = random.Next(Queues);
            List<int>? holder = model.FirstOrDefault(list => list.Contains(slot));
            if (holder != null)
            {
                queues.Remove(slot);
                holder.Remove(slot);
            }
            else if (random.Next(2) == 0)
            {
                queues.AddLast(queue, slot);
                model[queue].Add(slot);
            }
            else
            {
                queues.AddFirst(queue, slot);
                model[queue].Insert(0, slot);
            }

            for (int each = 0; each < Queues; each++)
                Assert.That(queues.First(each), Is.EqualTo(model[each].Count == 0 ? -1 : model[each][0]), "step " + step);
        }
    }
}
