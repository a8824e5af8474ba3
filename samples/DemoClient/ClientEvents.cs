using System;
using System.Text;
using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>Turns what the client tells into events. A plain read has none, so it costs nothing here.</summary>
internal sealed class ClientEvents(EventLog log, LocalValues values) : ClientListener
{
    private readonly StringBuilder _arguments = new();

    public override void OnRegistered(ServerAccount server) =>
        log.Write("registered", server.ShortServerId, "location", server.LocationPath);

    public override void OnUpdated(ServerAccount server) => log.Write("updated", server.ShortServerId);

    public override void OnSleeping(ServerAccount server) => log.Write("sleeping", server.ShortServerId);

    public override void OnAwake(ServerAccount server) => log.Write("awake", server.ShortServerId);

    public override void OnBootstrapped() => log.Write("bootstrapped", 0);

    public override void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs) =>
        log.Failed("bootstrap-failed", 0, ReasonOf(reason), code, retryInMs);

    public override void OnSent(ServerAccount server, int id) => log.Write("sent", server.ShortServerId);

    public override void OnSendFailed(ServerAccount server, int id, int code) =>
        log.Failed("send-failed", server.ShortServerId, code == 0 ? "not-delivered" : "rejected", code, -1);

    public override void OnStorageFailed(string record, StorageFailure failure) =>
        log.Error(failure == StorageFailure.Corrupt ? "storage-corrupt" : "storage-failed", failure == StorageFailure.Corrupt
            ? $"The record '{record}' cannot be read; it is set aside, and the factory's state takes its place."
            : $"The record '{record}' could not be written.");

    public override void OnDeregistered(ServerAccount server) => log.Write("deregistered", server.ShortServerId);

    public override void OnRegistrationFailed(ServerAccount server, long retryInMs) =>
        log.Failed("registration-failed", server.ShortServerId, ReasonOf(server.LastFailure), server.LastFailureCode, retryInMs);

    public override void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        log.Value("written", server.ShortServerId, new ResourcePath(objectId, instanceId, resourceId, resourceInstanceId), values);

    public override void OnExecuted(ServerAccount server, int objectId, int instanceId, int resourceId, ExecuteArguments arguments)
    {
        log.Executed(server.ShortServerId, new ResourcePath(objectId, instanceId, resourceId), TextOf(arguments));
        if (objectId == ObjectIds.Device && resourceId == DeviceResource.Reboot)
            log.Write("rebooting", server.ShortServerId);
    }

    public override void OnCreated(ServerAccount server, int objectId, int instanceId) =>
        log.Path("created", server.ShortServerId, new ResourcePath(objectId, instanceId));

    public override void OnDeleted(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        log.Path("deleted", server.ShortServerId, new ResourcePath(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        log.Path("observe", server.ShortServerId, new ResourcePath(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        log.Path("cancel", server.ShortServerId, new ResourcePath(objectId, instanceId, resourceId, resourceInstanceId));

    public override void OnHandlerError(ServerAccount? server, Exception thrown) =>
        log.Error("handler-failed", thrown.Message, server?.ShortServerId ?? 0);

    // As the server wrote them, less blanks: 5,2='10.3'
    private string TextOf(ExecuteArguments arguments)
    {
        if (arguments.Count == 0)
            return "";
        _arguments.Clear();
        for (int position = 0; position < arguments.Count; position++)
        {
            if (position > 0)
                _arguments.Append(',');
            _arguments.Append((char)('0' + arguments.Digit(position)));
            if (arguments.HasValue(position))
                _arguments.Append("='").Append(arguments.GetValue(position)).Append('\'');
        }

        return _arguments.ToString();
    }

    private static string ReasonOf(BootstrapFailure failure) => failure switch
    {
        BootstrapFailure.Rejected => "rejected",
        // The way to the server did not open in time.
        BootstrapFailure.NoAnswer or BootstrapFailure.None => "no-answer",
        BootstrapFailure.Reset => "reset",
        BootstrapFailure.BadAnswer => "bad-answer",
        BootstrapFailure.NoFinish => "no-finish",
        BootstrapFailure.Inconsistent => "inconsistent",
        BootstrapFailure.NameNotFound => "name-not-found",
        BootstrapFailure.Unreachable => "unreachable",
        BootstrapFailure.LocalPortInUse => "local-port-in-use",
        BootstrapFailure.LinkLost => "link-lost",
        BootstrapFailure.BadUri => "bad-uri",
        BootstrapFailure.TooLarge => "too-large",
        BootstrapFailure.SecurityFailed => "security-failed",
        BootstrapFailure.ConnectionRefused => "connection-refused",
        _ => "unknown",
    };

    private static string ReasonOf(RegistrationFailure failure) => failure switch
    {
        RegistrationFailure.Rejected => "rejected",
        RegistrationFailure.VersionNotSupported => "version-not-supported",
        RegistrationFailure.NoAnswer or RegistrationFailure.None => "no-answer",
        RegistrationFailure.Reset => "reset",
        RegistrationFailure.BadAnswer => "bad-answer",
        RegistrationFailure.NameNotFound => "name-not-found",
        RegistrationFailure.Unreachable => "unreachable",
        RegistrationFailure.LocalPortInUse => "local-port-in-use",
        RegistrationFailure.LinkLost => "link-lost",
        RegistrationFailure.BadUri => "bad-uri",
        RegistrationFailure.TooLarge => "too-large",
        RegistrationFailure.SecurityFailed => "security-failed",
        RegistrationFailure.ConnectionRefused => "connection-refused",
        _ => "unknown",
    };
}
