using System;

namespace Lwm2m.Client;

/// <summary>
/// The application's listener behind a fence: what it throws is reported to <see cref="OnHandlerError"/> and ends there, so that
/// neither the request at hand nor the runner suffers from it.
/// </summary>
internal sealed class GuardedListener : ClientListener
{
    public GuardedListener(ClientListener guarded) => Guarded = guarded;

    /// <summary>The application's own.</summary>
    public ClientListener Guarded { get; }

    public override void OnStateChanged(ServerAccount server, RegistrationState before)
    {
        try
        {
            Guarded.OnStateChanged(server, before);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnRegistered(ServerAccount server)
    {
        try
        {
            Guarded.OnRegistered(server);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnUpdated(ServerAccount server)
    {
        try
        {
            Guarded.OnUpdated(server);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnSleeping(ServerAccount server)
    {
        try
        {
            Guarded.OnSleeping(server);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnAwake(ServerAccount server)
    {
        try
        {
            Guarded.OnAwake(server);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnDeregistered(ServerAccount server)
    {
        try
        {
            Guarded.OnDeregistered(server);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnRegistrationFailed(ServerAccount server, long retryInMs)
    {
        try
        {
            Guarded.OnRegistrationFailed(server, retryInMs);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        try
        {
            Guarded.OnWritten(server, objectId, instanceId, resourceId, resourceInstanceId);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnExecuted(ServerAccount server, int objectId, int instanceId, int resourceId, ExecuteArguments arguments)
    {
        try
        {
            Guarded.OnExecuted(server, objectId, instanceId, resourceId, arguments);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnCreated(ServerAccount server, int objectId, int instanceId)
    {
        try
        {
            Guarded.OnCreated(server, objectId, instanceId);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnDeleted(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        try
        {
            Guarded.OnDeleted(server, objectId, instanceId, resourceId, resourceInstanceId);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        try
        {
            Guarded.OnObserved(server, objectId, instanceId, resourceId, resourceInstanceId);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        try
        {
            Guarded.OnObservationCancelled(server, objectId, instanceId, resourceId, resourceInstanceId);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnBootstrapStateChanged(BootstrapState state, BootstrapState before)
    {
        try
        {
            Guarded.OnBootstrapStateChanged(state, before);
        }
        catch (Exception thrown)
        {
            OnHandlerError(null, thrown);
        }
    }

    public override void OnBootstrapped()
    {
        try
        {
            Guarded.OnBootstrapped();
        }
        catch (Exception thrown)
        {
            OnHandlerError(null, thrown);
        }
    }

    public override void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs)
    {
        try
        {
            Guarded.OnBootstrapFailed(reason, code, retryInMs);
        }
        catch (Exception thrown)
        {
            OnHandlerError(null, thrown);
        }
    }

    public override void OnStorageFailed(string record, StorageFailure failure)
    {
        try
        {
            Guarded.OnStorageFailed(record, failure);
        }
        catch (Exception thrown)
        {
            OnHandlerError(null, thrown);
        }
    }

    public override void OnSent(ServerAccount server, int id)
    {
        try
        {
            Guarded.OnSent(server, id);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnSendFailed(ServerAccount server, int id, int code)
    {
        try
        {
            Guarded.OnSendFailed(server, id, code);
        }
        catch (Exception thrown)
        {
            OnHandlerError(server, thrown);
        }
    }

    public override void OnHandlerError(ServerAccount? server, Exception thrown)
    {
        try
        {
            Guarded.OnHandlerError(server, thrown);
        }
        catch (Exception)
        {
            // Whoever throws while being told of an exception has nobody left to be told.
        }
    }
}
