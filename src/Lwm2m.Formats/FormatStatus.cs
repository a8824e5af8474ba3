namespace Lwm2m.Formats;

/// <summary>How a step of a reader or writer ended. What a peer sends never throws: it ends here.</summary>
public enum FormatStatus
{
    /// <summary>Done; for <see cref="PayloadReader.Next"/>: there is a record.</summary>
    Ok,

    /// <summary>The payload has no further records.</summary>
    End,

    /// <summary>The bytes break the rules of the format: cut, trailing bytes, duplicate ids, invalid UTF-8.</summary>
    Malformed,

    /// <summary>The value is of another type than the one asked for.</summary>
    WrongType,

    /// <summary>A number does not fit the type asked for, or the format cannot express it.</summary>
    OutOfRange,

    /// <summary>A value is longer than the limit or the place given for it.</summary>
    TooLong,

    /// <summary>Containers are nested deeper than <see cref="FormatLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>More records than <see cref="FormatLimits.MaxRecords"/>, or too many of them out of order to be compared.</summary>
    TooMany,

    /// <summary>The output does not fit its buffer.</summary>
    BufferFull,

    /// <summary>The record lies outside the path of the request. A reader may go on after it.</summary>
    WrongPath,

    /// <summary>The name of a SenML record is no LwM2M path. A reader may go on after it.</summary>
    NotAPath,

    /// <summary>The format has no way to say this, such as a whole object in plain text.</summary>
    Unsupported,
}
