using System;
using System.Collections.Generic;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>Every event of a client as a line.</summary>
public sealed class RecordingListener : ClientListener
{
    public readonly List<string> Lines = new();

    /// <summary>The pause after the last failed bootstrap.</summary>
    public long LastRetryInMs;

    public override void OnRegistered(ServerAccount server) => Lines.Add($"registered {server.ShortServerId} {server.LocationPath}");

    public override void OnUpdated(ServerAccount server) => Lines.Add($"updated {server.ShortServerId}");

    public override void OnSleeping(ServerAccount server) => Lines.Add($"sleeping {server.ShortServerId}");

    public override void OnAwake(ServerAccount server) => Lines.Add($"awake {server.ShortServerId}");

    public override void OnDeregistered(ServerAccount server) => Lines.Add($"deregistered {server.ShortServerId}");

    public override void OnRegistrationFailed(ServerAccount server, long retryInMs) =>
        Lines.Add($"failed {server.ShortServerId} {server.LastFailure} {server.LastFailureCode:x2}");

    public override void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        Lines.Add("written " + Path(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnExecuted(ServerAccount server, int objectId, int instanceId, int resourceId, ExecuteArguments arguments) =>
        Lines.Add("executed " + Path(objectId, instanceId, resourceId, -1));

    public override void OnCreated(ServerAccount server, int objectId, int instanceId) =>
        Lines.Add("created " + Path(objectId, instanceId, -1, -1));

    public override void OnDeleted(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        Lines.Add("deleted " + Path(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        Lines.Add("observe " + Path(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        Lines.Add("cancel " + Path(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnBootstrapped() => Lines.Add("bootstrapped");

    public override void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs)
    {
        Lines.Add($"bootstrap-failed {reason} {code:x2}");
        LastRetryInMs = retryInMs;
    }

    public override void OnStorageFailed(string record, StorageFailure failure) => Lines.Add($"storage {record} {failure}");

    public override void OnSent(ServerAccount server, int id) => Lines.Add($"sent {server.ShortServerId} {id}");

    public override void OnSendFailed(ServerAccount server, int id, int code) => Lines.Add($"send failed {server.ShortServerId} {id} {code:x2}");

    public override void OnHandlerError(ServerAccount? server, Exception thrown) => Lines.Add("threw " + thrown.GetType().Name);

    private static string Path(params int[] ids)
    {
        string path = "";
        foreach (int id in ids)
            if (id >= 0)
                path += "/" + id;
        return path;
    }
}
