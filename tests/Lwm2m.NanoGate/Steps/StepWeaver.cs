using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Lwm2m.NanoGate.Steps;

/// <summary>
/// Rewrites assemblies so that they count the instructions they execute. Each block begins with a call of
/// <see cref="StepCounter.Add"/>; a block ends at every jump, target, call and instruction that can throw, so that the count is exact
/// even when an exception leaves in the middle. The instruction that throws counts; what the weaver adds does not.
/// </summary>
internal sealed class StepWeaver
{
    private readonly List<string> _methods = [];

    /// <summary>Names of the woven methods; the index is what woven code hands to the counter.</summary>
    public IReadOnlyList<string> Methods => _methods;

    /// <summary>Weaves one assembly.</summary>
    /// <param name="image">The assembly as compiled, in release.</param>
    /// <param name="isForBoard">It was compiled against the board's assemblies: point its references at .NET's, so that it runs here.</param>
    public byte[] Weave(byte[] image, bool isForBoard)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        ModuleDefinition module = assembly.MainModule;
        if (isForBoard)
            PlatformReferences.Retarget(module);

        MethodReference add = module.ImportReference(typeof(StepCounter).GetMethod(nameof(StepCounter.Add))!);
        MethodReference enter = module.ImportReference(typeof(StepCounter).GetMethod(nameof(StepCounter.Enter))!);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            _methods.Add($"{assembly.Name.Name}: {NameOf(method.DeclaringType)}.{method.Name}");
            Weave(method.Body, _methods.Count - 1, add, enter);
        }

        using MemoryStream woven = new();
        assembly.Write(woven);
        return woven.ToArray();
    }

    private static string NameOf(TypeDefinition type) => type.DeclaringType == null ? type.Name : NameOf(type.DeclaringType) + "." + type.Name;

    private static void Weave(MethodBody body, int method, MethodReference add, MethodReference enter)
    {
        body.SimplifyMacros(); // short branches would not reach over what is added
        List<Instruction> original = [.. body.Instructions];
        HashSet<Instruction> leaders = Leaders(body);
        ILProcessor il = body.GetILProcessor();
        for (int i = 0; i < original.Count; i++)
        {
            if (!leaders.Contains(original[i]))
                continue;
            int length = 1;
            while (i + length < original.Count && !leaders.Contains(original[i + length]))
                length++;
            BeginWithCount(il, original[i], method, length, add, i == 0 ? enter : null);
        }

        body.OptimizeMacros();
    }

    // The leader itself becomes the first added instruction, so that jumps and handlers that point at it need no change.
    private static void BeginWithCount(ILProcessor il, Instruction leader, int method, int length, MethodReference add, MethodReference? enter)
    {
        Instruction moved = il.Create(OpCodes.Nop);
        moved.OpCode = leader.OpCode;
        moved.Operand = leader.Operand;
        leader.OpCode = OpCodes.Ldc_I4;
        leader.Operand = method;
        Instruction last = leader;
        foreach (Instruction added in new[] { il.Create(OpCodes.Ldc_I4, length), il.Create(OpCodes.Call, add) })
        {
            il.InsertAfter(last, added);
            last = added;
        }

        if (enter != null)
        {
            Instruction index = il.Create(OpCodes.Ldc_I4, method);
            Instruction call = il.Create(OpCodes.Call, enter);
            il.InsertAfter(last, index);
            il.InsertAfter(index, call);
            last = call;
        }

        il.InsertAfter(last, moved);
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            if (instruction.Next != null && instruction.OpCode.OpCodeType != OpCodeType.Prefix && EndsBlock(instruction))
                leaders.Add(instruction.Next);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart != null)
                leaders.Add(handler.FilterStart);
        }

        return leaders;
    }

    private static bool EndsBlock(Instruction instruction) =>
        instruction.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Meta) || CanThrow(instruction.OpCode.Code);

    private static bool CanThrow(Code code) => code is
        Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld or
        Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un or
        Code.Castclass or Code.Unbox or Code.Unbox_Any or Code.Newarr or Code.Ldlen or
        (>= Code.Ldelema and <= Code.Stelem_Ref) or Code.Ldelem_Any or Code.Stelem_Any or
        (>= Code.Ldind_I1 and <= Code.Stind_R8) or Code.Ldobj or Code.Stobj;
}
