using System.Globalization;
using System.Text;

namespace Lwm2m.NanoGate;

/// <summary>Renders what the gate measured.</summary>
public static class GateReport
{
    /// <summary>Markdown: one line an assembly, then its biggest methods.</summary>
    public static string Render(GateResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder text = new();
        text.AppendLine("| assembly | types | methods | IL bytes | board bytecode (of 65,535) | strings (of 32,767) | signatures and array data | records and attributes | .pe in all |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (NanoAssembly assembly in result.Assemblies)
        {
            if (assembly.Size is not { } size)
            {
                text.AppendLine($"| {assembly.Name} | does not compile | | | | | | | |");
                continue;
            }

            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {assembly.Name} | {size.Types} | {size.Methods} | {size.IlBytes:N0} | {size.Bytecode:N0} | {size.Strings:N0} | {size.Signatures:N0} | {size.Records + size.Attributes:N0} | {size.Total:N0} |"));
        }

        text.AppendLine();
        text.AppendLine("| biggest methods | board bytecode | instructions |");
        text.AppendLine("|---|--:|--:|");
        foreach (NanoAssembly assembly in result.Assemblies)
        {
            foreach ((string method, int bytecode, int instructions) in assembly.Size?.BiggestMethods.Take(5) ?? [])
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {assembly.Name}: {method.Replace("|", "\\|", StringComparison.Ordinal)} | {bytecode:N0} | {instructions:N0} |"));
        }

        return text.ToString();
    }
}
