namespace Lwm2m.NanoGate;

/// <summary>What the gate found, assembly by assembly in the order they were compiled.</summary>
public sealed class GateResult
{
    public List<NanoAssembly> Assemblies { get; } = [];

    public IEnumerable<Violation> Errors => Assemblies.SelectMany(a => a.Violations).Where(v => v.IsError);

    public IEnumerable<Violation> Warnings => Assemblies.SelectMany(a => a.Violations).Where(v => !v.IsError);
}
