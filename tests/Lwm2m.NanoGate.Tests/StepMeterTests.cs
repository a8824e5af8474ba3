using System.Reflection;
using Lwm2m.NanoGate.Steps;

namespace Lwm2m.NanoGate.Tests;

/// <summary>Counts of a sample whose instructions are known one by one.</summary>
public class StepMeterTests
{
    private const string Sample = """
        using System;
        using System.Text;
        public class Sample
        {
            public byte[] Data = new byte[2];
            public Sample Next;
            public static int Add(int a, int b) => a + b;
            public static int Twice(int a) => Add(a, a);
            public static int Loop(int n) { int sum = 0; for (int i = 0; i < n; i++) sum += i; return sum; }
            public static int Switch(int x) { switch (x) { case 0: return 10; case 1: return 11; case 2: return 12; default: return -1; } }
            public static int Catch(int x) { try { return Throw(x); } catch (InvalidOperationException) { return 0; } }
            private static int Throw(int x) { if (x == 0) throw new InvalidOperationException(); return x; }
            public static int Filter(int x) { try { return Throw(x); } catch (InvalidOperationException) when (x == 0) { return 5; } }
            public static int NullInTheMiddle(Sample s) { try { return s.Data[0] + 1 + 2 + 3; } catch (NullReferenceException) { return -1; } }
            public static int Length(string s) => Encoding.UTF8.GetBytes(s).Length;
            public static int Lock(object gate) { lock (gate) { return 1; } }
        }
        """;

    private StepMeter _meter = null!;
    private Type _sample = null!;

    [OneTimeSetUp]
    public void Load()
    {
        NanoAssembly assembly = Gate.CheckSource("#nullable disable\n" + Sample);
        Assert.That(assembly.Violations, Is.Empty);
        _meter = StepMeter.LoadForBoard([assembly], []);
        _sample = _meter.GetAssembly("Sample").GetType("Sample")!;
    }

    [OneTimeTearDown]
    public void Unload() => _meter.Dispose();

    [Test]
    public void Straight_line_counts_each_instruction() => Assert.That(Steps("Add", 1, 2).Total, Is.EqualTo(4)); // ldarg, ldarg, add, ret

    [Test]
    public void Called_methods_count_by_themselves()
    {
        StepCount count = Steps("Twice", 3);

        Assert.That(count.Total, Is.EqualTo(4 + 4));
        Assert.That(count.Methods, Is.EquivalentTo(new[] { ("Sample: Sample.Twice", 4L, 1L), ("Sample: Sample.Add", 4L, 1L) }));
    }

    // Before the loop 5 with the jump to the condition; the condition 3; the body 8; after it 2.
    [TestCase(0, 5 + 3 + 2)]
    [TestCase(1, 5 + 8 + 2 * 3 + 2)]
    [TestCase(100, 5 + 100 * 8 + 101 * 3 + 2)]
    public void Loop_counts_each_round(int n, int steps) => Assert.That(Steps("Loop", n).Total, Is.EqualTo(steps));

    [TestCase(0, 4)] // ldarg, switch, ldc, ret
    [TestCase(2, 4)]
    [TestCase(3, 5)] // and a br
    [TestCase(-1, 5)]
    public void Switch_counts_the_case_taken(int x, int steps) => Assert.That(Steps("Switch", x).Total, Is.EqualTo(steps));

    // Throw(1): ldarg, brtrue, ldarg, ret. Catch(1): ldarg, call, stloc, leave, ldloc, ret.
    [TestCase("Catch", 1, 4 + 6)]
    // Throw(0): ldarg, brtrue, newobj, throw. Catch(0): ldarg, call; pop, ldc, stloc, leave; ldloc, ret.
    [TestCase("Catch", 0, 4 + 8)]
    public void Exception_counts_what_ran_before_and_in_the_handler(string method, int x, int steps) => Assert.That(Steps(method, x).Total, Is.EqualTo(steps));

    [Test]
    public void Filter_counts_and_its_handler_too()
    {
        Assert.That(Steps("Filter", 1).Total, Is.EqualTo(4 + 6));

        // The filter: isinst, dup, brtrue; pop, ldarg, ldc, ceq, ldc, cgt.un, endfilter; the handler: pop, ldc, stloc, leave; ldloc, ret.
        Assert.That(Steps("Filter", 0).Total, Is.EqualTo(4 + 2 + 10 + 4 + 2));
    }

    [Test]
    public void Exception_in_the_middle_of_a_line_counts_up_to_it()
    {
        // ldarg, ldfld (throws); pop, ldc, stloc, leave, ldloc, ret
        Assert.That(Steps("NullInTheMiddle", [null]).Total, Is.EqualTo(2 + 4 + 2));
    }

    [Test]
    public void Platform_calls_count_as_one_instruction()
    {
        // call get_UTF8, ldarg, callvirt GetBytes, ldlen, conv.i4, ret; the length of the text does not matter
        Assert.That(Steps("Length", "a").Total, Is.EqualTo(6));
        Assert.That(Steps("Length", new string('a', 1000)).Total, Is.EqualTo(6));
    }

    [Test]
    public void Count_is_the_same_in_every_run() => Assert.That(Enumerable.Range(0, 5).Select(_ => Steps("Loop", 10).Total).Distinct().Count(), Is.EqualTo(1));

    [Test]
    public void Finally_and_lock_of_the_board_run_here()
    {
        StepCount count = Steps("Lock", new object());

        // ldarg, stloc, ldloc, call Enter; ldc, stloc, leave; finally: ldloc, call Exit, endfinally; ldloc, ret
        Assert.That(count.Total, Is.EqualTo(12));
    }

    [Test]
    public void Assemblies_of_dotnet_are_woven_into_a_folder_and_still_work()
    {
        string folder = Directory.CreateTempSubdirectory("steps").FullName;
        try
        {
            string path = Path.Combine(folder, "in", "Sample.dll");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
                "Sample",
                [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("public class C { public static int Add(int a, int b) => a + b; }")],
                [Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
                new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, optimizationLevel: Microsoft.CodeAnalysis.OptimizationLevel.Release));
            using (FileStream image = File.Create(path))
                Assert.That(compilation.Emit(image).Success, Is.True);

            IReadOnlyList<string> methods = StepMeter.Weave([path], Path.Combine(folder, "out"));
            Assert.That(methods, Is.EqualTo(new[] { "Sample: C.Add", "Sample: C..ctor" }));
            Assembly woven = Assembly.Load(File.ReadAllBytes(Path.Combine(folder, "out", "Sample.dll")));
            Assert.That(woven.GetType("C")!.GetMethod("Add")!.Invoke(null, [2, 3]), Is.EqualTo(5));

            using StepMeter meter = StepMeter.Load([path], []);
            MethodInfo add = meter.GetAssembly("Sample").GetType("C")!.GetMethod("Add")!;
            Assert.That(meter.Run(() => add.Invoke(null, [2, 3])).Total, Is.EqualTo(4));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private StepCount Steps(string method, params object?[] arguments)
    {
        MethodInfo info = _sample.GetMethod(method)!;
        return _meter.Run(() => info.Invoke(null, arguments));
    }
}
