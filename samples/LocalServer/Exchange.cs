using System.Threading.Tasks;

namespace Lwm2m.Samples;

/// <summary>A request of the server and who waits for its answer.</summary>
internal sealed class Exchange(int context, Registration registration, OperationRequest request)
{
    public int Context { get; } = context;

    public Registration Registration { get; } = registration;

    public OperationRequest Request { get; } = request;

    /// <summary>Whose queue it is in.</summary>
    public Remote Remote { get; set; } = registration.Remote;

    /// <summary>The observation that begins when the answer says so.</summary>
    public Observation? Starts { get; init; }

    /// <summary>The observation whose large notification this fetches.</summary>
    public Observation? NotificationOf { get; init; }

    /// <summary>Sequence number of that notification.</summary>
    public int Sequence { get; init; } = -1;

    public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
