using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// Calls of methods that are not read, because somebody gave their derivative: what is called is the
/// <see cref="Attributes.Callee"/>. A call is written where the user wrote it and as often, never merged with another:
/// nobody has promised that the method gives the same result twice. One that nothing depends on is dropped.
/// </summary>
internal static class Calls
{
    /// <summary>(ω…) = F(a…): an operand for each leaf of the arguments, a result for each leaf of what it returns.</summary>
    public static readonly Operation Call = new("call", -1)
    {
        ResultTypes = s =>
        {
            Entrywise.Require(s.Attributes.Callee is { } callee && s.Operands.SequenceEqual(TypesOf(callee.Leaves)), "call", s);
            return [.. TypesOf(s.Attributes.Callee!.Result.Leaves)];
        },
        // What the method's derivative does where nothing flows in, nobody knows.
        IsSingular = Entrywise.Anywhere,
        Write = (o, s) => Formula.Function(s.Attributes.Callee!.Name, o),
        Letter = "f",
    };

    /// <summary>
    /// (ā…) = G(a…, ω̄…): the adjoints of those operands of the call whose numbers are the integers. It has as many results,
    /// and no pullback. What of the call's results has no adjoint takes its own place.
    /// </summary>
    public static readonly Operation DerivativeCall = new("derivativeCall", -1)
    {
        ResultTypes = s =>
        {
            var callee = s.Attributes.Callee;
            Entrywise.Require(
                callee is not null
                && s.Operands.SequenceEqual(TypesOf(callee.Leaves.Concat(callee.Result.Leaves)))
                && s.Attributes.Integers.Count > 0
                && s.Attributes.Integers.Items.All(i => i >= 0 && i < callee.Leaves.Length && callee.Leaves[i].Path is not null),
                "derivativeCall", s);
            return [.. s.Attributes.Integers.Items.Select(i => callee!.Leaves[i].Type!.Value)];
        },
        Write = (o, s) => Formula.Function(s.Attributes.Callee!.DerivativeName, o),
    };

    public static readonly ImmutableArray<Operation> All = [Call, DerivativeCall];

    /// <summary>Whether it is one of these: it has no entries of its own, and is computed as often as it is written.</summary>
    public static bool IsCall(Operation operation) => operation == Call || operation == DerivativeCall;

    /// <summary>Whether the results of a call have a derivative with respect to an operand.</summary>
    public static bool HasAdjoint(Instruction call, int operand) => call.Attributes.Callee!.Leaves[operand].Path is not null;

    /// <summary>What one of the results is, of what the method gives or of the adjoints: with its place there.</summary>
    public static CalleePart LeafOf(Instruction call, int result) => call.Operation == Call
        ? call.Attributes.Callee!.Result.Leaves.ElementAt(result)
        : call.Attributes.Callee!.Leaves[call.Attributes[result]];

    /// <summary>What people call the methods that a function calls, each once.</summary>
    public static ImmutableArray<string> NamesIn(Function function) => [.. In(function.Body)
        .Select(c => c.Operation == Call ? c.Attributes.Callee!.Name : c.Attributes.Callee!.DerivativeName).Distinct()];

    private static IEnumerable<Instruction> In(Block block) =>
        block.Instructions.SelectMany(i => IsCall(i.Operation) ? [i] : i.Regions.SelectMany(In));

    private static IEnumerable<TensorType> TypesOf(IEnumerable<CalleePart> leaves) => leaves.Select(l => l.Type!.Value);
}
