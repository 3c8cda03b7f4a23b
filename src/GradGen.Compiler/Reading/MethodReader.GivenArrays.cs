using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>Arrays that a method which is read in place is given, or knows as its caller does: what it writes to them is seen there.</content>
internal sealed partial class MethodReader
{
    private readonly Dictionary<ISymbol, bool> _writesArrays = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Lets a method that may write to arrays keep those that it knows from outside, whatever becomes of their names in it.
    /// </summary>
    /// <returns>What gives its caller's names what they are after it; null where that has been refused.</returns>
    private Action<Value?>? Give(Frame frame, IOperation body, IOperation call, ImmutableArray<Argument> arguments)
    {
        ImmutableArray<Value> arrays = [.. frame.Variables.Values.SelectMany(ArraysIn).Distinct()];
        _ = frame.Variables.Remove(GivenTo(frame));
        _ = frame.Variables.Remove(frame.Method.ContainingModule);
        var functions = frame.Variables.Values.SelectMany(FunctionsIn).ToList();
        if (arrays.IsEmpty || !(WritesArrays(body) || functions.Any(f => f.Body is not null && WritesArrays(f.Body))))
        {
            frame.Untracked = arrays;
            return _ => { };
        }

        if (SharedWithFunction(arguments) is { } shared)
        {
            _ = Refuse(call, $"'{shared.Name}', passed to what also gets a function that uses it by its name,");
            return null;
        }

        // What the user's own method must not write goes back as it was.
        arrays = [.. arrays.Where(a => !SourcesOf(a).Overlaps(_parameters))];
        frame.Given = arrays;
        frame.Variables[GivenTo(frame)] = Bundle.Tuple(null, arrays);
        return after =>
        {
            for (var i = 0; after is Bundle all && i < arrays.Length; i++)
            {
                if (all.Members[i].Value is not { } next || IsOnly(next, arrays[i]))
                {
                    continue;
                }

                if (frame.Enclosing is { } enclosing && !_frame.IsIn(enclosing))
                {
                    _ = Refuse(call, "a lambda that writes to an array and is called by another method");
                    return;
                }

                if (_frame.Arms > 0)
                {
                    _ = Refuse(call, $"'{Shorten(call.Syntax.ToString())}', which writes to an array inside a conditional expression,");
                    return;
                }

                Replace(arrays[i], next, call);
            }
        };
    }

    /// <summary>A variable whose array is passed to a method together with a function that uses it by its name; null if there is none.</summary>
    private ISymbol? SharedWithFunction(ImmutableArray<Argument> arguments)
    {
        var passed = arguments.SelectMany(a => ArraysIn(a.Value)).ToList();
        return passed.Count == 0 ? null : arguments.SelectMany(a => FunctionsIn(a.Value)).Where(f => f is { Enclosing: not null, Body: not null })
            .SelectMany(f => ScopeOf(f.Enclosing!).Variables.Where(v => ArraysIn(v.Value).Any(a => passed.Any(p => MayBeSame(a, p))) && Mentions(f.Body!, v.Key, new HashSet<ISymbol>(SymbolEqualityComparer.Default))))
            .Select(v => v.Key).FirstOrDefault();
    }

    /// <summary>Whether an operation may write to elements of arrays, itself or in what it calls.</summary>
    private bool WritesArrays(IOperation operation) => operation.DescendantsAndSelf().Any(inner => inner switch
    {
        IAssignmentOperation assignment => IsElementOrReference(assignment.Target),
        IIncrementOrDecrementOperation increment => IsElementOrReference(increment.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => IsElementOrReference(argument.Value),
        IInvocationOperation call => (call.TargetMethod.ContainingType is { } type && IsOfSystem(type) && call.TargetMethod.Name is "Fill" or "Clear" or "Copy" or "CopyTo") || WritesArrays(call.TargetMethod),
        IMethodReferenceOperation reference => WritesArrays(reference.Method),
        IObjectCreationOperation { Constructor: { } constructor } => WritesArrays(constructor),
        IPropertyReferenceOperation { Property.GetMethod: { } getter } => WritesArrays(getter),
        IBinaryOperation { OperatorMethod: { } method } => WritesArrays(method),
        IUnaryOperation { OperatorMethod: { } method } => WritesArrays(method),
        IConversionOperation { OperatorMethod: { } method } => WritesArrays(method),
        _ => false,
    });

    private bool WritesArrays(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (!_writesArrays.TryGetValue(method, out var writes))
        {
            _writesArrays[method] = false; // One that calls itself is refused elsewhere.
            var body = _localFunctions.TryGetValue(method, out var local) ? local : SourceOf(method);
            _writesArrays[method] = writes = body is not null && WritesArrays(body);
        }

        return writes;
    }

    private static bool IsElementOrReference(IOperation target) => HolderOf(target) switch
    {
        ITupleOperation tuple => tuple.Elements.Any(IsElementOrReference),
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } type } => RuntimeSymbols.ElementOf(type) is not null,
        ILocalReferenceOperation { Local.RefKind: not RefKind.None } => true,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };
}
