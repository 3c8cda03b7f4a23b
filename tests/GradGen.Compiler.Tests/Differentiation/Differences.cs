using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.Compiler.Tests.Differentiation;

/// <summary>Gradients by reverse mode against central differences of the interpreter.</summary>
internal static class Differences
{
    /// <summary>Central differences of sixth order with a step of 2e-3: an error near 1e-12 for what is smooth nearby.</summary>
    private const double Step = 2e-3;

    private static readonly double[] Weights = [45, -9, 1];

    /// <summary>The derivative at 0.</summary>
    public static double Derivative(Func<double, double> function)
    {
        var sum = 0.0;
        for (var k = 1; k <= Weights.Length; k++)
        {
            sum += Weights[k - 1] * (function(k * Step) - function(-k * Step));
        }

        return sum / (60 * Step);
    }

    /// <summary>⟨results, upstreams⟩ as the arguments move along a direction.</summary>
    public static double AlongDirection(Function function, Tensor[] arguments, Tensor[] directions, IReadOnlyList<Tensor> upstreams) =>
        Derivative(t => Weighted(function, [.. arguments.Zip(directions, (a, d) => Moved(a, d, t))], upstreams));

    /// <summary>The gradient of ⟨results, upstreams⟩ with respect to one argument.</summary>
    public static double[] Gradient(Function function, Tensor[] arguments, int parameter, IReadOnlyList<Tensor> upstreams) =>
    [
        .. Enumerable.Range(0, arguments[parameter].Entries.Length).Select(entry => Derivative(t =>
        {
            var moved = (Tensor[])arguments.Clone();
            var entries = (double[])arguments[parameter].Entries.Clone();
            entries[entry] += t;
            moved[parameter] = new Tensor(arguments[parameter].Shape, entries);
            return Weighted(function, moved, upstreams);
        })),
    ];

    /// <summary>
    /// Checks the value and the gradient with the given parameters active, before and after optimisation, and verifies
    /// every function on the way.
    /// </summary>
    public static void CheckGradient(
        Function function, Tensor[] arguments, ImmutableArray<bool> active, double tolerance = 1e-9, string what = "", int seed = 1,
        bool everyCombination = true)
    {
        var random = new Random(seed);
        Tensor[] upstreams = [.. function.Results.Select(r => Types.Random(r.Type, random))];
        Verifier.Verify(function);
        var gradient = Verifier.Verify(ReverseMode.Run(function, active));
        Assert.Equal(function.Results.Length + active.Count(a => a), gradient.Results.Length);

        Tensor[] inputs = [.. arguments, .. upstreams];
        var results = Interpreter.Run(gradient, inputs);
        Check.Close(Interpreter.Run(function, arguments), [.. results.Take(function.Results.Length)], 0, what + ": the value");
        var next = function.Results.Length;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (active[i])
            {
                Check.Close(Gradient(function, arguments, i, upstreams), results[next].Entries, tolerance, $"{what}: the adjoint of operand {i}");
                Assert.Equal(arguments[i].Shape, results[next].Shape);
                Assert.Equal(function.Parameters[i].Type, gradient.Results[next].Type);
                next++;
            }
        }

        CheckPasses(gradient, inputs, what, everyCombination ? PassSets.EachOffAndAlone : [Passes.All]);
    }

    /// <summary>Every combination of passes computes the same and passes the verifier.</summary>
    public static void CheckPasses(Function function, Tensor[] arguments, string what, IEnumerable<Passes>? combinations = null)
    {
        const double Tolerance = 1e-12;
        var expected = Interpreter.Run(function, arguments);
        foreach (var passes in combinations ?? PassSets.EachOffAndAlone)
        {
            var optimized = Verifier.Verify(Optimizer.Run(function, passes));
            Check.Close(expected, Interpreter.Run(optimized, arguments), Tolerance, $"{what} with {passes}");
            var expanded = Verifier.Verify(Optimizer.Run(Verifier.Verify(Expand.Run(optimized)), passes));
            Check.Close(expected, Interpreter.Run(expanded, arguments), Tolerance, $"{what} with {passes}, expanded");
        }
    }

    /// <summary>x ↦ ⟨gradient(x, ȳ), v⟩, with v constant parameters: what is differentiated for a second derivative.</summary>
    public static Function GradientAlong(Function gradient, int primalResults)
    {
        var builder = new Builder();
        var map = gradient.Parameters.ToDictionary(p => p, p => builder.Parameter(p.Type, p.Name));
        builder.Copy(gradient.Body, map);
        Value? sum = null;
        foreach (var result in gradient.Results.Skip(primalResults))
        {
            var direction = builder.Parameter(result.Type, null);
            var term = builder.Add(ReductionRows.Dot, [map[result], direction]);
            sum = sum is null ? term : builder.Add(Arithmetic.Add, [sum, term]);
        }

        return builder.Build(gradient.Name, [sum!]);
    }

    /// <summary>
    /// Checks the derivative of ⟨gradient, v⟩ with respect to the parameters and the upstream adjoints against central
    /// differences of the gradient.
    /// </summary>
    public static void CheckSecondDerivative(
        Function function, Tensor[] arguments, ImmutableArray<bool> active, double tolerance = 1e-8, string what = "", int seed = 1)
    {
        foreach (var passes in new[] { Passes.None, Passes.All })
        {
            var gradient = Optimizer.Run(ReverseMode.Run(function, active), passes);
            var along = Verifier.Verify(GradientAlong(gradient, function.Results.Length));
            var random = new Random(seed);
            Tensor[] inputs = [.. arguments, .. along.Parameters.Skip(arguments.Length).Select(p => Types.Random(p.Type, random))];
            ImmutableArray<bool> all = [.. along.Parameters.Select((p, i) => p.Type.IsFloating && (i >= active.Length || active[i]))];
            CheckGradient(along, inputs, all, tolerance, $"{what}: second derivative with {passes}", seed + 1, everyCombination: false);
        }
    }

    private static double Weighted(Function function, Tensor[] arguments, IReadOnlyList<Tensor> upstreams) =>
        Interpreter.Run(function, arguments).Zip(upstreams, Types.Dot).Sum();

    private static Tensor Moved(Tensor argument, Tensor direction, double t) =>
        new(argument.Shape, [.. argument.Entries.Zip(direction.Entries, (a, d) => a + (t * d))]);
}
