using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Operations that only move entries: parts, stacks, diagonals, repetitions, other shapes.</summary>
internal static class Gathers
{
    private static readonly Element Nothing = 0.0;

    // Ω = A[r, c], constant      Ā = s̄ at (r, c)
    public static readonly Operation Element = new("element", 1)
    {
        TakesConstantIntegers = true,
        Infer = s =>
        {
            var (row, column) = RowColumn(s.Attributes);
            var shape = s.Shape(0);
            return row < 0 || row >= shape.Rows
                    ? OutOfRange(s.Attributes.Integers.Count == 1 ? ShapeMessages.IndexOutOfRange(row, shape.Rows) : ShapeMessages.RowOutOfRange(row, shape.Rows, shape.Columns))
                : column < 0 || column >= shape.Columns ? OutOfRange(ShapeMessages.ColumnOutOfRange(column, shape.Rows, shape.Columns))
                : s[0].With(Shape.Scalar);
        },
        Simplify = c => c.Filled() ?? WhatWasPut.At(c, RowColumn(c.Instruction.Attributes).Row, RowColumn(c.Instruction.Attributes).Column),
        Element = s => new ElementForm(true, new Load(0, RowColumn(s.Attributes).Row, RowColumn(s.Attributes).Column)),
        Pullbacks =
        [
            p => p.Upstream.Apply(Place!, Attributes.Of(
                RowColumn(p.Attributes).Row, RowColumn(p.Attributes).Column, p[0].Shape.Rows, p[0].Shape.Columns)),
        ],
        Range = RangeRules.OfOperand,
        Write = (o, s) => Formula.Name(o[0].In(Binding.Atom) + "[" + string.Join(", ", s.Attributes.Integers.Items) + "]"),
    };

    // Ω = the entry of a 1×1 as a scalar
    public static readonly Operation ToScalar = new("toScalar", 1)
    {
        Infer = s => s.Shape(0).Count == 1 ? s[0].With(Shape.Scalar) : new ShapeError(
            ShapeErrorKind.DifferentShapes, ShapeMessages.ToScalar(s.Shape(0).Rows, s.Shape(0).Columns)),
        Element = _ => new ElementForm(true, new LoadEntry(0, 0)),
        Pullbacks = [p => p.Upstream.Fill(p[0].Shape)],
        Range = RangeRules.OfOperand,
        Write = (o, _) => o[0],
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Simplify = c => c.Operand(0, Constants.Fill) is { } fill ? new Term(c.Builder, fill.Operands[0]) : null,
    };

    // Ω = 0, but s at (r, c): the adjoint of taking an entry
    public static readonly Operation Place = new("place", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).IsScalar && s.Attributes[0] < s.Attributes[2] && s.Attributes[1] < s.Attributes[3], "place", s);
            return s[0].With(Shape.Of(s.Attributes[2], s.Attributes[3]));
        },
        Element = s => new ElementForm(false, new Guarded(
            [Condition.Equal("i", s.Attributes[0]), Condition.Equal("j", s.Attributes[1])], Entrywise.Entry(0), Nothing)),
        Pullbacks = [p => p.Upstream.Apply(Element, Attributes.Of(p.Attributes[0], p.Attributes[1]))],
        Write = (o, s) => Formula.Product(o[0], Formula.Name(s.Attributes[3] == 1 ? $"e[{s.Attributes[0]}]" : $"E[{s.Attributes[0]}, {s.Attributes[1]}]")),
        Simplify = c => c.Constant(0) is 0 ? c.Zeros() : null,
    };

    // Ω = A, but s at (r, c): what writing an entry makes of a matrix      Ā = Ḡ, but 0 at (r, c)      s̄ = Ḡ[r, c]
    public static readonly Operation WithEntry = new("withEntry", 2)
    {
        Infer = s => Element!.Infer(new Signature([s[0]], s.Attributes)) is { Error: { } error } ? error : s[0],
        Element = s => new ElementForm(false, new Guarded(
            [Condition.Equal("i", RowColumn(s.Attributes).Row), Condition.Equal("j", RowColumn(s.Attributes).Column)],
            Entrywise.Entry(1),
            new Load(0, "i", "j"))),
        Pullbacks =
        [
            p => p.Upstream.Apply(WithEntry!, p.Attributes, p.Upstream.Literal(0)),
            p => p.Upstream.Apply(Element!, p.Attributes),
        ],
        Write = (o, s) => Formula.Name($"{o[0].In(Binding.Atom)} with [{string.Join(", ", s.Attributes.Integers.Items)}] = {o[1].Text}"),
    };

    // Ω = A, but s at a position (row-major) known at run time      Ā = Ḡ, but 0 there      s̄ = Ḡ there
    public static readonly Operation WithEntryAt = new("withEntryAt", 3)
    {
        Infer = s =>
        {
            Entrywise.Require(s[1] == s[0].With(Shape.Scalar) && s[2] == TensorType.Int32, "withEntryAt", s);
            return s[0];
        },
        Element = _ => new ElementForm(true, new Guarded([Condition.Equal("e", Position.Of(2))], Entrywise.Entry(1), Entrywise.Entry(0))),
        Pullbacks =
        [
            p => p.Upstream.Apply(WithEntryAt!, p.Upstream.Literal(0), p[2]),
            p => p.Upstream.Apply(EntryAt!, p[2]),
            Operation.Zero,
        ],
        Write = (o, _) => Formula.Name($"{o[0].In(Binding.Atom)} with [{o[2].Text}] = {o[1].Text}"),
    };

    /// <summary>An index that has been found to be in a range from 0: as in C#, an exception where it is not.</summary>
    public static readonly Operation InRange = new("inRange", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0] == TensorType.Int32, "inRange", s);
            return s[0];
        },
        Element = s => new ElementForm(true, ScalarFunctions.InRange(s.Attributes[0]).Of(Entrywise.Entry(0))),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => o[0],
        Simplify = c => c.Constant(0) is { } index && index >= 0 && index < c.Instruction.Attributes[0] ? c[0] : null,
    };

    // Ω = the entry of A at a position (row-major) known at run time      Ā = s̄ at the position
    public static readonly Operation EntryAt = new("entryAt", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[1] == TensorType.Int32, "entryAt", s);
            return s[0].With(Shape.Scalar);
        },
        Element = _ => new ElementForm(true, new LoadEntry(0, Position.Of(1))),
        Pullbacks =
        [
            p => p.Upstream.Apply(PlaceAt!, Attributes.Of(p[0].Shape.Rows, p[0].Shape.Columns), p[1]),
            Operation.Zero,
        ],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Name(o[0].In(Binding.Atom) + "[" + o[1].Text + "]"),
        Simplify = c => c.Filled(),
    };

    // Ω = 0, but s at a position (row-major) known at run time
    public static readonly Operation PlaceAt = new("placeAt", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).IsScalar && s[1] == TensorType.Int32, "placeAt", s);
            return s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1]));
        },
        Element = _ => new ElementForm(true, new Guarded([Condition.Equal("e", Position.Of(1))], Entrywise.Entry(0), Nothing)),
        Pullbacks = [p => p.Upstream.Apply(EntryAt, p[1]), Operation.Zero],
        Write = (o, _) => Formula.Product(o[0], Formula.Name("e[" + o[1].Text + "]")),
        Simplify = c => c.Constant(0) is 0 ? c.Zeros() : null,
    };

    // Ω = A[r.., c..] of a given size      Ā = Ḡ there, 0 elsewhere
    public static readonly Operation Block = new("block", 1)
    {
        TakesConstantIntegers = true,
        TakesResultShape = true,
        Infer = s =>
        {
            var (row, column, rows, columns) = Window(s.Attributes);
            var shape = s.Shape(0);
            return row < 0 || column < 0 || row > shape.Rows - rows || column > shape.Columns - columns
                ? OutOfRange(IsSlice(s.Attributes)
                    ? ShapeMessages.SliceOutOfRange(row, rows, shape.Rows)
                    : ShapeMessages.BlockOutOfRange(row, column, rows, columns, shape.Rows, shape.Columns))
                : s[0].With(Shape.Of(rows, columns));
        },
        Element = s => new ElementForm(false, new Load(0, (Position)"i" + Window(s.Attributes).Row, (Position)"j" + Window(s.Attributes).Column)),
        Pullbacks =
        [
            p => p.Upstream.Apply(Pad!, Attributes.Of(
                Window(p.Attributes).Row, Window(p.Attributes).Column, p[0].Shape.Rows, p[0].Shape.Columns)),
        ],
        Range = RangeRules.OfOperand,
        Write = (o, s) =>
        {
            var (row, column, rows, columns) = Window(s.Attributes);
            return Formula.Name(o[0].In(Binding.Atom) + (s.Shape(0).IsColumn
                ? $"[{row}..{row + rows}]"
                : $"[{row}..{row + rows}, {column}..{column + columns}]"));
        },
        Simplify = c => c.Type == c[0].Value.Type ? c[0] : c.Filled(),
    };

    // Ω = 0, but A at (r.., c..): the adjoint of taking a block
    public static readonly Operation Pad = new("pad", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(
                s.Attributes[0] + s.Shape(0).Rows <= s.Attributes[2] && s.Attributes[1] + s.Shape(0).Columns <= s.Attributes[3], "pad", s);
            return s[0].With(Shape.Of(s.Attributes[2], s.Attributes[3]));
        },
        Element = s => new ElementForm(false, new Guarded(
            [
                Condition.Within("i", s.Attributes[0], s.Attributes[0] + s.Shape(0).Rows),
                Condition.Within("j", s.Attributes[1], s.Attributes[1] + s.Shape(0).Columns),
            ],
            new Load(0, (Position)"i" - s.Attributes[0], (Position)"j" - s.Attributes[1]),
            Nothing)),
        Pullbacks =
        [
            p => p.Upstream.Apply(Block, Attributes.Of(p.Attributes[0], p.Attributes[1], p[0].Shape.Rows, p[0].Shape.Columns)),
        ],
        Write = (o, s) => Formula.Function("pad", [o[0], Formula.Name($"{s.Attributes[0]}"), Formula.Name($"{s.Attributes[1]}")]),
        Simplify = c => c.Constant(0) is 0 ? c.Zeros() : null,
    };

    public static readonly Operation Row = Strip(
        "row", (index, shape) => Attributes.Of(index, 0, 1, shape.Columns), ShapeMessages.RowOutOfRange);

    public static readonly Operation Column = Strip(
        "column", (index, shape) => Attributes.Of(0, index, shape.Rows, 1), ShapeMessages.ColumnOutOfRange);

    // Ω = the same entries in row-major order      Ā = Ḡ in A's shape
    public static readonly Operation Reshape = new("reshape", 1)
    {
        TakesResultShape = true,
        Infer = s => s.Attributes[0] * s.Attributes[1] == s.Shape(0).Count
            ? s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1]))
            : new ShapeError(ShapeErrorKind.DifferentShapes, ShapeMessages.Reshape(
                s.Shape(0).Rows, s.Shape(0).Columns, s.Attributes[0], s.Attributes[1])),
        Element = _ => new ElementForm(true, Entrywise.Entry(0)),
        Pullbacks = [p => p.Upstream.Apply(Reshape!, Attributes.Of(p[0].Shape.Rows, p[0].Shape.Columns))],
        Range = RangeRules.OfOperand,
        Write = (o, s) => Formula.Function("reshape", o),
        Simplify = c => c.Type == c[0].Value.Type ? c[0] : c.Filled(),
    };

    // Ω = [A B]      Ā, B̄ = the two parts of Ḡ
    public static readonly Operation HStack = new("hstack", 2)
    {
        Infer = s =>
        {
            Entrywise.RequireOneScalarType("hstack", s);
            return s.Shape(0).Rows == s.Shape(1).Rows
                ? s[0].With(Shape.Of(s.Shape(0).Rows, s.Shape(0).Columns + s.Shape(1).Columns))
                : new ShapeError(ShapeErrorKind.StackSizes, ShapeMessages.StackRows(
                    "HStack", s.Shape(0).Rows, s.Shape(0).Columns, s.Shape(1).Rows, s.Shape(1).Columns));
        },
        Element = s => new ElementForm(false, new Guarded(
            [Condition.Within("j", 0, s.Shape(0).Columns)],
            new Load(0, "i", "j"),
            new Load(1, "i", (Position)"j" - s.Shape(0).Columns))),
        Pullbacks = [p => Part(p, 0, 0, 0), p => Part(p, 1, 0, p[0].Shape.Columns)],
        Write = (o, _) => Formula.Name("[" + o[0].Text + " " + o[1].Text + "]"),
    };

    // Ω = A over B      Ā, B̄ = the two parts of Ḡ
    public static readonly Operation VStack = new("vstack", 2)
    {
        Infer = s =>
        {
            Entrywise.RequireOneScalarType("vstack", s);
            return s.Shape(0).Columns == s.Shape(1).Columns
                ? s[0].With(Shape.Of(s.Shape(0).Rows + s.Shape(1).Rows, s.Shape(0).Columns))
                : new ShapeError(ShapeErrorKind.StackSizes, ShapeMessages.StackColumns(
                    "VStack", s.Shape(0).Rows, s.Shape(0).Columns, s.Shape(1).Rows, s.Shape(1).Columns));
        },
        Element = s => new ElementForm(false, new Guarded(
            [Condition.Within("i", 0, s.Shape(0).Rows)],
            new Load(0, "i", "j"),
            new Load(1, (Position)"i" - s.Shape(0).Rows, "j"))),
        Pullbacks = [p => Part(p, 0, 0, 0), p => Part(p, 1, p[0].Shape.Rows, 0)],
        Write = (o, _) => Formula.Name("[" + o[0].Text + "; " + o[1].Text + "]"),
    };

    // Ω = diag(v)      v̄ = the diagonal of Ḡ
    public static readonly Operation DiagonalMatrix = new("diagonalMatrix", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).Columns == 1, "diagonalMatrix", s);
            return s[0].With(Shape.Of(s.Shape(0).Rows, s.Shape(0).Rows));
        },
        Element = _ => new ElementForm(false, new Guarded([Condition.Equal("i", "j")], new Load(0, "i", 0), Nothing)),
        Pullbacks = [p => p.Upstream.Apply(Diagonal!)],
        Write = (o, _) => Formula.Function("diag", o),
    };

    // Ω = the diagonal of A      Ā = diag(ḡ)
    public static readonly Operation Diagonal = new("diagonal", 1)
    {
        Infer = s => s.Shape(0).Rows == s.Shape(0).Columns
            ? s[0].With(Shape.Of(s.Shape(0).Rows, 1))
            : new ShapeError(ShapeErrorKind.NotSquare, ShapeMessages.Square("Diagonal", s.Shape(0).Rows, s.Shape(0).Columns)),
        Element = _ => new ElementForm(false, new Load(0, "i", "i")),
        Pullbacks = [p => p.Upstream.Apply(DiagonalMatrix)],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Function("diagonal", o),
        Simplify = c => c.Filled(),
    };

    // Ω = b·1ᵀ, the column repeated n times      b̄ = Ḡ·1
    public static readonly Operation RepeatColumn = new("repeatColumn", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).Columns == 1, "repeatColumn", s);
            return s[0].With(Shape.Of(s.Shape(0).Rows, s.Attributes[0]));
        },
        Element = _ => new ElementForm(false, new Load(0, "i", 0)),
        Pullbacks = [p => p.Upstream.Apply(Reductions.RowSum)],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Product(o[0], Formula.Raised(Formula.Name("𝟏"), "ᵀ")),
        Simplify = c => c.Type == c[0].Value.Type ? c[0] : c.Filled(),
    };

    // Ω = 1·b, the row repeated n times      b̄ = 1ᵀ·Ḡ
    public static readonly Operation RepeatRow = new("repeatRow", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).Rows == 1, "repeatRow", s);
            return s[0].With(Shape.Of(s.Attributes[0], s.Shape(0).Columns));
        },
        Element = _ => new ElementForm(false, new Load(0, 0, "j")),
        Pullbacks = [p => p.Upstream.Apply(Reductions.ColumnSum)],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Product(Formula.Name("𝟏"), o[0]),
        Simplify = c => c.Type == c[0].Value.Type ? c[0] : c.Filled(),
    };

    // Ω = A + b·1ᵀ
    public static readonly Operation AddBias = new("addBias", 2)
    {
        Infer = s => s.Shape(0).Rows == s.Shape(1).Rows ? s[0] : new ShapeError(
            ShapeErrorKind.DifferentShapes,
            ShapeMessages.LengthMustFit("AddBias", s.Shape(0).Rows, s.Shape(0).Columns, s.Shape(1).Rows)),
        Definition = (o, _) => o[0] + o[1].Apply(RepeatColumn, Attributes.Of(o[0].Shape.Columns)),
    };

    // Ω = a matrix of scalars, in row-major order      each scalar's adjoint is its entry of Ḡ
    public static readonly Operation Assemble = new("assemble", -1)
    {
        TakesResultShape = true,
        Infer = s =>
        {
            Entrywise.Require(s.Operands.All(o => o == s[0] && o.Shape.IsScalar), "assemble", s);
            return s.Attributes[0] * s.Attributes[1] == s.Operands.Length
                ? s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1]))
                : new ShapeError(ShapeErrorKind.OutOfRange, ShapeMessages.EntryCount(s.Attributes[0], s.Attributes[1], s.Operands.Length));
        },
        Element = s => new ElementForm(true, Enumerable.Range(0, s.Operands.Length).Reverse().Aggregate(
            Nothing, (rest, e) => e == s.Operands.Length - 1
                ? Entrywise.Entry(e)
                : new Guarded([Condition.Equal("e", e)], Entrywise.Entry(e), rest))),
        VariadicPullback = e => p => p.Upstream.Apply(
            Element!, p.Attributes[1] == 1 ? Attributes.Of(e) : Attributes.Of(e / p.Attributes[1], e % p.Attributes[1])),
        Write = (o, s) => Formula.Table(o, s.Attributes[1]),
        IsArithmetic = true,
        ReadsEntriesOnce = true,
    };

    // Ω = A, but nothing flows back
    public static readonly Operation StopGradient = new("stopGradient", 1)
    {
        Infer = s => s[0],
        Element = _ => new ElementForm(true, Entrywise.Entry(0)),
        Pullbacks = [Operation.Zero],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Function("stop", o),
    };

    public static readonly ImmutableArray<Operation> All =
    [
        Element, ToScalar, Place, WithEntry, WithEntryAt, InRange, EntryAt, PlaceAt, Block, Pad, Row, Column, Reshape, HStack, VStack, DiagonalMatrix, Diagonal,
        RepeatColumn, RepeatRow, AddBias, Assemble, StopGradient,
    ];

    /// <summary>Row and column of an entry: a vector's index names only its row.</summary>
    public static (int Row, int Column) RowColumn(Attributes a) => (a[0], a.Integers.Count > 1 ? a[1] : 0);

    /// <summary>Row, column and size: a vector's slice names only its start.</summary>
    public static (int Row, int Column, int Rows, int Columns) Window(Attributes a) =>
        IsSlice(a) ? (a[0], 0, a[1], a[2]) : (a[0], a[1], a[2], a[3]);

    private static bool IsSlice(Attributes a) => a.Integers.Count == 3;

    private static ShapeError OutOfRange(string message) => new(ShapeErrorKind.OutOfRange, message);

    private static Term Part(PullbackContext p, int operand, int row, int column) =>
        p.Upstream.Apply(Block, Attributes.Of(row, column, p[operand].Shape.Rows, p[operand].Shape.Columns));

    private static Operation Strip(string name, Func<int, Shape, Attributes> window, Func<int, int, int, string> outOfRange) => new(name, 1)
    {
        TakesConstantIntegers = true,
        Infer = s => Block.Infer(s with { Attributes = window(s.Attributes[0], s.Shape(0)) }) is { Error: null } fits
            ? fits
            : OutOfRange(outOfRange(s.Attributes[0], s.Shape(0).Rows, s.Shape(0).Columns)),
        Definition = (o, a) => o[0].Apply(Block, window(a[0], o[0].Shape)),
    };
}
