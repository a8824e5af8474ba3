using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Lwm2m.NanoGate.Heap;

/// <summary>What <see cref="BoardHeap"/> counts beyond the roots, and what it leaves out.</summary>
public sealed class BoardHeapOptions
{
    /// <summary>A running thread with its first stack frames; the board's documentation says about 900 bytes.</summary>
    public const int ThreadPrice = 900;

    /// <summary>The board's Socket object with its two end points and addresses; lwIP's own memory is not on the managed heap.</summary>
    public const int SocketPrice = 252;

    /// <summary>An end point with its address.</summary>
    public const int EndPointPrice = 108;

    /// <summary>A wait handle, timer or lock of the platform.</summary>
    public const int WaitHandlePrice = 36;

    /// <summary>Assemblies whose static fields, and what these reach, belong to the price.</summary>
    public IReadOnlyList<Assembly> StaticsOf { get; init; } = [];

    /// <summary>Objects that are neither priced nor looked into, such as a test's fake server.</summary>
    public Func<object, bool> Skip { get; init; } = _ => false;

    /// <summary>What the board has beside the objects that are reachable here, such as a running thread: name and bytes.</summary>
    public IReadOnlyList<(string Name, int Bytes)> Extras { get; init; } = [];

    /// <summary>Fixed price of a platform type that is not looked into; null when it is an ordinary object.</summary>
    public int? PlatformPrice(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type == typeof(Thread))
            return ThreadPrice;
        if (type == typeof(Socket))
            return SocketPrice;
        if (typeof(EndPoint).IsAssignableFrom(type) || type == typeof(IPAddress))
            return EndPointPrice;
        if (typeof(WaitHandle).IsAssignableFrom(type) || type == typeof(Lock))
            return WaitHandlePrice;
        if (type == typeof(Random))
            return 2 * BoardHeap.Block;
        if (typeof(Exception).IsAssignableFrom(type) && type.Assembly == typeof(object).Assembly)
            return 5 * BoardHeap.Block;

        // What else of .NET's threading and sockets a port of .NET's may hold, the board does not have.
        return type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
            && type.Namespace is { } ns && (ns.StartsWith("System.Threading", StringComparison.Ordinal) || ns.StartsWith("System.Net", StringComparison.Ordinal))
            ? 0
            : null;
    }
}
