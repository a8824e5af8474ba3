using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient's memory stays what it is, however much it is asked.</summary>
[NonParallelizable]
public class DemoClientMemoryTests
{
    private const int WarmUp = 20_000;
    private const int Requests = 200_000;
    private const int Steps = 10;
    private const long MaxGrowthKb = 2048;

    [Test]
    public async Task Resident_memory_is_flat_over_200_000_reads_and_none_is_lost()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Resident memory is read from /proc, which only Linux has.");
        using var load = new ReadLoad("Lwm2m.Client");
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", "busy", "--server", load.Uri, "--json");
        load.AcceptRegistration();
        await demo.LineAsync("""{"event":"registered","ssid":1,"location":"/rd/1"}""");

        load.Run(WarmUp);
        var residentKb = new long[Steps + 1];
        residentKb[0] = ResidentKb(demo.Id);
        var clock = Stopwatch.StartNew();
        for (int step = 1; step <= Steps; step++)
        {
            load.Run(Requests / Steps);
            residentKb[step] = ResidentKb(demo.Id);
        }

        clock.Stop();
        await TestContext.Out.WriteLineAsync(
            $"{Requests} reads, 16 in flight, in {clock.Elapsed.TotalSeconds:F1} s ({Requests / clock.Elapsed.TotalSeconds:F0} a second), {load.Resent} sent again; " +
            $"resident after {WarmUp} and after each {Requests / Steps} more: {string.Join(", ", residentKb)} kB");
        Assert.That(load.Answered, Is.EqualTo(WarmUp + Requests));
        Assert.That(residentKb.Max() - residentKb[0], Is.LessThan(MaxGrowthKb), "growth in kB");

        demo.Type("exit");
        load.AcceptDeregistration();
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
        Assert.That(demo.Output, Has.Length.EqualTo(2), "a plain read has no event");
    }

    private static long ResidentKb(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(candidate => candidate.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
