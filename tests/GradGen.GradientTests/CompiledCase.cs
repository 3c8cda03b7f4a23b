using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.GradientTests;

internal delegate double[] Forward(double[][] inputs);

internal delegate (double[] Value, double[][] Gradients) Backward(double[][] inputs, double[] upstream);

/// <summary>A case for one set of sizes and one scalar type: what GradGen read, and what C# compiled.</summary>
internal sealed record CompiledCase(GradientCase Case, int[] Sizes, string Scalar, GradientModel Model, Forward Forward, Backward Backward)
{
    public override string ToString() => $"{Case} for {string.Join(", ", Sizes)} {Scalar}";
}

/// <summary>All cases, compiled with what GradGen emits under the given passes, in one assembly.</summary>
internal static class CompiledCases
{
    private static readonly Dictionary<Passes, Lazy<ImmutableArray<CompiledCase>>> Cache =
        Enumerable.Range(0, (int)Passes.All + 1).ToDictionary(p => (Passes)p, p => new Lazy<ImmutableArray<CompiledCase>>(() => Compile((Passes)p)));

    public static ImmutableArray<CompiledCase> Of(Passes passes) => Cache[passes].Value;

    /// <summary>Every case with all passes; with passes switched off the small sizes in double are enough.</summary>
    public static int[][] Sizes(Passes passes) => passes == Passes.All ? GradientCase.Sizes : GradientCase.Sizes[..2];

    public static string[] Scalars(Passes passes) => passes == Passes.All ? ["double", "float"] : ["double"];

    private static ImmutableArray<CompiledCase> Compile(Passes passes) => Compile(
        from c in GradientCases.All
        from scalar in Scalars(passes)
        from sizes in Sizes(passes)
        select (c, sizes, scalar), passes);

    /// <summary>Compiles methods into an assembly of their own.</summary>
    public static ImmutableArray<CompiledCase> Compile(IEnumerable<(GradientCase Case, int[] Sizes, string Scalar)> methods, Passes passes)
    {
        var cases = methods.ToList();
        var source = new StringBuilder("using System.Linq;\nusing System.Numerics;\n" + Compilations.Usings + "public static partial class Cases\n{\n");
        for (var i = 0; i < cases.Count; i++)
        {
            source.Append("    ").AppendLine(cases[i].Case.Source($"F{i}", cases[i].Sizes, cases[i].Scalar));
        }

        var compilation = Compilations.Create([source.Append("}\n").ToString(), Compilations.Usings + GradientCases.Helpers], o => o
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));
        var models = Read(compilation);
        compilation = compilation.AddSyntaxTrees(models.SelectMany((m, i) => new[]
        {
            CSharpSyntaxTree.ParseText(GradientEmitter.Emit(m, passes), Compilations.ParseOptions, path: m.HintName),
            CSharpSyntaxTree.ParseText(Glue(m, i), Compilations.ParseOptions, path: $"Glue{i}.cs"),
        }));
        using var stream = new MemoryStream();
        var problems = compilation.Emit(stream).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(10)));
        var assembly = Assembly.Load(stream.ToArray());
        return
        [
            .. cases.Select((c, i) =>
            {
                var glue = assembly.GetType($"Glue{i}")!;
                return new CompiledCase(
                    c.Case, c.Sizes, c.Scalar, models[i],
                    (double[][] inputs) => glue.GetMethod("Forward")!.CreateDelegate<Func<double[][], double[]>>()(inputs),
                    (double[][] inputs, double[] upstream) =>
                        glue.GetMethod("Backward")!.CreateDelegate<Func<double[][], double[], (double[], double[][])>>()(inputs, upstream));
            }),
        ];
    }

    private static List<GradientModel> Read(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var semantics = compilation.GetSemanticModel(tree);
        var models = new List<GradientModel>();
        foreach (var syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(m => m.AttributeLists.Count > 0))
        {
            var read = ModelReader.Read(semantics.GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
            Assert.True(read.Problems.IsEmpty && read.Model?.Function is not null, $"{syntax}\n{string.Join("\n", read.Problems.Select(p => p.Message))} {read.Model?.Failure}");
            _ = Verifier.Verify(read.Model!.Function!);
            models.Add(read.Model);
        }

        return models;
    }

    /// <summary>From arrays to the user's types and back.</summary>
    private static string Glue(GradientModel model, int index)
    {
        string Struct(string type, int count, string array) => $"new {type}({string.Join(", ", Enumerable.Range(0, count).Select(e => $"(float){array}[{e}]"))})";
        string Argument(ParameterModel p, string array) => p switch
        {
            { Kind: ParameterKind.Scalar } => $"({p.TypeName}){array}[0]",
            { Kind: ParameterKind.Numerics } => Struct(p.TypeName, p.Type.Shape.Count, array),
            { Kind: ParameterKind.Array, Type.Shape.IsScalar: true } => $"System.Array.ConvertAll({array}, e => ({p.ElementTypeName})e)",
            { Kind: ParameterKind.Array } when NumericsTypes.Of(p.ElementTypeName) is not null => $"System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(System.Linq.Enumerable.Chunk({array}, {p.Type.Shape.Count}), c => {Struct(p.ElementTypeName, p.Type.Shape.Count, "c")}))",
            { Kind: ParameterKind.Array } => $"System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(System.Linq.Enumerable.Chunk({array}, {p.Type.Shape.Count}), c => new {p.ElementTypeName}(System.Array.ConvertAll(c, e => ({ScalarName(p)})e))))",
            _ => $"new {p.TypeName}(System.Array.ConvertAll({array}, e => ({ScalarName(p)})e))",
        };
        static string Entries(string type, string value) => string.Join(", ", NumericsTypes.Of(type)!.Fields.Select(f => value + "." + f));
        static string Result(ParameterModel p, string value) => p switch
        {
            { Kind: ParameterKind.Scalar } => $"new double[] {{ {value} }}",
            { Kind: ParameterKind.Numerics } => $"new double[] {{ {Entries(p.TypeName, value)} }}",
            { Kind: ParameterKind.Array, Type.Shape.IsScalar: true } => $"System.Array.ConvertAll({value}, e => (double)e)",
            { Kind: ParameterKind.Array } when NumericsTypes.Of(p.ElementTypeName) is not null => $"System.Linq.Enumerable.ToArray(System.Linq.Enumerable.SelectMany({value}, v => new double[] {{ {Entries(p.ElementTypeName, "v")} }}))",
            { Kind: ParameterKind.Array } => $"System.Linq.Enumerable.ToArray(System.Linq.Enumerable.SelectMany({value}, m => System.Array.ConvertAll(m.AsSpan().ToArray(), e => (double)e)))",
            _ => $"System.Array.ConvertAll({value}.AsSpan().ToArray(), e => (double)e)",
        };

        var arguments = string.Join(", ", model.Parameters.Items.Select((p, i) => Argument(p, $"inputs[{i}]")));
        var gradients = model.Parameters.Items.Where(p => p.IsDifferentiated)
            .Select(p => Result(p, "gradient." + char.ToUpperInvariant(p.Name[0]) + p.Name[1..]));
        return $$"""
            public static class Glue{{index}}
            {
                public static double[] Forward(double[][] inputs)
                {
                    var value = Cases.{{model.MethodName}}({{arguments}});
                    return {{Result(model.Result, "value")}};
                }

                public static (double[], double[][]) Backward(double[][] inputs, double[] upstream)
                {
                    var gradient = Cases.{{model.BackwardName}}({{arguments}}, {{Argument(model.Result, "upstream")}});
                    return ({{Result(model.Result, "gradient.Value")}}, new double[][] { {{string.Join(", ", gradients)}} });
                }
            }
            """;
    }

    private static string ScalarName(ParameterModel p) => p.Type.Scalar == ScalarType.Float32 ? "float" : "double";
}
