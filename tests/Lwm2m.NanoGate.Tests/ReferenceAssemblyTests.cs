using Lwm2m.NanoGate.Reference;

namespace Lwm2m.NanoGate.Tests;

public class ReferenceAssemblyTests
{
    [Test]
    public void Every_list_becomes_an_assembly()
    {
        Assert.That(ReferenceAssemblies.Names, Is.SupersetOf(new[] { "mscorlib", "System.Net", "System.Math", "nanoFramework.System.Text", "nanoFramework.Runtime.Native" }));
    }
}
