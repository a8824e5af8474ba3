namespace Lwm2m.Samples;

/// <summary>What a step of a bootstrap does (Core 6.1.7).</summary>
public enum BootstrapOperation
{
    /// <summary>PUT of an object, instance or resource.</summary>
    Write,

    /// <summary>DELETE of an instance, an object, or all (<c>/</c>).</summary>
    Delete,

    /// <summary>GET in link format.</summary>
    Discover,

    /// <summary>GET of objects 1 and 2.</summary>
    Read,

    /// <summary>POST /bs.</summary>
    Finish,
}
