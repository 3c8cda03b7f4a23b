using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Optimization;

public class SimplifyTests
{
    private static readonly TensorType Real = Types.Real;
    private static readonly TensorType Matrix = Types.Of(2, 3);

    [Fact]
    public void Transposes_BecomeFlagsOfProducts()
    {
        var turned = Types.Of(3, 2);
        Expect("matmul(%0, %1) [1, 0]", [turned, turned], (_, p) => p[0].T.MatMul(p[1]));
        Expect("matmul(%0, %1) [0, 1]", [turned, turned], (_, p) => p[0].MatMul(p[1].T));
        Expect("matmul(%0, %1) [1, 1]", [turned, Matrix], (_, p) => p[0].T.MatMul(p[1].T));
        Expect("matmul(%0, %1)", [Matrix, turned], (_, p) => p[0].T.T.MatMul(p[1]));
        Expect("matmul(%1, %0) [1, 1]", [Matrix, turned], (_, p) => p[0].MatMul(p[1]).T);
    }

    [Fact]
    public void TransposesThatDoNothing_Vanish()
    {
        ExpectOperand(0, [Matrix], (_, p) => p[0].T.T);
        ExpectOperand(0, [Types.Of(1, 1)], (_, p) => p[0].T);
    }

    [Fact]
    public void TraceOfAProduct_IsAnInnerProduct()
    {
        Expect("dot(%0, %1)", [Matrix, Matrix], (_, p) => p[0].MatMul(p[1].T).Apply(ReductionRows.Trace));
        Expect("dot(%0, %1)", [Matrix, Matrix], (_, p) => p[0].T.MatMul(p[1]).Apply(ReductionRows.Trace));
        Expect(["transpose(%1)", "dot(%0, %2)"], [Matrix, Types.Of(3, 2)], (_, p) => p[0].MatMul(p[1]).Apply(ReductionRows.Trace));
        Expect(["transpose(%1)", "dot(%0, %2)"], [Matrix, Types.Of(3, 2)], (_, p) => p[0].T.MatMul(p[1].T).Apply(ReductionRows.Trace));
    }

    [Fact]
    public void EntryOfWhatWasPutTogether_IsWhatWasPutThere()
    {
        static Term At(Term matrix, int row, int column) => matrix.Apply(Gathers.Element, Attributes.Of(row, column));
        ExpectOperand(1, [Real, Real], (_, p) => At(p[0].Apply(Gathers.Assemble, Attributes.Of(1, 2), p[1]), 0, 1));
        ExpectOperand(0, [Real], (_, p) => At(p[0].Apply(Constants.Identity, Attributes.Of(3, 3)), 2, 2));
        Expect("literal() [0]", [Real], (_, p) => At(p[0].Apply(Constants.Identity, Attributes.Of(3, 3)), 2, 1));
        Expect("element(%0) [1, 0]", [Matrix], (_, p) => At(p[0].T, 0, 1));
        Expect("element(%0) [1, 2]", [Matrix], (_, p) => At(p[0].Apply(Gathers.Block, Attributes.Of(0, 1, 2, 2)), 1, 1));
        Expect("element(%1) [1, 2]", [Matrix, Matrix], (_, p) => At(p[0].Apply(Gathers.VStack, p[1]), 3, 2));
        Expect("element(%0) [1, 2]", [Matrix, Matrix], (_, p) => At(p[0].Apply(Gathers.HStack, p[1]), 1, 2));
        Expect("element(%1) [1, 0]", [Matrix, Matrix], (_, p) => At(p[0].Apply(Gathers.HStack, p[1]), 1, 3));
        ExpectOperand(1, [Matrix, Real, Real], (_, p) => At(p[0].Apply(Gathers.WithEntry, Attributes.Of(0, 1), p[1]).Apply(Gathers.WithEntry, Attributes.Of(1, 1), p[2]), 0, 1));
        ExpectOperand(2, [Matrix, Real, Real], (_, p) => At(p[0].Apply(Gathers.WithEntry, Attributes.Of(0, 1), p[1]).Apply(Gathers.WithEntry, Attributes.Of(0, 1), p[2]), 0, 1));
        Expect("element(%0) [1, 0]", [Matrix, Real, Real], (_, p) => At(p[0].Apply(Gathers.WithEntry, Attributes.Of(0, 1), p[1]).Apply(Gathers.WithEntry, Attributes.Of(1, 1), p[2]), 1, 0));
        Expect("element(%1) [1]", [Types.Of(3, 1), Types.Of(2, 1)], (_, p) => p[0].Apply(Gathers.VStack, p[1]).Apply(Gathers.Element, Attributes.Of(4)));
    }

    [Fact]
    public void NeutralElements_Vanish()
    {
        ExpectOperand(0, [Matrix], (_, p) => p[0] + 0);
        ExpectOperand(0, [Matrix], (_, p) => 0 + p[0]);
        ExpectOperand(0, [Matrix], (_, p) => p[0] - 0);
        ExpectOperand(0, [Matrix], (_, p) => 1 * p[0]);
        ExpectOperand(0, [Matrix], (_, p) => p[0] * p[0].Literal(1));
        ExpectOperand(0, [Matrix], (_, p) => p[0] * p[0].Literal(1).Fill(Matrix.Shape));
        ExpectOperand(0, [Matrix], (_, p) => p[0] / 1);
    }

    [Fact]
    public void Signs_Meet()
    {
        ExpectOperand(0, [Matrix], (_, p) => -(-p[0]));
        Expect("neg(%0)", [Matrix], (_, p) => 0 - p[0]);
        Expect("neg(%0)", [Matrix], (_, p) => -1 * p[0]);
        Expect("sub(%0, %1)", [Matrix, Matrix], (_, p) => p[0] + -p[1]);
        Expect("add(%0, %1)", [Matrix, Matrix], (_, p) => p[0] - -p[1]);
    }

    [Fact]
    public void SumsOfProducts_AreInnerProducts()
    {
        Expect("dot(%0, %1)", [Matrix, Matrix], (_, p) => (p[0] * p[1]).Sum());
        Expect(["sum(%1)", "mul(%0, %2)"], [Real, Matrix], (_, p) => (p[0] * p[1]).Sum());
        Expect(["mul(%0, %1)", "sum(%2)"], [Matrix, Matrix], (_, p) => (p[0] * p[1]).Sum(), keepOthers: (_, p) => p[0] * p[1]);
    }

    [Fact]
    public void FilledOperands_AreTheirScalars()
    {
        Expect("mul(%0, %1)", [Matrix, Real], (_, p) => p[0] * p[1].Fill(Matrix.Shape));
        Expect("choose(%0, %1, %2)", [Matrix.With(ScalarType.Boolean), Matrix, Real], (_, p) => p[0].Choose(p[1], p[2].Fill(Matrix.Shape)));
        Expect(["sum(%0)", "mul(%1, %2)"], [Matrix, Real], (_, p) => p[0].Dot(p[1].Fill(Matrix.Shape)));
        Expect(["exp(%0)", "fill(%1) [2, 3]"], [Real], (_, p) => p[0].Fill(Matrix.Shape).Apply(Elementary.Exp));
        Expect(["add(%0, %1)", "fill(%2) [2, 3]"], [Real, Real], (_, p) => p[0].Fill(Matrix.Shape) + p[1].Fill(Matrix.Shape));
        Expect("fill(%0) [3, 2]", [Real], (_, p) => p[0].Fill(Matrix.Shape).T);
        Expect("fill(%0) [3, 2]", [Real], (_, p) => p[0].Fill(Matrix.Shape).Apply(Gathers.Reshape, Attributes.Of(3, 2)));
        ExpectOperand(0, [Real], (_, p) => p[0].Fill(Matrix.Shape).Apply(Gathers.Element, Attributes.Of(1, 1)));
        ExpectOperand(0, [Real], (_, p) => p[0].Fill(Shape.Of(1, 1)).Apply(Gathers.ToScalar));
    }

    [Fact]
    public void StructuralZeros_Vanish()
    {
        const string Zero = "literal() [0]";
        Expect([Zero, "fill(%1) [2, 3]"], [Matrix], (_, p) => 0 * p[0]);
        Expect([Zero, "fill(%1) [2, 2]"], [Matrix], (_, p) => p[0].MatMul(p[0].Literal(0).Fill(Shape.Of(3, 2))));
        Expect([Zero], [Matrix], (_, p) => p[0].Dot(p[0].Literal(0).Fill(Matrix.Shape)));
        Expect([Zero, "fill(%1) [4, 5]"], [Matrix], (_, p) => (0 * p[0]).Apply(Gathers.Pad, Attributes.Of(1, 1, 4, 5)));
        Expect([Zero, "fill(%2) [2, 3]"], [TensorType.Boolean, Real], (_, p) => p[0].Choose(p[1].Literal(0).Fill(Matrix.Shape), p[1].Literal(0)));
    }

    [Fact]
    public void StepsWithoutASlope_LeaveNothingOfTheBackwardSweep()
    {
        var function = Program.Of([Matrix], (_, p) => (p[0] * p[0].Apply(Elementary.Floor)).Sum());
        var gradient = Optimizer.Run(ReverseMode.Run(function, [true]));
        Assert.Equal(["floor", "dot", "mul"], gradient.Body.Instructions.Select(i => i.Operation.Name));
    }

    [Fact]
    public void Constants_AreComputed()
    {
        Expect("literal() #1.5 [0]", [Real], (_, p) => 3 * p[0].Literal(0.5));
        Expect("literal() #4 [0]", [Real], (_, p) => p[0].Literal(2).Apply(Elementary.Square));
        Expect("literal() #0.25 [0]", [Real], (_, p) => p[0].Literal(4).Apply(Elementary.Reciprocal));
        Expect("literal() #8 [0]", [Real], (_, p) => p[0].Literal(2).Apply(Elementary.Pow, p[0].Literal(3)));
        Expect("literal() #6 [0]", [Real], (_, p) => p[0].Literal(1).Fill(Matrix.Shape).Sum());
        Expect("literal() #0.10000000149011612 [1]", [Real], (b, p) => p[0].Literal(0.1).Apply(Arithmetic.ToFloat32));
    }

    [Fact]
    public void ConstantPowers_AreProducts()
    {
        Expect("square(%0)", [Matrix], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(2)));
        Expect("cube(%0)", [Matrix], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(3)));
        Expect("recip(%0)", [Matrix], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(-1)));
        Expect("powi(%0) [7]", [Matrix], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(7)));
        ExpectOperand(0, [Matrix], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(1)));
    }

    [Fact]
    public void ConversionsOfASingleAndBack_RemainRoundings() => Assert.Equal(
        2, Simplify.Run(Program.Of([Real], (_, p) => p[0].Apply(Arithmetic.ToFloat32).Apply(Arithmetic.ToFloat64))).Count());

    [Fact]
    public void NamesAndRoles_AreKept()
    {
        var function = Program.Of([Matrix, Matrix], (_, p) =>
        {
            var turned = p[0].T;
            Builder.Name(turned.Value, "turned");
            var product = turned.MatMul(p[1]);
            Builder.Name(product.Value, "h", ValueRole.Adjoint);
            return product + 0;
        });
        Assert.Equal(
            """
            function f(%0 'x0': f64[2×3], %1 'x1': f64[2×3]) {
              %2 '∂h': f64[3×3] = matmul(%0, %1) [1, 0]
              yield %2
            }

            """,
            Simplify.Run(function).ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void SimplifyingTwice_ChangesNothingMore()
    {
        foreach (var @case in OperationCases.All)
        {
            var gradient = ReverseMode.Run(@case.Function, [.. @case.Operands.Select(o => o.Type.IsFloating)]);
            var once = Optimizer.Run(Optimizer.Run(gradient));
            Assert.Equal(once, Optimizer.Run(once));
        }
    }

    [Fact]
    public void LongChains_AreSimplifiedToTheEnd()
    {
        var function = Program.Of([Matrix], (_, p) =>
        {
            var x = p[0];
            for (var i = 0; i < 500; i++)
            {
                x = -((-(x + 0)).T.T * x.Literal(1));
            }

            return x;
        });
        Assert.Equal(0, Simplify.Run(function).Count());
    }

    private static void ExpectOperand(int operand, ImmutableArray<TensorType> parameters, Func<Builder, Term[], Term> body)
    {
        var simple = Simplify.Run(Program.Of(parameters, body));
        Assert.Equal(simple.Parameters[operand], Assert.Single(simple.Results));
        Assert.Empty(simple.Body.Instructions);
    }

    private static void Expect(string expected, ImmutableArray<TensorType> parameters, Func<Builder, Term[], Term> body) =>
        Expect([expected], parameters, body);

    private static void Expect(
        string[] expected, ImmutableArray<TensorType> parameters, Func<Builder, Term[], Term> body, Func<Builder, Term[], Term>? keepOthers = null)
    {
        var function = Program.Many(parameters, (b, p) => [body(b, p), .. keepOthers is null ? [] : new[] { keepOthers(b, p) }]);
        var simple = Verifier.Verify(CommonSubexpressions.Run(Simplify.Run(CommonSubexpressions.Run(function))));
        Assert.Equal(expected, simple.Body.Instructions.Select(i => i.ToString().Split(" = ")[1]));
        var random = new Random(1);
        Tensor[] arguments = [.. parameters.Select(p => Types.Random(p, random))];
        Check.Close(Interpreter.Run(function, arguments), Interpreter.Run(simple, arguments), 1e-14, expected[0]);
    }
}
