using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>
/// Another thread sets a value while the client is between two reads of it, and then waits for the gate to tell. Whenever that is, the
/// server ends up with the value that stands.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public partial class ObserveRaceTests
{
    [Test]
    public void Value_set_while_it_is_being_sent_reaches_the_server([Range(1, 8)] int read, [Range(0, 2)] int changes, [Values("", "pmin=10")] string attributes)
    {
        MovingValue moving = new() { ChangeAfterRead = read };
        Bed bed = new Bed(setUp: c => c.Add(moving)).Registered();
        if (attributes.Length > 0)
            Assert.That(bed.Ask("CON PUT /26241/0/0?" + attributes), Is.EqualTo("ACK 2.04"));
        string seen = ValueOf(bed.Ask("CON GET /26241/0/0 observe=0 accept=0"));

        for (int change = 0; change < changes; change++)
        {
            moving.Value += 1;
            moving.Changed(0, 0);
            bed.AdvanceSeconds(11);
        }

        // What the other thread does as soon as it gets the gate.
        if (moving.HasMoved)
            moving.Changed(0, 0);
        bed.AdvanceSeconds(11);
        for (string next = bed.Next(); next != "-"; next = bed.Next())
            seen = ValueOf(next);
        Assert.That(seen, Is.EqualTo(moving.Value.ToString(CultureInfo.InvariantCulture)));
    }

    private static string ValueOf(string line) => Quoted().Match(line).Groups[1].Value;

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    private sealed class MovingValue : Lwm2mObject
    {
        private int _reads;

        public MovingValue()
            : base(new ObjectDefinition(26241, "1.0", Resource.ReadOnly(0, DataType.Float))) => AddInstance(0);

        public double Value { get; set; } = 100;

        public bool HasMoved { get; private set; }

        public int ChangeAfterRead { get; init; }

        protected internal override Outcome Read(int instance, int resource, ValueWriter value)
        {
            Outcome outcome = value.Float(Value);
            if (++_reads == ChangeAfterRead)
            {
                Value += 0.5;
                HasMoved = true;
            }

            return outcome;
        }
    }
}
