using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

public class AttributeSetTests
{
    private readonly Numbers _numbers = new();

    private Outcome Parse(AttributeSet set, string query)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("##" + query + "##");
        return set.ParseQuery(_numbers, bytes, 2, bytes.Length - 4);
    }

    private AttributeSet Parsed(params string[] options)
    {
        var set = new AttributeSet();
        foreach (string option in options)
            Assert.That(Parse(set, option), Is.EqualTo(Outcome.Ok), option);
        return set;
    }

    [Test]
    public void All_attributes_are_read()
    {
        AttributeSet set = Parsed("pmin=10", "pmax=60", "gt=42.5", "lt=-7", "st=1e-1", "epmin=1", "epmax=20", "edge=1", "con=1", "hqmax=5");

        Assert.That(set.Mask, Is.EqualTo(0x3FF));
        Assert.That(set.ClearMask, Is.Zero);
        Assert.That(new[] { set.Pmin, set.Pmax, set.Epmin, set.Epmax, set.Hqmax, set.Edge, set.Con }, Is.EqualTo(new long[] { 10, 60, 1, 20, 5, 1, 1 }));
        Assert.That(new[] { set.Gt, set.Lt, set.St }, Is.EqualTo(new[] { 42.5, -7, 0.1 }));
    }

    [Test]
    public void Name_without_value_unsets()
    {
        AttributeSet set = Parsed("pmin", "gt", "pmax=5");

        Assert.That(set.ClearMask, Is.EqualTo(AttributeSet.MinimumPeriod | AttributeSet.Greater));
        Assert.That(set.Mask, Is.EqualTo(AttributeSet.MaximumPeriod));
    }

    [TestCase("pmax=4294967295", 4294967295)]
    [TestCase("pmax=2147483648", 2147483648)]
    [TestCase("pmax=007", 7)]
    public void Periods_go_up_to_what_the_server_object_can_hold(string option, long seconds)
    {
        Assert.That(Parsed(option).Pmax, Is.EqualTo(seconds));
    }

    [TestCase("")]
    [TestCase("=")]
    [TestCase("=5")]
    [TestCase("foo=1")]
    [TestCase("Pmin=1")]
    [TestCase("pminx=1")]
    [TestCase("pmi=1")]
    [TestCase("xt=1")]
    [TestCase("ver=1")]
    [TestCase("dim=1")]
    [TestCase("pmin=")]
    [TestCase("pmin=x")]
    [TestCase("pmin=1x")]
    [TestCase("pmin= 1")]
    [TestCase("pmin=1.5")]
    [TestCase("pmin=-1")]
    [TestCase("pmax=-60")]
    [TestCase("epmin=-1")]
    [TestCase("hqmax=-1")]
    [TestCase("pmax=4294967296")]
    [TestCase("pmax=99999999999999999999999999")]
    [TestCase("gt=")]
    [TestCase("gt=abc")]
    [TestCase("gt=1e999")]
    [TestCase("lt=-1e999")]
    [TestCase("gt=nan")]
    [TestCase("gt=inf")]
    [TestCase("gt=1,5")]
    [TestCase("st=-1")]
    [TestCase("edge=2")]
    [TestCase("edge=true")]
    [TestCase("con=2")]
    [TestCase("con=-1")]
    public void Unknown_names_and_improper_values_are_bad_requests(string option)
    {
        Assert.That(Parse(new AttributeSet(), option), Is.EqualTo(Outcome.BadRequest));
    }

    [TestCase("pmin=1", "pmin=2")]
    [TestCase("pmin", "pmin=2")]
    [TestCase("pmin=1", "pmin")]
    public void Same_attribute_twice_is_a_bad_request(string first, string second)
    {
        Assert.That(Parse(Parsed(first), second), Is.EqualTo(Outcome.BadRequest));
    }

    [TestCase("lt=10", "gt=10", Outcome.BadRequest)]
    [TestCase("lt=11", "gt=10", Outcome.BadRequest)]
    [TestCase("lt=9.9", "gt=10", Outcome.Ok)]
    [TestCase("lt=-10", "gt=-20", Outcome.BadRequest)]
    [TestCase("epmin=5", "epmax=5", Outcome.BadRequest)]
    [TestCase("epmin=6", "epmax=5", Outcome.BadRequest)]
    [TestCase("epmin=4", "epmax=5", Outcome.Ok)]
    [TestCase("pmin=60", "pmax=10", Outcome.Ok)]
    [TestCase("pmin=60", "pmax=60", Outcome.Ok)]
    [TestCase("pmin=60", "pmax=0", Outcome.Ok)]
    public void Contradictions_are_bad_requests_but_pmax_below_pmin_is_none(string first, string second, object outcome)
    {
        Assert.That(Parsed(first, second).Validate(3, DataType.Float), Is.EqualTo(outcome));
    }

    [TestCase("3", Outcome.BadRequest)]
    [TestCase("2", Outcome.BadRequest)]
    [TestCase("1.9", Outcome.Ok)]
    public void Two_steps_must_fit_between_lt_and_gt(string step, object outcome)
    {
        Assert.That(Parsed("lt=10", "gt=14", "st=" + step).Validate(3, DataType.Integer), Is.EqualTo(outcome));
    }

    [TestCase("gt=1", DataType.Float, true)]
    [TestCase("lt=1", DataType.Integer, true)]
    [TestCase("st=1", DataType.Unsigned, true)]
    [TestCase("st=1", DataType.Time, true)]
    [TestCase("gt=1", DataType.Boolean, false)]
    [TestCase("gt=1", DataType.String, false)]
    [TestCase("st=1", DataType.Opaque, false)]
    [TestCase("lt=1", DataType.ObjectLink, false)]
    [TestCase("edge=1", DataType.Boolean, true)]
    [TestCase("edge=1", DataType.Integer, false)]
    [TestCase("pmin=1", DataType.String, true)]
    [TestCase("con=1", DataType.Opaque, true)]
    [TestCase("hqmax=1", DataType.String, true)]
    public void Thresholds_are_for_numbers_and_edge_is_for_booleans(string option, DataType type, bool allowed)
    {
        Outcome expected = allowed ? Outcome.Ok : Outcome.BadRequest;
        Assert.That(Parsed(option).Validate(3, type), Is.EqualTo(expected));
        Assert.That(Parsed(option).Validate(4, type), Is.EqualTo(expected));
    }

    [TestCase("gt=1", false)]
    [TestCase("gt", false)]
    [TestCase("lt=1", false)]
    [TestCase("st=1", false)]
    [TestCase("edge=1", false)]
    [TestCase("pmin=1", true)]
    [TestCase("pmax=1", true)]
    [TestCase("epmin=1", true)]
    [TestCase("epmax=1", true)]
    [TestCase("con=1", true)]
    [TestCase("hqmax=1", true)]
    public void Conditions_belong_to_resources_and_periods_to_every_level(string option, bool allowed)
    {
        Outcome expected = allowed ? Outcome.Ok : Outcome.BadRequest;
        Assert.That(Parsed(option).Validate(1, DataType.None), Is.EqualTo(expected));
        Assert.That(Parsed(option).Validate(2, DataType.None), Is.EqualTo(expected));
    }
}
