using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests;

/// <summary>A row that is singular where an operand is 0, and only there around it, says so, and no other does: the advice knows it by that.</summary>
public class ZeroRowsTests
{
    private const double Beside = 1e-3;

    private static readonly double[] Numbers = [-2, -0.5, 0.5, 1, 2];

    [Fact]
    public void RowThatIsSingularAtZero_SaysSo_AndInWhichWay()
    {
        var found = new HashSet<string>();
        foreach (var operation in OperationTable.All.Where(o => o is { Arity: > 0, Pullbacks.Length: > 0 }))
        {
            if (Gradient(operation) is not { } gradient)
            {
                continue;
            }

            foreach (var numbers in Combinations(operation.Arity))
            {
                for (var operand = 0; operand < operation.Arity; operand++)
                {
                    ImmutableArray<Tensor> At(double number) => Run(gradient, [.. numbers.Select((n, i) => i == operand ? number : n)]);
                    if (!IsFinite(At(Beside)))
                    {
                        continue; // It is not singular at 0, but not defined there.
                    }

                    var atZero = At(0);
                    var said = operation.AtZero?.Invoke(Attributes.None, i => i == operand ? null : numbers[i]);
                    var what = $"{operation} at {string.Join(", ", numbers)} with 0 for operand {operand}";
                    Assert.True(IsFinite(atZero) == (said?.Operand != operand), what);
                    if (!IsFinite(atZero))
                    {
                        found.Add(operation.Name);
                        var value = atZero[0].Entries[0];
                        Assert.True(
                            said!.Kind == (double.IsFinite(value) ? ZeroKind.InfiniteSlope : double.IsNegativeInfinity(value) && operation.Arity == 1 ? ZeroKind.MinusInfinity : ZeroKind.NotFinite),
                            what + " as " + said.Kind);
                        Assert.True(operation.IsSingular?.Invoke(i => i == operand ? null : numbers[i]), what);
                    }
                }
            }
        }

        Assert.Equal(["cbrt", "div", "log", "log10", "log2", "normalize", "pow", "recip", "rem", "rsqrt", "sqrt"], found.Order(StringComparer.Ordinal));
        Assert.All(OperationTable.All.Where(o => o.AtZero is not null), o => Assert.True(found.Contains(o.Name) || o == Elementary.IntegerPower, o.Name));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(-2, true)]
    [InlineData(2, false)]
    public void IntegerPower_IsSingular_WhereTheExponentIsNegative(int exponent, bool isSingular)
    {
        Assert.Equal(isSingular, Elementary.IntegerPower.AtZero!(Attributes.Of(exponent), _ => null) == new ZeroSingularity(0, ZeroKind.NotFinite));
        var function = Program.Of([Types.Real], (_, p) => p[0].Apply(Elementary.IntegerPower, Attributes.Of(exponent)));
        Assert.Equal(isSingular, !IsFinite([.. Interpreter.Run(function, Tensor.Scalar(0))]));
    }

    private static ImmutableArray<Tensor> Run(Function gradient, double[] numbers) =>
        Interpreter.Run(gradient, [.. numbers.Select(Tensor.Scalar), Tensor.Scalar(1)]);

    private static bool IsFinite(ImmutableArray<Tensor> results) => results.All(r => r.Entries.All(double.IsFinite));

    /// <summary>The value and the gradient of one operation on numbers; null where it does not take them.</summary>
    private static Function? Gradient(Operation operation)
    {
        ImmutableArray<TensorType> types = [.. Enumerable.Repeat(Types.Real, operation.Arity)];
        try
        {
            return Builder.Infer(operation, types, Attributes.None) is not { Error: null, Type.IsScalar: true, Type.IsFloating: true } ? null
                : ReverseMode.Run(Program.Of(types, (_, p) => p[0].Apply(operation, p[1..])), [.. types.Select(_ => true)]);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<double[]> Combinations(int count) => count == 0
        ? [[]]
        : Combinations(count - 1).SelectMany(rest => Numbers.Select(n => (double[])[.. rest, n]));
}
