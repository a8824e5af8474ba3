using System.Threading.Tasks;

namespace Lwm2m.Samples;

/// <summary>A request of the server and who waits for its answer.</summary>
internal sealed class Exchange(int context, Remote remote, string endpoint, OperationRequest request)
{
    public int Context { get; } = context;

    /// <summary>Whose queue it is in.</summary>
    public Remote Remote { get; set; } = remote;

    /// <summary>Endpoint name, for people.</summary>
    public string Endpoint { get; } = endpoint;

    public OperationRequest Request { get; } = request;

    /// <summary>The registration it belongs to; null for a bootstrap.</summary>
    public Registration? Registration { get; init; }

    /// <summary>What stands before all paths of the client.</summary>
    public string AlternatePath => Registration?.AlternatePath ?? "";

    /// <summary>True once it had to wait for the client to wake up.</summary>
    public bool WasQueued { get; set; }

    /// <summary>The observation that begins when the answer says so.</summary>
    public Observation? Starts { get; init; }

    /// <summary>The observation whose large notification this fetches.</summary>
    public Observation? NotificationOf { get; init; }

    /// <summary>Sequence number of that notification.</summary>
    public int Sequence { get; init; } = -1;

    public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
