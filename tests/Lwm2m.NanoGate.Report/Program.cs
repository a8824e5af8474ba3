using Lwm2m.NanoGate;
using Lwm2m.NanoGate.Report;

string root = RepositoryFolder.Find();
NanoReport report = NanoReport.Create(root);
foreach (Violation violation in report.Gate.Errors)
    Console.Error.WriteLine(violation);
if (report.Gate.Errors.Any())
    return 1;

if (args is ["--details"])
{
    Console.WriteLine(report.RenderDetails());
    return 0;
}

string document = Path.Combine(root, "docs", "performance.md");
NanoReport.WriteSection(document, report.Render());
Console.WriteLine(report.Render());
Console.WriteLine($"written into {document}");
return 0;
