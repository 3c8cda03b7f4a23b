using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>Methods of another assembly: which are called, and why the others cannot be differentiated.</summary>
public class ReferencedMethodTests
{
    private const string Library = Compilations.Usings + """
        namespace Robots;

        public static partial class Arm
        {
            [Differentiable]
            public static Vector<double, N2> Reach(Matrix<double, N2, N3> w, Vector<double, N3> x, [NoDerivative] double s) => w * x * s;

            [Differentiable(BackwardName = "Slope")]
            public static double Energy(double value) => value * value;

            public static double Plain(double x) => x;

            [Differentiable]
            public static double Renamed(double x) => x;

            public static double Bend(double x) => x;

            [DerivativeOf(nameof(Bend))]
            internal static double BendDerivative(double x, double upstream) => upstream;
        }

        public partial class Hidden
        {
            private readonly double _w = 2;
            public double Open { get; set; }
            public Hidden() { }
            public Hidden(double w) => _w = w;
            [Differentiable] public double F(double x) => x * _w * Open;
            [Differentiable] public double G(double x) => x * Open;
        }

        public static partial class Generic<T>
        {
            [Differentiable]
            public static double F(double x) => x;
        }
        """;

    private static readonly CSharpCompilation Generated = Compilations.Generate(Compilations.Create(Library).WithAssemblyName("Robots")).Compilation;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DifferentiableMethod_IsCalled_FromMetadataAndFromAProject(bool isProject)
    {
        var read = Read("Arm.Reach(w, x, 2)[0] + Arm.Energy(x[0])", isProject ? Generated.ToMetadataReference() : Image(Generated));
        Assert.Equal([], read.Problems.Select(p => p.Message));
        var calls = read.Model!.Function!.Body.Instructions.Where(i => i.Operation == Calls.Call).Select(i => i.Attributes.Callee!).ToList();
        Assert.Equal(["global::Robots.Arm.ReachBackward", "global::Robots.Arm.Slope"], calls.Select(c => c.Derivative));
        Assert.Equal([".W", ".X", null, ".ValueGradient"], calls.SelectMany(c => c.Parameters.Items.Select(p => p.Path)));
    }

    [Theory]
    [InlineData("Arm.Plain(x[0])", "'Arm.Plain' has no derivative: its source is not in this project, and no method marked [DerivativeOf] gives its derivative")]
    [InlineData("Arm.Bend(x[0])", "'Arm.Bend' has no derivative here: 'Arm.BendDerivative' is not accessible from 'Model', where it would be called")]
    public void OtherMethods_SayWhyNot(string expression, string message) =>
        Assert.Equal(message, Assert.Single(Read(expression, Generated.ToMetadataReference()).Problems).Message);

    /// <summary>Of an instance method the members are inputs, as far as they are seen here.</summary>
    [Fact]
    public void MethodOfAnObject_IsCalled_IfItsMembersAreSeen()
    {
        var read = Read("hidden.G(x[0])", Image(Generated), parameters: ", Hidden hidden");
        Assert.Equal([], read.Problems.Select(p => p.Message));
        var callee = Assert.Single(read.Model!.Function!.Body.Instructions, i => i.Operation == Calls.Call).Attributes.Callee!;
        Assert.Equal((true, ".Open", ".X"), (callee.IsInstance, callee.Leaves[0].Path, callee.Leaves[1].Path));
        Assert.Equal(
            "'Hidden.F' has no derivative here: its gradient has a member 'W' for something of 'Hidden' that cannot be read and set here: make that a property with 'get' and 'init', or mark it [NoDerivative]",
            Assert.Single(Read("hidden.F(x[0])", Image(Generated), parameters: ", Hidden hidden").Problems).Message);
    }

    /// <summary>An object that cannot be made anew is one of the caller's own.</summary>
    [Fact]
    public void ObjectThatCannotBeMade_IsNotPassedOn() => Assert.StartsWith(
        "'Model.Take' has no derivative here: generated code cannot make the object that is passed for 'k'",
        Assert.Single(Read("Take(new K(x[0]))", Image(Generated), "", """
            using Robots;
            public class K { public double A; public string Name; public K(double a) { A = a; Name = "k"; } public K() : this(1) { } }
            public static partial class Model
            {
                static double Take(K k) => k.A;
                [DerivativeOf(nameof(Take))] static K TakeDerivative(K k, double upstream) => new() { A = upstream };
            }

            """).Problems).Message, StringComparison.Ordinal);

    /// <summary>The library was compiled without its generator, or with one that wrote something else.</summary>
    [Theory]
    [InlineData("public static partial class Arm { }", false)]
    [InlineData("public static partial class Arm { public static double EnergyBackward(double value, double upstream = 1) => 1; public static (double, double) Slope(double value, double upstream) => (1, 1); }", true)]
    [InlineData("public static partial class Arm { public readonly record struct EnergyGradient(double Value, float X); public static EnergyGradient Slope(double value, double upstream) => default; }", true)]
    [InlineData("public static partial class Arm { public readonly record struct EnergyGradient(double Value, double X); public static EnergyGradient Slope(double value) => default; }", true)]
    public void WithoutItsBackwardMethod_ItHasNoDerivative(string members, bool isOther)
    {
        var library = Compilations.Create(Library, "using GradGen;\nnamespace Robots;\n" + members).WithAssemblyName("Robots");
        Assert.Equal(
            "'Arm.Energy' has no derivative here: " + (isOther
                ? "'Slope' of its assembly is not what this version of GradGen writes for it: compile that project again with this version"
                : "its assembly has no method 'Slope' that GradGen would have written for it: compile that project with GradGen"),
            Assert.Single(Read("Arm.Energy(x[0])", Image(library)).Problems).Message);
    }

    [Fact]
    public void LibraryUnderAnAliasOnly_CannotBeReached() => Assert.Equal(
        "'Arm.Energy' has no derivative here: 'Arm.Energy' is only reached by an extern alias",
        Assert.Single(Read("robots::Robots.Arm.Energy(x[0])", Image(Generated).WithAliases(["robots"]), "extern alias robots;\n", "").Problems).Message);

    private static MetadataReference Image(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static ReadMethod Read(string expression, MetadataReference library, string before = "", string usings = "using Robots;\n", string parameters = "")
    {
        var compilation = Compilations.Create(before + Compilations.Usings + usings + $$"""
            public static partial class Model
            {
                [Differentiable] static double F(Matrix<double, N2, N3> w, Vector<double, N3> x{{parameters}}) => {{expression}};
            }
            """).AddReferences(library);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        return ModelReader.Read((IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
    }
}
