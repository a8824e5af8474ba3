using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lwm2m.NanoGate.Rules;

/// <summary>Rules on C# constructs: what compiles and then breaks on the board, and what a clearer word than the compiler's helps.</summary>
internal sealed partial class SourceRules(SemanticModel model, List<Violation> violations) : CSharpSyntaxWalker(SyntaxWalkerDepth.Token)
{
    /// <summary>From seven string cases on the compiler hashes with <c>string[i]</c>, which is O(n) on the board.</summary>
    private const int MaxStringCases = 6;

    public void Check(SyntaxTree tree)
    {
        foreach (SyntaxTrivia trivia in tree.GetRoot().DescendantTrivia())
        {
            if (trivia.GetStructure() is IfDirectiveTriviaSyntax directive)
                Error(RuleId.Conditional, directive, "#if: what differs between the runtimes lies in Platform/DotNet and Platform/Nano");
        }

        Visit(tree.GetRoot());
    }

    public override void VisitToken(SyntaxToken token)
    {
        switch (token.Kind())
        {
            case SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken:
                Error(RuleId.Utf8Literal, token, "u8 literals need spans: keep the bytes in a byte[]");
                break;
            case SyntaxKind.VolatileKeyword:
                Error(RuleId.Volatile, token, "volatile does not exist on the board: use lock");
                break;
            case SyntaxKind.DecimalKeyword:
                Error(RuleId.Decimal, token, "decimal does not exist on the board");
                break;
            case SyntaxKind.UnsafeKeyword:
                Error(RuleId.Pointers, token, "unsafe code crashes the board");
                break;
            case SyntaxKind.AsyncKeyword:
                Error(RuleId.Async, token, "async does not exist on the board");
                break;
            case SyntaxKind.RefKeyword when token.Parent is TypeDeclarationSyntax:
                Error(RuleId.Struct, token, "ref structs do not exist on the board");
                break;
        }

        base.VisitToken(token);
    }

    public override void VisitGenericName(GenericNameSyntax node)
    {
        Error(RuleId.Generics, node, $"{node}: generics crash or hang the board");
        base.VisitGenericName(node);
    }

    public override void VisitTypeParameterList(TypeParameterListSyntax node)
    {
        Error(RuleId.Generics, node, $"{node}: generics crash or hang the board");
        base.VisitTypeParameterList(node);
    }

    public override void VisitStructDeclaration(StructDeclarationSyntax node)
    {
        Error(RuleId.Struct, node.Identifier, $"struct {node.Identifier}: a struct is a heap object on the board: use a class or plain fields");
        base.VisitStructDeclaration(node);
    }

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
        Error(RuleId.Record, node.Identifier, "records need generics: write a class");
        base.VisitRecordDeclaration(node);
    }

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node)
    {
        foreach (MemberDeclarationSyntax member in node.Members)
        {
            bool hasBody = member switch
            {
                BaseMethodDeclarationSyntax method => method.Body != null || method.ExpressionBody != null,
                BasePropertyDeclarationSyntax property => property.AccessorList?.Accessors.Any(a => a.Body != null || a.ExpressionBody != null) == true
                    || property is PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null },
                _ => false,
            };
            if (hasBody)
                Error(RuleId.DefaultInterfaceMethod, member, "a method body in an interface throws or crashes on the board");
        }

        base.VisitInterfaceDeclaration(node);
    }

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
        Warning(RuleId.Finalizer, node, "a finalizer keeps its object for one collection more: dispose instead");
        base.VisitDestructorDeclaration(node);
    }

    public override void VisitStackAllocArrayCreationExpression(StackAllocArrayCreationExpressionSyntax node)
    {
        Error(RuleId.StackAlloc, node, "stackalloc throws or crashes on the board");
        base.VisitStackAllocArrayCreationExpression(node);
    }

    public override void VisitImplicitStackAllocArrayCreationExpression(ImplicitStackAllocArrayCreationExpressionSyntax node)
    {
        Error(RuleId.StackAlloc, node, "stackalloc throws or crashes on the board");
        base.VisitImplicitStackAllocArrayCreationExpression(node);
    }

    public override void VisitPointerType(PointerTypeSyntax node)
    {
        Error(RuleId.Pointers, node, "pointers crash the board");
        base.VisitPointerType(node);
    }

    public override void VisitFunctionPointerType(FunctionPointerTypeSyntax node)
    {
        Error(RuleId.Pointers, node, "function pointers crash the board");
        base.VisitFunctionPointerType(node);
    }

    public override void VisitFixedStatement(FixedStatementSyntax node)
    {
        Error(RuleId.Pointers, node, "fixed crashes the board");
        base.VisitFixedStatement(node);
    }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.FixedKeyword))
            Error(RuleId.Pointers, node, "fixed-size buffers crash the board");
        base.VisitFieldDeclaration(node);
    }

    public override void VisitArrayRankSpecifier(ArrayRankSpecifierSyntax node)
    {
        if (node.Rank > 1)
            Error(RuleId.MultiDimensionalArray, node, "multi-dimensional arrays throw on the board: use a jagged or a flat array");
        base.VisitArrayRankSpecifier(node);
    }

    public override void VisitCheckedExpression(CheckedExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.CheckedExpression))
            Error(RuleId.Checked, node, "checked does not throw on the board: test the range");
        base.VisitCheckedExpression(node);
    }

    public override void VisitCheckedStatement(CheckedStatementSyntax node)
    {
        if (node.IsKind(SyntaxKind.CheckedStatement))
            Error(RuleId.Checked, node, "checked does not throw on the board: test the range");
        base.VisitCheckedStatement(node);
    }

    public override void VisitNullableType(NullableTypeSyntax node)
    {
        if (model.GetTypeInfo(node.ElementType).Type is { IsValueType: true })
            Error(RuleId.NullableValue, node, $"{node}: Nullable<T> does not exist on the board");
        base.VisitNullableType(node);
    }

    public override void VisitTupleExpression(TupleExpressionSyntax node)
    {
        // `(a, b) = (b, a)` is compiled to plain assignments, but anything else makes a ValueTuple.
        Error(RuleId.Tuple, node, "tuples do not exist on the board");
        base.VisitTupleExpression(node);
    }

    public override void VisitTupleType(TupleTypeSyntax node)
    {
        Error(RuleId.Tuple, node, "tuples do not exist on the board");
        base.VisitTupleType(node);
    }

    public override void VisitAnonymousObjectCreationExpression(AnonymousObjectCreationExpressionSyntax node)
    {
        Error(RuleId.Generics, node, "anonymous types are generic");
        base.VisitAnonymousObjectCreationExpression(node);
    }

    public override void VisitRangeExpression(RangeExpressionSyntax node)
    {
        Error(RuleId.Range, node, "ranges do not exist on the board");
        base.VisitRangeExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.IndexExpression))
            Error(RuleId.Range, node, "indices from the end do not exist on the board");
        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        Error(RuleId.Async, node, "await does not exist on the board");
        base.VisitAwaitExpression(node);
    }

    public override void VisitYieldStatement(YieldStatementSyntax node)
    {
        Error(RuleId.Iterator, node, "yield does not exist on the board");
        base.VisitYieldStatement(node);
    }

    public override void VisitQueryExpression(QueryExpressionSyntax node)
    {
        Error(RuleId.Linq, node, "LINQ does not exist on the board");
        base.VisitQueryExpression(node);
    }

    public override void VisitTryStatement(TryStatementSyntax node)
    {
        CheckNotInLambda(node, "try");
        base.VisitTryStatement(node);
    }

    public override void VisitLockStatement(LockStatementSyntax node)
    {
        CheckNotInLambda(node, "lock");
        base.VisitLockStatement(node);
    }

    public override void VisitUsingStatement(UsingStatementSyntax node)
    {
        CheckNotInLambda(node, "using");
        base.VisitUsingStatement(node);
    }

    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (node.UsingKeyword.IsKind(SyntaxKind.UsingKeyword))
            CheckNotInLambda(node, "using");
        base.VisitLocalDeclarationStatement(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        ITypeSymbol? collection = model.GetTypeInfo(node.Expression).Type;
        if (collection?.SpecialType == SpecialType.System_String)
            Warning(RuleId.StringLoop, node, "string[i] and Length are O(n) on the board, so this loop is O(n squared): convert to bytes once");
        base.VisitForEachStatement(node);
    }

    public override void VisitSwitchStatement(SwitchStatementSyntax node)
    {
        CheckStringCases(node, node.Expression, node.Sections.SelectMany(s => s.Labels).Count(l => l is CaseSwitchLabelSyntax));
        base.VisitSwitchStatement(node);
    }

    public override void VisitSwitchExpression(SwitchExpressionSyntax node)
    {
        CheckStringCases(node, node.GoverningExpression, node.Arms.Sum(a => a.Pattern.DescendantNodesAndSelf().OfType<ConstantPatternSyntax>().Count()));
        base.VisitSwitchExpression(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (node.Identifier.Text == "dynamic" && model.GetTypeInfo(node).Type is IDynamicTypeSymbol)
            Error(RuleId.Dynamic, node, "dynamic does not exist on the board");

        // What `var`, a method group or inference binds to is generic without looking like it.
        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        if (symbol is IMethodSymbol { IsGenericMethod: true } or INamedTypeSymbol { IsGenericType: true })
            Error(RuleId.Generics, node, $"{symbol.ToDisplayString()}: generics crash or hang the board");
        if (symbol is ITypeSymbol { Name: "SpanByte" })
            Error(RuleId.Span, node, "SpanByte is a heap object with an interpreted indexer: use byte[] with offset and count");
        base.VisitIdentifierName(node);
    }

    private void CheckStringCases(SyntaxNode node, ExpressionSyntax governing, int cases)
    {
        if (cases > MaxStringCases && model.GetTypeInfo(governing).Type?.SpecialType == SpecialType.System_String)
            Error(RuleId.StringSwitch, node, $"{cases} string cases: the compiler hashes them, which is O(n squared) on the board; {MaxStringCases} are compared one by one");
    }

    private void CheckNotInLambda(SyntaxNode node, string what)
    {
        for (SyntaxNode? parent = node.Parent; parent != null; parent = parent.Parent)
        {
            if (parent is LocalFunctionStatementSyntax or MemberDeclarationSyntax)
                return;
            if (parent is AnonymousFunctionExpressionSyntax)
            {
                Error(RuleId.TryInLambda, node, $"{what} directly in a lambda leaks an unwind record for each exception (six in all): move it to a named method");
                return;
            }
        }
    }

    private void Error(string rule, SyntaxNodeOrToken at, string message) => Add(rule, isError: true, at, message);

    private void Warning(string rule, SyntaxNodeOrToken at, string message) => Add(rule, isError: false, at, message);

    private void Add(string rule, bool isError, SyntaxNodeOrToken at, string message)
    {
        Violation violation = new(rule, isError, NanoAssembly.At(at.GetLocation()!), message);
        if (!violations.Contains(violation))
            violations.Add(violation);
    }
}
