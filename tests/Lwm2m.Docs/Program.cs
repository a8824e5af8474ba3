using Lwm2m.Docs;
using Lwm2m.Docs.Air;

bool check = args is ["--check"];
if (args.Length > 0 && !check)
{
    Console.Error.WriteLine("usage: dotnet run --project tests/Lwm2m.Docs [-- --check]");
    return 2;
}

string root = RepositoryFolder.Find();
ConformanceMatrix matrix = ConformanceMatrix.Read(root);
bool failed = false;
foreach (string complaint in matrix.Complaints)
    Complain(complaint);

foreach ((string path, string text) in new[] { ("docs/state-machines.md", StateMachinePage.Render()), ("docs/conformance.md", matrix.Render()),
    ("docs/bytes-on-air.md", AirPage.Render()) })
{
    string file = Path.Combine(root, path);
    if (!check)
        File.WriteAllText(file, text);
    else if (!File.Exists(file) || File.ReadAllText(file) != text)
        Complain($"{path} is stale: dotnet run --project tests/Lwm2m.Docs");
}

return failed ? 1 : 0;

void Complain(string complaint)
{
    Console.Error.WriteLine(complaint);
    failed = true;
}
