using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// A set in a record of the client's storage.
internal sealed partial class AttributeSet
{
    public void WriteTo(SealedRecord to)
    {
        to.Number(Mask);
        if ((Mask & MinimumPeriod) != 0)
            to.Number(Pmin);
        if ((Mask & MaximumPeriod) != 0)
            to.Number(Pmax);
        if ((Mask & MinimumEvaluation) != 0)
            to.Number(Epmin);
        if ((Mask & MaximumEvaluation) != 0)
            to.Number(Epmax);
        if ((Mask & Greater) != 0)
            to.Bits(BitConverter.DoubleToInt64Bits(Gt));
        if ((Mask & Less) != 0)
            to.Bits(BitConverter.DoubleToInt64Bits(Lt));
        if ((Mask & Step) != 0)
            to.Bits(BitConverter.DoubleToInt64Bits(St));
        if ((Mask & EdgeBit) != 0)
            to.Byte(Edge);
        if ((Mask & ConfirmableBit) != 0)
            to.Byte(Con);
        if ((Mask & QueueBit) != 0)
            to.Number(Hqmax);
    }

    public void ReadFrom(SealedRecord from)
    {
        Clear();
        Mask = from.ReadNumber(0, All);
        if ((Mask & MinimumPeriod) != 0)
            Pmin = ReadPeriod(from);
        if ((Mask & MaximumPeriod) != 0)
            Pmax = ReadPeriod(from);
        if ((Mask & MinimumEvaluation) != 0)
            Epmin = ReadPeriod(from);
        if ((Mask & MaximumEvaluation) != 0)
            Epmax = ReadPeriod(from);
        if ((Mask & Greater) != 0)
            Gt = BitConverter.Int64BitsToDouble(from.ReadBits());
        if ((Mask & Less) != 0)
            Lt = BitConverter.Int64BitsToDouble(from.ReadBits());
        if ((Mask & Step) != 0)
            St = BitConverter.Int64BitsToDouble(from.ReadBits());
        if ((Mask & EdgeBit) != 0)
            Edge = from.ReadByte() & 1;
        if ((Mask & ConfirmableBit) != 0)
            Con = from.ReadByte() & 1;
        if ((Mask & QueueBit) != 0)
            Hqmax = ReadPeriod(from);
    }

    private static long ReadPeriod(SealedRecord from) => from.ReadNumber() & MaxPeriod;
}
