using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples;

/// <summary>A link of a registration or of an answer to Discover, such as <c>&lt;/3/0/7&gt;;dim=2;pmin=10</c>.</summary>
/// <param name="Target">What stands between the angle brackets.</param>
/// <param name="Path">The target as a path; null when it is none.</param>
/// <param name="Attributes">Names and values in the order of the link; an attribute without value has "".</param>
public sealed record LinkEntry(string Target, Lwm2mPath? Path, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    /// <summary>The value of an attribute; null when the link has none of that name.</summary>
    /// <param name="name">Name of the attribute.</param>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> attribute in Attributes)
            {
                if (attribute.Key == name)
                    return attribute.Value;
            }
            return null;
        }
    }

    /// <summary>The link as text; values are not quoted.</summary>
    public override string ToString() =>
        $"<{Target}>" + string.Concat(Attributes.Select(a => a.Value.Length == 0 ? ";" + a.Key : $";{a.Key}={a.Value}"));
}
