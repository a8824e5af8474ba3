using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Objects;

/// <summary>
/// Identities of the host that a device is part of (object 16, version 1.0). Servers create the instances and fill them. With
/// an <see cref="AuthenticationService"/> a server can ask for data that prove them.
/// </summary>
public class Portfolio : StoredObject
{
    /// <summary>Identity: host device id, manufacturer, model, software version in the instances 0 to 3.</summary>
    public const int Identity = 0;

    /// <summary>GetAuthData.</summary>
    public const int GetAuthData = 1;

    /// <summary>AuthData: empty until it was asked for.</summary>
    public const int AuthData = 2;

    /// <summary>AuthStatus: <see cref="Idle"/>, <see cref="DataAvailable"/> or <see cref="Failed"/>.</summary>
    public const int AuthStatus = 3;

    /// <summary>There is no data.</summary>
    public const int Idle = 0;

    /// <summary>Data waits to be read.</summary>
    public const int DataAvailable = 1;

    /// <summary>The data that was asked for could not be made.</summary>
    public const int Failed = 2;

    /// <summary>Makes the object, without instances.</summary>
    /// <param name="capacity">How many values it holds; an instance with four identities takes eight.</param>
    public Portfolio(int capacity = 128)
        : base(Define(), capacity)
    {
    }

    /// <summary>Makes the data that servers ask for. GetAuthData and AuthStatus exist only where it is set.</summary>
    public AuthenticationService? Service { get; set; }

    /// <inheritdoc/>
    protected override bool Has(int instance, int resource) =>
        (Service != null || resource != GetAuthData && resource != AuthStatus) && base.Has(instance, resource);

    // Servers can write neither: the device provides them.
    /// <inheritdoc/>
    protected override void OnCreated(int instance)
    {
        SetEmpty(instance, AuthData);
        Set(instance, AuthStatus, Idle);
    }

    /// <inheritdoc/>
    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        if (Service == null)
            return Outcome.MethodNotAllowed;
        Set(instance, AuthStatus, Idle);
        SetEmpty(instance, AuthData);
        byte[]? data = Service(this, instance, arguments);
        if (data != null)
            SetInstance(instance, AuthData, 0, data);
        Set(instance, AuthStatus, data == null ? Failed : DataAvailable);
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected override Outcome Read(int instance, int resource, ValueWriter value)
    {
        Outcome outcome = base.Read(instance, resource, value);
        // Back to idle once the data was returned to a server.
        if (outcome == Outcome.Ok && resource == AuthData && value.IsSent)
            Set(instance, AuthStatus, Idle);
        return outcome;
    }

    private static ObjectDefinition Define() => new ObjectDefinition(
        16,
        "1.0",
        Resource.ReadWrite(Identity, DataType.String, multiple: true, mandatory: true),
        Resource.Executable(GetAuthData),
        Resource.ReadOnly(AuthData, DataType.Opaque, multiple: true, mandatory: true),
        Resource.ReadOnly(AuthStatus, DataType.Integer))
        .WithRange(AuthStatus, Idle, Failed);
}
