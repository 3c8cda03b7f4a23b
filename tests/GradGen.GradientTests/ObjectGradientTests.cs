using System.Globalization;
using System.Reflection;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests;

/// <summary>Gradients of methods over the user's types: as in the tests of tier 1, two witnesses for each leaf.</summary>
public class ObjectGradientTests
{
    private static readonly Dictionary<Passes, Lazy<CompiledObject[]>> Compiled =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<CompiledObject[]>(() => CompiledObject.Compile(ObjectCases.All, p)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ObjectCases.All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsCentralDifferencesAndInterpreter_WithEachPassOff(int index)
    {
        foreach (var compiled in Compiled.Values)
        {
            Check(compiled.Value[index]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TrainingOverload_WritesOrAdds_AndKeepsTheMatrices(int index)
    {
        var compiled = Compiled[Passes.All].Value[index];
        var (receiver, arguments) = compiled.Inputs();
        var plain = Invoke(compiled.Backward, receiver, [.. arguments, Type.Missing])!;
        object?[] into = [.. arguments, Activator.CreateInstance(plain.GetType()), false];
        Invoke(compiled.Into, receiver, into);
        var written = WrittenParts.Of(new Signatures(compiled.Model));
        var matrices = written.Select(w => At(into[^2]!, w)).ToList();
        into[^1] = true;
        Invoke(compiled.Into, receiver, into);
        foreach (var (part, i) in written.Select((w, i) => (w, i)))
        {
            var after = At(into[^2]!, part);
            Assert.True(part.Leaf.Kind is ParameterKind.Scalar or ParameterKind.Numerics || ReferenceEquals(matrices[i], after), part.Present);
            AssertClose(compiled, part.Present, [.. Tensors.Read(At(plain, part)).Select(e => 2 * e)], Tensors.Read(after), IsFloat(part.Leaf) ? 1e-6 : 1e-14);
        }
    }

    /// <summary>Allocation is measured where the gradient is a class or a record class of matrices.</summary>
    [Fact]
    public void TrainingOverload_OfARecordOfMatrices_AllocatesNothing()
    {
        var compiled = CompiledObject.Compile(["""
            public record Layer(Matrix<double, N3, N2> W, Vector<double, N3> B);
            public class Net { public Layer Layer { get; set; } = null!; public double Scale { get; set; } }
            public static partial class C
            {
                [Differentiable] public static double F(Net net, Layer other, Vector<double, N2> x) => Sum(Tanh(net.Layer.W * x + net.Layer.B)) * net.Scale + Sum(other.W * x);
                public static long Allocated(Net net, Layer other, Vector<double, N2> x)
                {
                    FGradient gradient = default;
                    FBackward(net, other, x, ref gradient);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    for (var i = 0; i < 1000; i++) { FBackward(net, other, x, ref gradient, accumulate: i % 2 == 0); }
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """], Passes.All)[0];
        Assert.Equal(0L, Invoke(compiled.Type.GetMethod("Allocated")!, null, compiled.Inputs().Arguments));
    }

    [Fact]
    public void MembersThatAreNotDifferentiated_AreCarriedOver()
    {
        foreach (var index in new[] { 0, 3 })
        {
            var compiled = Compiled[Passes.All].Value[index];
            var (receiver, arguments) = compiled.Inputs();
            var gradient = Invoke(compiled.Backward, receiver, [.. arguments, Type.Missing])!;
            Assert.Equal("carried over", Tensors.At(gradient, index == 0 ? ["Model", "Name"] : ["Model", "Inner", "Label"]));
        }
    }

    [Fact]
    public void NullMember_IsNamed_AndNothingIsWritten()
    {
        var compiled = Compiled[Passes.All].Value[1];
        var (_, arguments) = compiled.Inputs();
        var gradient = Invoke(compiled.Backward, null, [.. arguments, Type.Missing])!;
        var w = Tensors.At(gradient, ["Model", "First", "W"])!;
        var before = Tensors.Read(w);
        _ = Tensors.With(arguments[0], ["Second", "B"], null);
        var e = Assert.Throws<ArgumentNullException>(() => Invoke(compiled.Into, null, [.. arguments, gradient, true]));
        Assert.Equal("model.Second.B", e.ParamName);
        Assert.Equal(before, Tensors.Read(w));
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => Invoke(compiled.Into, null, [null, .. arguments[1..], gradient, true])).ParamName);
    }

    [Fact]
    public void SharedMatrix_IsRefused()
    {
        var compiled = Compiled[Passes.All].Value[1];
        var (_, arguments) = compiled.Inputs();
        var gradient = Invoke(compiled.Backward, null, [.. arguments, Type.Missing])!;
        _ = Tensors.With(Tensors.At(gradient, ["Model"]), ["First", "W"], Tensors.At(arguments[0], ["First", "W"]));
        var e = Assert.Throws<ArgumentException>(() => Invoke(compiled.Into, null, [.. arguments, gradient, true]));
        Assert.StartsWith("into.Model.First.W and model.First.W are the same object", e.Message, StringComparison.Ordinal);
    }

    /// <summary>An object that holds only numbers, which are assigned where they are.</summary>
    [Fact]
    public void ObjectThatIsTheArgument_IsRefused_AndNothingIsWritten()
    {
        var compiled = CompiledObject.Compile(["""
            public record Rates { public double A { get; set; } public double B { get; set; } }
            public record Plan(Rates Rates, Vector<double, N2> V);
            public static partial class C
            {
                [Differentiable] public static double F(Plan plan, Rates rates, double x) => plan.Rates.A * rates.B * x + Sum(plan.V);
                public static string Refused(Plan plan, Rates rates, double x)
                {
                    var before = (plan.Rates.A, plan.Rates.B, rates.A, rates.B);
                    string Message(FGradient into)
                    {
                        try { FBackward(plan, rates, x, ref into); return "none"; } catch (ArgumentException e) { return e.Message; }
                    }
                    var own = FBackward(plan, rates, x);
                    var text = Message(own with { Rates = rates }) + "\n" + Message(own with { Plan = own.Plan with { Rates = plan.Rates } }) + "\n" + Message(own with { Rates = plan.Rates }) + "\n" + Message(own with { Rates = own.Plan.Rates }) + "\n" + Message(own);
                    return before == (plan.Rates.A, plan.Rates.B, rates.A, rates.B) ? text : "written";
                }
            }
            """], Passes.All)[0];
        Assert.Equal(
            """
            into.Rates and rates are the same object: what is written needs one of its own.
            into.Plan.Rates and plan.Rates are the same object: what is written needs one of its own.
            into.Rates and plan.Rates are the same object: what is written needs one of its own.
            into.Plan.Rates and into.Rates are the same object: what is written needs one of its own.
            none
            """,
            Invoke(compiled.Type.GetMethod("Refused")!, null, compiled.Inputs().Arguments));
    }

    private static void Check(CompiledObject compiled)
    {
        var model = compiled.Model;
        var (receiver, arguments) = compiled.Inputs();
        var gradient = Invoke(compiled.Backward, receiver, [.. arguments, Type.Missing])!;
        double Value() => Convert.ToDouble(Invoke(compiled.Forward, receiver, arguments), CultureInfo.InvariantCulture);
        AssertClose(compiled, "value", [Value()], Tensors.Read(Tensors.At(gradient, ["Value"])!), IsFloat(model.Result) ? 1e-5 : 1e-13);

        var function = GradientFunction.Run(model.Function!, [.. model.Parameters.Select(p => p.IsDifferentiated)], passes: Passes.None).Gradient;
        var inputs = model.Parameters.Select(p => new Tensor(p.Type.Shape, Read(compiled, receiver, arguments, p))).Append(Tensor.Scalar(1));
        var interpreted = Interpreter.Run(function, [.. inputs]);
        var written = WrittenParts.Of(new Signatures(model));
        Assert.Equal(model.Parameters.Count(p => p.IsDifferentiated), written.Count);
        for (var i = 0; i < written.Count; i++)
        {
            var entries = Tensors.Read(At(gradient, written[i]));
            AssertClose(compiled, written[i].Present + " (interpreter)", interpreted[1 + i].Entries, entries, IsFloat(written[i].Leaf) ? 2e-5 : 1e-12);
            AssertClose(compiled, written[i].Present + " (differences)", Differences(compiled, receiver, arguments, written[i].Leaf, Value), entries, IsFloat(written[i].Leaf) ? 2e-3 : 1e-9);
        }
    }

    private static double[] Read(CompiledObject compiled, object? receiver, object?[] arguments, ParameterModel leaf)
    {
        var (root, members) = compiled.Find(leaf);
        var value = Tensors.At(root < 0 ? receiver : arguments[root], members)!;
        return value is bool flag ? [flag ? 1 : 0] : Tensors.Read(value);
    }

    /// <summary>Central differences of fourth order, the entries being changed inside the very objects.</summary>
    private static double[] Differences(CompiledObject compiled, object? receiver, object?[] arguments, ParameterModel leaf, Func<double> value)
    {
        var h = IsFloat(leaf) ? 0.02 : 2e-4;
        var (root, members) = compiled.Find(leaf);
        var kept = Tensors.At(root < 0 ? receiver : arguments[root], members)!;
        var entries = Tensors.Read(kept);
        double At(int e, double step)
        {
            double[] moved = [.. entries];
            moved[e] += step;
            if (Tensors.IsMatrix(kept.GetType()))
            {
                Tensors.Write(kept, moved);
                return value();
            }

            Set(Objects.Of(new Tensor(leaf.Type.Shape, moved), kept.GetType()));
            return value();
        }

        void Set(object entry)
        {
            if (root < 0)
            {
                _ = Tensors.With(receiver, members, entry);
            }
            else
            {
                arguments[root] = Tensors.With(arguments[root], members, entry);
            }
        }

        double[] differences = [.. entries.Select((_, e) => ((8 * (At(e, h) - At(e, -h))) - (At(e, 2 * h) - At(e, -2 * h))) / (12 * h))];
        if (Tensors.IsMatrix(kept.GetType()))
        {
            Tensors.Write(kept, entries);
        }
        else
        {
            Set(kept);
        }

        return differences;
    }

    private static object At(object gradient, WrittenPart part) =>
        Tensors.At(gradient, part.Present.Replace("?", "", StringComparison.Ordinal).Split('.')[1..])!;

    private static bool IsFloat(ParameterModel leaf) => leaf.Type.Scalar == ScalarType.Float32;

    private static object? Invoke(MethodInfo method, object? receiver, object?[] arguments)
    {
        try
        {
            return method.Invoke(receiver, BindingFlags.OptionalParamBinding, null, arguments, CultureInfo.InvariantCulture);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private static void AssertClose(CompiledObject compiled, string what, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(
                Math.Abs(expected[e] - actual[e]) <= tolerance * scale,
                FormattableString.Invariant($"{compiled.Type}: {what}[{e}] should be {expected[e]:R}, is {actual[e]:R}"));
        }
    }
}
