using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests;

/// <summary>A row that can be infinite or NaN at finite operands says so: else an absent adjoint would become NaN there.</summary>
public class SingularRowsTests
{
    private static readonly double[] Numbers = [-1000, -1, -0.5, 0, 0.5, 1, 1000];

    [Fact]
    public void RowThatIsNotFiniteAtFiniteOperands_IsSingular()
    {
        var tried = new List<string>();
        foreach (var operation in OperationTable.All.Where(o => o.Pullbacks is { Length: > 0 }))
        {
            foreach (var shape in new[] { Shape.Scalar, Shape.Of(2, 1) })
            {
                var type = new TensorType(ScalarType.Float64, shape);
                if (Gradient(operation, type) is not { } gradient)
                {
                    continue;
                }

                tried.Add(operation.Name);
                foreach (var numbers in Combinations(operation.Arity))
                {
                    Tensor[] arguments = [.. numbers.Select(n => new Tensor(shape, [.. Enumerable.Repeat(n, shape.Count)])), Ones(gradient.Parameters[^1].Type.Shape)];
                    var isFinite = Interpreter.Run(gradient, arguments).All(r => r.Entries.All(double.IsFinite));
                    Assert.True(isFinite || operation.IsSingular?.Invoke(_ => null) == true, $"{operation} at {string.Join(", ", numbers)} is not finite");
                }
            }
        }

        Assert.Superset(new HashSet<string> { "exp", "sqrt", "div", "mul", "pow", "atan2", "norm", "normalize", "softmax", "add", "max" }, tried.ToHashSet());
    }

    [Fact]
    public void QuotientByAConstant_IsNotSingular()
    {
        Assert.False(Arithmetic.Divide.IsSingular!(i => i == 1 ? 10 : null));
        Assert.True(Arithmetic.Divide.IsSingular!(i => i == 1 ? 0 : null));
        Assert.False(Elementary.Pow.IsSingular!(i => i == 1 ? 3 : null));
        Assert.True(Elementary.Pow.IsSingular!(i => i == 1 ? 0.5 : null));
        Assert.True(Elementary.Pow.IsSingular!(i => i == 1 ? -1 : null));
    }

    /// <summary>The value and the gradient of one operation; null where it does not take such operands.</summary>
    private static Function? Gradient(Operation operation, TensorType type)
    {
        ImmutableArray<TensorType> types = [.. Enumerable.Repeat(type, operation.Arity)];
        try
        {
            if (Builder.Infer(operation, types, Attributes.None) is not { Error: null, Type.IsFloating: true })
            {
                return null;
            }

            return ReverseMode.Run(Program.Of(types, (_, p) => p[0].Apply(operation, p[1..])), [.. types.Select(_ => true)]);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<double[]> Combinations(int count) => count == 0
        ? [[]]
        : Combinations(count - 1).SelectMany(rest => Numbers.Select(n => (double[])[.. rest, n]));

    private static Tensor Ones(Shape shape) => new(shape, [.. Enumerable.Repeat(1.0, shape.Count)]);
}
