using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests.Ir;

public class VerifierTests
{
    private static readonly TensorType Real = Types.Real;

    private readonly Value _x = new(0, Real);
    private readonly Value _matrix = new(1, Types.Of(2, 3));
    private readonly Value _count = new(2, TensorType.Int32);
    private readonly Value _condition = new(3, TensorType.Boolean);

    [Fact]
    public void FunctionsAsBuilt_AreAccepted() => Verifier.Verify(Differentiation.Program.Network());

    [Fact]
    public void UseBeforeDefinition_IsRejected()
    {
        var (first, second) = (new Value(10, Real), new Value(11, Real));
        Reject("%11 is used before it is defined", [Step(Elementary.Exp, first, second), Step(Elementary.Sin, second, _x)], first);
        Reject("the result %11 is not defined", [Step(Elementary.Exp, first, _x)], second);
    }

    [Fact]
    public void SecondDefinition_IsRejected()
    {
        var twice = new Value(10, Real);
        Reject("%10 is defined twice", [Step(Elementary.Exp, twice, _x), Step(Elementary.Sin, twice, _x)], twice);
        Reject("%0 is defined twice", [Step(Elementary.Exp, _x, _x)], _x);
    }

    [Fact]
    public void SecondDefinitionInTheOtherArm_IsRejected()
    {
        var (inner, result) = (new Value(10, Real), new Value(11, Real));
        var arm = new Block([], [Step(Elementary.Exp, inner, _x)], [inner]);
        Reject("%10 is defined twice", [Regions(ControlFlow.If, [_condition], [result], arm, arm)], result);
    }

    [Fact]
    public void ValueOfARegion_IsUnknownAfterIt()
    {
        var (inner, result) = (new Value(10, Real), new Value(11, Real));
        var arm = new Block([], [Step(Elementary.Exp, inner, _x)], [inner]);
        Reject(
            "the result %10 is not defined",
            [Regions(ControlFlow.If, [_condition], [result], arm, new Block([], [], [_x]))],
            inner);
    }

    [Fact]
    public void TypeThatTheRowDoesNotGive_IsRejected()
    {
        var wrong = new Value(10, Types.Of(3, 2));
        Reject("the type is f64[2×3]", [Step(Elementary.Exp, wrong, _matrix)], wrong);
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void OperandsThatNoRowCouldMean_AreRejected(string operation, int[] operands, int[] attributes)
    {
        var row = OperationTable.Find(operation)!;
        var values = operands.Select(o => new[] { _x, _matrix, _count, _condition, new Value(4, Types.Single), new Value(5, new(ScalarType.Float32, Shape.Of(3, 2))), new Value(6, new(ScalarType.Boolean, Shape.Of(3, 2))) }[o]).ToImmutableArray();
        var result = new Value(10, Real);
        var instruction = new Instruction(row, values, Attributes.Of(attributes), [result], []);
        var function = new Function("f", new Block([.. values.Distinct()], [instruction], [result]));
        Assert.Throws<InvalidOperationException>(() => Verifier.Verify(function));
    }

    /// <summary>Operands: 0 f64, 1 f64[2×3], 2 i32, 3 bool, 4 f32, 5 f32[3×2], 6 bool[3×2].</summary>
    public static TheoryData<string, int[], int[]> Misfits => new()
    {
        { "add", [0], [] },
        { "add", [0, 4], [] },
        { "fill", [1], [3, 2] },
        { "fill", [0], [] },
        { "matmul", [1, 5], [] },
        { "matmul", [1, 1], [] },
        { "choose", [0, 0, 0], [] },
        { "choose", [6, 1, 1], [] },
        { "entryAt", [1, 0], [] },
        { "placeAt", [1, 2], [2, 3] },
        { "place", [0], [2, 0, 2, 3] },
        { "pad", [1], [1, 0, 2, 3] },
        { "block", [1], [1, 0, 2, 3] },
        { "diagonalMatrix", [1], [] },
        { "repeatColumn", [1], [3] },
        { "repeatRow", [1], [3] },
        { "assemble", [0, 1], [2, 1] },
        { "assemble", [0, 4], [2, 1] },
        { "hstack", [1, 5], [] },
        { "mean", [1], [] },
        { "if", [3], [] },
    };

    [Fact]
    public void If_NeedsABooleanAndTwoArmsOfItsTypes()
    {
        var result = new Value(10, Real);
        var arm = new Block([], [], [_x]);
        var parameter = new Value(11, Real);
        Reject("malformed", [Regions(ControlFlow.If, [_condition], [result], arm)], result);
        Reject("types differ", [Regions(ControlFlow.If, [_x], [result], arm, arm)], result);
        Reject("types differ", [Regions(ControlFlow.If, [_condition], [result], arm, new Block([], [], [_matrix]))], result);
        Reject("types differ", [Regions(ControlFlow.If, [_condition], [result], arm, new Block([parameter], [], [_x]))], result);
        Accept([Regions(ControlFlow.If, [_condition], [result], arm, arm)], result);
    }

    [Fact]
    public void Loop_NeedsBoundsAndCarriedValuesOfItsTypes()
    {
        var result = new Value(10, Real);
        Block Body(TensorType index, TensorType carried) => new([new(11, index), new(12, carried)], [], [_x]);
        Reject("types differ", [Regions(ControlFlow.Loop, [_x, _count, _x], [result], Body(TensorType.Int32, Real))], result);
        Reject("types differ", [Regions(ControlFlow.Loop, [_count, _count, _matrix], [result], Body(TensorType.Int32, Real))], result);
        Reject("types differ", [Regions(ControlFlow.Loop, [_count, _count, _x], [result], Body(Real, Real))], result);
        Reject("types differ", [Regions(ControlFlow.Loop, [_count, _count, _x], [result], Body(TensorType.Int32, TensorType.Int32))], result);
        Reject("types differ", [Regions(ControlFlow.Loop, [_count, _count, _x], [result], new Block([new(11, TensorType.Int32)], [], [_x]))], result);
        Accept([Regions(ControlFlow.Loop, [_count, _count, _x], [result], Body(TensorType.Int32, Real))], result);
    }

    [Fact]
    public void While_NeedsAConditionAndCarriedValuesOfItsTypes()
    {
        var result = new Value(10, Real);
        var condition = new Block([new(11, Real)], [], [_condition, _x]);
        var body = new Block([new(12, Real)], [], [_x]);
        Reject("malformed", [Regions(ControlFlow.While, [_x], [result], condition)], result);
        Reject("types differ", [Regions(ControlFlow.While, [_x], [result], new Block([new(11, Real)], [], [_x, _x]), body)], result);
        Reject("types differ", [Regions(ControlFlow.While, [_x], [result], new Block([], [], [_condition, _x]), body)], result);
        Reject("types differ", [Regions(ControlFlow.While, [_x], [result], condition, new Block([], [], [_x]))], result);
        Accept([Regions(ControlFlow.While, [_x], [result], condition, body)], result);
    }

    [Fact]
    public void RegionsOfAnOrdinaryOperation_AreRejected()
    {
        var result = new Value(10, Real);
        Reject("takes no regions", [Regions(Elementary.Exp, [_x], [result], new Block([], [], [_x]))], result);
    }

    private static Instruction Step(Operation operation, Value result, params ImmutableArray<Value> operands) =>
        new(operation, operands, Attributes.None, [result], []);

    private static Instruction Regions(
        Operation operation, ImmutableArray<Value> operands, ImmutableArray<Value> results, params ImmutableArray<Block> regions) =>
        new(operation, operands, Attributes.None, results, regions);

    private Function Function(ImmutableArray<Instruction> instructions, Value result) =>
        new("f", new Block([_x, _matrix, _count, _condition], instructions, [result]));

    private void Accept(ImmutableArray<Instruction> instructions, Value result) => Verifier.Verify(Function(instructions, result));

    private void Reject(string fault, ImmutableArray<Instruction> instructions, Value result)
    {
        var function = Function(instructions, result);
        var thrown = Assert.Throws<InvalidOperationException>(() => Verifier.Verify(function));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(function.ToString(), thrown.Message, StringComparison.Ordinal);
    }
}
