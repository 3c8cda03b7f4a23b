using System.Collections.Immutable;
using System.Reflection;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.GradientTests;

/// <summary>Guards that fire: the gradient throws what the method throws, before anything is written, with each pass on and off.</summary>
public class GuardTests
{
    /// <summary>x = 2, n = 3, a = 1, −2, 3, w is 2×3 and holds 1.</summary>
    private const string Parameters = "double x, [NoDerivative] int n, double[] a, Matrix<double, N2, N3> w";

    private static readonly string[] Bodies =
    [
        "{ if (x > 1) { throw new ArgumentException($\"{x} is too large\", nameof(x)); } return x; }",
        "{ if (x > 1) throw new InvalidOperationException(\"first\"); if (n > 1) throw new ArgumentException(\"second\"); return x * x; }",
        "x > 1 ? throw new ArithmeticException(\"x\") : x * x",
        "n switch { 0 => x, 1 => x * x, _ => throw new ArgumentOutOfRangeException(nameof(n), n, \"one or none\") }",
        "n switch { 0 => x, 1 => x * x }",
        "(n, x) switch { (0, _) => x, (_, < 1) => x * x }",
        "(Helper.Mode)n switch { Helper.Mode.One => x, Helper.Mode.Two => x * x }",
        "{ switch (n) { case 0: return x; case 3: if (x > 1) { throw new NotSupportedException(\"three\"); } break; default: break; } return x * x; }",
        "{ var s = 0.0; foreach (var v in a) { if (v < 0) { throw new ArgumentException(\"negative \" + v); } s += v * x; } return s; }",
        "{ foreach (var v in a) { ArgumentOutOfRangeException.ThrowIfNegative(v); } return x; }",
        "{ var s = x; for (var i = 0; i < n; i++) { s = s * s; if (s > 10) { throw new OverflowException(\"at \" + i); } } return s; }",
        "{ for (var i = 0; i < 4; i++) { if (a[i % 3] * i < -1) { throw new InvalidOperationException(\"at \" + i); } x *= 2; } return x; }",
        "{ while (true) { x = x * 2; if (x > 50) { throw new TimeoutException(x.ToString()); } if (x < 1) { return x; } } }",
        "{ for (var i = 0; i < n; i++) { if (a[i] > 10) { return a[i]; } } throw new InvalidOperationException(\"none\"); }",
        "{ double Root(double z) => z < 0 ? throw new ArgumentException(\"root of \" + z) : Math.Sqrt(z); return Root(x) + Root(-x); }",
        "{ Helper.Require(x > 3, \"x\"); return x; }",
        "x > 1 ? Helper.Fail(\"large\") * x : x",
        "{ if (n == 3 && Helper.Checked(x) > 0) { x += 1; } return x * x; }",
        "{ if (n > 0) { if (x > 0) { if (a[0] > 0) { throw new FormatException(\"deep\"); } x = 1; } } return x; }",
        "Math.Clamp(x, 3.0 * n, x * n)",
        "Sum(Clamp(w, x, 1.0))",
        "{ var y = x * x; if (double.IsFinite(y)) { throw new ArithmeticException(\"finite\"); } return y; }",
        "{ ArgumentOutOfRangeException.ThrowIfGreaterThan(n, 2); return x; }",
        "{ ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(x, 2); return x; }",
        "{ ArgumentOutOfRangeException.ThrowIfEqual(double.NaN * x, double.NaN); return x; }",
        "{ ArgumentOutOfRangeException.ThrowIfNegative(-(x - x)); return x; }",
        "{ ArgumentOutOfRangeException.ThrowIfLessThan(double.NaN * x, x); return x; }",
        "{ ArgumentOutOfRangeException.ThrowIfZero(n - 3); return x; }",
        "{ ObjectDisposedException.ThrowIf(n > 2, w); return x; }",
        "{ ArgumentNullException.ThrowIfNull(w); if (w == null || w is null || Sum(w) > 5) { throw new ArgumentException(\"w\"); } return x; }",
        "checked(x * (n * int.MaxValue))",
        "{ checked { var k = n; for (var i = 0; i < 40; i++) { k *= n; } return x * k; } }",
        "{ var k = int.MaxValue; checked { k++; } return x * k; }",
        "{ var k = checked((int)(StopGradient(x) * 1e12)); return x * k; }",
        "{ var k = checked(-(int.MinValue + (n - 3))); return x * k; }",
        "{ (double, int) t = (x, n); if (t is ( > 1, 3)) { throw new ArgumentException(\"t\"); } return x; }",
    ];

    private const string Helpers = """
        public static class Helper
        {
            public enum Mode { One, Two }
            public static void Require(bool holds, string what) { if (!holds) { throw new ArgumentException("required: " + what); } }
            public static double Fail(string what) => throw new InvalidOperationException(what);
            public static double Checked(double z) { if (z > 1) { throw new ArgumentException("checked"); } return z; }
        }
        """;

    private static readonly Dictionary<Passes, Lazy<(ImmutableArray<GradientModel> Models, Type Type)>> Compiled =
        Enumerable.Range(0, (int)Passes.All + 1).ToDictionary(p => (Passes)p, p => new Lazy<(ImmutableArray<GradientModel>, Type)>(() => Compile((Passes)p)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Bodies.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void WhatTheMethodThrows_TheGradientThrows(int index)
    {
        foreach (var passes in new[] { Passes.All, Passes.None, Passes.All & ~Passes.Simplify, Passes.All & ~Passes.CommonSubexpressions, Passes.All & ~Passes.DeadCode })
        {
            var (models, type) = Compiled[passes].Value;
            var w = new Matrix<double, N2, N3>([1, 1, 1, 1, 1, 1]);
            object[] arguments = [2.0, 3, new[] { 1, -2.0, 3 }, w];
            var expected = Thrown(() => type.GetMethod($"F{index}")!.Invoke(null, arguments));
            Assert.NotNull(expected);

            var gradientType = type.GetNestedType($"F{index}Gradient")!;
            var kept = new Matrix<double, N2, N3>([7, 7, 7, 7, 7, 7]);
            var into = Activator.CreateInstance(gradientType, [5.0, 6.0, new double[3], kept]);
            object?[] all = [.. arguments, 1.0, into, true];
            var method = type.GetMethods().Single(m => m.Name == $"F{index}Backward" && m.GetParameters().Length == 7);
            var actual = Thrown(() => method.Invoke(null, all));
            Assert.True(actual is not null, $"{Bodies[index]} does not throw with {passes}");
            Assert.Equal((expected!.GetType(), expected.Message), (actual!.GetType(), actual.Message));
            Assert.Equal(into, all[5]);
            Assert.All(kept.AsSpan().ToArray(), e => Assert.Equal(7, e));

            if (!Bodies[index].Contains("checked", StringComparison.Ordinal))
            {
                var function = GradientFunction.Run(models[index].Function!, [.. models[index].Parameters.Select(p => p.IsDifferentiated)], passes).Gradient;
                var array = new ArrayTensor(Shape.Scalar, [.. new[] { 1, -2.0, 3 }.Select(Tensor.Scalar)]);
                Assert.Throws<ThrownException>(() => Interpreter.Run(
                    Verifier.Verify(function), Tensor.Scalar(2), Tensor.Scalar(3), array, new Tensor(Shape.Of(2, 3), [1, 1, 1, 1, 1, 1]), Tensor.Scalar(1)));
            }
        }
    }

    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }

    private static (ImmutableArray<GradientModel>, Type) Compile(Passes passes)
    {
        var methods = Bodies.Select((b, i) => $"    [Differentiable] public static double F{i}({Parameters}) {(b[0] == '{' ? b : "=> " + b + ";")}");
        var source = $"using System.Linq;\n{Compilations.Usings}public static partial class C\n{{\n{string.Join("\n", methods)}\n}}\n{Helpers}";
        var compilation = Compilations.Create([source], o => o.WithOptimizationLevel(OptimizationLevel.Release)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress), new("CS8509", ReportDiagnostic.Suppress), new("CS8846", ReportDiagnostic.Suppress), new("CS8524", ReportDiagnostic.Suppress)]));
        var tree = compilation.SyntaxTrees[0];
        var semantics = compilation.GetSemanticModel(tree);
        var models = ImmutableArray.CreateBuilder<GradientModel>();
        foreach (var syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(m => m.AttributeLists.Count > 0))
        {
            var read = ModelReader.Read(semantics.GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
            Assert.True(read.Model?.Function is not null, $"{syntax}\n{string.Join("\n", read.Problems.Select(p => p.Message))} {read.Model?.Failure}");
            models.Add(read.Model!);
        }

        compilation = compilation.AddSyntaxTrees(models.Select(m => CSharpSyntaxTree.ParseText(GradientEmitter.Emit(m, passes), Compilations.ParseOptions, path: m.HintName)));
        using var stream = new MemoryStream();
        var problems = compilation.Emit(stream).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(10)));
        return (models.ToImmutable(), Assembly.Load(stream.ToArray()).GetType("C")!);
    }
}
