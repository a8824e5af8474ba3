using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The Access Control object (/2; Core 8.1): which server may do what with which object instance. It counts only while the client has
/// more than one server account. Each entry is an instance of the object: the object instance it is about, its owner, and the
/// rights of servers by their Short Server ID.
/// <para>Where the application makes no entries before <see cref="Lwm2mClient.Start"/>, the client makes them itself and sets
/// <see cref="IsOpen"/>: what the device has is open to all servers, each server has its own /1 instance to itself, and what a server
/// creates is its own. Change entries before the start, in a handler, or under <see cref="Lwm2mClient.Gate"/>.</para>
/// </summary>
public sealed partial class AccessControlObject : Lwm2mObject
{
    /// <summary>Object instance id of an entry about the object as a whole: who may create instances of it.</summary>
    public const int ObjectLevel = 65535;

    /// <summary>Owner of entries that only a bootstrap server may change.</summary>
    public const int BootstrapOnly = 65535;

    /// <summary>Rights entry of all servers that have none of their own.</summary>
    public const int Everyone = 0;

    // No object has this id: an entry of which a bootstrap server has not said yet what it is about.
    private const int NoTarget = -1;

    internal AccessControlObject(int capacity, ServerAccount[] accounts)
        : base(Define(capacity))
    {
        _rows = new int[capacity * Row];
        _byTarget = new SlotIndex(capacity);
        _slotAt = new short[0];
        // Most entries say one thing for everyone, and some say something for each server.
        int acl = capacity + 2 * accounts.Length;
        if (acl > MaxAcl)
            acl = MaxAcl;
        _acl = new int[acl];
        for (int place = acl; place > 0; place--)
            GiveAcl(place);
        _rights = new byte[capacity * accounts.Length];
        _accounts = accounts;
    }

    /// <summary>
    /// Whether the client itself makes the entries of instances that the device adds, open to all servers. Set by
    /// <see cref="Lwm2mClient.Start"/> where there are no entries; cleared when a bootstrap server makes some.
    /// </summary>
    public bool IsOpen { get; internal set; }

    /// <summary>Entries for which there is room.</summary>
    public int FreeCount => Definition.MaxInstances - InstanceCount;

    /// <summary>Rights changed, and observations are to be compared with them.</summary>
    internal bool HasChanged { get; set; }

    /// <summary>Adds the entry of an object instance, without rights for anyone but its owner.</summary>
    /// <param name="objectId">Object, 1..65534.</param>
    /// <param name="instanceId">Object instance, or <see cref="ObjectLevel"/>.</param>
    /// <param name="owner">Short Server ID of who may change the entry, and has full rights where it has none of its own;
    /// or <see cref="BootstrapOnly"/>.</param>
    /// <returns>The instance of this object.</returns>
    /// <exception cref="ArgumentException">An id is out of range, or there is such an entry.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="Limits.AccessControls"/> entries already.</exception>
    public int Add(int objectId, int instanceId, int owner = BootstrapOnly)
    {
        if (objectId < 1 || objectId > Resource.MaxId || (uint)instanceId > ObjectLevel || (uint)owner > BootstrapOnly)
            throw new ArgumentException("/2: /" + objectId + "/" + instanceId + " with owner " + owner + " is out of range.");
        if (Find(objectId, instanceId) >= 0)
            throw new ArgumentException("/2: /" + objectId + "/" + instanceId + " has an entry.");
        int instance = FreeInstanceId();
        int slot = Append(instance);
        if (slot < 0)
            throw new InvalidOperationException("/2: /" + objectId + "/" + instanceId + " is one entry too many: Limits.AccessControls is " + Definition.MaxInstances + ".");
        Target(slot, objectId << 16 | instanceId);
        SetOwner(slot, owner);
        Tell(slot);
        return instance;
    }

    /// <summary>Gives rights to a server, instead of those that it had.</summary>
    /// <param name="objectId">Object of an entry.</param>
    /// <param name="instanceId">Its object instance, or <see cref="ObjectLevel"/>.</param>
    /// <param name="shortServerId">Short Server ID, or <see cref="Everyone"/>.</param>
    /// <param name="rights">What the server may do.</param>
    /// <exception cref="ArgumentException">There is no such entry, or an argument is out of range.</exception>
    /// <exception cref="InvalidOperationException">There is no room for more rights.</exception>
    public void Grant(int objectId, int instanceId, int shortServerId, AccessRights rights)
    {
        int slot = Find(objectId, instanceId);
        if (slot < 0 || (uint)shortServerId > Resource.MaxId || (uint)rights > 31)
            throw new ArgumentException("/2: rights of server " + shortServerId + " on /" + objectId + "/" + instanceId + ": no such entry, or out of range.");
        if (!PutAcl(slot, shortServerId, (int)rights))
            throw new InvalidOperationException("/2: no room for rights of server " + shortServerId + " on /" + objectId + "/" + instanceId + ".");
        Tell(slot);
    }

    /// <summary>Adds an entry with rights for one server, or as much of it as there is room for; replaces what was there.</summary>
    internal void Put(int objectId, int instanceId, int owner, int shortServerId, AccessRights rights)
    {
        int slot = Find(objectId, instanceId);
        if (slot < 0)
            slot = Append(FreeInstanceId());
        if (slot < 0)
            return;
        EmptyAcl(slot);
        Target(slot, objectId << 16 | instanceId);
        SetOwner(slot, owner);
        PutAcl(slot, shortServerId, (int)rights);
        Tell(slot);
    }

    /// <summary>Removes the entry of an object instance: with several servers none of them can reach it any more.</summary>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance, or <see cref="ObjectLevel"/>.</param>
    /// <returns>False when there was no such entry.</returns>
    public bool Remove(int objectId, int instanceId)
    {
        int slot = Find(objectId, instanceId);
        return slot >= 0 && RemoveInstanceAt(PositionOfSlot(slot));
    }

    /// <summary>Who owns the entry of an object instance: a Short Server ID, <see cref="BootstrapOnly"/>, or -1 without entry.</summary>
    public int OwnerOf(int objectId, int instanceId)
    {
        int slot = Find(objectId, instanceId);
        return slot < 0 ? -1 : OwnerAt(slot);
    }

    /// <summary>What a server may do with an object instance while there are several servers (Core 8.1.1): what stands under its
    /// Short Server ID; without that everything for the owner, what stands under 0 for the others, and nothing without an entry.</summary>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance, or <see cref="ObjectLevel"/>.</param>
    /// <param name="shortServerId">Short Server ID.</param>
    public AccessRights RightsOf(int objectId, int instanceId, int shortServerId)
    {
        int slot = Find(objectId, instanceId);
        return slot < 0 ? AccessRights.None : (AccessRights)RightsAt(slot, shortServerId);
    }

    /// <inheritdoc/>
    protected internal override bool Has(int instance, int resource)
    {
        if (resource > AccessControlResource.ObjectInstanceId)
            return true;
        int target = TargetAt(SlotOf(instance));
        return resource == AccessControlResource.ObjectId ? target >> 16 != -1 : target != NoTarget;
    }

    /// <inheritdoc/>
    protected internal override Outcome Read(int instance, int resource, ValueWriter value)
    {
        int slot = SlotOf(instance);
        switch (resource)
        {
            case AccessControlResource.ObjectId:
                return value.Integer(TargetAt(slot) >> 16 & 0xFFFF);
            case AccessControlResource.ObjectInstanceId:
                return value.Integer(TargetAt(slot) & 0xFFFF);
            case AccessControlResource.Owner:
                return value.Integer(OwnerAt(slot));
            default:
                return ReadAcl(slot, value);
        }
    }

    /// <inheritdoc/>
    protected internal override Outcome Validate(int instance, int resource, ValueReader value)
    {
        if (resource != AccessControlResource.Acl)
            return Outcome.Ok;
        int slot = instance < 0 ? -1 : SlotOf(instance);
        if (slot >= 0 && FindAcl(slot, value.ResourceInstance) != 0)
            return Outcome.Ok;
        value.PlacesNeeded++;
        return value.PlacesNeeded <= _freeAcls ? Outcome.Ok : Outcome.ServiceUnavailable;
    }

    /// <inheritdoc/>
    protected internal override Outcome Write(int instance, int resource, ValueReader value)
    {
        Outcome outcome = value.GetInteger(out long read);
        if (outcome != Outcome.Ok)
            return outcome;
        int slot = SlotOf(instance);
        int number = (int)read & 0xFFFF;
        int target = TargetAt(slot);
        switch (resource)
        {
            case AccessControlResource.ObjectId:
                Target(slot, number << 16 | target & 0xFFFF);
                break;
            case AccessControlResource.ObjectInstanceId:
                Target(slot, (int)((uint)target & 0xFFFF0000u) | number);
                break;
            case AccessControlResource.Owner:
                SetOwner(slot, number);
                break;
            default:
                if (!PutAcl(slot, value.ResourceInstance, number))
                    return Outcome.ServiceUnavailable;
                break;
        }

        HasChanged = true;
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected internal override Outcome Clear(int instance, int resource)
    {
        if (resource == AccessControlResource.Acl)
            EmptyAcl(SlotOf(instance));
        HasChanged = true;
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected internal override Outcome ClearInstance(int instance, int resource, int resourceInstance)
    {
        HasChanged = true;
        return DropAcl(SlotOf(instance), resourceInstance) ? Outcome.Ok : Outcome.NotFound;
    }

    /// <inheritdoc/>
    /// <remarks>Only a bootstrap server gets here: no server has a right to create entries.</remarks>
    protected internal override Outcome Create(int instance)
    {
        IsOpen = false;
        return Append(instance) < 0 ? Outcome.ServiceUnavailable : Outcome.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>Only a bootstrap server gets here.</remarks>
    protected internal override Outcome Delete(int instance) =>
        RemoveInstanceAt(PositionOf(instance)) ? Outcome.Ok : Outcome.NotFound;

    private Outcome ReadAcl(int slot, ValueWriter value)
    {
        for (int place = FirstAcl(slot); place != 0; place = NextAcl(place))
        {
            Outcome outcome = value.Instance(ServerAt(place));
            if (outcome == Outcome.Ok)
                outcome = value.Integer(_acl[place - 1] & RightsMask);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private static ObjectDefinition Define(int capacity) => new ObjectDefinition(
        ObjectIds.AccessControl,
        "1.0",
        Resource.ReadOnly(AccessControlResource.ObjectId, DataType.Integer, mandatory: true),
        Resource.ReadOnly(AccessControlResource.ObjectInstanceId, DataType.Integer, mandatory: true),
        Resource.ReadWrite(AccessControlResource.Acl, DataType.Integer, multiple: true),
        Resource.ReadWrite(AccessControlResource.Owner, DataType.Integer, mandatory: true))
    {
        MaxInstances = capacity
    }
        .WithRange(AccessControlResource.ObjectId, 0, 65535)
        .WithRange(AccessControlResource.ObjectInstanceId, 0, 65535)
        .WithRange(AccessControlResource.Acl, 0, 31)
        .WithRange(AccessControlResource.Owner, 0, 65535);
}
