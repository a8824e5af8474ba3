using Lwm2m.NanoGate.Heap;
using Lwm2m.NanoGate.Report;
using Lwm2m.NanoGate.Steps;

namespace Lwm2m.NanoGate.Tests;

/// <summary>The gate itself: the shared source of Coap, Formats and Client with Platform/Nano, as their .nfprojs list it.</summary>
public class SharedSourceTests
{
    private static readonly string Root = RepositoryFolder.Find();

    // Compiling and measuring takes seconds: once for all tests.
    private static readonly Lazy<NanoReport> Report = new(() => NanoReport.Create(Root));

    [Test]
    public void Shared_source_compiles_and_runs_on_the_board()
    {
        GateResult result = Report.Value.Gate;

        foreach (Violation warning in result.Warnings)
            TestContext.Progress.WriteLine(warning);
        Assert.That(result.Errors, Is.Empty, string.Join('\n', result.Errors));
    }

    [Test]
    public void Tables_are_printed_and_kept()
    {
        string text = Report.Value.Render();
        TestContext.Progress.WriteLine(text);
        string folder = Path.Combine(Root, "artifacts");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "nano-report.txt"), text + "\n" + Report.Value.RenderDetails());

        Assert.That(Report.Value.Measurements, Is.Not.Empty);
    }

    [Test]
    public void Registered_client_fits_into_its_part_of_the_heap()
    {
        BoardMeasurement client = Report.Value.Client!;

        Assert.That(client.Heap.Total, Is.LessThan(client.MaxHeapBytes), client.Heap.Render(maxRows: 200));
    }

    [Test]
    public void At_engine_with_the_non_ip_binding_fits_into_its_part_of_the_heap()
    {
        BoardMeasurement modem = Report.Value.Modem!;

        Assert.That(modem.Heap.Total, Is.LessThanOrEqualTo(modem.MaxHeapBytes), modem.Heap.Render(maxRows: 200));
    }

    [Test]
    public void Further_server_fits_into_its_part_of_the_heap()
    {
        BoardHeapGrowth server = Report.Value.Client!.Growth!;

        Assert.That(server.Bytes, Is.Positive.And.LessThanOrEqualTo(server.MaxBytes), server.Render());
    }

    [Test]
    public void No_operation_takes_more_steps_than_it_may()
    {
        OperationSteps[] over = [.. Report.Value.Measurements.SelectMany(m => m.Operations).Where(o => o.IsOverLimit)];

        Assert.That(over.Select(o => $"{o.Operation.Name}: {o.Small.Total} of {o.Operation.MaxSteps}\n{o.Small.Render()}"), Is.Empty);
    }

    [Test]
    public void No_operation_takes_more_steps_when_tables_are_full()
    {
        OperationSteps[] growing = [.. Report.Value.Measurements.SelectMany(m => m.Operations).Where(o => o.Grows)];

        Assert.That(growing.Select(o => $"{o.Operation.Name}: {o.Small.Total} with small tables, {o.Full.Total} with full ones\n{o.Full.Render()}"), Is.Empty);
    }

    [Test]
    public void Projects_name_each_package_with_the_version_of_its_hint_path()
    {
        foreach (string path in RepositoryFolder.NanoProjects(Root))
        {
            NanoProject project = NanoProject.Read(path);

            Assert.That(project.HintPaths, Has.Count.EqualTo(project.References.Count));
            for (int i = 0; i < project.References.Count; i++)
            {
                string[] parts = project.HintPaths[i].Split('/');
                Assert.That(parts[..3], Is.EqualTo(new[] { "..", "..", "packages" }), path);
                Assert.That(parts[4..], Is.EqualTo(new[] { "lib", project.References[i] + ".dll" }), path);
                Assert.That(project.Packages.Select(p => $"{p.Id}.{p.Version}"), Does.Contain(parts[3]), path);
            }

            Assert.That(project.Packages, Has.Count.EqualTo(project.References.Count), path);
        }
    }

    [Test]
    public void Packages_have_one_version_in_all_projects()
    {
        IEnumerable<(string Id, string Version)> all = RepositoryFolder.NanoProjects(Root).SelectMany(p => NanoProject.Read(p).Packages).Distinct();

        Assert.That(all.Select(p => p.Id), Is.Unique);
    }
}
