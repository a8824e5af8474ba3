using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>Random lives of the tables, second by second, against <see cref="ReportingModel"/>.</summary>
public class ReportingModelTests
{
    private const int Capacity = 7;

    private static readonly string[] Places = { "/1", "/1/0", "/1/0/1", "/1/0/2", "/1/0/2/0", "/1/0/2/5", "/1/1/1", "/2/0/1", "/2" };

    private static readonly string[] Switches = { "/1/1/1", "/2/0/1" };

    [Test]
    public void Tables_do_what_the_rules_say([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var bed = new ReportingBed(Capacity, attributes: 64, servers: 2);
        bed.Host.OneAtATime = false;
        var model = new ReportingModel();
        foreach (string place in Places)
            Value(bed, model, place, 0);
        var log = new List<string>();
        double now = 0;
        for (int step = 0; step < 400; step++)
        {
            log.Add(Act(random, bed, model, ref now));
            model.Tick(now);
            string[] expected = model.Sent.OrderBy(line => line, StringComparer.Ordinal).ToArray();
            model.Sent.Clear();
            string[] actual = bed.Sent().OrderBy(line => line, StringComparer.Ordinal).ToArray();
            if (!expected.SequenceEqual(actual))
                Assert.Fail("seed " + seed + ", step " + step + "\n" + string.Join('\n', log.TakeLast(40)) + "\nexpected " + string.Join(" | ", expected) + "\nbut was  " + string.Join(" | ", actual));
            Assert.That(bed.Table.Count, Is.EqualTo(model.Observations.Count), "seed " + seed + ", step " + step);
        }
    }

    private static string Act(Random random, ReportingBed bed, ReportingModel model, ref double now)
    {
        int server = random.Next(2);
        string place = Places[random.Next(Places.Length)];
        bool single = place.Count(c => c == '/') >= 3;
        bool isSwitch = Switches.Contains(place);
        DataType type = isSwitch ? DataType.Boolean : single ? DataType.Float : DataType.None;
        int token = random.Next(5);
        switch (random.Next(12))
        {
            case 0:
            case 1:
                Dictionary<string, double>? own = random.Next(3) == 0 ? Query(random, single, isSwitch) : null;
                string? query = own == null ? null : Text(own);
                if (own != null && !IsValid(own))
                    return "-";
                bed.Observe(place, query, server, token);
                model.Observe(server, token, place, own, now, Capacity);
                return now + "s observe " + server + " " + place + " token " + token + " " + query;
            case 2:
                Dictionary<string, double> change = Query(random, single, isSwitch);
                Dictionary<string, double> attached = model.Attached.TryGetValue((server, place), out Dictionary<string, double>? held) ? new(held) : new();
                foreach ((string name, double value) in change)
                    attached[name] = value;
                Outcome outcome = bed.Attach(place, Text(change), server, type);
                Assert.That(outcome, Is.EqualTo(IsValid(attached) ? Outcome.Ok : Outcome.BadRequest), Text(change));
                if (outcome == Outcome.Ok)
                    model.Attached[(server, place)] = attached;
                return now + "s attach " + server + " " + place + " " + Text(change) + " " + outcome;
            case 3:
                if (!model.Attached.Remove((server, place), out held))
                    return "-";
                bed.Attach(place, string.Join('&', held.Keys), server, type);
                return now + "s detach " + server + " " + place;
            case 4:
                bed.Host.DefaultPmin = random.Next(3) - 1;
                bed.Host.DefaultPmax = random.Next(4) == 0 ? random.Next(30) : -1;
                bed.Host.DefaultCon = random.Next(3) - 1;
                model.Defaults.Clear();
                if (bed.Host.DefaultPmin >= 0)
                    model.Defaults["pmin"] = bed.Host.DefaultPmin;
                if (bed.Host.DefaultPmax >= 0)
                    model.Defaults["pmax"] = bed.Host.DefaultPmax;
                if (bed.Host.DefaultCon >= 0)
                    model.Defaults["con"] = bed.Host.DefaultCon;
                bed.Table.AttributesChanged(0, ObservedPath.All);
                bed.Table.AttributesChanged(1, ObservedPath.All);
                bed.Poll();
                return now + "s defaults " + Text(model.Defaults);
            case 5:
                ReportingModel.Observation? cancelled = model.Find(server, token);
                int slot = bed.Table.Find(server, new[] { (byte)token }, 0, 1);
                Assert.That(slot >= 0, Is.EqualTo(cancelled != null));
                if (cancelled == null)
                    return "-";
                model.Observations.Remove(cancelled);
                bed.Table.Remove(slot);
                return now + "s cancel " + server + " token " + token;
            case 6:
                double quiet = isSwitch ? random.Next(2) : random.Next(40) - 20;
                Value(bed, model, place, quiet);
                return now + "s quietly " + place + "=" + quiet;
            case 7:
            case 8:
                // A second at a time, since the model looks at whole seconds only; now and then half a day at once, if nothing is due.
                double target = now + 1;
                if (random.Next(10) == 0 && bed.DueSeconds < 0)
                    target = now + 40_000;
                now = target;
                bed.To(now);
                return now + "s";
            default:
                double value2 = isSwitch ? random.Next(2) : random.Next(40) - 20;
                Value(bed, model, place, value2);
                model.Changed(place);
                bed.Changed(place);
                return now + "s " + place + "=" + value2;
        }
    }

    private static void Value(ReportingBed bed, ReportingModel model, string place, double value)
    {
        bed.Quietly(place, value);
        model.Values[place] = value;
    }

    private static Dictionary<string, double> Query(Random random, bool single, bool isSwitch)
    {
        var query = new Dictionary<string, double>();
        int count = 1 + random.Next(3);
        for (int index = 0; index < count; index++)
        {
            switch (isSwitch ? random.Next(9) : random.Next(single ? 8 : 5))
            {
                case 0:
                    query["pmin"] = random.Next(6);
                    break;
                case 1:
                    query["pmax"] = random.Next(12);
                    break;
                case 2:
                    query["epmin"] = random.Next(5);
                    break;
                case 3:
                    query["epmax"] = random.Next(9);
                    break;
                case 4:
                    query["con"] = random.Next(2);
                    break;
                case > 4 when isSwitch:
                    query["edge"] = random.Next(2);
                    break;
                case 5:
                    query["gt"] = random.Next(20);
                    break;
                case 6:
                    query["lt"] = -random.Next(20);
                    break;
                default:
                    query["st"] = random.Next(10);
                    break;
            }
        }

        return query;
    }

    private static bool IsValid(Dictionary<string, double> query)
    {
        bool epochs = query.TryGetValue("epmin", out double epmin) & query.TryGetValue("epmax", out double epmax);
        bool thresholds = query.TryGetValue("gt", out double gt) & query.TryGetValue("lt", out double lt);
        query.TryGetValue("st", out double st);
        return !(epochs && epmin >= epmax) && !(thresholds && lt + 2 * st >= gt);
    }

    private static string Text(Dictionary<string, double> query) =>
        string.Join('&', query.Select(pair => pair.Key + "=" + pair.Value.ToString(CultureInfo.InvariantCulture)));
}
