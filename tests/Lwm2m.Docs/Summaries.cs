using System.Text;
using System.Xml.Linq;

namespace Lwm2m.Docs;

/// <summary>The summaries of an assembly's XML documentation, as plain text.</summary>
public sealed class Summaries
{
    private readonly Dictionary<string, string> _texts;

    private Summaries(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>Reads the documentation file that lies beside the assembly.</summary>
    public static Summaries Of(System.Reflection.Assembly assembly)
    {
        XDocument document = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        return new Summaries(document.Descendants("member").Where(m => m.Element("summary") != null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Text(m.Element("summary")!), StringComparer.Ordinal));
    }

    public string Type(Type type) => _texts.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.'), "");

    public string Value(object value) => _texts.GetValueOrDefault("F:" + value.GetType().FullName!.Replace('+', '.') + "." + value, "");

    private static string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (XNode node in summary.DescendantNodes())
        {
            if (node is XText plain)
                text.Append(node.Parent!.Name == "c" ? "`" + plain.Value + "`" : plain.Value);
            else if (node is XElement element && (element.Attribute("cref") ?? element.Attribute("name")) is { } named)
                text.Append('`').Append(named.Value[(named.Value.LastIndexOfAny(['.', ':']) + 1)..]).Append('`');
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
