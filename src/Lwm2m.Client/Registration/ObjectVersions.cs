namespace Lwm2m.Client;

/// <summary>Which objects need a <c>ver</c> attribute in Register and Discover (Core 7.2.2; table of core object versions per enabler).</summary>
internal static class ObjectVersions
{
    /// <summary>The version to announce, or null where the server knows it already.</summary>
    public static string? Announced(ObjectDefinition definition, LwM2MVersion enabler)
    {
        int objectId = definition.ObjectId;
        // Server and Device are this library's own and follow the agreed enabler version, whatever it is. For 1.2 the table of
        // default versions is in doubt for 2 to 5, and an attribute that tells the default is legal: say it.
        if (objectId <= ObjectIds.Server)
            return null;
        if (objectId == ObjectIds.Device)
            return enabler == LwM2MVersion.V12 ? "1.2" : null;

        string version = definition.Version;
        string expected = Default(objectId, enabler);
        bool doubtful = enabler == LwM2MVersion.V12 && objectId >= 2 && objectId <= 5;
        return doubtful || version != expected ? version : null;
    }

    private static string Default(int objectId, LwM2MVersion enabler)
    {
        if (objectId == 4 && enabler == LwM2MVersion.V11)
            return "1.2";
        if (objectId == 21 && enabler == LwM2MVersion.V12)
            return "2.0";
        return "1.0";
    }
}
