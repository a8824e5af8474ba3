using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// One resource of an object definition, packed into an <see cref="int"/>: id, type, operations, multiplicity, mandatory.
/// A word and not an object, because on a board an object per resource would cost ten times as much.
/// <code>new ObjectDefinition(26241, "1.0", Resource.ReadOnly(0, DataType.Float), Resource.Executable(1))</code>
/// </summary>
public static class Resource
{
    /// <summary>The answer of <see cref="ObjectDefinition.Find"/> for a resource that the definition does not have. Words are never negative.</summary>
    public const int NotDefined = -1;

    /// <summary>The highest id of an object, instance, resource or resource instance; 65535 is reserved (Core 7.2).</summary>
    public const int MaxId = 65534;

    private const int TypeShift = 16;
    private const int OperationsShift = 20;
    private const int MultipleBit = 1 << 23;
    private const int MandatoryBit = 1 << 24;
    private const int RangeShift = 25;
    private const int RangeMask = 0x3F;

    /// <summary>The largest number of different ranges in an object definition.</summary>
    internal const int MaxRanges = RangeMask;

    /// <summary>Defines a resource.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="type">Type of its value; <see cref="DataType.None"/> for an executable one.</param>
    /// <param name="operations">What servers may do with it.</param>
    /// <param name="multiple">True when it has several resource instances.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    /// <exception cref="ArgumentException">The id is out of range, or type and operations do not go together.</exception>
    public static int Define(int id, DataType type, Operations operations, bool multiple = false, bool mandatory = false)
    {
        if (id < 0 || id > MaxId)
            throw new ArgumentException("Resource id " + id + " is not in 0..65534.", nameof(id));
        bool executable = (operations & Operations.Execute) != 0;
        if (executable && (type != DataType.None || multiple || operations != Operations.Execute))
            throw new ArgumentException("Resource " + id + " is executable: it has no value, no instances and no other operation.", nameof(operations));
        if (!executable && type == DataType.None)
            throw new ArgumentException("Resource " + id + " has no data type.", nameof(type));

        int word = id | (int)type << TypeShift | (int)operations << OperationsShift;
        if (multiple)
            word |= MultipleBit;
        if (mandatory)
            word |= MandatoryBit;
        return word;
    }

    /// <summary>Defines a resource that servers can only read.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="type">Type of its value.</param>
    /// <param name="multiple">True when it has several resource instances.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    public static int ReadOnly(int id, DataType type, bool multiple = false, bool mandatory = false) =>
        Define(id, type, Operations.Read, multiple, mandatory);

    /// <summary>Defines a resource that servers can read and write.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="type">Type of its value.</param>
    /// <param name="multiple">True when it has several resource instances.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    public static int ReadWrite(int id, DataType type, bool multiple = false, bool mandatory = false) =>
        Define(id, type, Operations.ReadWrite, multiple, mandatory);

    /// <summary>Defines a resource that servers can only write, such as a firmware package.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="type">Type of its value.</param>
    /// <param name="multiple">True when it has several resource instances.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    public static int WriteOnly(int id, DataType type, bool multiple = false, bool mandatory = false) =>
        Define(id, type, Operations.Write, multiple, mandatory);

    /// <summary>Defines a resource that no server but a bootstrap server can touch, such as those of object 0.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="type">Type of its value.</param>
    /// <param name="multiple">True when it has several resource instances.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    public static int Hidden(int id, DataType type, bool multiple = false, bool mandatory = false) =>
        Define(id, type, Operations.None, multiple, mandatory);

    /// <summary>Defines a resource that servers can execute.</summary>
    /// <param name="id">Resource id, 0..65534.</param>
    /// <param name="mandatory">True when every object instance has it.</param>
    public static int Executable(int id, bool mandatory = false) =>
        Define(id, DataType.None, Operations.Execute, false, mandatory);

    /// <summary>Id of the resource.</summary>
    public static int Id(int word) => word & 0xFFFF;

    /// <summary>Type of its value.</summary>
    public static DataType Type(int word) => (DataType)(word >> TypeShift & 0xF);

    /// <summary>What servers may do with it.</summary>
    public static Operations Ops(int word) => (Operations)(word >> OperationsShift & 7);

    /// <summary>True when servers may read it.</summary>
    public static bool IsReadable(int word) => (word & (int)Operations.Read << OperationsShift) != 0;

    /// <summary>True when servers may write it.</summary>
    public static bool IsWritable(int word) => (word & (int)Operations.Write << OperationsShift) != 0;

    /// <summary>True when servers may execute it.</summary>
    public static bool IsExecutable(int word) => (word & (int)Operations.Execute << OperationsShift) != 0;

    /// <summary>True when it has several resource instances.</summary>
    public static bool IsMultiple(int word) => (word & MultipleBit) != 0;

    /// <summary>True when every object instance has it.</summary>
    public static bool IsMandatory(int word) => (word & MandatoryBit) != 0;

    /// <summary>Number of the range in its definition, counted from 1; 0 when it has none.</summary>
    internal static int Range(int word) => word >> RangeShift & RangeMask;

    internal static int WithRange(int word, int range) => word & ~(RangeMask << RangeShift) | range << RangeShift;
}
