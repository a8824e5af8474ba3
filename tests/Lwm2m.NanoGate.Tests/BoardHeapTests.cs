using System.Net.Sockets;
using Lwm2m.NanoGate.Heap;

namespace Lwm2m.NanoGate.Tests;

/// <summary>Known object graphs at the board's prices, rounded up to its blocks of 12 bytes.</summary>
public class BoardHeapTests
{
    private static object?[] Priced => [
        new object?[] { 12, new object() },
        new object?[] { 12 + 3 * 12 + 12, new ThreeFields() },
        new object?[] { 12 + 5 * 12 + 12, new WithBase() },
        new object?[] { 36, new byte[16] },
        new object?[] { 48, new byte[17] },
        new object?[] { 60, new int[10] },
        new object?[] { 36, new char[8] },
        new object?[] { 60, new long[5] },
        new object?[] { 36, new DayOfWeekByte[16] },
        new object?[] { 20 + 4 + 3 * 12, new object?[3] },
        new object?[] { 24, "twelve chars" },
        new object?[] { 24, "é" },
        new object?[] { 24, 5 },
        new object?[] { 24, DayOfWeek.Friday },
        new object?[] { 60, (Action)StaticMethod },
        new object?[] { 900, Thread.CurrentThread },
        new object?[] { 36, new ManualResetEvent(false) },
        new object?[] { 0, typeof(string) },
    ];

    [TestCaseSource(nameof(Priced))]
    public void Object_has_the_price_of_the_board(int bytes, object item) => Assert.That(BoardHeap.Measure([item]).Total, Is.EqualTo(bytes));

    [Test]
    public void Shared_object_counts_once_and_circles_end()
    {
        Node a = new();
        Node b = new() { Next = a };
        a.Next = b;
        byte[] shared = new byte[100];
        a.Data = shared;
        b.Data = shared;

        BoardHeapReport report = BoardHeap.Measure([a, b, a]);

        Assert.That(report.Total, Is.EqualTo(2 * (12 + 2 * 12) + 120));
        Assert.That(report.Rows.Select(r => (r.Type, r.Count)), Is.EqualTo(new[] { ("Byte[] in BoardHeapTests.Node", 1), ("BoardHeapTests.Node", 2) }));
    }

    [Test]
    public void Elements_of_jagged_arrays_are_found()
    {
        Assert.That(BoardHeap.Measure([new[] { new byte[4], new byte[4], null }]).Total, Is.EqualTo(60 + 2 * 24));
    }

    [Test]
    public void Closure_costs_its_delegate_and_its_captured_fields()
    {
        byte[] captured = new byte[40];
        int count = 0;
        Action handler = () => count += captured.Length;

        // The delegate 60; the object behind it 12 + 2 * 12; the array 60.
        Assert.That(BoardHeap.Measure([handler]).Total, Is.EqualTo(60 + 36 + 60));
    }

    [Test]
    public void Multicast_delegate_costs_its_list_too()
    {
        Action handler = StaticMethod;
        handler += StaticMethod;

        Assert.That(BoardHeap.Measure([handler]).Total, Is.EqualTo(3 * 60));
    }

    [Test]
    public void Struct_in_a_field_is_a_heap_object()
    {
        Assert.That(BoardHeap.Measure([new HoldsStruct()]).Total, Is.EqualTo(12 + 12 + 12 + 2 * 12));
    }

    [Test]
    public void Socket_has_a_fixed_price()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        Assert.That(BoardHeap.Measure([socket]).Total, Is.EqualTo(BoardHeapOptions.SocketPrice));
    }

    [Test]
    public void Skipped_objects_are_neither_priced_nor_looked_into()
    {
        Node root = new() { Next = new Node { Data = new byte[1000] } };

        BoardHeapReport report = BoardHeap.Measure([root], new BoardHeapOptions { Skip = o => o is Node { Next: null } });

        Assert.That(report.Total, Is.EqualTo(36));
    }

    [Test]
    public void Static_fields_of_an_assembly_count_with_what_they_reach()
    {
        System.Reflection.Assembly assembly = System.Reflection.Assembly.Load(CompileForDotNet("public static class C { public const int K = 1; private static readonly byte[] Table = new byte[28]; public static int N; }"));

        Assert.That(BoardHeap.Measure([], new BoardHeapOptions { StaticsOf = [assembly] }).Total, Is.EqualTo(2 * 12 + 48));
    }

    [Test]
    public void Table_names_types_and_total()
    {
        string table = BoardHeap.Measure([new Node { Data = new byte[1000] }]).Render();

        Assert.That(table, Does.Contain("| BoardHeapTests.Node | 1 | 36 |"));
        Assert.That(table, Does.Contain("| **in all** | 2 | **1,056** |"));
        Assert.That(table, Does.Contain("| `Node.Data (Byte[1000])` | 1,020 |"));
    }

    [Test]
    public void Parts_are_the_fields_of_the_roots()
    {
        Node root = new() { Next = new Node { Data = new byte[100], Next = new Node() } };

        Assert.That(BoardHeap.Measure([root]).Parts, Is.EqualTo(new[] { ("Node.Next", 3, 36 + 120 + 36), ("Node", 1, 36) }));
    }

    private static void StaticMethod()
    {
    }

    private static byte[] CompileForDotNet(string source)
    {
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Sample", [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(source)],
            [Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.That(compilation.Emit(image).Success, Is.True);
        return image.ToArray();
    }

    private enum DayOfWeekByte : byte
    {
        Monday,
    }

    private class ThreeFields
    {
        public byte A = 1;
        public long B = 2;
        public object? C = DBNull.Value;
    }

    private sealed class WithBase : ThreeFields
    {
        public int D = 4;
        public bool E = true;
    }

    private sealed class Node
    {
        public Node? Next;
        public byte[]? Data;
    }

    private struct Pair
    {
        public int A;
        public int B;
    }

    private sealed class HoldsStruct
    {
        public Pair Pair = new() { A = 1, B = 2 };
    }
}
