using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Cellular;

/// <summary>
/// The Cellular Connectivity object (/10): power saving, release assistance, and a radio that a server can silence. It has one instance, 0.
/// What servers write is a wish: <see cref="Settings"/> hears of it, and the values that the network grants take its place.
/// <see cref="ModemObjects"/> does both with a modem. What nobody set does not exist for servers.
/// </summary>
public class CellularObject : StoredObject
{
    /// <summary>Bit of PSM in /10/0/12 and 13.</summary>
    public const int Psm = 1;

    /// <summary>Bit of eDRX in /10/0/12 and 13.</summary>
    public const int Edrx = 2;

    // T3412 extended counts up to 31 times 320 hours, T3324 up to 31 times 6 minutes (24.008 10.5.7.4a, 10.5.7.3).
    private const int LongestPsmSeconds = 31 * 320 * 3600;
    private const int LongestActiveSeconds = 31 * 360;

    private bool _isGranting;

    /// <summary>Makes the object with its instance 0, without an activated profile.</summary>
    /// <param name="supportedModes">Power saving modes that the modem has: bits <see cref="Psm"/> and <see cref="Edrx"/>.</param>
    /// <param name="capacity">How many values it holds; each activated profile is one.</param>
    public CellularObject(int supportedModes = Psm | Edrx, int capacity = 16)
        : base(Define(), capacity)
    {
        AddInstance(0);
        IsKept = true;
        SetEmpty(0, CellularResource.ActivatedProfileNames);
        Set(0, CellularResource.SupportedPowerSavingModes, supportedModes);
        Set(0, CellularResource.ActivePowerSavingModes, 0);
    }

    /// <summary>Who acts on what is set; null for nobody.</summary>
    public ISettingsListener? Settings { get; set; }

    /// <summary>Power saving modes in use, or wished for: bits <see cref="Psm"/> and <see cref="Edrx"/>.</summary>
    public int ActiveModes => (int)UnsignedOf(CellularResource.ActivePowerSavingModes);

    /// <summary>When a modem is told that a message was the last one: the bits of /10/0/14; 0 where nobody said so.</summary>
    public int ReleaseAssistance
    {
        get => (int)UnsignedOf(CellularResource.ReleaseAssistanceUsage);
        set => Set(0, CellularResource.ReleaseAssistanceUsage, value);
    }

    /// <summary>Wishes for power saving mode with these timers (/10/0/4 and 5), as a server does by writing them.</summary>
    /// <param name="periodicUpdateSeconds">T3412 extended, 0..35712000; the coding rounds it up.</param>
    /// <param name="activeSeconds">T3324, 0..11160; the coding rounds it up.</param>
    public void RequestPsm(int periodicUpdateSeconds, int activeSeconds)
    {
        Set(0, CellularResource.PsmTimer, periodicUpdateSeconds);
        Set(0, CellularResource.ActiveTimer, activeSeconds);
    }

    /// <summary>Wishes for extended discontinuous reception (/10/0/7 to 10), as a server does by writing it.</summary>
    /// <param name="mode">For example <see cref="CellularResource.EdrxNbS1Mode"/>.</param>
    /// <param name="octet">Paging time window in the upper half, cycle in the lower one (24.008 10.5.5.32); a modem can wish for the cycle only.</param>
    public void RequestEdrx(int mode, byte octet)
    {
        Set(0, mode, new byte[] { octet });
    }

    /// <summary>Switches the radio off for a while, as a server does by writing /10/0/1.</summary>
    /// <param name="minutes">1..65535; 0 switches it on again.</param>
    public void DisableRadio(int minutes)
    {
        Set(0, CellularResource.DisableRadioPeriod, minutes);
        Settings?.SettingChanged(CellularObjectIds.Cellular, 0, CellularResource.DisableRadioPeriod);
    }

    /// <summary>The network granted timers of power saving mode; they replace what was wished for.</summary>
    /// <param name="periodicUpdateSeconds">T3412 extended in seconds; -1 where the network named none, and the value stays.</param>
    /// <param name="activeSeconds">T3324 in seconds; -1 where the network granted no power saving mode: its bit is taken out of /10/0/13.</param>
    public void GrantPsm(int periodicUpdateSeconds, int activeSeconds)
    {
        _isGranting = true;
        if (periodicUpdateSeconds >= 0)
            Set(0, CellularResource.PsmTimer, periodicUpdateSeconds);
        if (activeSeconds >= 0)
            Set(0, CellularResource.ActiveTimer, activeSeconds);
        Grant(Psm, activeSeconds >= 0);
        _isGranting = false;
    }

    /// <summary>The network granted extended discontinuous reception; it replaces what was wished for.</summary>
    /// <param name="accessTechnology">As <c>+CEDRXP</c> names it: 1 and 2 A/Gb, 3 Iu, 4 WB-S1, 5 NB-S1; 0 for not in use.</param>
    /// <param name="octet">Paging time window in the upper half, cycle in the lower one.</param>
    public void GrantEdrx(int accessTechnology, byte octet)
    {
        _isGranting = true;
        int mode = EdrxModeOf(accessTechnology);
        if (mode >= 0)
            SetOctet(mode, octet);
        Grant(Edrx, mode >= 0);
        _isGranting = false;
    }

    /// <summary>The profile has a connection now, or has none any more (/10/0/11).</summary>
    /// <param name="profile">Instance of /11.</param>
    /// <param name="isActive">True when it has one.</param>
    public void SetActivated(int profile, bool isActive)
    {
        // The resource instance is the profile's: no list is searched.
        if (isActive)
            SetInstanceLink(0, CellularResource.ActivatedProfileNames, profile, CellularObjectIds.ApnProfile, profile);
        else
            Remove(0, CellularResource.ActivatedProfileNames, profile);
    }

    /// <summary>The octet of an eDRX resource.</summary>
    /// <param name="mode">For example <see cref="CellularResource.EdrxNbS1Mode"/>.</param>
    /// <returns>0..255; -1 when it is not set.</returns>
    public int EdrxOf(int mode) =>
        GetOpaque(0, mode, out byte[] octet) == Outcome.Ok && octet.Length == 1 ? octet[0] : -1;

    /// <summary>The radio is on again: Disable radio period (/10/0/1) goes back to 0.</summary>
    public void RadioEnabled()
    {
        if (!IsSet(0, CellularResource.DisableRadioPeriod))
            return;
        Set(0, CellularResource.DisableRadioPeriod, 0);
    }

    /// <summary>The resource of /10 for an access technology of <c>+CEDRXS</c> (27.007 7.40).</summary>
    internal static int EdrxModeOf(int accessTechnology)
    {
        switch (accessTechnology)
        {
            case 1:
            case 2:
                return CellularResource.EdrxAGbMode;
            case 3:
                return CellularResource.EdrxIuMode;
            case 4:
                return CellularResource.EdrxWbS1Mode;
            case 5:
                return CellularResource.EdrxNbS1Mode;
            default:
                return -1;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A wish for a mode that the modem does not support is refused.</remarks>
    protected override Outcome Validate(int instance, int resource, ValueReader value)
    {
        if (resource == CellularResource.ActivePowerSavingModes
            && value.GetUnsigned(out ulong modes) == Outcome.Ok
            && ((int)modes & ~(int)UnsignedOf(CellularResource.SupportedPowerSavingModes)) != 0)
            return Outcome.BadRequest;
        return base.Validate(instance, resource, value);
    }

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (!_isGranting && resource != CellularResource.ActivatedProfileNames && resource != CellularResource.DisableRadioPeriod)
            Settings?.SettingChanged(CellularObjectIds.Cellular, instance, resource);
    }

    /// <inheritdoc/>
    protected override void OnWritten(int instance, int resource, int resourceInstance)
    {
        // Not where a storage gives the value back: nobody knows how much of the period was over.
        if (resource == CellularResource.DisableRadioPeriod)
            Settings?.SettingChanged(CellularObjectIds.Cellular, instance, resource);
    }

    /// <inheritdoc/>
    protected override bool IsStatic(int instance) => true;

    private void Grant(int mode, bool isGranted) =>
        Set(0, CellularResource.ActivePowerSavingModes, isGranted ? ActiveModes | mode : ActiveModes & ~mode);

    private void SetOctet(int mode, byte octet)
    {
        if (EdrxOf(mode) != octet)
            Set(0, mode, new byte[] { octet });
    }

    private ulong UnsignedOf(int resource)
    {
        GetUnsigned(0, resource, out ulong value);
        return value;
    }

    private static ObjectDefinition Define() => ObjectDefinition.Single(
        CellularObjectIds.Cellular,
        "1.1",
        Resource.ReadWrite(CellularResource.SmscAddress, DataType.String),
        Resource.ReadWrite(CellularResource.DisableRadioPeriod, DataType.Integer),
        Resource.ReadWrite(CellularResource.ModuleActivationCode, DataType.String),
        Resource.ReadOnly(CellularResource.VendorExtensions, DataType.ObjectLink),
        Resource.ReadWrite(CellularResource.PsmTimer, DataType.Integer),
        Resource.ReadWrite(CellularResource.ActiveTimer, DataType.Integer),
        Resource.ReadWrite(CellularResource.EdrxIuMode, DataType.Opaque),
        Resource.ReadWrite(CellularResource.EdrxWbS1Mode, DataType.Opaque),
        Resource.ReadWrite(CellularResource.EdrxNbS1Mode, DataType.Opaque),
        Resource.ReadWrite(CellularResource.EdrxAGbMode, DataType.Opaque),
        Resource.ReadOnly(CellularResource.ActivatedProfileNames, DataType.ObjectLink, multiple: true, mandatory: true),
        Resource.ReadOnly(CellularResource.SupportedPowerSavingModes, DataType.Unsigned),
        Resource.ReadWrite(CellularResource.ActivePowerSavingModes, DataType.Unsigned),
        Resource.ReadWrite(CellularResource.ReleaseAssistanceUsage, DataType.Unsigned))
        .WithRange(CellularResource.DisableRadioPeriod, 0, 65535)
        .WithRange(CellularResource.PsmTimer, 0, LongestPsmSeconds)
        .WithRange(CellularResource.ActiveTimer, 0, LongestActiveSeconds)
        // The registry's 0..255 for these is the value of the octet: each is octet 3 of the information element, and no longer.
        .WithRange(CellularResource.EdrxIuMode, 1, 1)
        .WithRange(CellularResource.EdrxWbS1Mode, 1, 1)
        .WithRange(CellularResource.EdrxNbS1Mode, 1, 1)
        .WithRange(CellularResource.EdrxAGbMode, 1, 1)
        .WithRange(CellularResource.SupportedPowerSavingModes, 0, 255)
        .WithRange(CellularResource.ActivePowerSavingModes, 0, 255)
        .WithRange(CellularResource.ReleaseAssistanceUsage, 0, 255);
}
