using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>
/// Whether the client can live with what a bootstrap left behind (Core 6.1.7.7): at least one server, each with all that it needs.
/// </summary>
internal static class AccountCheck
{
    // Made when they are needed: on the board a static array would lie on the heap for ever.
    private static byte[] NeededOfSecurity => new byte[] { SecurityResource.ServerUri, SecurityResource.SecurityMode };

    private static byte[] NeededOfServer => new byte[]
    {
        ServerResource.ShortServerId, ServerResource.Lifetime, ServerResource.NotificationStoring, ServerResource.Binding
    };

    /// <summary>What is wrong, for the person who reads the 4.06; null when nothing is.</summary>
    public static string? FindInconsistency(SecurityObject security, ServerObject servers, ObjectRegistry objects, int maxServers, bool needsServer)
    {
        int count = 0;
        int bootstraps = 0;
        for (int position = 0; position < security.InstanceCount; position++)
        {
            int instance = security.InstanceAt(position);
            bool isBootstrap = security.IsBootstrap(instance);
            if (isBootstrap && ++bootstraps > 1)
                return "/0/" + instance + " is a second bootstrap account";
            string? wrong = Missing(security, instance, NeededOfSecurity) ?? WrongWith(security, servers, objects, instance, isBootstrap);
            if (wrong != null)
                return wrong;
            if (!isBootstrap && ++count > maxServers)
                return "/0/" + instance + " is one server too many";
        }

        for (int position = 0; position < servers.InstanceCount; position++)
        {
            int instance = servers.InstanceAt(position);
            string? wrong = Missing(servers, instance, NeededOfServer);
            if (wrong != null)
                return wrong;
            int shortServerId = servers.ShortServerId(instance);
            if (servers.InstanceOf(shortServerId) != instance)
                return "/1/" + instance + "/0 is doubled";
            if (security.InstanceOf(shortServerId) < 0)
                return "no instance of /0 has the Short Server ID of /1/" + instance;
        }

        return count == 0 && needsServer ? "there is no server account" : null;
    }

    private static string? WrongWith(SecurityObject security, ServerObject servers, ObjectRegistry objects, int instance, bool isBootstrap)
    {
        if (ServerUri.TryParse(security.Uri(instance)) == null)
            return "/0/" + instance + "/0 is no server URI";
        if (security.GetLink(instance, SecurityResource.OscoreSecurityMode, out int linkedObject, out int linkedInstance) == Outcome.Ok)
        {
            Lwm2mObject? linked = objects.Find(linkedObject);
            if (linked == null || !linked.HasInstance(linkedInstance))
                return "/0/" + instance + "/17 links to nothing";
        }

        if (isBootstrap)
            return null;
        int shortServerId = security.ShortServerId(instance);
        if (shortServerId < 1 || shortServerId > Resource.MaxId)
            return "/0/" + instance + "/10 is missing or out of range";
        if (security.InstanceOf(shortServerId) != instance)
            return "/0/" + instance + "/10 is doubled";
        return servers.InstanceOf(shortServerId) < 0 ? "no instance of /1 has the Short Server ID of /0/" + instance : null;
    }

    private static string? Missing(StoredObject held, int instance, byte[] needed)
    {
        for (int at = 0; at < needed.Length; at++)
            if (!held.IsSet(instance, needed[at]))
                return "/" + held.Definition.ObjectId + "/" + instance + "/" + needed[at] + " is missing";
        return null;
    }
}
