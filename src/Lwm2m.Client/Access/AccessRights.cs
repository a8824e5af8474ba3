using System;

namespace Lwm2m.Client;

/// <summary>What a server may do with an object instance, the values of the Access Control List (/2/x/2; Core 8.1).</summary>
[Flags]
public enum AccessRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read, Observe, Write-Attributes.</summary>
    Read = 1,

    /// <summary>Write and Write-Composite.</summary>
    Write = 2,

    /// <summary>Execute.</summary>
    Execute = 4,

    /// <summary>Delete.</summary>
    Delete = 8,

    /// <summary>Create instances: for the entry of a whole object only, see <see cref="AccessControlObject.ObjectLevel"/>.</summary>
    Create = 16,

    /// <summary>All that an object instance knows: read, write, execute, delete.</summary>
    Full = 15
}
