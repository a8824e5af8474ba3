using System;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Cellular;

/// <summary>
/// The APN Connection Profile object (/11): one instance for each way into a network. Servers may create, write and delete profiles; where
/// the client has a storage, it keeps them. Instance n is the modem's context n + 1 (see <see cref="ContextOf"/>).
/// <para>The secret (/11/x/6) can be written and not be read, unlike in the registry: servers have no use for it, and others must not see it.
/// </para>
/// </summary>
public class ApnProfileObject : StoredObject
{
    /// <summary>PDN type of a connection without IP.</summary>
    public const int NonIP = 0;

    /// <summary>PDN type IPv4.</summary>
    public const int IPv4 = 1;

    /// <summary>PDN type IPv6.</summary>
    public const int IPv6 = 2;

    /// <summary>PDN type IPv4v6.</summary>
    public const int IPv4v6 = 3;

    /// <summary>Authentication type: none.</summary>
    public const int NoAuthentication = 3;

    // How many attempts to connect are remembered for each profile; the registry leaves it to the device.
    private const int KeptAttempts = 4;

    /// <summary>Makes the object without profiles.</summary>
    /// <param name="maxProfiles">The largest number of profiles.</param>
    /// <param name="capacity">How many values it holds, all profiles together. A profile with name, APN, type and authentication takes four,
    /// each remembered attempt to connect two to four.</param>
    public ApnProfileObject(int maxProfiles = 4, int capacity = 48)
        : base(Define(maxProfiles), capacity)
    {
    }

    /// <summary>Who acts on what is set; null for nobody.</summary>
    public ISettingsListener? Settings { get; set; }

    /// <summary>Adds a profile without user and secret.</summary>
    /// <param name="name">Its name, for people.</param>
    /// <param name="apn">The access point name; empty leaves the choice to the network.</param>
    /// <param name="pdnType">For example <see cref="NonIP"/>.</param>
    /// <returns>Its instance.</returns>
    /// <exception cref="InvalidOperationException">There is no room for it.</exception>
    public int AddProfile(string name, string apn, int pdnType)
    {
        int instance = FreeInstanceId();
        AddInstance(instance);
        Set(instance, ApnProfileResource.ProfileName, name);
        Set(instance, ApnProfileResource.Apn, apn);
        Set(instance, ApnProfileResource.AuthenticationType, NoAuthentication);
        Set(instance, ApnProfileResource.PdnType, pdnType);
        return instance;
    }

    /// <summary>The modem's context for a profile.</summary>
    /// <param name="instance">The profile.</param>
    public static int ContextOf(int instance) => instance + 1;

    /// <summary>False when a server or the application disabled the profile (/11/x/3).</summary>
    /// <param name="instance">The profile.</param>
    public bool IsEnabled(int instance) =>
        HasInstance(instance) && (GetBoolean(instance, ApnProfileResource.EnableStatus, out bool enabled) != Outcome.Ok || enabled);

    /// <summary>An attempt to connect began and ended (/11/x/9 to 11). The last ones are kept, the newest with the highest instance id.</summary>
    /// <param name="instance">The profile.</param>
    /// <param name="unixSeconds">When it was made, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="rejectCause">-1 when it was accepted; else why the network refused it, 0..111 (24.008, 24.301).</param>
    public void AddAttempt(int instance, long unixSeconds, int rejectCause)
    {
        int place = LastAttempt(instance) + 1;
        if (place > Resource.MaxId)
            return;
        SetInstance(instance, ApnProfileResource.ConnectionTime, place, unixSeconds);
        SetInstance(instance, ApnProfileResource.ConnectionResult, place, rejectCause < 0 ? 0L : 1L);
        if (rejectCause >= 0)
            SetInstance(instance, ApnProfileResource.RejectCause, place, (long)rejectCause);
        if (CountInstances(instance, ApnProfileResource.ConnectionTime) <= KeptAttempts)
            return;
        int oldest = NextInstance(instance, ApnProfileResource.ConnectionTime, -1);
        Remove(instance, ApnProfileResource.ConnectionTime, oldest);
        Remove(instance, ApnProfileResource.ConnectionResult, oldest);
        Remove(instance, ApnProfileResource.RejectCause, oldest);
        Remove(instance, ApnProfileResource.ConnectionEndTime, oldest);
    }

    /// <summary>The connection of the last attempt ended (/11/x/12).</summary>
    /// <param name="instance">The profile.</param>
    /// <param name="unixSeconds">When, in seconds since 1970-01-01T00:00:00Z.</param>
    public void EndConnection(int instance, long unixSeconds)
    {
        int last = LastAttempt(instance);
        if (last >= 0)
            SetInstance(instance, ApnProfileResource.ConnectionEndTime, last, unixSeconds);
    }

    /// <summary>Sets the addresses of a profile's connection (/11/x/15); without IP there is none.</summary>
    /// <param name="instance">The profile.</param>
    /// <param name="addresses">The addresses as text.</param>
    public void SetAddresses(int instance, params string[] addresses) => TextList.Set(this, instance, ApnProfileResource.IPAddress, addresses);

    /// <summary>The network told how many messages may go (/11/x/25 and 27, from <c>+CGAPNRC</c>).</summary>
    /// <param name="instance">The profile.</param>
    /// <param name="messages">The largest number of messages in a unit of time; -1 for none, and it vanishes.</param>
    /// <param name="unit">0 unrestricted, 1 minute, 2 hour, 3 day, 4 week.</param>
    public void SetRateControl(int instance, int messages, int unit) =>
        SetRate(instance, ApnProfileResource.RateControl, messages, ApnProfileResource.UplinkTimeUnit, unit);

    /// <summary>The network told how many messages with exceptional data may go (/11/x/28 and 29).</summary>
    /// <inheritdoc cref="SetRateControl"/>
    public void SetExceptionRateControl(int instance, int messages, int unit) =>
        SetRate(instance, ApnProfileResource.ExceptionRateControl, messages, ApnProfileResource.ExceptionTimeUnit, unit);

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (resource <= ApnProfileResource.Secret || resource == ApnProfileResource.PdnType)
            Settings?.SettingChanged(CellularObjectIds.ApnProfile, instance, resource);
    }

    /// <inheritdoc/>
    protected override void OnDeleted(int instance) => Settings?.SettingChanged(CellularObjectIds.ApnProfile, instance, -1);

    private int LastAttempt(int instance)
    {
        int last = -1;
        int next;
        while ((next = NextInstance(instance, ApnProfileResource.ConnectionTime, last)) >= 0)
            last = next;
        return last;
    }

    private void SetRate(int instance, int resource, int messages, int unitResource, int unit)
    {
        if (messages < 0)
            Remove(instance, resource);
        else
            Set(instance, resource, messages);
        Set(instance, unitResource, unit);
    }

    private static ObjectDefinition Define(int maxProfiles) => new ObjectDefinition(
        CellularObjectIds.ApnProfile,
        "1.1",
        Resource.ReadWrite(ApnProfileResource.ProfileName, DataType.String, mandatory: true),
        Resource.ReadWrite(ApnProfileResource.Apn, DataType.String),
        Resource.ReadWrite(ApnProfileResource.AutoSelect, DataType.Boolean),
        Resource.ReadWrite(ApnProfileResource.EnableStatus, DataType.Boolean),
        Resource.ReadWrite(ApnProfileResource.AuthenticationType, DataType.Integer, mandatory: true),
        Resource.ReadWrite(ApnProfileResource.UserName, DataType.String),
        Resource.WriteOnly(ApnProfileResource.Secret, DataType.String),
        Resource.ReadWrite(ApnProfileResource.ReconnectSchedule, DataType.String),
        Resource.ReadWrite(ApnProfileResource.Validity, DataType.String, multiple: true),
        Resource.ReadOnly(ApnProfileResource.ConnectionTime, DataType.Time, multiple: true),
        Resource.ReadOnly(ApnProfileResource.ConnectionResult, DataType.Integer, multiple: true),
        Resource.ReadOnly(ApnProfileResource.RejectCause, DataType.Integer, multiple: true),
        Resource.ReadOnly(ApnProfileResource.ConnectionEndTime, DataType.Time, multiple: true),
        Resource.ReadOnly(ApnProfileResource.TotalBytesSent, DataType.Integer),
        Resource.ReadOnly(ApnProfileResource.TotalBytesReceived, DataType.Integer),
        Resource.ReadWrite(ApnProfileResource.IPAddress, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.PrefixLength, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.SubnetMask, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.Gateway, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.PrimaryDns, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.SecondaryDns, DataType.String, multiple: true),
        Resource.ReadOnly(ApnProfileResource.Qci, DataType.Integer),
        Resource.ReadOnly(ApnProfileResource.VendorExtensions, DataType.ObjectLink),
        Resource.ReadOnly(ApnProfileResource.TotalPacketsSent, DataType.Integer),
        Resource.ReadWrite(ApnProfileResource.PdnType, DataType.Integer),
        Resource.ReadOnly(ApnProfileResource.RateControl, DataType.Integer),
        Resource.ReadWrite(ApnProfileResource.ServingPlmnRateControl, DataType.Unsigned),
        Resource.ReadWrite(ApnProfileResource.UplinkTimeUnit, DataType.Unsigned),
        Resource.ReadOnly(ApnProfileResource.ExceptionRateControl, DataType.Integer),
        Resource.ReadWrite(ApnProfileResource.ExceptionTimeUnit, DataType.Unsigned),
        Resource.ReadWrite(ApnProfileResource.SupportedRatTypes, DataType.Unsigned, multiple: true),
        Resource.ReadWrite(ApnProfileResource.RdsApplicationId, DataType.String, multiple: true),
        Resource.ReadWrite(ApnProfileResource.RdsDestinationPort, DataType.Integer, multiple: true),
        Resource.ReadWrite(ApnProfileResource.RdsSourcePort, DataType.Integer, multiple: true)) { MaxInstances = maxProfiles }
        .WithRange(ApnProfileResource.AuthenticationType, 0, 3)
        .WithRange(ApnProfileResource.RejectCause, 0, 111)
        .WithRange(ApnProfileResource.Qci, 1, 9)
        .WithRange(ApnProfileResource.PdnType, 0, 3)
        .WithRange(ApnProfileResource.UplinkTimeUnit, 0, 4)
        .WithRange(ApnProfileResource.ExceptionTimeUnit, 0, 4)
        .WithRange(ApnProfileResource.RdsDestinationPort, 0, 15)
        .WithRange(ApnProfileResource.RdsSourcePort, 0, 15);
}
