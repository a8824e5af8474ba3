namespace Lwm2m.Client;

/// <summary>What became of a notification that was due.</summary>
internal enum NotifyResult
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>Another message to this server is unacknowledged (NSTART, RFC 7252 4.7): again when that is over.</summary>
    Busy,

    /// <summary>The client is not registered there: kept, and sent when it is.</summary>
    Offline,

    /// <summary>The transport did not take it: kept, and tried again after a pause.</summary>
    Refused,

    /// <summary>The observed path is gone or cannot be read: the observation was ended.</summary>
    Failed
}
