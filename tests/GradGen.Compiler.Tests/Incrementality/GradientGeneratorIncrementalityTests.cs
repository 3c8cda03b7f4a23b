using System.Collections;
using System.Reflection;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Incrementality;

public class GradientGeneratorIncrementalityTests
{
    private const string Network = Compilations.Usings + """
        [Dimension(3)] public readonly partial struct Three : IDimension;
        public static partial class Network
        {
            [Differentiable]
            public static Vector<double, N1> Forward(Matrix<double, N1, Three> w, [NoDerivative] Vector<double, Three> x) => Squash(w * x);

            private static Vector<double, N1> Squash(Vector<double, N1> z) => Scale(Sigmoid(z), 2);

            private static Vector<double, N1> Scale(Vector<double, N1> z, int n) => z * n;

            [DerivativeOf(nameof(Scale))]
            private static Vector<double, N1> ScaleDerivative(Vector<double, N1> z, int n, Vector<double, N1> upstream) => upstream * n;

            public static int Unrelated() => 1;
        }
        """;

    private const string Other = Compilations.Usings + "public class Other { public int A; }";

    [Fact]
    public void SameSource_GivesEqualModels()
    {
        Assert.Equal(Model(Network), Model(Network));
        Assert.Equal(Model(Network)!.GetHashCode(), Model(Network)!.GetHashCode());
    }

    [Fact]
    public void AddedComment_RegeneratesNothing() => AssertCached(Network.Replace("Squash(w * x)", "/* as on paper */ Squash(w  *  x)"), Other);

    [Fact]
    public void UnrelatedType_RegeneratesNothing() => AssertCached(Network, Other + " class Added { }");

    [Fact]
    public void UnrelatedMethod_RegeneratesNothing() => AssertCached(Network.Replace("=> 1", "=> 2"), Other);

    [Fact]
    public void RenamedLocalElsewhere_RegeneratesNothing() =>
        AssertCached(Network.Replace("Unrelated() => 1", "Unrelated() { var a = 2; return a; }"), Other);

    [Fact]
    public void BodyOfAGivenDerivative_RegeneratesNothing() => AssertCached(Network.Replace("upstream * n", "n * upstream * 1.0"), Other);

    [Fact]
    public void BodyOfAMethodWhoseDerivativeIsGiven_RegeneratesNothing() => AssertCached(Network.Replace("z * n", "z + n"), Other);

    [Fact]
    public void RenamedDerivative_IsEmittedAnew() => Assert.Contains(
        IncrementalStepRunReason.Modified, Reasons(Network.Replace("ScaleDerivative", "ScaleSlope"), Other, GeneratorSteps.Emit));

    [Fact]
    public void DerivativeInAnotherFile_IsEmittedAnew() => Assert.Contains(
        IncrementalStepRunReason.Modified,
        Reasons(
            Network,
            Other + " static class Slopes { [DerivativeOf(typeof(Network), \"Squash\")] internal static Vector<double, N1> S(Vector<double, N1> z, Vector<double, N1> upstream) => upstream; }",
            GeneratorSteps.Emit));

    [Fact]
    public void ChangedBody_IsEmittedAnew() =>
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(Network.Replace("Squash(w * x)", "Squash(w * x + w * x)"), Other, GeneratorSteps.Emit));

    [Fact]
    public void ChangedHelper_IsEmittedAnew() =>
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(Network.Replace("Sigmoid(z)", "Tanh(z)"), Other, GeneratorSteps.Emit));

    [Fact]
    public void ChangedDimension_IsEmittedAnew()
    {
        var changed = Network.Replace("Dimension(3)", "Dimension(4)");
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(changed, Other, GeneratorSteps.Emit));
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(changed, Other, GeneratorSteps.EmitDimension));
    }

    [Theory]
    [InlineData(GeneratorSteps.Read)]
    [InlineData(GeneratorSteps.Emit)]
    [InlineData(GeneratorSteps.ReadDimension)]
    [InlineData(GeneratorSteps.EmitDimension)]
    public void Models_HoldNoSymbolSyntaxLocationOrCompilation(string step)
    {
        var driver = Compilations.Driver().RunGenerators(Compilations.Create(Network, Other));
        var outputs = driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Value).ToList();
        Assert.NotEmpty(outputs);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
        {
            Walk(output, step, seen);
        }
    }

    private static void AssertCached(params string[] edited)
    {
        foreach (var step in new[] { GeneratorSteps.Emit, GeneratorSteps.EmitDimension })
        {
            var reasons = Reasons(edited[0], edited[1], step);
            Assert.NotEmpty(reasons);
            Assert.All(reasons, r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {r}"));
        }
    }

    private static List<IncrementalStepRunReason> Reasons(string network, string other, string step)
    {
        var before = Compilations.Create(Network, Other);
        var driver = Compilations.Driver().RunGenerators(before);
        var after = Compilations.Create(network, other);
        var trees = before.SyntaxTrees.Zip(after.SyntaxTrees, (a, b) => a.ToString() == b.ToString() ? a : b);
        var edited = before.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        return [.. driver.RunGenerators(edited).GetRunResult().Results[0].TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason)];
    }

    private static GradientModel? Model(string source)
    {
        var driver = Compilations.Driver().RunGenerators(Compilations.Create(source));
        return (GradientModel?)driver.GetRunResult().Results[0].TrackedSteps[GeneratorSteps.Read].Single().Outputs.Single().Value;
    }

    /// <summary>Everything that an object holds, as System.Text.Json's generator tests do it.</summary>
    private static void Walk(object? node, string path, HashSet<object> seen)
    {
        if (node is null || node is Compiler.Operations.Operation || !seen.Add(node))
        {
            return; // Operations are the rows of one static table.
        }

        Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Location or Compilation or SemanticModel or IOperation or Delegate, $"{path} holds a {node.GetType()}");
        var type = node.GetType();
        if (type is { IsGenericType: true, Name: "ImmutableArray`1" } && (bool)type.GetProperty("IsDefault")!.GetValue(node)!)
        {
            return;
        }

        if (type.IsPrimitive || type.IsEnum || type == typeof(string))
        {
            return;
        }

        if (node is IEnumerable items && node is not string)
        {
            foreach (var item in items)
            {
                Walk(item, path + "[]", seen);
            }
        }

        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(node), path + "." + field.Name, seen);
        }
    }
}
