namespace Lwm2m.Formats;

/// <summary>What a record of a payload says about its path.</summary>
public enum RecordKind
{
    /// <summary>There is no record.</summary>
    None,

    /// <summary>The path has the value that the typed getters give.</summary>
    Value,

    /// <summary>The value is null: a composite write removes what is there (RFC 8790).</summary>
    Null,

    /// <summary>A path without a value, as bodies of composite reads have. A write must refuse it.</summary>
    PathOnly,

    /// <summary>An object instance without resources.</summary>
    EmptyInstance,

    /// <summary>A multiple-instance resource without instances.</summary>
    EmptyMultiple,
}
