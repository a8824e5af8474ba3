using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Cellular;

/// <summary>
/// The Bearer Selection object (/13): which bearer and which operator a server prefers. It has one instance, 0. Servers may write all of it;
/// a modem is told of operators and bearers (<see cref="ModemObjects"/>), the rest is kept for the application. Where the client has a storage,
/// what servers write survives a restart.
/// </summary>
public class BearerSelectionObject : StoredObject
{
    /// <summary>Makes the object with its instance 0 and no preference.</summary>
    /// <param name="capacity">How many values it holds; each preferred bearer is one.</param>
    public BearerSelectionObject(int capacity = 16)
        : base(Define(), capacity)
    {
        AddInstance(0);
        IsKept = true;
    }

    /// <summary>Who acts on what is set; null for nobody.</summary>
    public ISettingsListener? Settings { get; set; }

    /// <summary>Operators in the order of their priority, such as "26201,26202"; empty for any (/13/0/6).</summary>
    public string Operators
    {
        get
        {
            GetString(0, BearerSelectionResource.OperatorList, out string operators);
            return operators;
        }
        set => Set(0, BearerSelectionResource.OperatorList, value);
    }

    /// <summary>True when only those of <see cref="Operators"/> are allowed; false when they are preferred (/13/0/7).</summary>
    public bool AllowsOnlyOperators
    {
        get
        {
            GetBoolean(0, BearerSelectionResource.OperatorListMode, out bool only);
            return only;
        }
        set => Set(0, BearerSelectionResource.OperatorListMode, value);
    }

    /// <summary>The bearer with the highest priority (/13/0/0), 0 where it is left to the device.</summary>
    public int PreferredBearer
    {
        get
        {
            int first = NextInstance(0, BearerSelectionResource.PreferredBearer, -1);
            long bearer = 0;
            if (first >= 0)
                GetInteger(0, BearerSelectionResource.PreferredBearer, out bearer, first);
            return (int)bearer;
        }
    }

    /// <summary>Sets what a search for networks found (/13/0/8).</summary>
    /// <param name="plmns">For example the answer to <c>+COPS=?</c>.</param>
    public void SetAvailablePlmns(string plmns) => Set(0, BearerSelectionResource.AvailablePlmns, plmns);

    /// <summary>The access technology that <c>+COPS</c> takes for a preferred bearer (27.007 7.3).</summary>
    /// <param name="bearer">A value of /13/0/0.</param>
    /// <returns>For example 7 for LTE, 9 for NB-IoT; -1 where any will do.</returns>
    public static int AccessTechnologyOf(int bearer)
    {
        switch (bearer)
        {
            case 2:
                return 0;
            case 3:
                return 2;
            case 4:
            case 12:
            case 13:
                return 7;
            case 14:
            case 15:
                return 9;
            case 16:
                return 11;
            default:
                return -1;
        }
    }

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (resource != BearerSelectionResource.AvailablePlmns)
            Settings?.SettingChanged(CellularObjectIds.BearerSelection, instance, resource);
    }

    /// <inheritdoc/>
    protected override bool IsStatic(int instance) => true;

    private static ObjectDefinition Define() => ObjectDefinition.Single(
        CellularObjectIds.BearerSelection,
        "1.1",
        Resource.ReadWrite(BearerSelectionResource.PreferredBearer, DataType.Integer, multiple: true),
        Resource.ReadWrite(BearerSelectionResource.AcceptableRssiGsm, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.AcceptableRscpUmts, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.AcceptableRsrpLte, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.AcceptableRssiEvDo, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.CellLockList, DataType.String),
        Resource.ReadWrite(BearerSelectionResource.OperatorList, DataType.String),
        Resource.ReadWrite(BearerSelectionResource.OperatorListMode, DataType.Boolean),
        Resource.ReadOnly(BearerSelectionResource.AvailablePlmns, DataType.String),
        Resource.ReadOnly(BearerSelectionResource.VendorExtensions, DataType.ObjectLink),
        Resource.ReadWrite(BearerSelectionResource.AcceptableRsrpNbIot, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.HigherPriorityPlmnSearchTimer, DataType.Integer),
        Resource.ReadWrite(BearerSelectionResource.AttachWithoutPdn, DataType.Boolean))
        .WithRange(BearerSelectionResource.PreferredBearer, 0, 100)
        .WithRange(BearerSelectionResource.AcceptableRssiGsm, -110, -48)
        .WithRange(BearerSelectionResource.AcceptableRscpUmts, -120, -25)
        .WithRange(BearerSelectionResource.AcceptableRsrpLte, -140, -44)
        .WithRange(BearerSelectionResource.AcceptableRsrpNbIot, -158, -44);
}
