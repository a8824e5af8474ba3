using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The Security object (/0): where the servers are and how to be sure of them. No server can read or write it (4.01) but a
/// bootstrap server. An account is a Security instance and the <see cref="ServerObject"/> instance with the same Short Server ID.
/// </summary>
public class SecurityObject : StoredObject
{
    /// <summary>Security mode of an account without security.</summary>
    public const int NoSecurity = 3;

    private const long MaxSeconds = 0xFFFFFFFF;

    /// <summary>Makes the object, without accounts.</summary>
    /// <param name="capacity">How many values all accounts together hold; one without security takes four.</param>
    public SecurityObject(int capacity = 64)
        : base(Define(), capacity) => AllowCreate = false;

    /// <summary>Adds the account of a server without security, under the next free instance id.</summary>
    /// <param name="uri">URI of the server, at most 255 bytes.</param>
    /// <param name="shortServerId">Short Server ID, 1..65534, unique.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ArgumentException">The URI is too long, or the id is out of range or taken.</exception>
    public int AddAccount(string uri, int shortServerId)
    {
        if (InstanceOf(shortServerId) >= 0)
            throw new ArgumentException("/0: Short Server ID " + shortServerId + " is taken.", nameof(shortServerId));
        if (shortServerId < 1 || shortServerId > Resource.MaxId)
            throw new ArgumentException("/0: Short Server ID " + shortServerId + " is not in 1..65534.", nameof(shortServerId));
        int instance = FreeInstanceId();
        AddInstance(instance);
        try
        {
            SetAddress(instance, uri);
            Set(instance, SecurityResource.BootstrapServer, false);
            Set(instance, SecurityResource.SecurityMode, NoSecurity);
            Set(instance, SecurityResource.ShortServerId, shortServerId);
        }
        catch
        {
            RemoveInstance(instance);
            throw;
        }

        return instance;
    }

    /// <summary>Adds the account of a bootstrap server without security, under the next free instance id.</summary>
    /// <param name="uri">URI of the bootstrap server, at most 255 bytes.</param>
    /// <param name="holdOffSeconds">How long the client waits before a bootstrap that it decides on itself, /0/x/11.</param>
    /// <param name="accountTimeoutSeconds">How long the account lives on after a successful bootstrap, /0/x/12; 0 is for ever.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ArgumentException">The URI is too long, a time is negative, or there is a bootstrap account already.</exception>
    public int AddBootstrapAccount(string uri, long holdOffSeconds = 0, long accountTimeoutSeconds = 0)
    {
        if (BootstrapInstance() >= 0)
            throw new ArgumentException("/0: there is a bootstrap account already.", nameof(uri));
        int instance = FreeInstanceId();
        AddInstance(instance);
        try
        {
            SetAddress(instance, uri);
            Set(instance, SecurityResource.BootstrapServer, true);
            Set(instance, SecurityResource.SecurityMode, NoSecurity);
            if (holdOffSeconds != 0)
                Set(instance, SecurityResource.ClientHoldOffTime, holdOffSeconds);
            if (accountTimeoutSeconds != 0)
                Set(instance, SecurityResource.BootstrapAccountTimeout, accountTimeoutSeconds);
        }
        catch
        {
            RemoveInstance(instance);
            throw;
        }

        return instance;
    }

    /// <summary>The instance of the bootstrap server's account, or -1.</summary>
    public int BootstrapInstance()
    {
        for (int position = 0; position < InstanceCount; position++)
            if (IsBootstrap(InstanceAt(position)))
                return InstanceAt(position);
        return -1;
    }

    /// <summary>The instance with a Short Server ID, or -1. Bootstrap servers are not looked at.</summary>
    public int InstanceOf(int shortServerId)
    {
        for (int position = 0; position < InstanceCount; position++)
        {
            int instance = InstanceAt(position);
            if (ShortServerId(instance) == shortServerId && !IsBootstrap(instance))
                return instance;
        }

        return -1;
    }

    /// <summary>URI of the server; empty when there is none.</summary>
    public string Uri(int instance)
    {
        GetString(instance, SecurityResource.ServerUri, out string uri);
        return uri;
    }

    /// <summary>True for the account of a bootstrap server.</summary>
    public bool IsBootstrap(int instance)
    {
        GetBoolean(instance, SecurityResource.BootstrapServer, out bool bootstrap);
        return bootstrap;
    }

    /// <summary>How long the client waits before a bootstrap that it decides on itself, in seconds; default 0.</summary>
    public long HoldOffSeconds(int instance)
    {
        GetInteger(instance, SecurityResource.ClientHoldOffTime, out long seconds);
        return seconds;
    }

    /// <summary>How long a bootstrap account lives on after a successful bootstrap, in seconds; 0 (default) is for ever.</summary>
    public long AccountTimeoutSeconds(int instance)
    {
        GetInteger(instance, SecurityResource.BootstrapAccountTimeout, out long seconds);
        return seconds;
    }

    /// <summary>Short Server ID; 0 when there is none.</summary>
    public int ShortServerId(int instance)
    {
        GetInteger(instance, SecurityResource.ShortServerId, out long shortServerId);
        return (int)shortServerId;
    }

    // A number is the address, and the only sender that is listened to.
    private void SetAddress(int instance, string uri)
    {
        Set(instance, SecurityResource.ServerUri, uri);
        if (uri.Length < 4 || uri.Substring(0, 4) != "tel:")
            return;
        Set(instance, SecurityResource.SmsSecurityMode, NoSecurity);
        Set(instance, SecurityResource.ServerSmsNumber, uri.Substring(4));
    }

    private static ObjectDefinition Define() => new ObjectDefinition(
        ObjectIds.Security,
        "1.2",
        Resource.Hidden(SecurityResource.ServerUri, DataType.String, mandatory: true),
        Resource.Hidden(SecurityResource.BootstrapServer, DataType.Boolean, mandatory: true),
        Resource.Hidden(SecurityResource.SecurityMode, DataType.Integer, mandatory: true),
        Resource.Hidden(SecurityResource.PublicKeyOrIdentity, DataType.Opaque, mandatory: true),
        Resource.Hidden(SecurityResource.ServerPublicKey, DataType.Opaque, mandatory: true),
        Resource.Hidden(SecurityResource.SecretKey, DataType.Opaque, mandatory: true),
        Resource.Hidden(SecurityResource.SmsSecurityMode, DataType.Integer),
        Resource.Hidden(SecurityResource.SmsBindingKeyParameters, DataType.Opaque),
        Resource.Hidden(SecurityResource.SmsBindingSecretKeys, DataType.Opaque),
        Resource.Hidden(SecurityResource.ServerSmsNumber, DataType.String),
        Resource.Hidden(SecurityResource.ShortServerId, DataType.Integer),
        Resource.Hidden(SecurityResource.ClientHoldOffTime, DataType.Integer),
        Resource.Hidden(SecurityResource.BootstrapAccountTimeout, DataType.Integer),
        Resource.Hidden(SecurityResource.MatchingType, DataType.Unsigned),
        Resource.Hidden(SecurityResource.Sni, DataType.String),
        Resource.Hidden(SecurityResource.CertificateUsage, DataType.Unsigned),
        Resource.Hidden(SecurityResource.CipherSuite, DataType.Unsigned, multiple: true),
        Resource.Hidden(SecurityResource.OscoreSecurityMode, DataType.ObjectLink),
        Resource.Hidden(SecurityResource.GroupsToUse, DataType.Unsigned, multiple: true),
        Resource.Hidden(SecurityResource.SignatureAlgorithmsOfServer, DataType.Unsigned, multiple: true),
        Resource.Hidden(SecurityResource.SignatureAlgorithmsToUse, DataType.Unsigned, multiple: true),
        Resource.Hidden(SecurityResource.SignatureAlgorithmCertsOfServer, DataType.Unsigned, multiple: true),
        Resource.Hidden(SecurityResource.Tls13FeaturesToUse, DataType.Unsigned),
        Resource.Hidden(SecurityResource.TlsExtensionsOfServer, DataType.Unsigned),
        Resource.Hidden(SecurityResource.TlsExtensionsToUse, DataType.Unsigned),
        Resource.Hidden(SecurityResource.SecondaryServerUri, DataType.String, multiple: true),
        Resource.Hidden(SecurityResource.MqttServer, DataType.ObjectLink),
        Resource.Hidden(SecurityResource.Cose, DataType.ObjectLink, multiple: true),
        Resource.Hidden(SecurityResource.RdsDestinationPort, DataType.Integer),
        Resource.Hidden(SecurityResource.RdsSourcePort, DataType.Integer),
        Resource.Hidden(SecurityResource.RdsApplicationId, DataType.String))
        .WithRange(SecurityResource.ServerUri, 0, 255)
        .WithRange(SecurityResource.SecurityMode, 0, 4)
        .WithRange(SecurityResource.SmsSecurityMode, 0, 255)
        // 1..65534 for a server; what some bootstrap servers write into their own account means nothing, and is no error.
        .WithRange(SecurityResource.ShortServerId, 0, 65535)
        .WithRange(SecurityResource.ClientHoldOffTime, 0, MaxSeconds)
        .WithRange(SecurityResource.BootstrapAccountTimeout, 0, MaxSeconds)
        .WithRange(SecurityResource.MatchingType, 0, 3)
        .WithRange(SecurityResource.CertificateUsage, 0, 3)
        .WithRange(SecurityResource.SecondaryServerUri, 0, 255)
        .WithRange(SecurityResource.RdsDestinationPort, 0, 15)
        .WithRange(SecurityResource.RdsSourcePort, 0, 15);
}
