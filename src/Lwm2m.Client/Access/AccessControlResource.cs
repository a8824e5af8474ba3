namespace Lwm2m.Client;

/// <summary>Ids of the resources of the Access Control object (/2).</summary>
public static class AccessControlResource
{
    /// <summary>Object ID: the object that the entry is about.</summary>
    public const int ObjectId = 0;

    /// <summary>Object Instance ID: its instance, or 65535 for the right to create instances.</summary>
    public const int ObjectInstanceId = 1;

    /// <summary>ACL: rights by Short Server ID; instance 0 is for all servers that have none of their own.</summary>
    public const int Acl = 2;

    /// <summary>Access Control Owner: Short Server ID, or 65535 where only a bootstrap server may change the entry.</summary>
    public const int Owner = 3;
}
