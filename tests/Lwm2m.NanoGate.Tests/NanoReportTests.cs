using Lwm2m.NanoGate.Report;
using Lwm2m.NanoGate.Steps;

namespace Lwm2m.NanoGate.Tests;

public class NanoReportTests
{
    [Test]
    public void Section_is_added_once_and_then_replaced()
    {
        string folder = Directory.CreateTempSubdirectory("report").FullName;
        try
        {
            string path = Path.Combine(folder, "docs", "performance.md");
            NanoReport.WriteSection(path, "first");
            string once = File.ReadAllText(path);
            File.WriteAllText(path, once + "\n## Other\n\nkept\n");
            NanoReport.WriteSection(path, "second");
            string twice = File.ReadAllText(path);

            Assert.That(once, Does.Contain("\n\nfirst\n"));
            Assert.That(twice, Is.EqualTo(once.Replace("first", "second") + "\n## Other\n\nkept\n"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A scan over 64 entries costs hundreds of steps; a longer hash chain or a heap's logarithm some dozens.
    [TestCase(1000, 1100, false)]
    [TestCase(1000, 1800, true)]
    [TestCase(50, 190, false)]
    [TestCase(50, 500, true)]
    public void Growth_is_told_from_a_longer_chain(int small, int full, bool grows)
    {
        BoardOperation operation = new("x", () => { });

        Assert.That(new OperationSteps(operation, new StepCount(small, []), new StepCount(full, [])).Grows, Is.EqualTo(grows));
    }

    [Test]
    public void Walking_on_purpose_is_no_fault()
    {
        BoardOperation operation = new("x", () => { }) { WalksOnPurpose = true };

        Assert.That(new OperationSteps(operation, new StepCount(1000, []), new StepCount(9000, [])).Grows, Is.False);
    }

    [TestCase(2999, 2999, false)]
    [TestCase(3001, 2000, true)]
    [TestCase(2000, 3001, true)]
    public void Limit_holds_in_both_states(int small, int full, bool isOver)
    {
        BoardOperation operation = new("x", () => { }) { MaxSteps = 3000 };

        Assert.That(new OperationSteps(operation, new StepCount(small, []), new StepCount(full, [])).IsOverLimit, Is.EqualTo(isOver));
    }
}
