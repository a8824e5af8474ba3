using System;

namespace Lwm2m.Client;

/// <summary>The operations that an object definition allows on a resource (Core, appendix D).</summary>
[Flags]
public enum Operations
{
    /// <summary>None: only a bootstrap server may write it.</summary>
    None = 0,

    /// <summary>Read, and with it Observe and Discover's attributes.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Read and Write.</summary>
    ReadWrite = 3,

    /// <summary>Execute. Such a resource has no value.</summary>
    Execute = 4
}
