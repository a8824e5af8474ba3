using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// What a client tells its application: derive, override what is of interest, and pass it to
/// <see cref="Lwm2mClient.Listener"/>. All methods are called on the runner's thread while the engine works: keep them short.
/// They may call the client's verbs, which take effect when the engine is done with the step at hand. What one of them throws is
/// handed to <see cref="OnHandlerError"/>.
/// </summary>
public abstract class ClientListener
{
    /// <summary>The state of a registration changed.</summary>
    /// <param name="server">The account, in its new state.</param>
    /// <param name="before">The state before.</param>
    public virtual void OnStateChanged(ServerAccount server, RegistrationState before)
    {
    }

    /// <summary>A server confirmed a Register; <see cref="ServerAccount.LocationPath"/> is its location.</summary>
    /// <param name="server">The account.</param>
    public virtual void OnRegistered(ServerAccount server)
    {
    }

    /// <summary>A server confirmed an Update.</summary>
    /// <param name="server">The account.</param>
    public virtual void OnUpdated(ServerAccount server)
    {
    }

    /// <summary>In queue mode: the awake window is over, and the client is silent toward this server.</summary>
    /// <param name="server">The account.</param>
    public virtual void OnSleeping(ServerAccount server)
    {
    }

    /// <summary>In queue mode: the client woke for this server; an Update, or what ended the sleep, is on its way.</summary>
    /// <param name="server">The account.</param>
    public virtual void OnAwake(ServerAccount server)
    {
    }

    /// <summary>The client left a server, by De-register or because the server's answer to it did not come.</summary>
    /// <param name="server">The account.</param>
    public virtual void OnDeregistered(ServerAccount server)
    {
    }

    /// <summary>An attempt to register failed; the next one follows by itself.</summary>
    /// <param name="server">The account, with <see cref="ServerAccount.LastFailure"/> and its code.</param>
    /// <param name="retryInMs">Milliseconds until the next attempt.</param>
    public virtual void OnRegistrationFailed(ServerAccount server, long retryInMs)
    {
    }

    /// <summary>A server wrote a resource or one instance of it.</summary>
    /// <param name="server">Who wrote.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1 when the whole resource was written.</param>
    public virtual void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
    }

    /// <summary>A server executed a resource.</summary>
    /// <param name="server">Who executed.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource.</param>
    /// <param name="arguments">The arguments, valid during the call only.</param>
    public virtual void OnExecuted(ServerAccount server, int objectId, int instanceId, int resourceId, ExecuteArguments arguments)
    {
    }

    /// <summary>A server created an object instance.</summary>
    /// <param name="server">Who created.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">The new instance.</param>
    public virtual void OnCreated(ServerAccount server, int objectId, int instanceId)
    {
    }

    /// <summary>A server deleted an object instance, or (LwM2M 1.2) one instance of a resource.</summary>
    /// <param name="server">Who deleted.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource, or -1 for the whole object instance.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1.</param>
    public virtual void OnDeleted(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
    }

    /// <summary>A server observes a path from now on.</summary>
    /// <param name="server">Who observes.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance, or -1.</param>
    /// <param name="resourceId">Resource, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1.</param>
    public virtual void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
    }

    /// <summary>A server observes a path no more: cancelled, reset, or the observed instance is gone.</summary>
    /// <param name="server">Who observed.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance, or -1.</param>
    /// <param name="resourceId">Resource, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1.</param>
    public virtual void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
    }

    /// <summary>The state of the bootstrap changed.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="before">The state before.</param>
    public virtual void OnBootstrapStateChanged(BootstrapState state, BootstrapState before)
    {
    }

    /// <summary>A bootstrap server gave the client its servers. The client registers there next.</summary>
    public virtual void OnBootstrapped()
    {
    }

    /// <summary>A bootstrap failed; everything is as it was before it, and the next attempt follows by itself.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="code">CoAP code of the bootstrap server's refusal, for example 0x80 for 4.00; 0 where it gave none.</param>
    /// <param name="retryInMs">Milliseconds until the next attempt.</param>
    public virtual void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs)
    {
    }

    /// <summary>A record of the client's storage could not be read, and was set aside, or could not be written.</summary>
    /// <param name="record">Name of the record, see <see cref="IStorage"/>.</param>
    /// <param name="failure">What went wrong.</param>
    public virtual void OnStorageFailed(string record, StorageFailure failure)
    {
    }

    /// <summary>A server confirmed a message of <see cref="Lwm2mClient.Send(int, string[], out int)"/>.</summary>
    /// <param name="server">Who confirmed.</param>
    /// <param name="id">What the call answered.</param>
    public virtual void OnSent(ServerAccount server, int id)
    {
    }

    /// <summary>A message of <see cref="Lwm2mClient.Send(int, string[], out int)"/> was refused by a server and is dropped.</summary>
    /// <param name="server">Who refused.</param>
    /// <param name="id">What the call answered.</param>
    /// <param name="code">The CoAP code, for example 0x84 for 4.04; 0 where it was reset, or too large for this client's own limits.</param>
    public virtual void OnSendFailed(ServerAccount server, int id, int code)
    {
    }

    /// <summary>A handler of an object threw, and where a server waited for an answer it got 5.00; or a method of this listener threw,
    /// which changed nothing.</summary>
    /// <param name="server">Whose request it was; null where none waited.</param>
    /// <param name="thrown">What was thrown.</param>
    public virtual void OnHandlerError(ServerAccount? server, Exception thrown)
    {
    }
}
