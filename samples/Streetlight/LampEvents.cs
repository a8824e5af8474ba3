using System;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;

namespace Lwm2m.Samples.Streetlight;

/// <summary>What the lamp's side has to tell.</summary>
internal sealed class LampEvents(IStage stage) : ClientListener
{
    private TaskCompletionSource _asleep = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the lamp sleeps.</summary>
    public Task WhenAsleepAsync(CancellationToken stop) => Volatile.Read(ref _asleep).Task.WaitAsync(stop);

    public override void OnBootstrapped() => stage.Say(Side.Lamp, "has its accounts");

    public override void OnSleeping(ServerAccount server)
    {
        stage.Say(Side.Lamp, "sleeps");
        _asleep.TrySetResult();
    }

    public override void OnAwake(ServerAccount server)
    {
        Volatile.Write(ref _asleep, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        stage.Say(Side.Lamp, "wakes and sends an update");
    }

    public override void OnRegistered(ServerAccount server) =>
        stage.Say(Side.Lamp, $"is registered at {server.Uri}, location {server.LocationPath}");

    public override void OnDeregistered(ServerAccount server) => stage.Say(Side.Lamp, "has de-registered");

    public override void OnRegistrationFailed(ServerAccount server, long retryInMs) => stage.Say(Side.Lamp,
        $"cannot register at {server.Uri}: {server.LastFailure}; tries again in {retryInMs / 1000.0:0.0} s");

    public override void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        stage.Say(Side.Lamp, $"is observed: {new Lwm2mPath(objectId, instanceId, resourceId, resourceInstanceId)}");

    public override void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        stage.Say(Side.Lamp, $"is observed no more: {new Lwm2mPath(objectId, instanceId, resourceId, resourceInstanceId)}");

    public override void OnExecuted(ServerAccount server, int objectId, int instanceId, int resourceId, ExecuteArguments arguments) =>
        stage.Say(Side.Lamp, $"was told to execute {new Lwm2mPath(objectId, instanceId, resourceId)}");

    public override void OnHandlerError(ServerAccount? server, Exception thrown) => stage.Say(Side.Lamp, $"failed: {thrown.Message}");
}
