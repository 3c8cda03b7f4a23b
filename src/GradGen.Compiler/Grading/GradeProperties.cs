using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Explanation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>What a diagnostic about a gradient carries for its fixes: the edit, and the call of the generated method in place of the body.</summary>
internal static class GradeProperties
{
    private const string Edit = "Edit";
    private const string Call = "Call";

    public static ImmutableDictionary<string, string?> Of(Finding finding, Grade grade)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        var call = grade.Claim is { } claim ? CallOf(claim) : null;
        if (finding.Descriptor == Diagnostics.Descriptors.GradientLayout && grade.Claim?.Layout is not null)
        {
            Add(properties, Call, call is null ? [] : [.. finding.Changes, call]); // Its type changes with its body.
        }
        else
        {
            Add(properties, Edit, finding.Changes);
            Add(properties, Call, call is null ? [] : [call]);
        }

        return properties.ToImmutable();
    }

    /// <summary>The changes that make the expression right.</summary>
    public static IReadOnlyList<Change> EditIn(ImmutableDictionary<string, string?> properties) => Read(properties, Edit);

    /// <summary>The changes that put the generated method in place of the body.</summary>
    public static IReadOnlyList<Change> CallIn(ImmutableDictionary<string, string?> properties) => Read(properties, Call);

    private static void Add(ImmutableDictionary<string, string?>.Builder properties, string kind, IReadOnlyList<Change> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            properties.Add($"{kind}{i}.Span", string.Format(CultureInfo.InvariantCulture, "{0},{1}", changes[i].Start, changes[i].Length));
            properties.Add($"{kind}{i}.Text", changes[i].Text);
        }
    }

    private static IReadOnlyList<Change> Read(ImmutableDictionary<string, string?> properties, string kind)
    {
        var changes = new List<Change>();
        while (properties.TryGetValue($"{kind}{changes.Count}.Span", out var span) && span?.Split(',') is [var start, var length]
            && properties.TryGetValue($"{kind}{changes.Count}.Text", out var text) && text is not null)
        {
            changes.Add(new Change(int.Parse(start, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture), text));
        }

        return changes;
    }

    /// <summary>The body replaced by the call of the generated method.</summary>
    private static Change? CallOf(GradientClaim claim)
    {
        var syntax = claim.Gradient.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault(m => m.Body is not null || m.ExpressionBody is not null);
        if (syntax is null || claim.Method.Parameters.Any(p => claim.Gradient.Parameters.All(g => g.Name != p.Name)))
        {
            return null;
        }

        var arguments = claim.Method.Parameters.Select(p => p.Name);
        var call = $"{Reading.SignatureReader.BackwardNameOf(claim.Method)}({string.Join(", ", claim.Upstream is { } upstream ? arguments.Append(upstream.Name) : arguments)})";
        string Member(IParameterSymbol parameter) => Notation.Pascal(parameter.Name) is var name && name == "Value" ? "ValueGradient" : name;
        var (start, end) = syntax.ExpressionBody is { } arrow ? (arrow.SpanStart, syntax.SemicolonToken.Span.End) : (syntax.Body!.SpanStart, syntax.Body.Span.End);
        return new Change(start, end - start,
            claim.ReturnsRecord ? $"=> {call};"
            : claim.Parameters.Length == 1 ? $"=> {call}.{Member(claim.Parameters[0])};"
            : $"{{ var gradient = {call}; return ({string.Join(", ", claim.Parameters.Select(p => "gradient." + Member(p)))}); }}");
    }
}
