using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Calls of methods whose derivative was given, or is not wanted: they are called in generated code, and not read.
/// </summary>
internal sealed partial class MethodReader
{
    private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);

    /// <summary>The calls that stand in StopGradient(…), and whether it is the value alone that can be had of them.</summary>
    private readonly Dictionary<IInvocationOperation, bool> _calledForValue = [];

    /// <summary>The given derivative of a method that is called; null where the method is to be read.</summary>
    private GivenDerivative? GivenOf(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || (method.IsVirtual && !method.IsStatic) || method.IsAbstract)
        {
            return null;
        }

        method = _frame.IsGeneric ? TypeParameters.Resolved(method, _frame.Resolve) : method;
        var given = method.IsStatic ? CustomDerivatives.Of(_compilation, _cancellation).Find(method) : null;
        return given?.For(method, _compilation, OwnType)
            ?? (IsOfThisProject(method) ? null : GivenDerivative.Generated(method, _compilation, OwnType));
    }

    /// <summary>
    /// Of StopGradient(F(x)) only F's value is wanted. Where F has no derivative and cannot be read it is called. Anywhere else
    /// than directly in it a call is not: a variable or an array could carry it past the stop.
    /// </summary>
    private void FindCallForValue(IOperation stopped)
    {
        while (stopped is IConversionOperation { OperatorMethod: null } conversion)
        {
            stopped = conversion.Operand;
        }

        if (stopped is not IInvocationOperation call || _calledForValue.ContainsKey(call) || IsUnreachable
            || RuntimeSymbols.OperationOf(call.TargetMethod) is not null || MathOperation(call) is not null || GivenOf(call.TargetMethod) is not null || ForValue(call.TargetMethod).Callee is null)
        {
            return;
        }

        _calledForValue[call] = false; // While it is tried, and where it can be read.
        var before = _problems.Count;
        Try(() =>
        {
            _ = ReadExpression(call);
            var found = _problems.Skip(before).ToList();
            _calledForValue[call] = found.Count > 0 && found.All(p => p.Descriptor == Descriptors.NoDerivative || p.Descriptor == Descriptors.Recursion);
        });
    }

    private GivenDerivative ForValue(IMethodSymbol method) => GivenDerivative.OfValue(
        _frame.IsGeneric ? TypeParameters.Resolved(method, _frame.Resolve) : method, _compilation, OwnType);

    /// <summary>The type in which the generated code stands.</summary>
    private INamedTypeSymbol OwnType
    {
        get
        {
            var own = _frame;
            while (own.Caller is { } caller)
            {
                own = caller;
            }

            return own.Method.ContainingType;
        }
    }

    private bool IsOfThisProject(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly);

    /// <param name="call">The call: of the method, or of a delegate that is known to hold it.</param>
    /// <param name="given">The method with its derivative.</param>
    /// <param name="receiver">The object that a delegate holds.</param>
    private Value? ReadGivenCall(IInvocationOperation call, GivenDerivative given, Value? receiver = null)
    {
        if (CalleeOf(given, call) is not { } callee)
        {
            return Fail();
        }

        var first = callee.IsInstance ? 1 : 0;
        var arguments = new Value?[callee.Parameters.Count];
        if (callee.IsInstance)
        {
            arguments[0] = receiver ?? (call.Instance is null ? null : ReadExpression(call.Instance));
        }

        foreach (var argument in call.Arguments) // in the order of their evaluation
        {
            var place = first + (argument.Parameter?.Ordinal ?? 0);
            var isHandedOn = place < arguments.Length && callee.Parameters[place] is { Type: null, Members.Count: 0 };
            var value = (isHandedOn ? SharedField(argument.Value) : null) ?? ReadExpression(argument.Value);
            if (place < arguments.Length)
            {
                arguments[place] = value;
            }
        }

        return arguments.Any(a => a is null) ? Fail() : AddCall(given, callee, [.. arguments.Select(a => Current(a!))], call);
    }

    /// <summary>A static field that does not change, a constant of an enum: it can be handed on by its name.</summary>
    private static Bundle? SharedField(IOperation expression)
    {
        while (expression is IConversionOperation { IsImplicit: true } conversion)
        {
            expression = conversion.Operand;
        }

        return expression is IFieldReferenceOperation { Field: { IsStatic: true } field } && (field.IsReadOnly || field.IsConst)
            ? new Bundle(field.Type, []) { Source = SignatureReader.FullName(field.ContainingType) + "." + SignatureReader.EscapedName(field) }
            : null;
    }

    /// <summary>The result of the method itself where it is marked [Differentiable] and its derivative was given.</summary>
    private Value? ReadOwnCall(GivenDerivative given, ImmutableArray<Value> parameters) =>
        CalleeOf(given, null) is { } callee ? AddCall(given, callee, parameters, null) : Fail();

    private Value? AddCall(GivenDerivative given, Ir.Callee callee, ImmutableArray<Value> arguments, IOperation? call)
    {
        CheckBounds();
        var leaves = ImmutableArray.CreateBuilder<Value>();
        var parameters = ImmutableArray.CreateBuilder<CalleePart>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (PartOf(callee.Parameters[i], arguments[i], leaves, call) is not { } part)
            {
                return Refused(given, callee.Parameters[i], call);
            }

            parameters.Add(part);
        }

        callee = callee with { Parameters = new(parameters.ToImmutable()) };
        var results = _builder.AddMany(Calls.Call, leaves.ToImmutable(), new Attributes(Callee: callee));
        var varies = leaves.Where((a, i) => callee.Leaves[i].Path is not null && _active.Contains(a)).Any();
        var returned = callee.Result.Leaves.ToList();
        for (var r = 0; r < results.Length; r++)
        {
            if (varies && returned[r].IsDifferentiated)
            {
                _active.Add(results[r]);
            }

            NoteDecision(results[r], leaves.ToImmutable());
        }

        return ValueOf(callee.Result, given.Method.ReturnType, new Queue<Value>(results));
    }

    /// <summary>
    /// A parameter with what is known of its argument, whose values are added to the leaves; null where what is passed can
    /// be made of none.
    /// </summary>
    private CalleePart? PartOf(CalleePart parameter, Value argument, ImmutableArray<Value>.Builder leaves, IOperation? call)
    {
        if (parameter.Type is { } type)
        {
            // A part of an array is passed as a copy.
            argument = argument is Bundle { Form: BundleForm.View } && PartIn(argument) is { } part
                ? CopyInto(Add(Arrays.New, [part.Length!], Arrays.AttributesOf(part.Array.Type.Element)), null, part, part.Length!)
                : argument;
            leaves.Add(argument);
            return argument is not ReaderValue && argument.Type == type ? parameter : null;
        }

        if (argument is not Bundle bundle)
        {
            return null;
        }

        var members = ImmutableArray.CreateBuilder<CalleePart>();
        foreach (var member in parameter.Members)
        {
            var name = member.Name.TrimStart('@');
            var value = bundle.Find(name)
                ?? (bundle == _receiver && call is not null && PartReader.DataMembersOf(bundle.CSharpType!).LastOrDefault(m => NameOf(m) == name) is { } own
                    ? ReadInput(own, call, $"the member '{name}'") : null);
            if (value is null || PartOf(member, value, leaves, call) is not { } known)
            {
                return null;
            }

            members.Add(known);
        }

        // What cannot be made anew must be what the caller has; and of a derived type it would be made as the base type.
        var isMade = parameter.Making != CalleeMaking.None && (bundle.CSharpType is not { } actual || SignatureReader.FullName(actual) == parameter.TypeName);
        return bundle.Source is null && !isMade ? null : parameter with { Source = bundle.Source, Members = new(members.ToImmutable()) };
    }

    private Value? Refused(GivenDerivative given, CalleePart parameter, IOperation? call)
    {
        if (!_failed)
        {
            Report(
                Descriptors.NoDerivative, call?.Syntax.GetLocation() ?? given.Method.Locations[0],
                $"'{given.Method.ContainingType.Name}.{given.Method.Name}' has no derivative here: generated code cannot make the object that is passed for '{parameter.Name.TrimStart('@')}', of whose members GradGen does not know all; pass one of the method's own arguments, or a record of numbers, matrices and arrays");
        }

        return Fail();
    }

    /// <summary>What a method returned, taken apart.</summary>
    private static Value ValueOf(CalleePart part, ITypeSymbol type, Queue<Value> results)
    {
        if (part.Type is not null)
        {
            return results.Dequeue();
        }

        var members = PartReader.DataMembersOf(type).ToLookup(NameOf);
        return new Bundle(type, [.. part.Members.Select(m => (m.Name.TrimStart('@'), ValueOf(m, TypeOfMember(members[m.Name.TrimStart('@')].Last()), results)))]);
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
        var type = OwnType;
        var name = $"'{method.ContainingType.Name}.{method.Name}'";
        if (!_compilation.IsSymbolAccessibleWithin(method, type))
        {
            return $"{name} is not accessible from '{type.Name}', where it would be called";
        }

        if (method.TypeArguments.FirstOrDefault(a => !_compilation.IsSymbolAccessibleWithin(a, type)) is { } argument)
        {
            return $"{name} has the type argument '{argument.Name}', which is not accessible from '{type.Name}', where it would be called";
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
