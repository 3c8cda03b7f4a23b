using System.Collections.Immutable;
using CsCheck;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Optimization;

/// <summary>Random straight-line functions: what no list of cases thinks of, such as a value used in many ways.</summary>
public class RandomProgramTests
{
    private static readonly ImmutableArray<TensorType> Parameters =
        [Types.Of(2, 3), Types.Of(3, 5), Types.Of(2, 5), Types.Of(3, 1), Types.Real];

    /// <summary>Bounded and smooth everywhere, so that functions of functions stay tame.</summary>
    private static readonly ImmutableArray<Operation> Functions =
        [Elementary.Sin, Elementary.Cos, Elementary.Tanh, Elementary.Sigmoid, Elementary.Atan, Arithmetic.Negate, Elementary.Softplus, Elementary.Asinh];

    private static readonly Gen<(int Kind, int First, int Second)[]> Recipes =
        Gen.Select(Gen.Int[0, 13], Gen.Int[0, 99], Gen.Int[0, 99]).Array[1, 14];

    [Fact]
    public void Gradients_AreDirectionalDerivatives_AndTheSameUnderEveryPass() => Recipes.Sample(
        recipe =>
        {
            var function = Verifier.Verify(Build(recipe));
            var random = new Random(7);
            Tensor[] Draw() => [.. Parameters.Select(p => Types.Random(p, random))];
            var (arguments, directions) = (Draw(), Draw());
            Tensor[] upstreams = [.. function.Results.Select(r => Types.Random(r.Type, random))];
            var gradient = Verifier.Verify(ReverseMode.Run(function, [.. Parameters.Select(_ => true)]));
            Tensor[] inputs = [.. arguments, .. upstreams];
            var adjoints = Interpreter.Run(gradient, inputs).Skip(function.Results.Length);

            Check.Close(
                Differences.AlongDirection(function, arguments, directions, upstreams),
                adjoints.Zip(directions, Types.Dot).Sum(),
                1e-8,
                function.ToString());
            Differences.CheckPasses(gradient, inputs, function.ToString());
            Assert.True(Optimizer.Run(gradient).Count() <= gradient.Count());
        },
        seed: "0N0XIzNsQ0O2",
        iter: 200,
        threads: 1,
        print: recipe => Build(recipe).ToString());

    /// <summary>Each step takes the first operands that fit, from a place the recipe says.</summary>
    private static Function Build((int Kind, int First, int Second)[] recipe) => Program.Many(Parameters, (_, parameters) =>
    {
        var terms = parameters.ToList();
        foreach (var (kind, first, second) in recipe)
        {
            var a = terms[first % terms.Count];
            if (Step(kind, a, second, terms) is { IsZero: false } next)
            {
                terms.Add(next);
            }
        }

        return [terms[^1], terms[terms.Count / 2].Sum()];
    });

    private static Term Step(int kind, Term a, int second, List<Term> terms)
    {
        Term Other(Func<Shape, bool> fits) => Enumerable.Range(0, terms.Count)
            .Select(i => terms[(second + i) % terms.Count]).FirstOrDefault(t => fits(t.Shape));
        Term With(Func<Shape, bool> fits, Func<Term, Term> step) => Other(fits) is { IsZero: false } b ? step(b) : default;
        bool Alike(Shape s) => s == a.Shape || s.IsScalar || a.Shape.IsScalar;
        return kind switch
        {
            0 or 1 => a.Apply(Functions[second % Functions.Length]),
            2 => With(Alike, b => a + b),
            3 => With(Alike, b => a - b),
            4 => With(Alike, b => a * b),
            5 => With(Alike, b => a / (b * b + 1)),
            6 => a.T,
            7 => With(s => !a.Shape.IsScalar && !s.IsScalar && s.Rows == a.Shape.Columns, b => a.MatMul(b) / 2),
            8 => With(s => !a.Shape.IsScalar && !s.IsScalar && s.Columns == a.Shape.Columns, b => a.MatMul(b.T) / 2),
            9 => With(s => !a.Shape.IsScalar && s == a.Shape, b => a.Dot(b)),
            10 => a.Apply((second % 4) switch { 0 => ReductionRows.Sum, 1 => ReductionRows.NormSquared, 2 => LossRows.LogSumExp, _ => ReductionRows.Mean }),
            11 => a.Shape.IsScalar ? a.Fill(Shape.Of(2, 3)) : a.Apply(second % 2 == 0 ? ReductionRows.RowSum : ReductionRows.ColumnSum),
            12 => a.Shape.IsScalar ? default : second % 2 == 0
                ? a.Apply(Gathers.Reshape, Attributes.Of(a.Shape.Columns, a.Shape.Rows))
                : a.Apply(Gathers.Pad, Attributes.Of(1, 0, a.Shape.Rows + 1, a.Shape.Columns + 2)).Apply(Gathers.Row, Attributes.Of(1)),
            _ => a.Apply(second % 2 == 0 ? LossRows.Softmax : LossRows.LogSoftmax),
        };
    }
}
