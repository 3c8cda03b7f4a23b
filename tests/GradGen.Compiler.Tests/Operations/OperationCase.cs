using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

/// <summary>An operand of a case: its type and the range its entries are drawn from.</summary>
internal sealed record Operand(TensorType Type, double Low, double High)
{
    /// <summary>Whether half of the entries change their sign.</summary>
    public bool BothSigns { get; init; }

    /// <summary>Entries lie this far above multiples of 0.1, so that those of two operands are never close.</summary>
    public double? Apart { get; init; }

    /// <summary>The value of an index.</summary>
    public int? Constant { get; init; }

    public Tensor Draw(Random random)
    {
        if (Constant is { } constant)
        {
            return new Tensor(Type.Shape, [constant]);
        }

        var entries = Types.Random(Type, random, Low, High).Entries;
        entries = BothSigns ? [.. entries.Select(e => random.Next(2) == 0 ? e : -e)] : entries;
        return new Tensor(Type.Shape, Apart is { } apart ? [.. entries.Select(e => Math.Round(e, 1) + apart)] : entries);
    }
}

/// <summary>An operation at given shapes, with a naive formula for its result.</summary>
internal sealed record OperationCase(
    Operation Operation, Attributes Attributes, ImmutableArray<Operand> Operands, Func<Tensor[], double[]> Expected)
{
    /// <summary>Whether nothing flows back although the result varies.</summary>
    public bool IsStopped { get; init; }

    /// <summary>The relative tolerance of the gradient.</summary>
    public double Tolerance { get; init; } = 1e-9;

    public string Label =>
        $"{Operation.Name}({string.Join(", ", Operands.Select(o => o.Type))}) [{string.Join(", ", Attributes.Integers.Items)}]";

    public Function Function
    {
        get
        {
            var builder = new Builder();
            ImmutableArray<Value> operands = [.. Operands.Select((o, i) => builder.Parameter(o.Type, "x" + i))];
            return builder.Build(Operation.Name, [builder.Add(Operation, operands, Attributes)]);
        }
    }

    /// <summary>Arguments that are the same in every run.</summary>
    public Tensor[] Draw()
    {
        var random = new Random(Label.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
        return [.. Operands.Select(o => o.Draw(random))];
    }

    public override string ToString() => Label;
}
