using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The Device object (/3): what the device is and how it does. It has one instance, 0. Values beyond the constructor's are set by
/// <c>Set(0, DeviceResource.BatteryLevel, 85)</c>; what is not set does not exist for servers.
/// </summary>
public class DeviceObject : StoredObject
{
    private IWallClock? _clock;
    private long _offsetMs;

    /// <summary>Makes the object with its instance 0, no error (Error Code 0) and binding U. What is null or empty is left out.</summary>
    /// <param name="manufacturer">/3/0/0.</param>
    /// <param name="model">/3/0/1.</param>
    /// <param name="serialNumber">/3/0/2.</param>
    /// <param name="firmwareVersion">/3/0/3.</param>
    /// <param name="capacity">How many values it holds; each error, and each of the three values of a power source, is one.</param>
    public DeviceObject(string? manufacturer = null, string? model = null, string? serialNumber = null, string? firmwareVersion = null, int capacity = 24)
        : base(Define(), capacity)
    {
        AddInstance(0);
        SetUnlessEmpty(DeviceResource.Manufacturer, manufacturer);
        SetUnlessEmpty(DeviceResource.ModelNumber, model);
        SetUnlessEmpty(DeviceResource.SerialNumber, serialNumber);
        SetUnlessEmpty(DeviceResource.FirmwareVersion, firmwareVersion);
        SetInstance(0, DeviceResource.ErrorCode, 0, 0L);
        Binding = "U";
    }

    /// <summary>A server executed Reboot (/3/0/4), and its answer is on the way. Called by the runner.</summary>
    public DeviceAction? Rebooting { get; set; }

    /// <summary>A server executed Factory Reset (/3/0/5), and its answer is on the way. Called by the runner. The resource exists
    /// only where this is set.</summary>
    public DeviceAction? FactoryResetting { get; set; }

    /// <summary>Letters of the bindings that the device supports, /3/0/16.</summary>
    public string Binding
    {
        get
        {
            GetString(0, DeviceResource.SupportedBindings, out string binding);
            return binding;
        }
        set => Set(0, DeviceResource.SupportedBindings, value);
    }

    /// <summary>What Current Time (/3/0/13) counts on; the client sets it where it is null. A time that is set, here or by a server,
    /// is kept as the difference to this clock.</summary>
    public IWallClock? Clock
    {
        get => _clock;
        set
        {
            _clock = value;
            KeepOffset();
        }
    }

    /// <summary>Current Time, /3/0/13, in seconds since 1970-01-01T00:00:00Z; 0 when there is none.</summary>
    public long CurrentTime
    {
        get
        {
            if (_clock != null)
                return Floor(_clock.UnixMs + _offsetMs);
            GetTime(0, DeviceResource.CurrentTime, out long unixSeconds);
            return unixSeconds;
        }
        set => SetTime(0, DeviceResource.CurrentTime, value);
    }

    /// <summary>Sets a power source: its kind, voltage and current share one resource instance in /3/0/6, 7 and 8.</summary>
    /// <param name="index">Resource instance, 0..65534.</param>
    /// <param name="source">0 DC, 1 internal battery, 2 external battery, 3 fuel cell, 4 Power over Ethernet, 5 USB, 6 AC, 7 solar.</param>
    /// <param name="millivolts">Voltage in mV.</param>
    /// <param name="milliamperes">Current in mA.</param>
    public void SetPowerSource(int index, int source, int millivolts, int milliamperes)
    {
        SetInstance(0, DeviceResource.AvailablePowerSources, index, (long)source);
        SetInstance(0, DeviceResource.PowerSourceVoltage, index, (long)millivolts);
        SetInstance(0, DeviceResource.PowerSourceCurrent, index, (long)milliamperes);
    }

    /// <summary>Reports an error in /3/0/11. The first one replaces the 0 for no error, further ones are added.</summary>
    /// <param name="code">1..32 (Core, appendix E.4); reported once however often it is added.</param>
    /// <exception cref="ArgumentException">The code is out of range.</exception>
    public void AddError(int code)
    {
        if (code == 0)
            throw new ArgumentException("/3/0/11: 0 is no error.", nameof(code));
        if (FindError(code) >= 0)
            return;
        int free = FindError(0);
        for (int used = -1; free < 0; )
        {
            int next = NextInstance(0, DeviceResource.ErrorCode, used);
            if (next == used + 1)
                used = next;
            else
                free = used + 1;
        }

        SetInstance(0, DeviceResource.ErrorCode, free, (long)code);
    }

    /// <summary>Takes an error back. When it was the last one, instance 0 of /3/0/11 says 0 again.</summary>
    /// <param name="code">1..32.</param>
    /// <returns>False when it was not reported.</returns>
    public bool ClearError(int code)
    {
        int at = code == 0 ? -1 : FindError(code);
        if (at < 0)
            return false;
        if (CountInstances(0, DeviceResource.ErrorCode) == 1)
            ClearErrors();
        else
            Remove(0, DeviceResource.ErrorCode, at);
        return true;
    }

    /// <summary>Takes all errors back: one instance, 0, that says 0.</summary>
    public void ClearErrors()
    {
        // Never empty in between, since the resource is mandatory.
        SetInstance(0, DeviceResource.ErrorCode, 0, 0L);
        int other;
        while ((other = NextInstance(0, DeviceResource.ErrorCode, 0)) >= 0)
            Remove(0, DeviceResource.ErrorCode, other);
    }

    /// <inheritdoc/>
    protected internal override bool Has(int instance, int resource)
    {
        if (resource == DeviceResource.FactoryReset)
            return FactoryResetting != null;
        return resource == DeviceResource.CurrentTime && _clock != null || base.Has(instance, resource);
    }

    /// <inheritdoc/>
    protected internal override Outcome Read(int instance, int resource, ValueWriter value) =>
        resource == DeviceResource.CurrentTime && _clock != null ? value.Time(CurrentTime) : base.Read(instance, resource, value);

    /// <inheritdoc/>
    protected internal override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        switch (resource)
        {
            case DeviceResource.Reboot:
            case DeviceResource.FactoryReset:
                return Outcome.Ok;
            case DeviceResource.ResetErrorCode:
                ClearErrors();
                return Outcome.Ok;
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    /// <inheritdoc/>
    protected internal override void Executed(int instance, int resource)
    {
        if (resource == DeviceResource.Reboot)
            Rebooting?.Invoke();
        else if (resource == DeviceResource.FactoryReset)
            FactoryResetting?.Invoke();
    }

    /// <inheritdoc/>
    protected internal override bool IsStatic(int instance) => true;

    /// <inheritdoc/>
    protected override void OnRestored()
    {
        _offsetMs = 0;
        KeepOffset();
    }

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (resource == DeviceResource.CurrentTime)
            KeepOffset();
    }

    private void KeepOffset()
    {
        if (_clock != null && GetTime(0, DeviceResource.CurrentTime, out long unixSeconds) == Outcome.Ok)
            _offsetMs = unixSeconds * 1000 - _clock.UnixMs;
    }

    private void SetUnlessEmpty(int resource, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Set(0, resource, value!);
    }

    private int FindError(int code)
    {
        int at = -1;
        while ((at = NextInstance(0, DeviceResource.ErrorCode, at)) >= 0)
            if (GetInteger(0, DeviceResource.ErrorCode, out long found, at) == Outcome.Ok && found == code)
                return at;
        return -1;
    }

    // Division rounds toward zero; seconds before 1970 go down.
    private static long Floor(long unixMs) => unixMs >= 0 ? unixMs / 1000 : (unixMs - 999) / 1000;

    private static ObjectDefinition Define() => ObjectDefinition.Single(
        ObjectIds.Device,
        "1.2",
        Resource.ReadOnly(DeviceResource.Manufacturer, DataType.String),
        Resource.ReadOnly(DeviceResource.ModelNumber, DataType.String),
        Resource.ReadOnly(DeviceResource.SerialNumber, DataType.String),
        Resource.ReadOnly(DeviceResource.FirmwareVersion, DataType.String),
        Resource.Executable(DeviceResource.Reboot, mandatory: true),
        Resource.Executable(DeviceResource.FactoryReset),
        Resource.ReadOnly(DeviceResource.AvailablePowerSources, DataType.Integer, multiple: true),
        Resource.ReadOnly(DeviceResource.PowerSourceVoltage, DataType.Integer, multiple: true),
        Resource.ReadOnly(DeviceResource.PowerSourceCurrent, DataType.Integer, multiple: true),
        Resource.ReadOnly(DeviceResource.BatteryLevel, DataType.Integer),
        Resource.ReadOnly(DeviceResource.MemoryFree, DataType.Integer),
        Resource.ReadOnly(DeviceResource.ErrorCode, DataType.Integer, multiple: true, mandatory: true),
        Resource.Executable(DeviceResource.ResetErrorCode),
        Resource.ReadWrite(DeviceResource.CurrentTime, DataType.Time),
        Resource.ReadWrite(DeviceResource.UtcOffset, DataType.String),
        Resource.ReadWrite(DeviceResource.Timezone, DataType.String),
        Resource.ReadOnly(DeviceResource.SupportedBindings, DataType.String, mandatory: true),
        Resource.ReadOnly(DeviceResource.DeviceType, DataType.String),
        Resource.ReadOnly(DeviceResource.HardwareVersion, DataType.String),
        Resource.ReadOnly(DeviceResource.SoftwareVersion, DataType.String),
        Resource.ReadOnly(DeviceResource.BatteryStatus, DataType.Integer),
        Resource.ReadOnly(DeviceResource.MemoryTotal, DataType.Integer),
        Resource.ReadOnly(DeviceResource.ExternalDeviceInfo, DataType.ObjectLink, multiple: true))
        .WithRange(DeviceResource.AvailablePowerSources, 0, 7)
        .WithRange(DeviceResource.BatteryLevel, 0, 100)
        .WithRange(DeviceResource.ErrorCode, 0, 32)
        .WithRange(DeviceResource.BatteryStatus, 0, 6)
        // The years 1 to 9999: what can be counted in milliseconds and written as a date.
        .WithRange(DeviceResource.CurrentTime, -62135596800, 253402300799);
}
