using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>The entry of a matrix that has just been put together is what was put there.</summary>
internal static class WhatWasPut
{
    /// <summary>The entry (row, column) of operand 0, or of what operand 0 moves; null where it is computed.</summary>
    public static Term? At(SimplifyContext context, int row, int column)
    {
        if (context.DefinitionOf(context.Instruction.Operands[0]) is not { } whole)
        {
            return null;
        }

        Term Part(int operand) => new(context.Builder, whole.Operands[operand]);
        Term Entry(int operand, int i, int j) => EntryOf(Part(operand), i, j);

        if (whole.Operation == Gathers.Assemble)
        {
            return Part((row * whole.Attributes[1]) + column);
        }

        if (whole.Operation == Gathers.WithEntry)
        {
            // At once through all that was written before: a chain is as long as the method that writes it.
            var written = whole;
            while (Gathers.RowColumn(written.Attributes) != (row, column))
            {
                var before = written.Operands[0];
                if (context.DefinitionOf(before) is not { } definition || definition.Operation != Gathers.WithEntry)
                {
                    return EntryOf(new Term(context.Builder, before), row, column);
                }

                written = definition;
            }

            return new Term(context.Builder, written.Operands[1]);
        }

        if (whole.Operation == Constants.Identity)
        {
            return row == column ? Part(0) : Part(0).Literal(0);
        }

        if (whole.Operation == Products.Transpose)
        {
            return Entry(0, column, row);
        }

        if (whole.Operation == Gathers.Block)
        {
            var window = Gathers.Window(whole.Attributes);
            return Entry(0, row + window.Row, column + window.Column);
        }

        if (whole.Operation == Gathers.VStack)
        {
            var top = whole.Operands[0].Shape.Rows;
            return row < top ? Entry(0, row, column) : Entry(1, row - top, column);
        }

        if (whole.Operation == Gathers.HStack)
        {
            var left = whole.Operands[0].Shape.Columns;
            return column < left ? Entry(0, row, column) : Entry(1, row, column - left);
        }

        return null;
    }

    private static Term EntryOf(Term matrix, int row, int column) =>
        matrix.Apply(Gathers.Element, matrix.Shape.IsColumn ? Attributes.Of(row) : Attributes.Of(row, column));
}
