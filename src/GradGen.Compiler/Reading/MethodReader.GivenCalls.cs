using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Calls of methods whose derivative was given: they are called in generated code, and not read.</summary>
internal sealed partial class MethodReader
{
    private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);

    /// <summary>The given derivative of a method that is called; null where the method is to be read.</summary>
    private GivenDerivative? GivenOf(IMethodSymbol method)
    {
        if (!method.IsStatic || method.MethodKind != MethodKind.Ordinary)
        {
            return null;
        }

        return CustomDerivatives.Of(_compilation, _cancellation).Find(method)
            ?? (IsOfThisProject(method) ? null : GivenDerivative.Generated(method));
    }

    private bool IsOfThisProject(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly);

    private Value? ReadGivenCall(IInvocationOperation call, GivenDerivative given)
    {
        if (CalleeOf(given, call) is not { } callee)
        {
            return Fail();
        }

        var arguments = new Value?[callee.Parameters.Count];
        foreach (var argument in call.Arguments) // in the order of their evaluation
        {
            var value = ReadExpression(argument.Value);
            if (argument.Parameter is { } parameter && parameter.Ordinal < arguments.Length)
            {
                arguments[parameter.Ordinal] = value;
            }
        }

        return arguments.Where((a, i) => a is null || a.Type != callee.Parameters[i].Type).Any()
            ? Fail()
            : AddCall(callee, [.. arguments.Select(a => a!)]);
    }

    /// <summary>The result of the method itself where it is marked [Differentiable] and its derivative was given.</summary>
    private Value? ReadOwnCall(GivenDerivative given, ImmutableArray<Value> parameters) =>
        !parameters.Any(p => p is ReaderValue) && CalleeOf(given, null) is { } callee ? AddCall(callee, parameters) : Fail();

    private Value AddCall(Ir.Callee callee, ImmutableArray<Value> arguments)
    {
        CheckBounds();
        var value = _builder.Add(Calls.Call, arguments, new Attributes(Callee: callee));
        if (arguments.Where((a, i) => callee.Parameters[i].Adjoint is not null && _active.Contains(a)).Any())
        {
            _active.Add(value);
        }

        return value;
    }

    /// <summary>What is called, if generated code can; the reason has been noted otherwise.</summary>
    private Ir.Callee? CalleeOf(GivenDerivative given, IInvocationOperation? call)
    {
        if (given.Problem is { } problem)
        {
            _problems.Add(problem with { IsReportedElsewhere = true });
            return null;
        }

        var reason = given.Reason ?? Unreachable(given.Method) ?? (given.Derivative is { } derivative ? Unreachable(derivative) : null);
        if (reason is not null)
        {
            var location = call?.Syntax.GetLocation() ?? given.Method.Locations[0];
            Report(Descriptors.NoDerivative, location, $"'{given.Method.ContainingType.Name}.{given.Method.Name}' has no derivative here: {reason}");
            return null;
        }

        _called.UnionWith(given.Derivative is { } called ? [given.Method, called] : [given.Method]);
        return given.Callee;
    }

    /// <summary>Why the generated code, which stands beside the user's method, cannot call a method; null if it can.</summary>
    private string? Unreachable(IMethodSymbol method)
    {
        var own = _frame;
        while (own.Caller is { } caller)
        {
            own = caller;
        }

        var type = own.Method.ContainingType;
        var name = $"'{method.ContainingType.Name}.{method.Name}'";
        if (!_compilation.IsSymbolAccessibleWithin(method, type))
        {
            return $"{name} is not accessible from '{type.Name}', where it would be called";
        }

        for (var outer = method.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
            {
                return $"{name} stands in a file-local type, which generated code cannot reach";
            }
        }

        return _compilation.GetMetadataReference(method.ContainingAssembly) is { Properties.Aliases: { IsEmpty: false } aliases } && !aliases.Contains("global")
            ? $"{name} is only reached by an extern alias"
            : null;
    }

    /// <summary>What C# would warn of in generated code that calls these methods, and the user cannot mend there.</summary>
    private IEnumerable<string> WarningsOfCalled()
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var attribute in _called.SelectMany(SelfAndTypes).SelectMany(s => s.GetAttributes()))
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "ObsoleteAttribute":
                    var id = attribute.NamedArguments.FirstOrDefault(a => a.Key == "DiagnosticId").Value.Value as string;
                    ids.UnionWith(id is null ? ["CS0612", "CS0618"] : [id]);
                    break;
                case "ExperimentalAttribute" when attribute.ConstructorArguments is [{ Value: string experimental }]:
                    ids.Add(experimental);
                    break;
            }
        }

        ids.RemoveWhere(i => !SyntaxFacts.IsValidIdentifier(i));
        return ids.Count == 0 ? [] : [string.Join(", ", ids) + " // What is called is obsolete or experimental."];
    }

    private static IEnumerable<ISymbol> SelfAndTypes(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            yield return symbol;
        }
    }
}
