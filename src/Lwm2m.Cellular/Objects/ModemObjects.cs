using System;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// Joins a modem with the objects 4, 7, 10, 11 and 13 of a client: the objects show what the modem tells, and the modem does what servers
/// set. One line, before the client starts: <code>ModemObjects objects = new ModemObjects(client, modem);</code>
/// It listens to the modem; who wants to hear the modem besides sets <see cref="Listener"/>.
/// </summary>
public sealed partial class ModemObjects : IModemService, IModemListener, ISettingsListener
{
    // What is to be told to the modem: bits of _pending.
    private const int Psm = 1;
    private const int Edrx = 2;
    private const int Radio = 4;
    private const int Operators = 8;
    private const int ServiceCentre = 16;
    private const int Contexts = 32;
    private const int AskActive = 64;
    private const int AskAddresses = 128;
    private const int AskRates = 256;

    // What is told again when the modem forgot it.
    private const int Lasting = Psm | Edrx | Operators | ServiceCentre;
    private const int Asking = AskActive | AskAddresses | AskRates;

    private readonly CellularModem _modem;
    private readonly DeviceObject? _device;
    private readonly object _gate;
    private bool _definesContexts;
    private int _pending;
    private int _wished;

    /// <summary>Joins a modem with the objects that the client has, and adds those that it lacks.</summary>
    /// <param name="client">The client, before it starts.</param>
    /// <param name="modem">The modem; it needs room for one more service.</param>
    /// <param name="addsMissing">False joins with those objects only that were added before: on a board each costs about 1 kB.</param>
    /// <exception cref="InvalidOperationException">Objects are missing, and the client was started.</exception>
    public ModemObjects(Lwm2mClient client, CellularModem modem, bool addsMissing = true)
    {
        _modem = modem;
        _gate = client.Gate;
        Monitoring = client.Find(ObjectIds.ConnectivityMonitoring) as ConnectivityMonitoringObject;
        Statistics = client.Find(ObjectIds.ConnectivityStatistics) as ConnectivityStatisticsObject;
        Cellular = client.Find(CellularObjectIds.Cellular) as CellularObject;
        Profiles = client.Find(CellularObjectIds.ApnProfile) as ApnProfileObject;
        Selection = client.Find(CellularObjectIds.BearerSelection) as BearerSelectionObject;
        if (addsMissing)
            AddMissing(client);
        // The client makes one at its start where there is none.
        _device = client.Find(ObjectIds.Device) as DeviceObject;
        if (Cellular != null)
            Cellular.Settings = this;
        if (Profiles != null)
            Profiles.Settings = this;
        if (Selection != null)
        {
            Selection.Settings = this;
            if (Selection.Operators.Length != 0)
                Want(Operators);
        }

        Listener = modem.Listener;
        modem.Listener = this;
        modem.Add(this);
        TakeStatus();
    }

    /// <summary>Object 4; null where there is none.</summary>
    public ConnectivityMonitoringObject? Monitoring { get; private set; }

    /// <summary>Object 7; null where there is none. Give it to the transports of the modem as their <see cref="ITrafficListener"/>.</summary>
    public ConnectivityStatisticsObject? Statistics { get; private set; }

    /// <summary>Object 10; null where there is none.</summary>
    public CellularObject? Cellular { get; private set; }

    /// <summary>Object 11; null where there is none.</summary>
    public ApnProfileObject? Profiles { get; private set; }

    /// <summary>Object 13; null where there is none.</summary>
    public BearerSelectionObject? Selection { get; private set; }

    /// <summary>Who hears of the modem besides; who heard of it before, by default.</summary>
    public IModemListener? Listener { get; set; }

    /// <summary>Whether the enabled profiles of object 11 are defined as contexts of the modem, before it attaches and when they change. Default
    /// false: transports define the contexts that they use themselves.</summary>
    public bool DefinesContexts
    {
        get => _definesContexts;
        set
        {
            _definesContexts = value;
            if (value)
                MarkContexts();
        }
    }

    /// <summary>The bearer that stands for LTE in /4/0/0, since a modem does not tell FDD from TDD. Default <see cref="NetworkBearer.LteFdd"/>.</summary>
    public int LteBearer { get; set; } = NetworkBearer.LteFdd;

    /// <summary>True while the radio is off because a server said so (/10/0/1).</summary>
    public bool IsSilenced => _radio == RadioOff;

    /// <inheritdoc/>
    public void SettingChanged(int objectId, int instance, int resource)
    {
        lock (_gate)
            Take(objectId, instance, resource);
    }

    /// <inheritdoc/>
    public void OnModemState(ModemState state, long nowMs)
    {
        if (state == ModemState.Ready)
        {
            // A period from before a restart is over.
            if (_radio == RadioOn)
                Cellular?.RadioEnabled();
            Want(Asking);
        }
        else
            Disconnected();
        Listener?.OnModemState(state, nowMs);
    }

    /// <inheritdoc/>
    public void OnModemStatus(long nowMs)
    {
        TakeStatus();
        Listener?.OnModemStatus(nowMs);
    }

    /// <inheritdoc/>
    public void OnModemFailure(ModemFailure reason, string text, long nowMs)
    {
        // A modem whose radio is off finds no network, and that is no failure.
        if (reason != ModemFailure.NoNetwork || _radio != RadioOff)
            Listener?.OnModemFailure(reason, text, nowMs);
    }

    private void Take(int objectId, int instance, int resource)
    {
        if (objectId == CellularObjectIds.ApnProfile)
        {
            ContextChanged(instance);
            return;
        }

        if (objectId == CellularObjectIds.BearerSelection)
        {
            // A bearer counts only together with an operator: +COPS has no other place for it.
            if (resource == BearerSelectionResource.OperatorList || resource == BearerSelectionResource.OperatorListMode
                || resource == BearerSelectionResource.PreferredBearer && Selection!.Operators.Length != 0)
            {
                _operatorAt = 0;
                Want(Operators);
            }

            return;
        }

        switch (resource)
        {
            case CellularResource.SmscAddress:
                Want(ServiceCentre);
                break;
            case CellularResource.DisableRadioPeriod:
                if (_radio == RadioOn)
                    _radio = RadioLeaving;
                _radioDueMs = 0;
                _modem.PumpSoon();
                break;
            case CellularResource.PsmTimer:
            case CellularResource.ActiveTimer:
                _modes |= CellularObject.Psm;
                Want(Psm);
                break;
            case CellularResource.ActivePowerSavingModes:
                _modes = Cellular!.ActiveModes;
                _edrxModes = AllEdrxModes;
                Want(Psm | Edrx);
                break;
            case CellularResource.EdrxIuMode:
            case CellularResource.EdrxWbS1Mode:
            case CellularResource.EdrxNbS1Mode:
            case CellularResource.EdrxAGbMode:
                _modes |= CellularObject.Edrx;
                _edrxModes |= 1 << resource;
                Want(Edrx);
                break;
        }
    }

    private void AddMissing(Lwm2mClient client)
    {
        if (Monitoring == null)
            client.Add(Monitoring = new ConnectivityMonitoringObject());
        if (Statistics == null)
            client.Add(Statistics = new ConnectivityStatisticsObject(new SystemClock()));
        if (Cellular == null)
            client.Add(Cellular = new CellularObject());
        if (Profiles == null)
            client.Add(Profiles = new ApnProfileObject());
        if (Selection == null)
            client.Add(Selection = new BearerSelectionObject());
    }

    private void Want(int what)
    {
        _pending |= what;
        _wished |= what & Lasting;
        _modem.Engine.Ask();
        _modem.PumpSoon();
    }
}
