using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>A method is read again when something changed that it depends on, and only then.</summary>
public class ReadingMemoryTests
{
    private const string Network = Compilations.Usings + """
        using static Helpers;

        [Dimension(3)] public readonly partial struct Three : IDimension;
        public static partial class Network
        {
            private const double Rate = 0.5;

            [Differentiable]
            public static double Loss(Matrix<double, N2, Three> w, [NoDerivative] Vector<double, Three> x) => Rate * Shift * Sum(Squash(w * x)) + Own(w[0, 0]) + new Pair(w[0, 0]).Twice;

            private static double Own(double x) => x * x;

            public static int Unrelated() => 1;
        }
        """;

    private const string Helpers = Compilations.Usings + """
        public static class Helpers
        {
            public const double Unused = 1;
            public static readonly double Shift = 1.5;

            public static Vector<double, N2> Squash(Vector<double, N2> z) => Inner(z) * 2;

            private static Vector<double, N2> Inner(Vector<double, N2> z)
            {
                Vector<double, N2> Local(Vector<double, N2> v) => Sigmoid(v);
                return Local(z);
            }

            public static double Other(double x) { /* nobody reads it */ return x; }
        }

        public struct Pair
        {
            private double _a;
            public Pair(double a) { _a = a; }
            public double Twice => _a + _a;
        }
        """;

    [Theory]
    [InlineData("w * x", "w * x + w * x")]
    [InlineData("x * x", "x * x * x")]
    [InlineData("Rate = 0.5", "Rate = 0.25")]
    [InlineData("Dimension(3)", "Dimension(4)")]
    [InlineData("[Differentiable]", "[Differentiable(BackwardName = \"B\")]")]
    [InlineData("[NoDerivative] ", "")]
    [InlineData("private static double Own(double x)", "private static double Own(float x) => 1; private static double Own(double x)", false)]
    public void ChangeInItsFile_IsSeen(string old, string changed, bool isEmittedAnew = true) => AssertSeen(Network.Replace(old, changed), Helpers, isEmittedAnew);

    [Theory]
    [InlineData("Inner(z) * 2", "Inner(z) * 3")]
    [InlineData("Sigmoid(v)", "Tanh(v)")]
    [InlineData("Shift = 1.5", "Shift = 2.5")]
    [InlineData("_a = a;", "_a = 3 * a;")]
    [InlineData("_a + _a", "_a * _a")]
    [InlineData("return Local(z);", "return Local(z + z);")]
    [InlineData("public static double Other", "public static Vector<double, N2> Sigmoid(Vector<double, N2> z) => z; public static double Other")]
    [InlineData("public static double Other", "public static double Sum(object z) => 1; public static double Other", false)]
    [InlineData("public static double Other", "public static double Sum(Vector<double, N2> z) => 1; public static double Other")]
    [InlineData("Squash(Vector<double, N2> z) =>", "Squash(Vector<double, N2> z, double unused = 1) =>", false)]
    public void ChangeInAnotherFile_IsSeen(string old, string changed, bool isEmittedAnew = true) => AssertSeen(Network, Helpers.Replace(old, changed), isEmittedAnew);

    [Fact]
    public void HelperOutOfUse_IsForgotten()
    {
        // Squash is read, then not, then changed, then read again.
        var other = Network.Replace("Squash(w * x)", "w * x");
        var changed = Helpers.Replace("Sigmoid", "Tanh");
        AssertAfter([(Network, Helpers), (other, Helpers), (other, changed), (Network, changed)]);
    }

    [Theory]
    [InlineData("Unrelated() => 1", "Unrelated() => 2", "", "")]
    [InlineData("Unrelated() => 1", "Unrelated() { var a = 2; return a; }", "", "", true)] // A body of the other kind: taken for another declaration.
    [InlineData("Unrelated() => 1", "Unrelated(int a) => 1", "", "", true)]
    [InlineData("    private static double Own", "    // a comment among the declarations\n\n    private static double Own", "", "")]
    [InlineData("", "", "/* nobody reads it */ return x;", "var y = x * x; return y + Inner(default!)[0];")]
    public void WhatItDoesNotDependOn_IsNotReadFor(string old, string changed, string oldHelper, string changedHelper, bool isReadAgain = false)
    {
        var first = Create(Network, Helpers);
        var edited = Edit(first, Replaced(Network, old, changed), Replaced(Helpers, oldHelper, changedHelper));
        var (before, after) = (Read(first), Read(edited));
        Assert.Equal(before, after);
        Assert.Equal(isReadAgain, !ReferenceEquals(before, after));
        Assert.Same(after, Read(edited));
    }

    [Fact]
    public void SameNamesInAnotherProject_AreAnotherProject()
    {
        var (first, second) = (Create(Network, Helpers), Create(Network, Helpers.Replace("Shift = 1.5", "Shift = 7.5")));
        Assert.NotEqual(Read(first), Read(second));
        Assert.NotEqual(Read(first), Read(second.WithOptions(first.Options)));
    }

    [Fact]
    public void ChangedReference_IsSeen()
    {
        var helpers = Create(Helpers);
        var project = Compilations.Create(Network).AddReferences(helpers.ToMetadataReference());
        var driver = Compilations.Driver().RunGenerators(project);
        var changed = Edit(helpers, Helpers.Replace("Shift = 1.5", "Shift = 2.5").Replace("Squash(", "Squashed("));
        var edited = project.ReplaceReference(project.References.Last(), changed.ToMetadataReference());
        AssertSame(edited, driver.RunGenerators(edited));
    }

    [Fact]
    public void LocalOfAProgram_CountsByItsName()
    {
        var program = "System.Console.WriteLine(1);";
        var first = Create(Network, Helpers, program).WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var driver = Compilations.Driver().RunGenerators(first);
        var same = Edit(first, Network, Helpers, "System.Console.WriteLine(2 + 3);");
        Assert.Same(Read(first), Read(same));
        var shadowed = Edit(first, Network, Helpers, "var Rate = 3; var Squash = 4; System.Console.WriteLine(Rate + Squash);");
        Assert.NotSame(Read(first), Read(shadowed));
        AssertSame(shadowed, driver.RunGenerators(shadowed));
    }

    [Theory]
    [InlineData("public static int Unrelated() { return\n#nullable disable\n 1; }")]
    [InlineData("public static int Unrelated() => 1;\n#nullable disable\n")]
    public void DirectiveInABody_HoldsBehindIt(string changed)
    {
        const string part = "public static partial class Network { public static int Unrelated() => 1; [Differentiable] public static double F(M m) => m.X; } public record M(double X, string Name);";
        var first = Create(Compilations.Usings + part);
        var driver = Compilations.Driver().RunGenerators(first);
        var edited = Edit(first, (Compilations.Usings + part).Replace("public static int Unrelated() => 1;", changed));
        AssertSame(edited, driver.RunGenerators(edited));
        Assert.NotSame(Read(first, "F"), Read(edited, "F"));
    }

    private static string Replaced(string text, string old, string changed) => old.Length == 0 ? text : text.Replace(old, changed);

    private static void AssertSeen(string network, string helpers, bool isEmittedAnew = true)
    {
        Assert.True(network != Network || helpers != Helpers);
        var before = AssertAfter([(Network, Helpers)]);
        var after = AssertAfter([(Network, Helpers), (network, helpers)]);
        Assert.Equal(isEmittedAnew, before != after);
    }

    /// <summary>After edits, what is generated is what would be generated if there had been none; gives that.</summary>
    private static string AssertAfter((string Network, string Helpers)[] versions)
    {
        var compilation = Create(versions[0].Network, versions[0].Helpers);
        var driver = Compilations.Driver().RunGenerators(compilation);
        foreach (var (network, helpers) in versions.Skip(1))
        {
            compilation = Edit(compilation, network, helpers);
            driver = driver.RunGenerators(compilation);
        }

        AssertSame(compilation, driver);
        return Text(driver);
    }

    private static void AssertSame(CSharpCompilation compilation, GeneratorDriver driver) =>
        Assert.Equal(Text(Compilations.Driver().RunGenerators(compilation.WithOptions(compilation.Options.WithModuleName("Fresh")))), Text(driver));

    private static string Text(GeneratorDriver driver) => string.Join("\n", driver.GetRunResult().GeneratedTrees);

    private static GradientModel Read(CSharpCompilation compilation, string name = "Loss")
    {
        var method = compilation.GetTypeByMetadataName("Network")!.GetMembers(name).OfType<IMethodSymbol>().Single();
        var model = ReadingMemory.Read(method, method.DeclaringSyntaxReferences[0].GetSyntax(), compilation, CancellationToken.None);
        return Assert.IsType<GradientModel>(model);
    }

    private static CSharpCompilation Create(params string[] sources) => Compilations.Create(sources);

    private static CSharpCompilation Edit(CSharpCompilation compilation, params string[] sources) =>
        compilation.SyntaxTrees.Zip(sources, (tree, text) => (Tree: tree, Text: text)).Where(e => e.Tree.ToString() != e.Text)
            .Aggregate(compilation, (c, e) => c.ReplaceSyntaxTree(e.Tree, CSharpSyntaxTree.ParseText(e.Text, Compilations.ParseOptions, e.Tree.FilePath)));
}
