using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lwm2m.NanoGate.Rules;

/// <summary>Calls that bind to something else on the board, or that turn floats and enums into text.</summary>
internal sealed partial class SourceRules
{
    // They are in mscorlib's list but not in every firmware of the stable line.
    private static readonly string[] DoubtfulStringMembers = ["StartsWith", "EndsWith", "Contains"];

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetOperation(node) is IInvocationOperation call)
            CheckCall(node, call);
        base.VisitInvocationExpression(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddExpression) && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String)
        {
            CheckText(node.Left);
            CheckText(node.Right);
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddAssignmentExpression) && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String)
            CheckText(node.Right);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitInterpolation(InterpolationSyntax node)
    {
        CheckText(node.Expression);
        base.VisitInterpolation(node);
    }

    private static bool IsFloat(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    private static bool IsEnum(ITypeSymbol? type) => type?.TypeKind == TypeKind.Enum || type?.SpecialType == SpecialType.System_Enum;

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Char;

    private void CheckCall(InvocationExpressionSyntax node, IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        string owner = method.ContainingType.ToDisplayString();
        ITypeSymbol? receiver = call.Instance is IConversionOperation boxed ? boxed.Operand.Type : call.Instance?.Type;

        if (method.Name == "ToString")
            CheckToString(node, call, receiver);
        if (owner == "System.Math")
            CheckMath(node, call);
        if (IsFloat(method.ContainingType) && method.Name is "Parse" or "TryParse" && IsFloat(method.ContainingType)
            || owner == "System.Convert" && method.Name is "ToDouble" or "ToSingle" && owner == "System.Convert")
            Error(RuleId.FloatText, node, $"{owner}.{method.Name} is inexact on the board and follows the culture on .NET: use the project's own reader");
        if (method.ContainingType.SpecialType == SpecialType.System_String && DoubtfulStringMembers.Contains(method.Name))
            Error(RuleId.MissingMember, node, $"string.{method.Name} is not on every board: use IndexOf");
        if (owner == "System.Array" && method.Name == "Copy" && method.Parameters.Length == 3)
            Warning(RuleId.SlowCopy, node, "only the Array.Copy of five arguments is native");
        if (owner == "System.GC" && method.Name == "Collect")
            Error(RuleId.MissingMember, node, "GC.Collect does not exist on the board");

        if (owner is "System.Text.StringBuilder" && method.Name is "Append" or "Insert" && owner is "System.Text.StringBuilder"
            || method.ContainingType.SpecialType == SpecialType.System_String && method.Name is "Concat" or "Format" && method.ContainingType.SpecialType == SpecialType.System_String
            || owner is "System.Console" or "System.Diagnostics.Debug")
        {
            foreach (ArgumentSyntax argument in node.ArgumentList.Arguments)
                CheckText(argument.Expression);
        }
    }

    private void CheckToString(InvocationExpressionSyntax node, IInvocationOperation call, ITypeSymbol? receiver)
    {
        if (IsEnum(receiver))
            Error(RuleId.EnumToString, node, "enum.ToString() gives the number on the board: switch to a text");
        if (IsFloat(receiver))
            Error(RuleId.FloatText, node, $"{receiver}.ToString() gives other digits on the board: use the project's own writer");
        if (call.Arguments.Length > 0 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string format } && format.StartsWith('R'))
            Error(RuleId.FloatText, node, "ToString(\"R\") throws on the board");
    }

    private void CheckMath(InvocationExpressionSyntax node, IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Max" or "Min" or "Abs" or "Sign" or "Clamp" or "Round" or "Floor" or "Ceiling" or "Truncate"))
            return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            IOperation value = argument.Value;
            while (value is IConversionOperation { IsImplicit: true } conversion)
                value = conversion.Operand;
            if (IsInteger(value.Type) && IsFloat(argument.Parameter?.Type))
            {
                Error(RuleId.MathOnIntegers, node, $"Math.{call.TargetMethod.Name} of {value.Type} binds to {argument.Parameter!.Type} on the board and loses digits: compare yourself");
                return;
            }
        }
    }

    /// <summary>A value that becomes part of a text must not be a float or an enum.</summary>
    private void CheckText(ExpressionSyntax expression)
    {
        ITypeSymbol? type = model.GetTypeInfo(expression).Type;
        if (IsFloat(type))
            Error(RuleId.FloatText, expression, $"a {type} in a text gives other digits on the board: use the project's own writer");
        else if (IsEnum(type))
            Error(RuleId.EnumInText, expression, "an enum in a text gives the number on the board: switch to a text, or cast to int to mean it");
    }
}
