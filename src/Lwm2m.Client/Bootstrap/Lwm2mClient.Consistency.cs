namespace Lwm2m.Client;

// Whether the client can live with what a bootstrap left behind (Core 6.1.7.7): at least one server, each with all that it needs.
public sealed partial class Lwm2mClient
{
    private static readonly byte[] NeededOfSecurity = { SecurityResource.ServerUri, SecurityResource.SecurityMode };

    private static readonly byte[] NeededOfServer =
    {
        ServerResource.ShortServerId, ServerResource.Lifetime, ServerResource.NotificationStoring, ServerResource.Binding
    };

    /// <summary>What is wrong, for the person who reads the 4.06; null when nothing is.</summary>
    private string? FindInconsistency(bool needsServer = true)
    {
        int servers = 0;
        int bootstraps = 0;
        for (int position = 0; position < Security.InstanceCount; position++)
        {
            int instance = Security.InstanceAt(position);
            bool isBootstrap = Security.IsBootstrap(instance);
            if (isBootstrap && ++bootstraps > 1)
                return "/0/" + instance + " is a second bootstrap account";
            string? wrong = Missing(Security, instance, NeededOfSecurity) ?? WrongWith(instance, isBootstrap);
            if (wrong != null)
                return wrong;
            if (!isBootstrap && ++servers > _accounts.Length)
                return "/0/" + instance + " is one server too many";
        }

        for (int position = 0; position < Servers.InstanceCount; position++)
        {
            int instance = Servers.InstanceAt(position);
            string? wrong = Missing(Servers, instance, NeededOfServer);
            if (wrong != null)
                return wrong;
            int shortServerId = Servers.ShortServerId(instance);
            if (Servers.InstanceOf(shortServerId) != instance)
                return "/1/" + instance + "/0 is doubled";
            if (Security.InstanceOf(shortServerId) < 0)
                return "no instance of /0 has the Short Server ID of /1/" + instance;
        }

        return servers == 0 && needsServer ? "there is no server account" : null;
    }

    private string? WrongWith(int instance, bool isBootstrap)
    {
        if (ServerUri.TryParse(Security.Uri(instance)) == null)
            return "/0/" + instance + "/0 is no server URI";
        if (Security.GetLink(instance, SecurityResource.OscoreSecurityMode, out int linkedObject, out int linkedInstance) == Outcome.Ok)
        {
            Lwm2mObject? linked = _objects.Find(linkedObject);
            if (linked == null || !linked.HasInstance(linkedInstance))
                return "/0/" + instance + "/17 links to nothing";
        }

        if (isBootstrap)
            return null;
        int shortServerId = Security.ShortServerId(instance);
        if (shortServerId < 1 || shortServerId > Resource.MaxId)
            return "/0/" + instance + "/10 is missing or out of range";
        if (Security.InstanceOf(shortServerId) != instance)
            return "/0/" + instance + "/10 is doubled";
        return Servers.InstanceOf(shortServerId) < 0 ? "no instance of /1 has the Short Server ID of /0/" + instance : null;
    }

    private static string? Missing(StoredObject held, int instance, byte[] needed)
    {
        for (int at = 0; at < needed.Length; at++)
            if (!held.IsSet(instance, needed[at]))
                return "/" + held.Definition.ObjectId + "/" + instance + "/" + needed[at] + " is missing";
        return null;
    }
}
