using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Ir;

/// <summary>Calls of methods that are not read: y = s·x with the derivative (s·ȳ, x·ȳ), given as numbers to the interpreter.</summary>
public class CallTests
{
    private static readonly TensorType Column = Types.Of(2, 1);

    private static readonly Callee Scale = new(
        "global::A.Model.Scale",
        "global::A.Model.ScaleDerivative",
        new([Part(Column, "V2", ".X"), Part(Types.Real, "double", ".S"), Part(TensorType.Int32, "int", null)]),
        Part(Column, "V2", ""));

    [Fact]
    public void Printed_ACallSaysAllThereIsToKnow()
    {
        Assert.Equal(
            "%3: f64[2×1] = call(%0, %1, %2) {V2 global::A.Model.Scale(V2: f64[2×1] ∂'.X', double: f64 ∂'.S', int: i32) → f64[2×1] ∂'' by global::A.Model.ScaleDerivative}",
            Program(Scale).Body.Instructions[0].ToString());
        Assert.Equal(Program(Scale), Program(Scale));
        Callee[] others =
        [
            Scale with { Method = "global::A.Model.Other" },
            Scale with { Derivative = "global::A.Model.Other" },
            Scale with { IsInstance = true },
            Scale with { Result = Part(Column, "M21", "") },
            Scale with { Result = Part(Column, "V2", ".Y") },
            Scale with { Result = new CalleePart("r", "R", null) { Members = new([Part(Column, "V2", ".V2")]) } },
            Scale with { Result = new CalleePart("r", "R", null) { Members = new([Part(Column, "V2", ".V2")]), IsReference = true } },
            Scale with { Result = new CalleePart("r", "R", null) { Members = new([Part(Column, "V2", ".V2")]), IsReference = true, IsFixed = true } },
            Scale with { Result = new CalleePart("r", "R", null) { Members = new([Part(Column, "V2", ".V2")]), Making = CalleeMaking.Tuple } },
            Scale with { Result = new CalleePart("r", "R", null) { Members = new([Part(Column, "V2", ".V2")]), Source = "r" } },
            Scale with { Parameters = new([Part(Column, "M21", ".X"), .. Scale.Parameters.Items[1..]]) },
            Scale with { Parameters = new([Part(Column, "V2", null), .. Scale.Parameters.Items[1..]]) },
            Scale with { Parameters = new([Part(Column, "V2", ".Y"), .. Scale.Parameters.Items[1..]]) },
        ];
        Assert.All(others, other => Assert.NotEqual(Program(Scale), Program(other)));
    }

    [Fact]
    public void WrongTypes_AreRejected()
    {
        var builder = new Builder();
        var (x, s) = (builder.Parameter(Column, "x"), builder.Parameter(Types.Real, "s"));
        Assert.Throws<InvalidOperationException>(() => builder.AddMany(Calls.Call, [x, s], new Attributes(Callee: Scale)));
        Assert.Throws<InvalidOperationException>(() => builder.AddMany(Calls.Call, [x, s], Attributes.None));
        Assert.Throws<InvalidOperationException>(() => builder.AddMany(Calls.DerivativeCall, [x, s, s, x], new Attributes(0, new([0]), Scale)));

        var result = new Value(10, Types.Of(1, 2));
        var n = new Value(11, TensorType.Int32);
        var wrong = new Instruction(Calls.DerivativeCall, [x, s, n, x], new Attributes(0, new([0]), Scale), [result], []);
        var fault = Assert.Throws<InvalidOperationException>(() => Verifier.Verify(new Function("f", new Block([x, s, n], [wrong], [result]))));
        Assert.Contains("the types are f64[2×1]", fault.Message, StringComparison.Ordinal);
        var withoutAdjoint = new Instruction(Calls.DerivativeCall, [x, s, n, x], new Attributes(0, new([2]), Scale), [n], []);
        Assert.Throws<InvalidOperationException>(() => Verifier.Verify(new Function("f", new Block([x, s], [withoutAdjoint], []))));
    }

    [Fact]
    public void Interpreter_WithoutAResolver_Throws()
    {
        Assert.Throws<NotSupportedException>(() => Interpreter.Run(Program(Scale), Arguments()));
        Check.Close([3, -6], Interpreter.Run(Program(Scale), Resolve, Arguments())[0].Entries, 0, "s·x");
    }

    [Theory]
    [InlineData(true, true, 1, "[0, 1]")]
    [InlineData(true, false, 1, "[0]")]
    [InlineData(false, true, 1, "[1]")]
    [InlineData(false, false, 0, "")]
    public void Gradient_CallsTheDerivativeOnce_ForWhatVaries(bool x, bool s, int calls, string wanted)
    {
        var gradient = Verifier.Verify(ReverseMode.Run(Program(Scale), [x, s, false]));
        Assert.Equal(calls, gradient.Count(Calls.DerivativeCall));
        Assert.Contains(wanted, gradient.ToString(), StringComparison.Ordinal);
        var results = Interpreter.Run(gradient, Resolve, [.. Arguments(), Types.Matrix(2, 1, 10, 100)]);
        Check.Close([3, -6], results[0].Entries, 0, "the value");
        if (x)
        {
            Check.Close([30, 300], results[1].Entries, 0, "∂x");
        }

        if (s)
        {
            Check.Close([10 - 200], results[^1].Entries, 0, "∂s");
        }
    }

    [Fact]
    public void Parameter_WithoutAnAdjoint_StopsTheGradient()
    {
        var callee = Scale with { Parameters = new([Part(Column, "V2", null), .. Scale.Parameters.Items[1..]]) };
        var gradient = ReverseMode.Run(Program(callee), [true, false, false]);
        Assert.Equal(0, gradient.Count(Calls.DerivativeCall));
        Check.Close([0, 0], Interpreter.Run(gradient, Resolve, [.. Arguments(), Types.Matrix(2, 1, 1, 1)])[1].Entries, 0, "∂x");
    }

    [Fact]
    public void Passes_NeitherMergeNorReorderCalls_AndDropThoseForNothing()
    {
        var builder = new Builder();
        var (x, s, n) = (builder.Parameter(Column, "x"), builder.Parameter(Types.Real, "s"), builder.Parameter(TensorType.Int32, "n"));
        Value Call(Value value) => builder.AddMany(Calls.Call, [value, s, n], new Attributes(Callee: Scale))[0];
        var (first, second) = (Call(x), Call(x));
        _ = Call(second);
        var function = builder.Build("f", [builder.Add(Arithmetic.Add, [second, first])]);
        Assert.Equal(3, CommonSubexpressions.Run(function).Count(Calls.Call));
        Assert.Equal(2, Verifier.Verify(Optimizer.Run(function)).Count(Calls.Call));

        var gradient = Verifier.Verify(Optimizer.Run(ReverseMode.Run(function, [true, true, false])));
        Assert.Equal((2, 2), (gradient.Count(Calls.Call), gradient.Count(Calls.DerivativeCall)));
        var order = new List<string>();
        _ = Interpreter.Run(
            gradient,
            (callee, isDerivative, arguments) =>
            {
                order.Add(isDerivative ? "G" : "F");
                return Resolve(callee, isDerivative, arguments);
            },
            [.. Arguments(), Types.Matrix(2, 1, 1, 1)]);
        Assert.Equal("FFGG", string.Concat(order));
    }

    [Fact]
    public void SecondDerivative_IsRefused()
    {
        var gradient = ReverseMode.Run(Program(Scale), [true, true, false]);
        Assert.Throws<NotSupportedException>(() => ReverseMode.Run(gradient, [true, true, false, true]));
    }

    private static CalleePart Part(TensorType type, string typeName, string? path) => new("p", typeName, type) { IsDifferentiated = path is not null, Path = path };

    private static Function Program(Callee callee)
    {
        var builder = new Builder();
        var (x, s, n) = (builder.Parameter(Column, "x"), builder.Parameter(Types.Real, "s"), builder.Parameter(TensorType.Int32, "n"));
        return Verifier.Verify(builder.Build("f", builder.AddMany(Calls.Call, [x, s, n], new Attributes(Callee: callee))));
    }

    private static Tensor[] Arguments() => [Types.Matrix(2, 1, 1, -2), Types.Number(3), Types.Number(0)];

    private static ImmutableArray<Tensor> Resolve(Callee callee, bool isDerivative, ImmutableArray<Tensor> arguments)
    {
        var (x, s) = (arguments[0], arguments[1].Entries[0]);
        return isDerivative
            ? [Scaled(arguments[3], s), Types.Number(Types.Dot(x, arguments[3])), arguments[2]]
            : [Scaled(x, s)];
    }

    private static Tensor Scaled(Tensor x, double factor) => new(x.Shape, [.. x.Entries.Select(e => e * factor)]);
}
