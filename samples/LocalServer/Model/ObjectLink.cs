using System;
using System.Globalization;

namespace Lwm2m.Samples;

/// <summary>A value of type Objlnk; 65535:65535 points nowhere.</summary>
/// <param name="ObjectId">Object id, 0..65535.</param>
/// <param name="InstanceId">Object instance id, 0..65535.</param>
public readonly record struct ObjectLink(int ObjectId, int InstanceId)
{
    /// <summary>Reads <c>oid:iid</c>.</summary>
    /// <param name="text">Such as <c>3:0</c>.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ObjectLink Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 2
            && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort objectId)
            && ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort instanceId))
            return new ObjectLink(objectId, instanceId);
        throw new FormatException($"\"{text}\" is no object link: two ids, such as 3:0.");
    }

    /// <summary>The link as text.</summary>
    public override string ToString() => $"{ObjectId}:{InstanceId}";
}
