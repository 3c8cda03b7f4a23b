using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <summary>The instruction whose entry is looked at, which entry, and the variables of the reductions around it.</summary>
internal sealed record Frame(Instruction Instruction, Place Place, ImmutableDictionary<string, EntryIndex> Variables)
{
    public static Frame Of(Instruction instruction, Place place) => new(instruction, place, ImmutableDictionary<string, EntryIndex>.Empty);

    public Shape Shape => Instruction.Result.Shape;

    /// <summary>The scalar type of literals and of arithmetic: the result's, or what is compared to give a Boolean.</summary>
    public ScalarType Scalar =>
        !Instruction.Operands.IsEmpty
        && (Instruction.Result.Type.Scalar == ScalarType.Boolean || Plan.FormOf(Instruction).Element is Operations.Reduce)
            ? Instruction.Operands[0].Type.Scalar
            : Instruction.Result.Type.Scalar;

    public Value Operand(int index) => Instruction.Operands[index];

    public Frame With(string variable, EntryIndex index) => this with { Variables = Variables.SetItem(variable, index) };

    public EntryIndex Variable(string name) =>
        Variables.TryGetValue(name, out var index) ? index
        : name == "e" ? Place.Entry(Shape)
        : name == "i" ? Place.Row(Shape)
        : name == "j" ? Place.Column(Shape)
        : throw new InvalidOperationException($"'{name}' is not bound.");
}
