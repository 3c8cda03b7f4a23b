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
    // Ω = F(a…)
    public static readonly Operation Call = new("call", -1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Attributes.Callee is { } callee && Takes(callee, s.Operands), "call", s);
            return s.Attributes.Callee!.Result;
        },
        // What the method's derivative does where nothing flows in, nobody knows.
        IsSingular = Entrywise.Anywhere,
        Write = (o, s) => Formula.Function(s.Attributes.Callee!.Name, o),
        Letter = "f",
    };

    /// <summary>
    /// (ā…) = G(a…, Ω̄): the adjoints of those operands of the call whose numbers are the integers. It has as many results,
    /// and no pullback.
    /// </summary>
    public static readonly Operation DerivativeCall = new("derivativeCall", -1)
    {
        ResultTypes = s =>
        {
            var callee = s.Attributes.Callee;
            Entrywise.Require(
                callee is not null
                && s.Operands.Length == callee.Parameters.Count + 1
                && Takes(callee, s.Operands.RemoveAt(callee.Parameters.Count))
                && s.Operands[callee.Parameters.Count] == callee.Result
                && s.Attributes.Integers.Count > 0
                && s.Attributes.Integers.Items.All(i => i >= 0 && i < callee.Parameters.Count && callee.Parameters[i].Adjoint is not null),
                "derivativeCall", s);
            return [.. s.Attributes.Integers.Items.Select(i => callee!.Parameters[i].Type)];
        },
        Write = (o, s) => Formula.Function(s.Attributes.Callee!.DerivativeName, o),
    };

    public static readonly ImmutableArray<Operation> All = [Call, DerivativeCall];

    /// <summary>Whether it is one of these: it has no entries of its own, and is computed as often as it is written.</summary>
    public static bool IsCall(Operation operation) => operation == Call || operation == DerivativeCall;

    /// <summary>Whether the result of a call has a derivative with respect to an operand.</summary>
    public static bool HasAdjoint(Instruction call, int operand) => call.Attributes.Callee!.Parameters[operand].Adjoint is not null;

    /// <summary>The member of the derivative's result that is one of a derivative call's results; "" where it is all of it.</summary>
    public static string MemberOf(Instruction derivative, int result) =>
        derivative.Attributes.Callee!.Parameters[derivative.Attributes[result]].Adjoint!;

    /// <summary>What people call the methods that a function calls, each once.</summary>
    public static ImmutableArray<string> NamesIn(Function function) => [.. In(function.Body)
        .Select(c => c.Operation == Call ? c.Attributes.Callee!.Name : c.Attributes.Callee!.DerivativeName).Distinct()];

    private static IEnumerable<Instruction> In(Block block) =>
        block.Instructions.SelectMany(i => IsCall(i.Operation) ? [i] : i.Regions.SelectMany(In));

    private static bool Takes(Callee callee, ImmutableArray<TensorType> operands) =>
        operands.SequenceEqual(callee.Parameters.Items.Select(p => p.Type));
}
