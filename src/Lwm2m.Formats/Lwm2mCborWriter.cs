using System;

namespace Lwm2m.Formats;

/// <summary>
/// LwM2M CBOR (Core TS 1.2 7.4.7). The path of the request is the key of the outermost map; an object's instances lie in a map of
/// their own. Of several objects each instance has a key of two ids, or of three when it has one resource.
/// </summary>
internal sealed class Lwm2mCborWriter : CborValueWriter
{
    public Lwm2mCborWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Lwm2mCbor;

    public override void Instance(int objectId, int instanceId)
    {
        Output o = Out;
        if (o.Level < 2)
            CloseInstance();
        base.Instance(objectId, instanceId);
        if (o.Level >= 2)
            return;
        o.Count++;
        if (o.Level == 0)
        {
            o.Put(CborItem.MajorArray | 2);
            PutId(objectId);
        }
        // 65535: the receiver picks the id.
        PutId(instanceId < 0 ? PathIds.Reserved : instanceId);
        o.InstanceMark = OpenMap();
        o.InstanceCount = 0;
    }

    public override void Resource(int id)
    {
        StartResource(id);
        base.Resource(id);
    }

    public override void Multiple(int id)
    {
        StartResource(id);
        base.Multiple(id);
        if (Out.Level == 4)
            return;
        Out.MultipleMark = OpenMap();
        Out.MultipleCount = 0;
    }

    public override void ResourceInstance(int id)
    {
        base.ResourceInstance(id);
        if (Out.Level == 4)
            return;
        Out.MultipleCount++;
        PutId(id);
    }

    public override FormatStatus End()
    {
        Output o = Out;
        CloseInstance();
        if (o.Level == 0)
            CloseContainer(o.Start, CborItem.MajorMap, o.Count);
        else if (o.Level == 1)
            CloseContainer(o.Start + 1 + HeadSize(o.ObjectId), CborItem.MajorMap, o.Count);
        else if (o.Level > 2 && o.Pending)
            o.Fail(FormatStatus.WrongPath);
        return o.Status;
    }

    private protected override void Open()
    {
        Output o = Out;
        if (o.Level == 0)
        {
            o.Put(CborItem.MajorMap);
            return;
        }
        o.Put(CborItem.MajorMap | 1);
        if (o.Level == 1)
        {
            PutId(o.ObjectId);
            OpenMap();
            return;
        }
        o.Put(CborItem.MajorArray | o.Level);
        PutId(o.ObjectId);
        PutId(o.InstanceId);
        if (o.Level == 2)
        {
            o.InstanceMark = OpenMap();
            return;
        }
        PutId(o.ResourceId);
        if (o.Level == 4)
            PutId(o.ResourceInstanceId);
    }

    private protected override int Prepare(int label, int size) => Take() && Out.Room(size) ? Out.Position : -1;

    private void StartResource(int id)
    {
        Output o = Out;
        CloseMultiple();
        if (o.Level > 2 || (uint)id >= PathIds.Reserved)
            return;
        if (o.InstanceMark < 0)
            o.Fail(FormatStatus.WrongPath);
        o.InstanceCount++;
        PutId(id);
    }

    private int OpenMap()
    {
        Out.Put(CborItem.MajorMap);
        return Out.Position - 1;
    }

    private void CloseMultiple()
    {
        Output o = Out;
        if (o.MultipleMark < 0)
            return;
        CloseContainer(o.MultipleMark, CborItem.MajorMap, o.MultipleCount);
        o.MultipleMark = -1;
    }

    private void CloseInstance()
    {
        CloseMultiple();
        Output o = Out;
        int mark = o.InstanceMark;
        if (mark < 0)
            return;
        o.InstanceMark = -1;
        if (o.Level != 0 || o.InstanceCount != 1)
        {
            CloseContainer(mark, CborItem.MajorMap, o.InstanceCount);
            return;
        }
        // {[3,0]: {9: v}} is a byte longer than {[3,0,9]: v}.
        if (o.Status != FormatStatus.Ok)
            return;
        Array.Copy(o.Buffer, mark + 1, o.Buffer, mark, o.Position - mark - 1);
        o.Position--;
        o.Buffer[mark - HeadSize(o.ObjectId) - HeadSize(o.InstanceId < 0 ? PathIds.Reserved : o.InstanceId) - 1] = CborItem.MajorArray | 3;
    }
}
