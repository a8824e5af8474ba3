using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lwm2m.NanoGate.Heap;

/// <summary>
/// Prices the objects of a running .NET process as a nanoFramework board would: what would this cost on the board's managed heap?
/// <para>
/// An object costs 12 bytes and 12 for every instance field whatever its type, own and inherited; a string 12 + its UTF-8 length;
/// an array 20 + n times its element: 1, 2, 4 or 8 bytes for numbers, characters, booleans and enums, 12 for references
/// (each is a heap block); a boxed value 24; a delegate 60; a struct in a field is a heap object of its own; a static field 12.
/// The heap hands out blocks of 12 bytes, so every object is rounded up to them.
/// </para>
/// <para>
/// Not priced, because .NET's have nothing to do with the board's: types, members, and whatever the options skip. Platform objects
/// (threads, sockets, wait handles) have a fixed price and are not looked into. An object that is reachable in two ways counts once.
/// </para>
/// </summary>
public sealed class BoardHeap
{
    /// <summary>Price of an object without fields, and of each field.</summary>
    public const int Block = 12;

    public const int ArrayHeader = 20;
    public const int Boxed = 24;
    public const int Delegate = 60;

    private readonly BoardHeapOptions _options;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(object Item, string Owner, string Path)> _queue = new();
    private readonly List<BoardHeapObject> _objects = [];

    private BoardHeap(BoardHeapOptions options) => _options = options;

    /// <summary>Prices everything reachable from some objects, and from the static fields of the assemblies in the options.</summary>
    /// <param name="roots">The objects to start from, such as a registered client. Null entries are ignored.</param>
    /// <param name="options">Assemblies whose static fields count, and what to leave out; null takes neither.</param>
    public static BoardHeapReport Measure(object?[] roots, BoardHeapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        BoardHeap heap = new(options ?? new BoardHeapOptions());
        foreach (object? root in roots)
        {
            if (root != null)
                heap.Enqueue(root, "(root)", root.GetType().Name);
        }

        foreach (Assembly assembly in heap._options.StaticsOf)
            heap.AddStatics(assembly);
        while (heap._queue.TryDequeue(out (object Item, string Owner, string Path) next))
            heap.Price(next.Item, next.Owner, next.Path);
        foreach ((string name, int bytes) in heap._options.Extras)
            heap._objects.Add(new BoardHeapObject(name, name, bytes));
        return new BoardHeapReport(heap._objects);
    }

    private static int RoundUp(int bytes) => (bytes + Block - 1) / Block * Block;

    private void Enqueue(object item, string owner, string path)
    {
        if (item is MemberInfo or Assembly or Module or Pointer || _options.Skip(item) || !_seen.Add(item))
            return;
        _queue.Enqueue((item, owner, path));
    }

    private void AddStatics(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters && !t.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)))
        {
            FieldInfo[] fields = [.. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => !f.IsLiteral)];
            if (fields.Length == 0)
                continue;

            // The board runs all static constructors at start.
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            string name = NameOf(type);
            _objects.Add(new BoardHeapObject($"static fields of {name}", name, Block * fields.Length));
            foreach (FieldInfo field in fields)
                Follow(field, null, name, type.Name);
        }
    }

    private void Price(object item, string owner, string path)
    {
        Type type = item.GetType();
        if (_options.PlatformPrice(type) is { } price)
        {
            _objects.Add(new BoardHeapObject(type.Name, path, price));
            return;
        }

        switch (item)
        {
            case string text:
                Add($"string in {owner}", path, Block + System.Text.Encoding.UTF8.GetByteCount(text));
                break;
            case Array array:
                PriceArray(array, owner, path);
                break;
            case System.Delegate handler:
                PriceDelegate(handler, owner, path);
                break;
            case ValueType when type.IsPrimitive || type.IsEnum:
                Add($"boxed {type.Name}", path, Boxed);
                break;
            default:
                PriceObject(item, type, path);
                break;
        }
    }

    private void PriceArray(Array array, string owner, string path)
    {
        Type element = array.GetType().GetElementType()!;
        Add($"{element.Name}[] in {owner}", $"{path} ({element.Name}[{array.Length}])", ArrayHeader + array.Length * SizeOfElement(element));
        if (element.IsPrimitive || element.IsEnum)
            return;
        int index = 0;
        foreach (object? item in (IEnumerable)array)
        {
            if (item != null)
                Enqueue(item, owner, $"{path}[{index}]");
            index++;
        }
    }

    private void PriceDelegate(System.Delegate handler, string owner, string path)
    {
        System.Delegate[] targets = handler.GetInvocationList();
        Add($"delegate in {owner}", path, Delegate);
        foreach (System.Delegate target in targets)
        {
            if (targets.Length > 1)
                Add($"delegate in {owner}", path, Delegate);
            if (target.Target != null)
                Enqueue(target.Target, owner, path + ".Target");
        }
    }

    private void PriceObject(object item, Type type, string path)
    {
        int fields = 0;
        string name = NameOf(type);
        for (Type? t = type; t != null; t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields++;
                Follow(field, item, name, path);
            }
        }

        Add(name, path, Block + Block * fields);
    }

    private void Follow(FieldInfo field, object? instance, string owner, string path)
    {
        Type type = field.FieldType;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike)
            return;
        if (field.GetValue(instance) is { } value)
            Enqueue(value, owner, $"{path}.{field.Name}");
    }

    private void Add(string type, string path, int bytes) => _objects.Add(new BoardHeapObject(type, path, RoundUp(bytes)));

    private static string NameOf(Type type) => type.IsNested && type.DeclaringType != null ? $"{type.DeclaringType.Name}.{type.Name}" : type.Name;

    private static int SizeOfElement(Type element) => Type.GetTypeCode(element) switch
    {
        _ when !element.IsPrimitive && !element.IsEnum => Block,
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => Block,
    };
}
