using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// What an instruction carries besides its operands: a literal's value, the offsets of a block, the transposition
/// flags of a product, the type of a conversion, the method of a call. Compared by value.
/// </summary>
internal sealed record Attributes(double Number = 0, EquatableArray<int> Integers = default, Callee? Callee = null)
{
    public static Attributes None { get; } = new();

    public static Attributes Of(params int[] integers) => new(0, new EquatableArray<int>(integers));

    public int this[int index] => Integers[index];

    // By bits: −0 and 0 are two literals, NaN is one.
    public bool Equals(Attributes? other) => other is not null
        && BitConverter.DoubleToInt64Bits(Number) == BitConverter.DoubleToInt64Bits(other.Number)
        && Integers.Equals(other.Integers)
        && Equals(Callee, other.Callee);

    public override int GetHashCode() =>
        unchecked((BitConverter.DoubleToInt64Bits(Number).GetHashCode() * 31) + Integers.GetHashCode());
}

/// <summary>
/// One step: an <see cref="Operation"/> applied to operands. Control flow is an instruction with regions
/// (<see cref="Operations.ControlFlow"/>), as in MLIR's scf: the regions' results become the instruction's results.
/// </summary>
internal sealed class Instruction(
    Operation operation,
    ImmutableArray<Value> operands,
    Attributes attributes,
    ImmutableArray<Value> results,
    ImmutableArray<Block> regions)
{
    public Operation Operation { get; } = operation;

    public ImmutableArray<Value> Operands { get; } = operands;

    public Attributes Attributes { get; } = attributes;

    public ImmutableArray<Value> Results { get; } = results;

    public ImmutableArray<Block> Regions { get; } = regions;

    /// <summary>The only result of an instruction without regions whose row gives one.</summary>
    public Value Result => Results[0];

    public override string ToString() => Printer.Print(this);
}

/// <summary>Straight-line instructions with parameters (a loop's index and carried values) and results.</summary>
internal sealed class Block(
    ImmutableArray<Value> parameters,
    ImmutableArray<Instruction> instructions,
    ImmutableArray<Value> results)
{
    public ImmutableArray<Value> Parameters { get; } = parameters;

    public ImmutableArray<Instruction> Instructions { get; } = instructions;

    public ImmutableArray<Value> Results { get; } = results;
}

/// <summary>
/// A function from values to values, in SSA form. The gradient of a function is a function. Two functions are equal
/// if they print the same (<see cref="Printer"/> prints all there is to know), so that the generator's pipeline can
/// compare what it read.
/// </summary>
internal sealed class Function(string name, Block body) : IEquatable<Function>
{
    private string? _text;

    public string Name { get; } = name;

    public Block Body { get; } = body;

    public ImmutableArray<Value> Parameters => Body.Parameters;

    public ImmutableArray<Value> Results => Body.Results;

    public bool Equals(Function? other) =>
        other is not null && (ReferenceEquals(this, other) || ToString() == other.ToString());

    public override bool Equals(object? obj) => Equals(obj as Function);

    public override int GetHashCode() => ToString().GetHashCode();

    public override string ToString() => _text ??= Printer.Print(this);
}
