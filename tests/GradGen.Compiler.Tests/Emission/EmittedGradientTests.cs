using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>What the compiled code computes is the value and its gradient.</summary>
public class EmittedGradientTests
{
    public static TheoryData<string> Names() => new(Functions.All().Select(f => f.Name));

    public static TheoryData<string, int> NamesAndPasses()
    {
        var data = new TheoryData<string, int>();
        foreach (var (name, _) in Functions.All())
        {
            foreach (var passes in PassSets.EachOffAndAlone)
            {
                data.Add(name, (int)passes);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndPasses))]
    public void EmittedCode_GivesWhatTheInterpreterGives(string name, int passes)
    {
        var model = Functions.Named(name);
        var generated = Generated.Of(model, (Passes)passes);
        foreach (var seed in new[] { 1, 2, 3, 4 })
        {
            var arguments = Inputs.For(model.Function!, seed);
            var upstream = Inputs.For(model.Result.Type, new Random(seed));
            AssertClose(Expected(model, arguments, upstream), generated.Backward(arguments, upstream), Tolerance(model));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EmittedGradient_IsTheCentralDifferenceInARandomDirection(string name)
    {
        var model = Functions.Named(name);
        var generated = Generated.Of(model);
        foreach (var seed in new[] { 1, 2, 3, 4 })
        {
            var arguments = Inputs.For(model.Function!, seed);
            var upstream = Inputs.For(model.Result.Type, new Random(seed + 100));
            Tensor[] direction = [.. Inputs.For(model.Function!, seed + 200).Zip(
                model.Parameters, (d, p) => p.IsDifferentiated ? d : new Tensor(d.Shape, new double[d.Entries.Length]))];

            var gradients = generated.Backward(arguments, upstream).Skip(1);
            var along = direction.Where((_, i) => model.Parameters[i].IsDifferentiated)
                .Zip(gradients, (d, g) => d.Entries.Zip(g.Entries, (x, y) => x * y).Sum())
                .Sum();

            var difference = Inputs.Difference(model.Function!, arguments, upstream, direction);
            Assert.Equal(difference, along, Math.Max(1e-7, Tolerance(model)) * (1 + Math.Abs(difference)) * 50);
        }
    }

    [Theory]
    [InlineData("question")]
    [InlineData("batch")]
    [InlineData("scalars in float")]
    public void UpstreamLeftOut_IsOne(string name)
    {
        var model = Functions.Named(name);
        var arguments = Inputs.For(model.Function!);
        var one = new Tensor(model.Result.Type.Shape, [1]);
        AssertClose(Expected(model, arguments, one), Generated.Of(model).Backward(arguments, null), Tolerance(model));
    }

    [Fact]
    public void NetworkOfDigits_IsFewLinesAndFinite()
    {
        var model = Functions.Digits();
        var generated = Generated.Of(model);
        var arguments = Inputs.For(model.Function!);
        var results = generated.Backward(arguments, null);

        Assert.InRange(generated.Source.Count(c => c == '\n'), 100, 399);
        Assert.All(results.SelectMany(r => r.Entries), e => Assert.True(double.IsFinite(e)));
        AssertClose(Expected(model, arguments, Tensor.Scalar(1)), results, 1e-12);
    }

    [Fact]
    public void LabelOutOfRange_Throws()
    {
        var model = Functions.Classifier();
        var arguments = Inputs.For(model.Function!);
        arguments[3] = Tensor.Scalar(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => Generated.Of(model).Backward(arguments, null));
    }

    internal static Tensor[] Expected(GradientModel model, Tensor[] arguments, Tensor upstream)
    {
        var gradient = GradientFunction.Run(model.Function!, [.. model.Parameters.Select(p => p.IsDifferentiated)]).Gradient;
        return [.. Interpreter.Run(gradient, [.. arguments, upstream])];
    }

    internal static void AssertClose(Tensor[] expected, Tensor[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e.Entries.Length, a.Entries.Length);
            foreach (var (x, y) in e.Entries.Zip(a.Entries))
            {
                Assert.Equal(x, y, tolerance * (1 + Math.Abs(x)));
            }
        }
    }

    internal static double Tolerance(GradientModel model) => model.Result.Type.Scalar == ScalarType.Float32 ? 2e-5 : 1e-13;
}
