using System.Reflection;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests;

/// <summary>
/// Every gradient against two witnesses that share no code with it: central differences of the method itself, run
/// with the runtime's own functions, and the interpreter.
/// </summary>
public class TierOneGradientTests
{
    /// <summary>Two inputs are at least so far apart, so that no difference steps over a maximum's change of place.</summary>
    private const double Spacing = 1.0 / 1024;

    /// <summary>How many elements the arrays have that are passed.</summary>
    private const int ArrayLength = 4;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GradientCases.All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsCentralDifferencesAndInterpreter(int index) => Check(index, Passes.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_IsTheSameWithEachPassOff(int index)
    {
        foreach (var passes in PassSets.EachOff)
        {
            Check(index, passes);
        }
    }

    [Fact]
    public void EveryPublicFunction_HasACase()
    {
        var functions = typeof(MatrixFunctions).Assembly.GetTypes().SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .Select(m => m.GetCustomAttribute<OperationAttribute>()?.Name).OfType<string>().Distinct();
        var tested = GradientCases.All.SelectMany(c => c.Rows.Split(' ')).ToHashSet();
        Assert.Empty(functions.Except(tested));
    }

    private static void Check(int index, Passes passes)
    {
        var sizes = CompiledCases.Sizes(passes).Length;
        var perCase = sizes * CompiledCases.Scalars(passes).Length;
        for (var i = 0; i < perCase; i++)
        {
            var cases = CompiledCases.Of(passes);
            Check(cases[(index * perCase) + i], cases[(index * perCase) + (i % sizes)]);
        }
    }

    /// <param name="compiled">The case to check.</param>
    /// <param name="exact">The same in double precision, whose differences are the witness in float, too.</param>
    internal static void Check(CompiledCase compiled, CompiledCase exact)
    {
        var random = new Random(1234);
        var model = compiled.Model;
        var isFloat = compiled.Scalar == "float";
        var taken = new HashSet<int>();
        var inputs = model.Parameters.Items.Select(p => Inputs(p, compiled.Case.Domain, random, taken)).ToArray();
        var upstream = Inputs(model.Result, Domain.Any, random, []);

        var (value, gradients) = compiled.Backward(inputs, upstream);
        AssertClose(compiled, "value", compiled.Forward(inputs), value, isFloat ? 1e-5 : 1e-13);

        bool[] differentiated = [.. model.Parameters.Items.Select(p => p.IsDifferentiated)];
        var function = GradientFunction.Run(model.Function!, [.. differentiated], passes: Passes.None).Gradient;
        var arguments = model.Parameters.Items.Select((p, i) => ToTensor(p, inputs[i])).Append(ToTensor(model.Result, upstream));
        var interpreted = Interpreter.Run(function, [.. arguments]);
        AssertClose(compiled, "value", Entries(interpreted[0]), value, isFloat ? 1e-5 : 1e-12);

        var next = 0;
        for (var p = 0; p < inputs.Length; p++)
        {
            if (!differentiated[p])
            {
                continue;
            }

            var gradient = gradients[next];
            AssertClose(compiled, $"∂{model.Parameters[p].Name} (interpreter)", Entries(interpreted[1 + next]), gradient, isFloat ? 2e-5 : 1e-12);
            AssertClose(compiled, $"∂{model.Parameters[p].Name} (differences)", Differences(exact, inputs, p, upstream), gradient, isFloat ? 2e-5 : 1e-9);
            next++;
        }

        Assert.Equal(gradients.Length, next);
    }

    internal static Tensor ToTensor(ParameterModel parameter, double[] entries) => parameter.Type.IsArray
        ? new ArrayTensor(parameter.Type.Shape, [.. entries.Chunk(parameter.Type.Shape.Count).Select(e => new Tensor(parameter.Type.Shape, e))])
        : new Tensor(parameter.Type.Shape, entries);

    internal static double[] Entries(Tensor tensor) => tensor is ArrayTensor array ? [.. array.Items.SelectMany(i => i.Entries)] : tensor.Entries;

    /// <summary>Central differences of fourth order, of the sum of the results weighted by the upstream adjoint.</summary>
    private static double[] Differences(CompiledCase exact, double[][] inputs, int parameter, double[] upstream)
    {
        const double h = 2e-4;
        var input = inputs[parameter];
        var differences = new double[input.Length];
        for (var e = 0; e < input.Length; e++)
        {
            var kept = input[e];
            double At(double x)
            {
                input[e] = x;
                return exact.Forward(inputs).Zip(upstream, (v, u) => v * u).Sum();
            }

            differences[e] = ((8 * (At(kept + h) - At(kept - h))) - (At(kept + (2 * h)) - At(kept - (2 * h)))) / (12 * h);
            input[e] = kept;
        }

        return differences;
    }

    /// <summary>Random numbers that float represents exactly, no two equal, none near a kink.</summary>
    internal static double[] Inputs(ParameterModel parameter, Domain domain, Random random, HashSet<int> taken)
    {
        if (parameter.Type.Scalar == ScalarType.Int32)
        {
            return parameter.Type.IsArray ? [2, 0, 3, 3, 1] : [1];
        }

        var (low, high) = domain switch
        {
            Domain.Positive => (0.4, 2.0),
            Domain.Unit => (-0.8, 0.8),
            Domain.AboveOne => (1.2, 3.0),
            _ => (-1.5, 1.5),
        };
        var entries = new double[parameter.Type.Shape.Count * (parameter.Type.IsArray ? ArrayLength : 1)];
        for (var e = 0; e < entries.Length; e++)
        {
            do
            {
                entries[e] = (float)(Math.Floor((low + (random.NextDouble() * (high - low))) / Spacing) * Spacing + (Spacing / 2));
            }
            while (Math.Abs(entries[e]) < 0.05 || !taken.Add((int)Math.Floor(entries[e] / Spacing)));
        }

        return entries;
    }

    /// <summary>Relative to the largest entry: cancellation in one entry is no mistake of its gradient.</summary>
    internal static void AssertClose(CompiledCase compiled, string what, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(
                Math.Abs(expected[e] - actual[e]) <= tolerance * scale,
                FormattableString.Invariant($"{compiled}: {what}[{e}] should be {expected[e]:R}, is {actual[e]:R}"));
        }
    }
}
