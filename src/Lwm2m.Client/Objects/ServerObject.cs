using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The Server object (/1): how the client behaves toward each server. What servers write here takes effect at once; the client
/// reads it where it needs it.
/// </summary>
public class ServerObject : StoredObject
{
    private const long MaxSeconds = 0xFFFFFFFF;

    /// <summary>Makes the object, without servers.</summary>
    /// <param name="capacity">How many values all servers together hold; one has four at first, and a server can write 18 more.</param>
    public ServerObject(int capacity = 64)
        : base(Define(), capacity) => AllowCreate = false;

    /// <summary>Who does what is executed here; null until the object is added to a client.</summary>
    internal IServerActions? Actions { get; set; }

    /// <summary>Adds a server under the next free instance id.</summary>
    /// <param name="shortServerId">Short Server ID, 1..65534, unique.</param>
    /// <param name="lifetimeSeconds">Lifetime of the registration in seconds; 0 is infinite.</param>
    /// <param name="binding">Letters of the bindings that the server may use (Core 6.2.1.2).</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ArgumentException">A value is out of range, or the id is taken.</exception>
    public int AddServer(int shortServerId, long lifetimeSeconds = 86400, string binding = "U")
    {
        if (InstanceOf(shortServerId) >= 0)
            throw new ArgumentException("/1: Short Server ID " + shortServerId + " is taken.", nameof(shortServerId));
        if (!Definition.InRange(ServerResource.ShortServerId, shortServerId))
            throw new ArgumentException("/1: Short Server ID " + shortServerId + " is not in 1..65534.", nameof(shortServerId));
        if (!Definition.InRange(ServerResource.Lifetime, lifetimeSeconds))
            throw new ArgumentException("/1: a lifetime of " + lifetimeSeconds + " s is out of range.", nameof(lifetimeSeconds));
        int instance = FreeInstanceId();
        AddInstance(instance);
        try
        {
            Set(instance, ServerResource.ShortServerId, shortServerId);
            Set(instance, ServerResource.Lifetime, lifetimeSeconds);
            Set(instance, ServerResource.NotificationStoring, true);
            Set(instance, ServerResource.Binding, binding);
        }
        catch
        {
            RemoveInstance(instance);
            throw;
        }

        return instance;
    }

    /// <summary>The instance with a Short Server ID, or -1.</summary>
    public int InstanceOf(int shortServerId)
    {
        for (int position = 0; position < InstanceCount; position++)
            if (ShortServerId(InstanceAt(position)) == shortServerId)
                return InstanceAt(position);
        return -1;
    }

    /// <summary>Short Server ID; 0 when there is none.</summary>
    public int ShortServerId(int instance) => (int)Seconds(instance, ServerResource.ShortServerId, 0);

    /// <summary>Lifetime of the registration in seconds; 0 is infinite.</summary>
    public long LifetimeSeconds(int instance) => Seconds(instance, ServerResource.Lifetime, 86400);

    /// <summary>Attribute pmin where none is attached, in seconds; default 0.</summary>
    public long DefaultMinimumPeriodSeconds(int instance) => Seconds(instance, ServerResource.DefaultMinimumPeriod, 0);

    /// <summary>Attribute pmax where none is attached, in seconds; 0 (default) for none.</summary>
    public long DefaultMaximumPeriodSeconds(int instance) => Seconds(instance, ServerResource.DefaultMaximumPeriod, 0);

    /// <summary>How long the client stays away after Disable, in seconds; default 86400.</summary>
    public long DisableTimeoutSeconds(int instance) => Seconds(instance, ServerResource.DisableTimeout, 86400);

    /// <summary>Whether notifications are kept while the server is disabled or out of reach; default true.</summary>
    public bool StoresNotifications(int instance) =>
        GetBoolean(instance, ServerResource.NotificationStoring, out bool stores) != Outcome.Ok || stores;

    /// <summary>Letters of the bindings that the server may use; U when there are none.</summary>
    public string Binding(int instance) =>
        GetString(instance, ServerResource.Binding, out string binding) == Outcome.Ok && binding.Length > 0 ? binding : "U";

    /// <inheritdoc/>
    protected internal override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        if (Actions == null)
            return Outcome.MethodNotAllowed;
        switch (resource)
        {
            case ServerResource.Disable:
                return Actions.Disable(instance);
            case ServerResource.RegistrationUpdateTrigger:
                return Actions.UpdateTrigger(instance, arguments);
            case ServerResource.BootstrapTrigger:
                return Actions.BootstrapTrigger(instance);
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    /// <inheritdoc/>
    protected internal override Outcome Validate(int instance, int resource, ValueReader value)
    {
        Outcome outcome = base.Validate(instance, resource, value);
        if (outcome != Outcome.Ok || resource != ServerResource.Binding && resource != ServerResource.PreferredTransport)
            return outcome;
        outcome = value.GetBytes(DataType.String, 16, out byte[] text, out int length);
        if (outcome != Outcome.Ok)
            return outcome;
        if (length == 0 || resource == ServerResource.PreferredTransport && length != 1)
            return Outcome.BadRequest;
        for (int at = 0; at < length; at++)
            if (!IsBinding(text[at]))
                return Outcome.BadRequest;
        return Outcome.Ok;
    }

    // U, T, S, N and (1.2) M, H; Q stood in the binding of LwM2M 1.0.
    private static bool IsBinding(byte letter) =>
        letter == 'U' || letter == 'T' || letter == 'S' || letter == 'N' || letter == 'M' || letter == 'H' || letter == 'Q';

    private long Seconds(int instance, int resource, long absent) =>
        GetInteger(instance, resource, out long value) == Outcome.Ok ? value : absent;

    private static ObjectDefinition Define() => new ObjectDefinition(
        ObjectIds.Server,
        "1.2",
        Resource.ReadOnly(ServerResource.ShortServerId, DataType.Integer, mandatory: true),
        Resource.ReadWrite(ServerResource.Lifetime, DataType.Integer, mandatory: true),
        Resource.ReadWrite(ServerResource.DefaultMinimumPeriod, DataType.Integer),
        Resource.ReadWrite(ServerResource.DefaultMaximumPeriod, DataType.Integer),
        Resource.Executable(ServerResource.Disable),
        Resource.ReadWrite(ServerResource.DisableTimeout, DataType.Integer),
        Resource.ReadWrite(ServerResource.NotificationStoring, DataType.Boolean, mandatory: true),
        Resource.ReadWrite(ServerResource.Binding, DataType.String, mandatory: true),
        Resource.Executable(ServerResource.RegistrationUpdateTrigger, mandatory: true),
        Resource.Executable(ServerResource.BootstrapTrigger),
        Resource.ReadWrite(ServerResource.ApnLink, DataType.ObjectLink),
        Resource.ReadOnly(ServerResource.TlsDtlsAlertCode, DataType.Unsigned),
        Resource.ReadOnly(ServerResource.LastBootstrapped, DataType.Time),
        Resource.ReadOnly(ServerResource.RegistrationPriorityOrder, DataType.Unsigned),
        Resource.ReadWrite(ServerResource.InitialRegistrationDelayTimer, DataType.Unsigned),
        Resource.ReadOnly(ServerResource.RegistrationFailureBlock, DataType.Boolean),
        Resource.ReadOnly(ServerResource.BootstrapOnRegistrationFailure, DataType.Boolean),
        Resource.ReadWrite(ServerResource.CommunicationRetryCount, DataType.Unsigned),
        Resource.ReadWrite(ServerResource.CommunicationRetryTimer, DataType.Unsigned),
        Resource.ReadWrite(ServerResource.CommunicationSequenceDelayTimer, DataType.Unsigned),
        Resource.ReadWrite(ServerResource.CommunicationSequenceRetryCount, DataType.Unsigned),
        Resource.ReadWrite(ServerResource.Trigger, DataType.Boolean),
        Resource.ReadWrite(ServerResource.PreferredTransport, DataType.String),
        Resource.ReadWrite(ServerResource.MuteSend, DataType.Boolean),
        Resource.ReadWrite(ServerResource.AlternateApnLinks, DataType.ObjectLink, multiple: true),
        Resource.ReadWrite(ServerResource.SupportedServerVersions, DataType.String, multiple: true),
        Resource.ReadWrite(ServerResource.DefaultNotificationMode, DataType.Integer),
        Resource.ReadWrite(ServerResource.ProfileIdHashAlgorithm, DataType.Unsigned))
        .WithRange(ServerResource.ShortServerId, 1, 65534)
        .WithRange(ServerResource.Lifetime, 0, MaxSeconds)
        .WithRange(ServerResource.DefaultMinimumPeriod, 0, MaxSeconds)
        .WithRange(ServerResource.DefaultMaximumPeriod, 0, MaxSeconds)
        .WithRange(ServerResource.DisableTimeout, 0, MaxSeconds)
        .WithRange(ServerResource.TlsDtlsAlertCode, 0, 255)
        .WithRange(ServerResource.DefaultNotificationMode, 0, 1)
        .WithRange(ServerResource.ProfileIdHashAlgorithm, 0, 255);
}
