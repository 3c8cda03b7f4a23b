using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.GradientTests;

/// <summary>
/// System.Numerics: values against its own methods; gradients, which are float, against differences of the function that
/// was read, run in double by the interpreter, and against differences of the very method in float.
/// </summary>
public class NumericsTests
{
    /// <summary>Formulas run in double, but a constant in one of float is a float: half a unit in its last place.</summary>
    private const double FloatRounding = 6e-8;

    /// <summary>A step for differences in double: what is left of the fourth order is below 1e-9.</summary>
    private const double Fine = 2e-4;

    /// <summary>A step for differences in float, whose last digit it divides.</summary>
    private const double Coarse = 1.0 / 64;

    private static readonly Lazy<System.Collections.Immutable.ImmutableArray<CompiledCase>> Compiled =
        new(() => Compile(NumericsCases.All, Passes.All));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, NumericsCases.All.Length)];

    public static TheoryData<int> Combinations => [.. PassSets.EachOff.Select(p => (int)p)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueIsSystemNumerics_AndGradientEqualsDifferences(int index) => Check(Compiled.Value[index]);

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Model_HasTheSameGradient_WithAnyPasses(int passes)
    {
        foreach (var model in Compile(NumericsCases.Models, (Passes)passes))
        {
            Check(model);
        }
    }

    [Fact]
    public void EveryRowOfTheTable_IsAMemberOfSystemNumerics_AndHasACase()
    {
        var source = string.Concat(NumericsCases.All.Select((c, i) => c.Source($"F{i}", GradientCase.Sizes[0], "float") + "\n"));
        var compilation = Compilations.Create("using System.Numerics;\n" + Compilations.Usings + "public static partial class Cases { " + source + "}");
        var tree = compilation.SyntaxTrees.Single();
        var model = compilation.GetSemanticModel(tree);
        var used = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .SelectMany(m => model.GetOperation(m)!.Descendants())
            .Select(o => NumericsOperations.Of(MemberOf(o))?.Signature).OfType<string>().ToHashSet();
        Assert.Empty(NumericsOperations.All.Select(o => o.Signature).Except(used));
    }

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IPropertyReferenceOperation property => property.Property,
        IBinaryOperation binary => binary.OperatorMethod,
        IUnaryOperation unary => unary.OperatorMethod,
        _ => null,
    };

    private static System.Collections.Immutable.ImmutableArray<CompiledCase> Compile(IEnumerable<GradientCase> cases, Passes passes) =>
        CompiledCases.Compile(cases.Select(c => (c, GradientCase.Sizes[0], "float")), passes);

    private static void Check(CompiledCase compiled)
    {
        var random = new Random(4321);
        var model = compiled.Model;
        var taken = new HashSet<int>();
        var inputs = model.Parameters.Items.Select(p => TierOneGradientTests.Inputs(p, compiled.Case.Domain, random, taken)).ToArray();
        var upstream = TierOneGradientTests.Inputs(model.Result, Domain.Any, random, []);
        double Interpreted(double[][] at) => Weighted(Interpreter.Run(model.Function!, Tensors(model, at))[0].Entries, upstream);
        double Called(double[][] at) => Weighted(compiled.Forward(at), upstream);

        var (value, gradients) = compiled.Backward(inputs, upstream);
        AssertClose(compiled, "value", compiled.Forward(inputs), value, 1e-5);
        AssertClose(compiled, "value (interpreter)", Interpreter.Run(model.Function!, Tensors(model, inputs))[0].Entries, value, 1e-5);

        bool[] differentiated = [.. model.Parameters.Items.Select(p => p.IsDifferentiated)];
        var gradient = GradientFunction.Run(model.Function!, [.. differentiated], passes: Passes.None).Gradient;
        var exact = Interpreter.Run(gradient, [.. Tensors(model, inputs), new Tensor(model.Result.Type.Shape, upstream)]);
        var next = 0;
        for (var p = 0; p < inputs.Length; p++)
        {
            if (differentiated[p])
            {
                var name = "∂" + model.Parameters[p].Name;
                var differences = Differences(inputs, p, Fine, Interpreted);
                AssertClose(compiled, name + " (interpreter)", differences, TierOneGradientTests.Entries(exact[1 + next]), FloatRounding);
                AssertClose(compiled, name, differences, gradients[next], 2e-5);

                // In float a step must be so long that it may pass a kink: what it then makes of a gradient, it makes of both.
                var expected = Differences(inputs, p, Coarse, Called).Zip(Differences(inputs, p, Coarse, Interpreted), (c, i) => c - i).Zip(differences, (e, d) => e + d);
                AssertClose(compiled, name + " (float)", [.. expected], gradients[next], 1e-4);
                next++;
            }
        }

        Assert.Equal(gradients.Length, next);
    }

    private static Tensor[] Tensors(GradientModel model, double[][] inputs) =>
        [.. model.Parameters.Items.Select((p, i) => TierOneGradientTests.ToTensor(p, (double[])inputs[i].Clone()))];

    private static double Weighted(double[] entries, double[] weights) => entries.Zip(weights, (e, w) => e * w).Sum();

    /// <summary>Central differences of fourth order.</summary>
    private static double[] Differences(double[][] inputs, int parameter, double h, Func<double[][], double> function)
    {
        var input = inputs[parameter];
        return
        [
            .. Enumerable.Range(0, input.Length).Select(e =>
            {
                var kept = input[e];
                double At(double x)
                {
                    input[e] = x;
                    var value = function(inputs);
                    input[e] = kept;
                    return value;
                }

                return ((8 * (At(kept + h) - At(kept - h))) - (At(kept + (2 * h)) - At(kept - (2 * h)))) / (12 * h);
            }),
        ];
    }

    private static void AssertClose(CompiledCase compiled, string what, double[] expected, double[] actual, double tolerance) =>
        TierOneGradientTests.AssertClose(compiled, what, expected, actual, tolerance);
}
