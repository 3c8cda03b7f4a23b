using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// Tapes: what the iterations of a loop push for the reverse sweep, and it reads again from the last to the first. A
/// tape is a value like any other (pushing gives another tape), and is used in one line: made, carried through one
/// loop that pushes onto it, read after it. So that emitted code can push in place.
/// </summary>
internal static class Tapes
{
    /// <summary>An empty tape; scalar type, rows, columns, whether they are C# scalars and whether arrays are its integers.</summary>
    public static readonly Operation New = new("tapeNew", 0)
    {
        Infer = s => new TensorType(
            (ScalarType)s.Attributes[0], new Shape(s.Attributes[1], s.Attributes[2], s.Attributes[3] != 0), IsTape: true, IsArray: s.Attributes[4] != 0),
        Pullbacks = [],
    };

    /// <summary>The tape with one value more.</summary>
    public static readonly Operation Push = new("tapePush", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsTape && s[0] with { IsTape = false } == s[1], "tapePush", s);
            return s[0];
        },
        Pullbacks = [Operation.Zero, Operation.Zero],
    };

    /// <summary>The value that was pushed in an iteration, counted from 0.</summary>
    public static readonly Operation At = new("tapeAt", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsTape && s[1] == TensorType.Int32, "tapeAt", s);
            return s[0] with { IsTape = false };
        },
        Pullbacks = [Operation.Zero, Operation.Zero],
        Write = (o, _) => new Formula(o[0].In(Binding.Atom) + " of iteration " + o[1].Text, Binding.Choice),
    };

    public static readonly ImmutableArray<Operation> All = [New, Push, At];

    public static Attributes AttributesOf(TensorType type) =>
        Attributes.Of((int)type.Scalar, type.Shape.Rows, type.Shape.Columns, type.Shape.IsScalar ? 1 : 0, type.IsArray ? 1 : 0);
}
