using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Products of matrices, which take most of the time where matrices are large, run as three loops over numbers rather than
/// as the index notation that describes them.
/// </summary>
internal sealed class SumOfProducts
{
    /// <summary>How many of its operations take the time of one in index notation.</summary>
    public const int TimesFaster = 50;

    private readonly double[] _left;
    private readonly double[] _right;
    private readonly Steps _leftSteps;
    private readonly Steps _rightSteps;

    private SumOfProducts(double[] left, double[] right, Steps leftSteps, Steps rightSteps, int extent)
    {
        (_left, _right, _leftSteps, _rightSteps, Extent) = (left, right, leftSteps, rightSteps, extent);
    }

    /// <summary>The number of terms.</summary>
    public int Extent { get; }

    /// <summary>Reads an element, if it is a sum over k of products of two entries at places made of i, j and k.</summary>
    public static SumOfProducts? Of(ElementForm form, ImmutableArray<Tensor> operands) =>
        form is { ByEntry: false, Element: Reduce { Kind: ReduceKind.Sum, Body: Call { Arguments: [Load left, Load right] } product } sum }
        && product.Function == ScalarFunctions.Multiply
        && Steps.Of(left, operands[left.Operand].Shape, sum.Variable) is { } leftSteps
        && Steps.Of(right, operands[right.Operand].Shape, sum.Variable) is { } rightSteps
            ? new SumOfProducts(operands[left.Operand].Entries, operands[right.Operand].Entries, leftSteps, rightSteps, sum.Extent)
            : null;

    /// <summary>The entries of the result, in the order in which index notation gives them.</summary>
    public double[] Run(Shape shape)
    {
        var entries = new double[shape.Count];
        for (var i = 0; i < shape.Rows; i++)
        {
            for (var j = 0; j < shape.Columns; j++)
            {
                var (l, r, total) = (_leftSteps.At(i, j), _rightSteps.At(i, j), 0.0);
                for (var k = 0; k < Extent; k++)
                {
                    total += _left[l] * _right[r];
                    l += _leftSteps.K;
                    r += _rightSteps.K;
                }

                entries[(i * shape.Columns) + j] = total;
            }
        }

        return entries;
    }

    /// <summary>How far an entry's place moves with each variable.</summary>
    private sealed record Steps(int Start, int I, int J, int K)
    {
        public int At(int i, int j) => Start + (i * I) + (j * J);

        public static Steps? Of(Load load, Shape shape, string k)
        {
            var (row, column) = (load.Row, load.Column);
            int Of(string variable) => (row.Variable == variable ? shape.Columns : 0) + (column.Variable == variable ? 1 : 0);
            bool IsKnown(Position position) => position.Operand < 0 && (position.Variable is null or "i" or "j" || position.Variable == k);
            return IsKnown(row) && IsKnown(column) ? new Steps((row.Offset * shape.Columns) + column.Offset, Of("i"), Of("j"), Of(k)) : null;
        }
    }
}
