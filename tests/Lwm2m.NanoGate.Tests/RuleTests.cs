namespace Lwm2m.NanoGate.Tests;

/// <summary>One small violation of each kind is rejected, by the rule that names it.</summary>
[Parallelizable(ParallelScope.All)]
public class RuleTests
{
    private static readonly object[][] Members =
    [
        // what stands inside `public class C { ... }`
        [RuleId.Compile, "public string M() => string.Join(\",\", new string[0]);"],
        [RuleId.Compile, "public void M() => System.Buffer.BlockCopy(new byte[1], 0, new byte[1], 0, 1);"],
        [RuleId.Compile, "public System.Collections.Generic.List<int>? F;"],
        [RuleId.Compile, "public byte[] M(string s) => System.Text.Encoding.ASCII.GetBytes(s);"],
        [RuleId.Compile, "public System.Span<byte> M() => default;"],
        [RuleId.Compile, "public void M(System.Threading.ManualResetEvent e) => e.WaitOne(5);"],
        [RuleId.Compile, "public required int F;"],
        [RuleId.Compile, "public int M(object[] a) { foreach (int x in (System.Collections.Generic.IEnumerable<int>)(object)a) return x; return 0; }"],
        [RuleId.Generics, "public System.Action<int>? F;"],
        [RuleId.Generics, "public System.Func<int>? F;"],
        [RuleId.Generics, "public System.EventHandler<System.EventArgs>? F;"],
        [RuleId.Generics, "public T M<T>(T t) => t;"],
        [RuleId.Generics, "public class Box<T> { public T? Value; }"],
        [RuleId.Generics, "static T Id<T>(T t) => t; public int M() => Id(3);"],
        [RuleId.Generics, "public object M() { var f = () => 3; return f; }"],
        [RuleId.Generics, "public object M() => new { A = 1 };"],
        [RuleId.DefaultInterfaceMethod, "public interface I { int A(); int B() => A(); }"],
        [RuleId.DefaultInterfaceMethod, "public interface I { int A { get { return 1; } } }"],
        [RuleId.DefaultInterfaceMethod, "public interface I { static int A() => 1; }"],
        [RuleId.StackAlloc, "public unsafe int M() { byte* p = stackalloc byte[4]; return p[0]; }"],
        [RuleId.Pointers, "public unsafe int M(int* p) => *p;"],
        [RuleId.Pointers, "public unsafe int M(byte[] b) { fixed (byte* p = b) return p[0]; }"],
        [RuleId.MultiDimensionalArray, "public int[,] F = new int[2, 3];"],
        [RuleId.MultiDimensionalArray, "public object M() => new byte[,] { { 1 }, { 2 } };"],
        [RuleId.Checked, "public int M(int a) => checked(a + 1);"],
        [RuleId.Checked, "public int M(int a) { checked { return a + 1; } }"],
        [RuleId.Struct, "public struct S { public int A; }"],
        [RuleId.Struct, "public readonly struct S { public readonly int A; }"],
        [RuleId.Struct, "public ref struct S { public int A; }"],
        [RuleId.Record, "public record R(int A);"],
        [RuleId.EnumToString, "public string M(System.DayOfWeek d) => d.ToString();"],
        [RuleId.EnumToString, "public string M(System.Enum d) => d.ToString();"],
        [RuleId.EnumInText, "public string M(System.DayOfWeek d) => \"day \" + d;"],
        [RuleId.EnumInText, "public string M(System.DayOfWeek d) => $\"day {d}\";"],
        [RuleId.EnumInText, "public string M(System.DayOfWeek d) { string s = \"day \"; s += d; return s; }"],
        [RuleId.EnumInText, "public void M(System.Text.StringBuilder b, System.DayOfWeek d) => b.Append(d);"],
        [RuleId.FloatText, "public string M(double d) => d.ToString();"],
        [RuleId.FloatText, "public string M(float f) => f.ToString(\"F2\");"],
        [RuleId.FloatText, "public string M(long l) => l.ToString(\"R\");"],
        [RuleId.FloatText, "public string M(float f) => \"value \" + f;"],
        [RuleId.FloatText, "public string M(double d) => $\"value {d}\";"],
        [RuleId.FloatText, "public void M(System.Text.StringBuilder b, float f) => b.Append(f);"],
        [RuleId.FloatText, "public string M(double d) => string.Format(\"{0}\", d);"],
        [RuleId.FloatText, "public double M(string s) => double.Parse(s);"],
        [RuleId.FloatText, "public double M(string s) => System.Convert.ToDouble(s);"],
        [RuleId.TryInLambda, "public System.Action M() => () => { try { M(); } catch (System.Exception) { } };"],
        [RuleId.TryInLambda, "public System.Action M() => delegate { try { M(); } finally { M(); } };"],
        [RuleId.TryInLambda, "public System.Action M() => () => { lock (this) { M(); } };"],
        [RuleId.MathOnIntegers, "public object M(long a, long b) => System.Math.Max(a, b);"],
        [RuleId.MathOnIntegers, "public object M(long a) => System.Math.Abs(a);"],
        [RuleId.MathOnIntegers, "public object M(ulong a, ulong b) => System.Math.Min(a, b);"],
        [RuleId.MathOnIntegers, "public object M(uint a, int b) => System.Math.Min(a, b);"],
        [RuleId.Volatile, "private volatile int _f; public int M() => _f;"],
        [RuleId.Decimal, "public decimal F;"],
        [RuleId.StringSwitch, "public int M(string s) { switch (s) { case \"a\": return 1; case \"b\": return 2; case \"c\": return 3; case \"d\": return 4; case \"e\": return 5; case \"f\": return 6; case \"g\": return 7; default: return 0; } }"],
        [RuleId.StringSwitch, "public int M(string s) => s switch { \"a\" => 1, \"b\" => 2, \"c\" => 3, \"d\" => 4, \"e\" or \"f\" => 5, \"g\" => 7, _ => 0 };"],
        [RuleId.Async, "public async void M() { await N(); } private object N() => this;"],
        [RuleId.Iterator, "public System.Collections.IEnumerable M() { yield return 1; }"],
        [RuleId.Tuple, "public (int, int) M() => (1, 2);"],
        [RuleId.NullableValue, "public int? F;"],
        [RuleId.NullableValue, "public System.DayOfWeek? M() => null;"],
        [RuleId.Range, "public int M(int[] a) => a[^1];"],
        [RuleId.Range, "public int[] M(int[] a) => a[1..2];"],
        [RuleId.Utf8Literal, "public object M() => \"abc\"u8.ToArray();"],
        [RuleId.Dynamic, "public int M(dynamic d) => d.A;"],
        [RuleId.Linq, "public object M(int[] a) => from x in a select x;"],
        [RuleId.MissingMember, "public bool M(string s) => s.StartsWith(\"a\");"],
        [RuleId.Span, "public int M(System.SpanByte s) => s.Length;"],
        [RuleId.Conditional, "\n#if NANO\npublic int A;\n#endif\n"],
    ];

    [TestCaseSource(nameof(Members))]
    public void Violation_is_rejected(string rule, string members)
    {
        NanoAssembly assembly = Gate.CheckSource("#nullable enable\npublic class C { " + members + " }");

        Assert.That(assembly.Violations.Where(v => v.IsError).Select(v => v.Rule), Does.Contain(rule), string.Join('\n', assembly.Violations));
    }

    [TestCase(RuleId.Finalizer, "~C() { }")]
    [TestCase(RuleId.SlowCopy, "public void M(byte[] a, byte[] b) => System.Array.Copy(a, b, 3);")]
    [TestCase(RuleId.StringLoop, "public int M(string s) { int n = 0; foreach (char c in s) n += c; return n; }")]
    public void Doubtful_code_is_named_but_passes(string rule, string members)
    {
        NanoAssembly assembly = Gate.CheckSource("public class C { " + members + " }");

        Assert.That(assembly.Violations.Select(v => (v.Rule, v.IsError)), Is.EqualTo(new[] { (rule, false) }), string.Join('\n', assembly.Violations));
    }

    [Test]
    public void Violation_says_file_and_line()
    {
        NanoAssembly assembly = Gate.CheckSource("public class C\n{\n    public int[,]? F;\n}");

        Assert.That(assembly.Violations[0].ToString(), Does.StartWith("Sample.cs:3: error multi-dimensional-array: "));
    }

    [Test]
    public void Compile_error_says_file_line_and_what()
    {
        NanoAssembly assembly = Gate.CheckSource("public class C\n{\n    public Missing? F;\n}");

        Assert.That(assembly.Violations[0].ToString(), Does.Match("^Sample.cs:3: error compile: CS0246: .*Missing"));
        Assert.That(assembly.Image, Is.Null);
    }
}
