using System.Diagnostics;

namespace Lwm2m.Repository.Tests;

/// <summary>What <c>.ci/tally</c>, and with it <c>.ci/run</c>, makes of a test log.</summary>
[Parallelizable(ParallelScope.All)]
public class TallyTests
{
    private const string CoapPassed = "Passed!  - Failed:     0, Passed:  1234, Skipped:     2, Total:  1236, Duration: 1 m 3 s - Lwm2m.Coap.Tests.dll (net10.0)\n";
    private const string FormatsPassed = "Passed!  - Failed:     0, Passed:    10, Skipped:     0, Total:    10, Duration: < 1 ms - Lwm2m.Formats.Tests.dll (net10.0)\n";
    private const string FormatsFailed = "Failed!  - Failed:     3, Passed:     7, Skipped:     1, Total:    11, Duration: 41 ms - Lwm2m.Formats.Tests.dll (net10.0)\n";

    [Test]
    public void Closing_lines_are_summed()
    {
        (int exitCode, string[] lines) = Tally("Test run for x\n" + CoapPassed + "  noise\n" + FormatsPassed, "Lwm2m.Coap.Tests", "Lwm2m.Formats.Tests");
        Assert.That(lines, Is.EqualTo(new[] { "1244 passed, 0 failed, 2 skipped" }));
        Assert.That(exitCode, Is.Zero);
    }

    [Test]
    public void A_failed_test_fails_the_run()
    {
        (int exitCode, string[] lines) = Tally(CoapPassed + FormatsFailed, "Lwm2m.Coap.Tests", "Lwm2m.Formats.Tests");
        Assert.That(lines[^1], Is.EqualTo("1241 passed, 3 failed, 3 skipped"));
        Assert.That(exitCode, Is.Not.Zero);
    }

    [Test]
    public void A_project_that_closes_with_no_line_fails_the_run_and_is_named()
    {
        (int exitCode, string[] lines) = Tally(CoapPassed, "Lwm2m.Coap.Tests", "Lwm2m.Formats.Tests");
        Assert.That(lines, Is.EqualTo(new[] { "tally: Lwm2m.Formats.Tests has tests and reported no closing line", "1234 passed, 0 failed, 2 skipped" }));
        Assert.That(exitCode, Is.Not.Zero);
    }

    [Test]
    public void A_dead_test_host_fails_the_run()
    {
        (int exitCode, string[] lines) = Tally(CoapPassed + "The active test run was aborted. Reason: Test host process crashed : Out of memory.\n", "Lwm2m.Coap.Tests");
        Assert.That(lines[^1], Is.EqualTo("1234 passed, 0 failed, 2 skipped"));
        Assert.That(exitCode, Is.Not.Zero);
    }

    [Test]
    public void A_run_without_a_passed_test_fails()
    {
        (int exitCode, string[] lines) = Tally("error MSB1009: Project file does not exist.\n");
        Assert.That(lines[^1], Is.EqualTo("0 passed, 0 failed, 0 skipped"));
        Assert.That(exitCode, Is.Not.Zero);
    }

    [Test]
    public void What_a_test_prints_is_not_taken_for_a_closing_line()
    {
        (_, string[] lines) = Tally(CoapPassed + " " + FormatsFailed, "Lwm2m.Coap.Tests");
        Assert.That(lines[^1], Is.EqualTo("1234 passed, 0 failed, 2 skipped"));
    }

    private static (int ExitCode, string[] Lines) Tally(string log, params string[] projects)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, log);
            using Process process = Start([RepositoryFolder.FullPath(".ci/tally"), file, .. projects]);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Ignore("needs bash");
            throw;
        }
    }
}
