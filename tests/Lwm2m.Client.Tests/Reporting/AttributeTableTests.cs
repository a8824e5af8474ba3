using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class AttributeTableTests
{
    private readonly PayloadFormats _formats = new(new FormatLimits());
    private readonly AttributeSet _change = new();
    private readonly AttributeSet _shown = new();
    private readonly AttributeTable _table = new(4);

    private Outcome Write(string path, string query, int server = 0, DataType type = DataType.Float, AttributeTable? table = null)
    {
        _change.Clear();
        foreach (string option in query.Split('&'))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(option);
            Assert.That(_change.ParseQuery(_formats.Numbers, bytes, 0, bytes.Length), Is.EqualTo(Outcome.Ok), option);
        }

        long packed = Paths.Pack(path);
        return (table ?? _table).Write(server, Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3), _change, type);
    }

    private string Attached(string path, int server = 0)
    {
        long packed = Paths.Pack(path);
        _table.Attached(server, Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3), _shown);
        return Shown(path);
    }

    private string Resolved(string path, int server = 0, long pmin = -1, long pmax = -1, int con = -1)
    {
        long packed = Paths.Pack(path);
        _table.Resolve(server, Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3), pmin, pmax, con, _shown);
        return Shown(path);
    }

    // As Discover shows it, without the link itself.
    private string Shown(string path)
    {
        byte[] buffer = new byte[256];
        long packed = Paths.Pack(path);
        _formats.Links.Begin(buffer, 0, buffer.Length, "");
        _formats.Links.Link(Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3));
        _shown.WriteTo(_formats.Links);
        Assert.That(_formats.Links.End(), Is.EqualTo(FormatStatus.Ok));
        return Encoding.UTF8.GetString(buffer, 0, _formats.Links.Length)[(path.Length + 2)..];
    }

    [Test]
    public void Attributes_stand_where_they_were_attached()
    {
        Write("/3/0/11", "pmin=10&pmax=320", type: DataType.Integer);
        Write("/3/0/11/0", "pmax=100&epmin=1&epmax=20", type: DataType.Integer);

        Assert.That(Attached("/3/0/11"), Is.EqualTo(";pmin=10;pmax=320"));
        Assert.That(Attached("/3/0/11/0"), Is.EqualTo(";pmax=100;epmin=1;epmax=20"));
        Assert.That(Attached("/3/0"), Is.Empty);
    }

    [Test]
    public void All_attributes_are_kept_and_shown_in_one_order()
    {
        Assert.That(Write("/9/0/1", "hqmax=7&con=1&epmax=20&epmin=1&st=0.5&lt=-10&gt=42.2&pmax=4294967295&pmin=0"), Is.EqualTo(Outcome.Ok));
        Assert.That(Attached("/9/0/1"), Is.EqualTo(";pmin=0;pmax=4294967295;gt=42.2;lt=-10;st=0.5;epmin=1;epmax=20;con=1;hqmax=7"));
        Assert.That(Write("/9/0/2", "edge=0&con=0", type: DataType.Boolean), Is.EqualTo(Outcome.Ok));
        Assert.That(Attached("/9/0/2"), Is.EqualTo(";edge=0;con=0"));
        Assert.That(Write("/9/0/2", "edge=1", type: DataType.Boolean), Is.EqualTo(Outcome.Ok));
        Assert.That(Attached("/9/0/2"), Is.EqualTo(";edge=1;con=0"));
    }

    [Test]
    public void Two_writes_add_up_and_a_name_without_value_takes_away()
    {
        Write("/3/0/7", "lt=30");
        Write("/3/0/7", "gt=70");
        Assert.That(Attached("/3/0/7"), Is.EqualTo(";gt=70;lt=30"));

        Write("/3/0/7", "lt&pmin=5");
        Assert.That(Attached("/3/0/7"), Is.EqualTo(";pmin=5;gt=70"));
        Assert.That(_table.Count, Is.EqualTo(1));

        Write("/3/0/7", "gt&pmin");
        Assert.That(Attached("/3/0/7"), Is.Empty);
        Assert.That(_table.Count, Is.Zero, "an empty place is free again");
    }

    [Test]
    public void Write_that_contradicts_what_is_attached_changes_nothing()
    {
        Write("/3/0/7", "lt=30&st=5");

        Assert.That(Write("/3/0/7", "pmin=3&gt=40"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(Write("/3/0/7", "pmin=3&gt=20"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(Attached("/3/0/7"), Is.EqualTo(";lt=30;st=5"));
        Assert.That(Write("/3/0/7", "gt=40&st"), Is.EqualTo(Outcome.Ok));
        Assert.That(Attached("/3/0/7"), Is.EqualTo(";gt=40;lt=30"));
    }

    [Test]
    public void Refused_write_takes_no_place()
    {
        Assert.That(Write("/3/0", "gt=1", type: DataType.None), Is.EqualTo(Outcome.BadRequest));
        Assert.That(_table.Count, Is.Zero);
    }

    [Test]
    public void Lower_level_beats_higher_one_attribute_by_attribute()
    {
        Write("/3", "pmin=1&pmax=100&epmin=7", type: DataType.None);
        Write("/3/0", "pmin=2&con=1", type: DataType.None);
        Write("/3/0/11", "pmin=3&gt=50", type: DataType.Integer);
        Write("/3/0/11/0", "pmin=4", type: DataType.Integer);

        Assert.That(Resolved("/3"), Is.EqualTo(";pmin=1;pmax=100;epmin=7"));
        Assert.That(Resolved("/3/0"), Is.EqualTo(";pmin=2;pmax=100;epmin=7;con=1"));
        Assert.That(Resolved("/3/0/11"), Is.EqualTo(";pmin=3;pmax=100;gt=50;epmin=7;con=1"));
        Assert.That(Resolved("/3/0/11/0"), Is.EqualTo(";pmin=4;pmax=100;gt=50;epmin=7;con=1"));
        Assert.That(Resolved("/3/0/11/1"), Is.EqualTo(";pmin=3;pmax=100;gt=50;epmin=7;con=1"));
        Assert.That(Resolved("/3/0/7"), Is.EqualTo(";pmin=2;pmax=100;epmin=7;con=1"));
        Assert.That(Resolved("/3/1"), Is.EqualTo(";pmin=1;pmax=100;epmin=7"));
        Assert.That(Resolved("/4"), Is.Empty);
    }

    [Test]
    public void Defaults_of_the_server_object_stand_below_all_levels()
    {
        Assert.That(Resolved("/3/0/7", pmin: 1, pmax: 10, con: 1), Is.EqualTo(";pmin=1;pmax=10;con=1"));
        Write("/3", "pmax=99&con=0", type: DataType.None);
        Assert.That(Resolved("/3/0/7", pmin: 4294967295, pmax: 10, con: 1), Is.EqualTo(";pmin=4294967295;pmax=99;con=0"));
        Assert.That(Resolved("/", pmin: 1, pmax: 10, con: 1), Is.EqualTo(";pmin=1;pmax=10;con=1"));
    }

    [Test]
    public void Each_server_has_its_own_attributes()
    {
        Write("/3/0/7", "pmin=1", server: 0);
        Write("/3/0/7", "pmin=2", server: 1);

        Assert.That(Attached("/3/0/7", 0), Is.EqualTo(";pmin=1"));
        Assert.That(Attached("/3/0/7", 1), Is.EqualTo(";pmin=2"));
        Assert.That(Attached("/3/0/7", 2), Is.Empty);
        Assert.That(Resolved("/3/0/7", 2), Is.Empty);
        Write("/3/0/7", "pmin", server: 1);
        Assert.That(Attached("/3/0/7", 0), Is.EqualTo(";pmin=1"));
        Assert.That(Attached("/3/0/7", 1), Is.Empty);
    }

    [Test]
    public void Full_table_answers_5_03_until_a_place_is_free()
    {
        for (int resource = 0; resource < 4; resource++)
            Assert.That(Write("/3/0/" + resource, "pmin=1"), Is.EqualTo(Outcome.Ok));

        Assert.That(Write("/3/0/4", "pmin=1"), Is.EqualTo(Outcome.ServiceUnavailable));
        Assert.That(Write("/3/0/4", "pmin"), Is.EqualTo(Outcome.Ok), "nothing to keep");
        Assert.That(Write("/3/0/2", "pmax=9"), Is.EqualTo(Outcome.Ok), "has a place");
        Write("/3/0/1", "pmin");
        Assert.That(Write("/3/0/4", "pmin=1"), Is.EqualTo(Outcome.Ok));
        Assert.That(Write("/3/0/5", "pmin=1"), Is.EqualTo(Outcome.ServiceUnavailable));
    }

    [Test]
    public void Attributes_go_with_their_instance_and_with_their_server()
    {
        Write("/3", "pmin=1", type: DataType.None);
        Write("/3/0/7", "pmin=2");
        Write("/3/1", "pmin=3", type: DataType.None);
        Write("/3/0", "pmin=4", server: 1, type: DataType.None);

        _table.RemoveInstance(3, 0);
        Assert.That(Attached("/3"), Is.EqualTo(";pmin=1"));
        Assert.That(Attached("/3/0/7"), Is.Empty);
        Assert.That(Attached("/3/1"), Is.EqualTo(";pmin=3"));
        Assert.That(Attached("/3/0", 1), Is.Empty);

        Write("/3", "pmin=5", server: 1, type: DataType.None);
        _table.RemoveServer(0);
        Assert.That(Attached("/3"), Is.Empty);
        Assert.That(Attached("/3", 1), Is.EqualTo(";pmin=5"));
        Assert.That(_table.Count, Is.EqualTo(1));
    }

    [Test]
    public void Random_writes_agree_with_a_dictionary()
    {
        int seed = 20240501;
        var random = new Random(seed);
        var table = new AttributeTable(12);
        var model = new Dictionary<(int Server, string Path), (int Pmin, double Gt)>();
        string[] paths = { "/3/0/1", "/3/0/2", "/3/1/1", "/4/0/1", "/4/0/1/0", "/4/0/1/7", "/65534/65534/65534/65534" };
        for (int step = 0; step < 20_000; step++)
        {
            int server = random.Next(3);
            string path = paths[random.Next(paths.Length)];
            (int pmin, double gt) = model.TryGetValue((server, path), out (int, double) held) ? held : (-1, double.NaN);
            int what = random.Next(4);
            int value = random.Next(1000);
            string query = what == 0 ? "pmin=" + value : what == 1 ? "gt=" + value : what == 2 ? "pmin" : "gt";
            pmin = what == 0 ? value : what == 2 ? -1 : pmin;
            gt = what == 1 ? value : what == 3 ? double.NaN : gt;
            bool empty = pmin < 0 && double.IsNaN(gt);
            bool fits = empty || model.ContainsKey((server, path)) || model.Count < 12;

            Assert.That(Write(path, query, server, table: table), Is.EqualTo(fits ? Outcome.Ok : Outcome.ServiceUnavailable), "seed " + seed + ", step " + step);
            if (empty)
                model.Remove((server, path));
            else if (fits)
                model[(server, path)] = (pmin, gt);
            Assert.That(table.Count, Is.EqualTo(model.Count), "seed " + seed + ", step " + step);
            foreach (string other in paths)
            {
                long packed = Paths.Pack(other);
                table.Attached(server, Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3), _shown);
                (int wantedPmin, double wantedGt) = model.TryGetValue((server, other), out held) ? held : (-1, double.NaN);
                bool same = (_shown.Mask & AttributeSet.MinimumPeriod) != 0 == wantedPmin >= 0 && (_shown.Mask & AttributeSet.Greater) != 0 == !double.IsNaN(wantedGt)
                    && (wantedPmin < 0 || _shown.Pmin == wantedPmin) && (double.IsNaN(wantedGt) || _shown.Gt == wantedGt);
                Assert.That(same, "seed " + seed + ", step " + step + ", " + other);
            }
        }
    }
}
