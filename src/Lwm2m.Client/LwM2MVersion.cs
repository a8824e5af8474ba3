namespace Lwm2m.Client;

/// <summary>A version of the LwM2M enabler, as in the parameter <c>lwm2m</c> of Register.</summary>
public enum LwM2MVersion
{
    /// <summary>LwM2M 1.0.</summary>
    V10 = 0,

    /// <summary>LwM2M 1.1.</summary>
    V11 = 1,

    /// <summary>LwM2M 1.2.</summary>
    V12 = 2
}
