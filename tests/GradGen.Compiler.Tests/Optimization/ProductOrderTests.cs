using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Optimization;

/// <summary>In which order products are computed, and which way round.</summary>
public class ProductOrderTests
{
    private static readonly ImmutableArray<TensorType> Chain = [Types.Of(4, 5), Types.Of(5, 6), Types.Of(6, 1), Types.Of(4, 1), Types.Of(4, 6)];

    [Fact]
    public void ChainsThatEndInAVector_NeverBecomeAMatrix()
    {
        ExpectVectors((_, p) => [p[0].MatMul(p[1]).MatMul(p[2])]);
        ExpectVectors((_, p) => [p[0].MatMul(p[1]).T.MatMul(p[3])]);
        ExpectVectors((_, p) => [p[3].T.MatMul(p[0].MatMul(p[1]))]);
        ExpectVectors((_, p) => [(p[0].MatMul(p[1]) + p[4]).MatMul(p[2])]);
        ExpectVectors((_, p) => [p[3].T.MatMul(p[4] + p[0].MatMul(p[1]))]);
    }

    [Fact]
    public void ProductThatIsReadElsewhere_IsReadHereToo()
    {
        var simple = Simplified(Chain, (_, p) => p[0].MatMul(p[1]) is var ab ? [ab.MatMul(p[2]), ab] : []);
        Assert.Equal([Shape.Of(4, 6), Shape.Of(4, 1)], simple.Body.Instructions.Select(i => i.Result.Shape));
    }

    [Fact]
    public void ProductOfVectorsThatIsReadElsewhere_IsNotMultipliedAsAMatrix()
    {
        // (x·yᵀ)·B = x·(yᵀ·B)
        var simple = Simplified(
            [Types.Of(4, 1), Types.Of(5, 1), Types.Of(5, 6)], (_, p) => p[0].MatMul(p[1].T) is var outer ? [outer.MatMul(p[2]), outer] : []);
        Assert.Contains(simple.Body.Instructions, i => i.Result.Shape == Shape.Of(1, 6));
    }

    [Fact]
    public void ProductBeforeABranch_IsNotComputedAnewInIt()
    {
        var simple = Simplified(Chain, (_, p) =>
        {
            var product = p[0].MatMul(p[1]);
            return [Program.If(p[3].Sum().Greater(0), () => product.MatMul(p[2]), () => p[3])];
        });
        Assert.Contains(simple.Body.Instructions, i => i.Operation == ProductRows.MatMul && i.Result.Shape == Shape.Of(4, 6));
    }

    [Fact]
    public void ProductThatIsOnlyReadTransposed_IsTurned()
    {
        ImmutableArray<TensorType> types = [Types.Of(3, 4), Types.Of(4, 5), Types.Of(5, 3), Types.Real];
        var turned = Turned(types, (_, p) => p[0].MatMul(p[1]) is var ab ? [ab.Dot(p[2].T), (p[3] * ab).T] : []);
        Assert.Equal(0, turned.Count(ProductRows.Transpose));
        Assert.Equal(Shape.Of(5, 3), Assert.Single(turned.Body.Instructions, i => i.Operation == ProductRows.MatMul).Result.Shape);
    }

    [Fact]
    public void ProductThatIsReadAsItIs_IsNotTurned()
    {
        ImmutableArray<TensorType> types = [Types.Of(3, 4), Types.Of(4, 5), Types.Of(3, 3)];
        Turned(types, (_, p) => p[0].MatMul(p[1]) is var ab ? [ab.T, ab] : [], isSame: true);
        Turned(types, (_, p) => p[2].MatMul(p[2]) is var square ? [square.Dot(square.T)] : [], isSame: true);
    }

    private static void ExpectVectors(Func<Builder, Term[], Term[]> body) => Assert.All(
        Simplified(Chain, body).Body.Instructions.Where(i => i.Operation != ProductRows.Transpose),
        i => Assert.True(i.Result.Shape.Rows == 1 || i.Result.Shape.Columns == 1, i.ToString()));

    private static Function Simplified(ImmutableArray<TensorType> types, Func<Builder, Term[], Term[]> body)
    {
        var function = Program.Many(types, body);
        return Same(types, function, Simplify.Run(function));
    }

    private static Function Turned(ImmutableArray<TensorType> types, Func<Builder, Term[], Term[]> body, bool isSame = false)
    {
        var function = Program.Many(types, body);
        var turned = Same(types, function, Orientation.Run(function));
        Assert.Equal(isSame, ReferenceEquals(function, turned));
        return turned;
    }

    private static Function Same(ImmutableArray<TensorType> types, Function function, Function other)
    {
        var random = new Random(1);
        Tensor[] arguments = [.. types.Select(t => Types.Random(t, random))];
        Check.Close(Interpreter.Run(function, arguments), Interpreter.Run(Verifier.Verify(other), arguments), 1e-13, "products");
        return other;
    }
}
