using System.Text;

namespace Lwm2m.NanoGate.Tests;

/// <summary>What the board's 16-bit offsets and 8-bit counts hold.</summary>
public class LimitTests
{
    [TestCase("static fields", "public static int F{0};")]
    [TestCase("instance fields", "public int F{0};")]
    [TestCase("static methods", "public static void M{0}() {{ }}")]
    [TestCase("virtual methods", "public virtual void M{0}() {{ }}")]
    [TestCase("instance methods", "public void M{0}() {{ }}")]
    public void Count_of_a_kind_of_member_ends_at_255(string kind, string member)
    {
        // The constructor is the 255th instance method.
        int fit = kind == "instance methods" ? 254 : 255;

        Assert.That(Gate.CheckSource(Class(member, fit)).Violations, Is.Empty);
        Violation violation = Gate.CheckSource(Class(member, fit + 1)).Violations.Single();
        Assert.That(violation.Rule, Is.EqualTo(RuleId.MemberCount));
        Assert.That(violation.ToString(), Does.Contain("256 " + kind));
    }

    [Test]
    public void Constants_are_no_fields_of_the_board()
    {
        Assert.That(Gate.CheckSource(Class("public const int F{0} = {0};", 300)).Violations, Is.Empty);
    }

    [Test]
    public void Bytecode_above_64_kB_is_rejected()
    {
        // A call costs one byte for the opcode and two for the method on the board, on .NET four.
        Assert.That(Gate.CheckSource(Calls(21_000)).Violations, Is.Empty);
        Assert.That(Gate.CheckSource(Calls(22_000)).Violations.Select(v => v.Rule), Is.EqualTo(new[] { RuleId.BytecodeSize }));
    }

    [Test]
    public void Strings_above_32_kB_are_rejected()
    {
        Assert.That(Gate.CheckSource(Class("public string S{0}() => \"" + new string('x', 300) + "{0}\";", 120)).Violations.Select(v => v.Rule), Is.EqualTo(new[] { RuleId.BytecodeSize }));
    }

    [Test]
    public void Bytecode_is_counted_with_the_operand_sizes_of_the_board()
    {
        NanoAssembly assembly = Gate.CheckSource("""
            #nullable disable
            public static class C
            {
                public static string M(object o)
                {
                    try { return N((string)o); } catch (System.Exception) { return "x"; }
                }

                public static string N(string s) => s;
            }
            """);

        // M: ldarg.0 1, castclass 3, call 3, stloc.0 1, leave.s 2; pop 1, ldstr 3, stloc.0 1, leave.s 2; ldloc.0 1, ret 1;
        // one handler 12 + 1. N: ldarg.0 1, ret 1.
        Assert.That(assembly.Violations, Is.Empty);
        Assert.That(assembly.Size!.Bytecode, Is.EqualTo(19 + 13 + 2));
        Assert.That(assembly.Size.IlBytes, Is.EqualTo(25 + 2));
        Assert.That(assembly.Size.Methods, Is.EqualTo(2));
    }

    private static string Class(string member, int count)
    {
        StringBuilder text = new("public class C { ");
        for (int i = 0; i < count; i++)
            text.AppendFormat(member, i).Append(' ');
        return text.Append('}').ToString();
    }

    private static string Calls(int count)
    {
        StringBuilder text = new("public static class C { public static void M() { ");
        for (int i = 0; i < count; i++)
            text.Append("N(); ");
        return text.Append("} public static void N() { } }").ToString();
    }
}
