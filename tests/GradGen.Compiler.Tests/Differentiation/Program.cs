using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests.Differentiation;

/// <summary>Functions for tests, built from terms.</summary>
internal static class Program
{
    public static Function Of(ImmutableArray<TensorType> parameters, Func<Builder, Term[], Term> body) =>
        Many(parameters, (b, p) => [body(b, p)]);

    /// <summary>A function with several results; its parameters are x0, x1, ….</summary>
    public static Function Many(ImmutableArray<TensorType> parameters, Func<Builder, Term[], Term[]> body)
    {
        var builder = new Builder();
        Term[] terms = [.. parameters.Select((p, i) => new Term(builder, builder.Parameter(p, "x" + i)))];
        return builder.Build("f", [.. body(builder, terms).Select(t => t.Value)]);
    }

    /// <summary>condition ? then : otherwise, as regions.</summary>
    public static Term If(Term condition, Func<Term> then, Func<Term> otherwise)
    {
        var builder = condition.Builder;
        var first = builder.Region([], _ => [then().Value]);
        var second = builder.Region([], _ => [otherwise().Value]);
        return new Term(builder, builder.AddControlFlow(ControlFlow.If, [condition.Value], [first, second], [first.Results[0].Type])[0]);
    }

    /// <summary>y = σ(w3·σ(w2·σ(w1·x))): a network of two inputs, two layers of two neurons and one output.</summary>
    public static Function Network()
    {
        var builder = new Builder();
        Term Parameter(string name, int rows, int columns) => new(builder, builder.Parameter(Types.Of(rows, columns), name));
        var (x, w1, w2, w3) = (Parameter("x", 2, 1), Parameter("w1", 2, 2), Parameter("w2", 2, 2), Parameter("w3", 1, 2));
        var y = w3.MatMul(w2.MatMul(w1.MatMul(x).Apply(Elementary.Sigmoid)).Apply(Elementary.Sigmoid)).Apply(Elementary.Sigmoid);
        return builder.Build("Network", [y.Value]);
    }

    /// <summary>How often an operation occurs, regions included.</summary>
    public static int Count(this Function function, Operation operation) => Instructions(function.Body).Count(i => i.Operation == operation);

    public static int Count(this Function function) => Instructions(function.Body).Count();

    public static IEnumerable<Instruction> Instructions(Block block) =>
        block.Instructions.SelectMany(i => i.Regions.SelectMany(Instructions).Prepend(i));
}
