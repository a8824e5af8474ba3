namespace Lwm2m.Client;

/// <summary>What became of a notification that was due while its server was away.</summary>
internal enum KeepResult
{
    /// <summary>Nothing was kept: the present value is sent when the server is back.</summary>
    Latest,

    /// <summary>The value was kept with its time (hqmax).</summary>
    Sampled,

    /// <summary>Some of the observed resources were kept with their time; of the others the present values are sent, too.</summary>
    SampledPartly,

    /// <summary>It is dropped (/1/x/6 is false).</summary>
    Dropped
}
