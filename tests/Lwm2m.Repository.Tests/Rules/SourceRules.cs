using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lwm2m.Repository.Tests.Rules;

/// <summary>What holds for C# files.</summary>
public static class SourceRules
{
    private static readonly string[] OutsideSpaces = ["System.Net", "System.Threading", "System.IO.Ports", "System.Diagnostics.Process"];
    private static readonly string[] OutsideTypes = ["DateTime", "DateTimeOffset", "Environment", "Stopwatch", "Thread", "Task", "Random", "Console"];

    public static IEnumerable<string> Directives(RepositoryFile file)
    {
        if (file.IsPlatform)
            return [];
        return file.Root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.IfDirectiveTrivia))
            .Select(t => file.At(t, "#if: put what differs between the runtimes into Platform/DotNet and Platform/Nano"));
    }

    public static IEnumerable<string> OneType(RepositoryFile file)
    {
        MemberDeclarationSyntax[] types = [.. file.Root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)];
        foreach (MemberDeclarationSyntax second in types.Skip(1))
            yield return file.At(second, $"a second type, {NameOf(second)}: give it a file of its own, {NameOf(second)}.cs");
        string stem = file.Name[..file.Name.IndexOf('.', StringComparison.Ordinal)];
        if (types.Length == 0)
            yield break;
        if (NameOf(types[0]) != stem)
            yield return file.At(types[0], $"{NameOf(types[0])} stands in {file.Name}: call the file {NameOf(types[0])}.cs, or {NameOf(types[0])}.Theme.cs for a part of it");
        else if (file.Name != stem + ".cs" && !types[0].Modifiers.Any(SyntaxKind.PartialKeyword))
            yield return file.At(types[0], $"{stem} is not partial: call the file {stem}.cs");
    }

    public static IEnumerable<string> SkippedTests(RepositoryFile file) =>
        file.Root.DescendantNodes().OfType<AttributeSyntax>()
            .Where(a => LastName(a.Name) is "Ignore" or "IgnoreAttribute" or "Explicit" or "ExplicitAttribute")
            .Select(a => file.At(a, $"[{LastName(a.Name)}]: a test runs or does not exist; mend it, or delete it"));

    /// <summary>The shared source is handed its time, randomness and network, and starts no threads (<c>lock</c> is allowed).</summary>
    public static IEnumerable<string> OutsideWorld(RepositoryFile file)
    {
        if (file.IsPlatform)
            yield break;
        foreach (SyntaxNode node in file.Root.DescendantNodes().Where(n => n is NameSyntax or MemberAccessExpressionSyntax))
        {
            string text = node.ToString();
            bool isNamespace = node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax) && OutsideSpaces.Any(s => IsOrIsIn(text, s));
            if (isNamespace || (node is IdentifierNameSyntax name && OutsideTypes.Contains(text) && NamesType(name)))
                yield return file.At(node, $"{text}: the core owns no clock, socket, thread or random source; take it through a port, or go to a Platform folder");
        }
    }

    /// <summary>Which of our namespaces the files of a library may name.</summary>
    public static IEnumerable<string> Arrows(RepositoryFile file)
    {
        string library = file.Path.Split('/')[1];
        string[] allowed = ProjectRules.AllowedReferences.GetValueOrDefault(library, []);
        foreach (NameSyntax name in file.Root.DescendantNodes().OfType<NameSyntax>().Where(n => n.Parent is not QualifiedNameSyntax))
        {
            string[] parts = name.ToString().Split('.');
            if (parts.Length < 2 || parts[0] != "Lwm2m")
                continue;
            string target = parts[0] + "." + parts[1];
            if (target != library && !allowed.Contains(target))
                yield return file.At(name, $"{library} knows nothing of {target}: arrows point down only: {nameof(ProjectRules.AllowedReferences)}");
        }
    }

    // A field or parameter of the same name is not meant.
    private static bool NamesType(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name || access.Expression.ToString() == "System",
        MethodDeclarationSyntax method => method.ReturnType == name,
        PropertyDeclarationSyntax property => property.Type == name,
        _ => name.Parent is ObjectCreationExpressionSyntax or VariableDeclarationSyntax or ParameterSyntax or QualifiedNameSyntax,
    };

    private static bool IsOrIsIn(string name, string space) => name == space || name.StartsWith(space + ".", StringComparison.Ordinal);

    private static string NameOf(MemberDeclarationSyntax type) => type is BaseTypeDeclarationSyntax t ? t.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    private static string LastName(NameSyntax name) => name is QualifiedNameSyntax q ? q.Right.Identifier.Text : name.ToString();
}
