namespace Lwm2m.Client;

/// <summary>Who hears that an object's values or instances changed: the client, from the moment the object is added to it.
/// May be called from any thread.</summary>
internal interface IChangeListener
{
    /// <summary>A value changed by itself or by the application, not by a request.</summary>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource, or -1 for any of the instance.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1 for any of the resource.</param>
    void OnChanged(int objectId, int instanceId, int resourceId, int resourceInstanceId);

    /// <summary>Object instances came or went, whoever caused it.</summary>
    /// <param name="objectId">Object.</param>
    /// <param name="removedInstance">The instance that is gone, or -1.</param>
    void OnInstancesChanged(int objectId, int removedInstance);
}
