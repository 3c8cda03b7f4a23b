using System.Numerics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>System.Numerics as it is read: values, members, assignment; and what is refused.</summary>
public class NumericsReadingTests
{
    private const string Members = """
        static readonly Vector3 Up = new(0, 2, 1);
        static Vector3 State;
        static readonly Vector3 Late;
        static void Split(Vector3 v, out float x, out float y) { x = v.X * 2; y = v.Y; }
        static Vector3 Halved(this Vector3 v) { v.X *= 0.5f; return v; }
        """;

    [Theory]
    [InlineData("var w = v; w.X = 7; return v.X + 10 * w.X;")]
    [InlineData("v.X = v.Y; v.Y += v.X; v.Z++; --v.Z; return v.X + 10 * v.Y + 100 * v.Z++ + v.Z;")]
    [InlineData("Vector3 w; w.X = x; w.Z = 2; w.Y = w.X + w.Z; return Vector3.Dot(w, v);")]
    [InlineData("var w = v; w.X = (w.Y = 3) + w.X; return w.X + 10 * w.Y;")]
    [InlineData("var w = v; return w.X + (w.X = 5) * w.X;")]
    [InlineData("Vector3 w = default, u = new(), t = default(Vector3); return Vector3.Dot(w + u - t + v, Up);")]
    [InlineData("var w = new Vector3 { Y = x, X = v.Z }; return Vector3.Dot(w with { Z = 4, X = w.X + 1 }, v);")]
    [InlineData("var w = Halved(v); return v.Halved().X + v.X + 10 * w.X;")]
    [InlineData("return Up.Y * x + Vector3.Dot(Up, v);")]
    [InlineData("if (x > 0) { v.X = x; } else { v.Y = x; } return v.X + 10 * v.Y;")]
    [InlineData("Vector3 w; if (x > 0) { w.X = x; } else { w.X = 2; } w.Y = 1; w.Z = 3; return Vector3.Dot(w, v);")]
    [InlineData("for (var i = 0; i < n; i++) { v.X += v.Y; v[i % 3] *= 0.5f; } return v.X + v[n % 3];")]
    [InlineData("for (var i = 0; i < 3; i++) { v[i] += i; m[i, 3 - i] = v[2 - i]; } return v[0] + 10 * v[1] + m[0, 3] * m[1, 2];")]
    [InlineData("var w = v; var u = w; while (w.X > 0.1f) { w.X *= 0.5f; u = w; u.Y += 1; } return w.X + 10 * u.Y;")]
    [InlineData("m.Translation = v; m.Translation *= 2; return m.M41 + 10 * m.M42 + 100 * m.M43 + m.M44;")]
    [InlineData("m[1] = m[2] + m.X; m.W = new Vector4(v, x); m[n % 4, 1] -= 3; return m.M21 + m[1, 1] * m[3].Z;")]
    [InlineData("var p = new Plane(v, x); p.Normal.Y *= 3; p.Normal = p.Normal + Vector3.One; p.D += p.Normal.X; return Plane.DotCoordinate(p, v);")]
    [InlineData("return v == Up ? 1 : v != v * 1 ? 2 : v.Equals(v) && m == m * Matrix4x4.Identity ? 3 * x : 4;")]
    [InlineData("return Vector3.Dot(vector2: v, vector1: x * Up) + Vector3.Lerp(v, Up, amount: x).Y;")]
    [InlineData("var s = 0f; for (var i = 0; i < 3; i++) { s += Vector3.Transform(v, Matrix4x4.CreateRotationZ(i * x)).X; } return s;")]
    [InlineData("return x > 0 ? (v * x).Length() : -v.LengthSquared();")]
    [InlineData("var a = new Vector3[2]; a[n % 2] = v; a[1] += a[0] * x; return a[1].X + 10 * a[0].Y;")]
    [InlineData("var a = new[] { v, v }; var b = a; a[0].X = x; b[1].Y += x; var c = a.AsSpan(1); c[0].Z = 2; return b[0].X + 10 * a[1].Y + 100 * a[1].Z;")]
    [InlineData("Vector3[] a = [v, Up]; var b = a.AsSpan().ToArray(); var w = a[n % 2]; w.X = 3; b[0] = w; foreach (var u in a) { x += Vector3.Dot(u, b[0]); } return x;")]
    [InlineData("var a = new Vector3[3]; a[n % 3].X = x; a[1].Y += a[n % 3].X + 1; a[1][2]++; a[2] = v; a[2].Z *= 2; return a[0].X + 10 * a[1].Y + 100 * a[1].Z + a[2].Z;")]
    [InlineData("(v.X, var y) = (v.Y, v.X); Split(v, out v.Z, out var w); return v.X + 10 * y + 100 * v.Z + w;")]
    [InlineData("var t = (Point: v, Scale: x); t.Point.X *= t.Scale; t.Point[1] = 4; var u = t; u.Point.X = 0; return t.Point.X + 10 * t.Point.Y + u.Point.X;")]
    [InlineData("return (float)Math.Sqrt(v.X * v.X + 1.0) + MathF.Max(v.Y, v.Z);")]
    public void Body_DoesWhatCSharpDoes(string body)
    {
        var method = $$"""
            [Differentiable] public static float F(Vector3 v, Matrix4x4 m, float x, [NoDerivative] int n) { {{body}} }
            """;
        var (read, compilation) = Read(method);
        Assert.Equal([], compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        Assert.Equal([], read.Problems.Select(p => p.Message));
        var function = Verifier.Verify(read.Model!.Function!);
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        var compiled = System.Reflection.Assembly.Load(stream.ToArray()).GetType("Tested")!.GetMethod("F")!
            .CreateDelegate<Func<Vector3, Matrix4x4, float, int, float>>();
        var matrix = new Matrix4x4(0.5f, 0.25f, -1, 2, 1, 1.5f, 0.75f, -0.5f, 3, -2, 0.125f, 1, -1, 2, 0.5f, 0.25f);
        foreach (var x in new[] { -2f, 0.25f, 1.5f })
        {
            foreach (var n in new[] { 0, 1, 2, 5 })
            {
                var vector = new Vector3(x + 0.5f, -0.75f, 2.25f);
                Tensor[] arguments =
                [
                    new(Shape.Of(3, 1), [vector.X, vector.Y, vector.Z]),
                    new(Shape.Of(4, 4), [.. Enumerable.Range(0, 16).Select(e => (double)matrix[e / 4, e % 4])]),
                    Tensor.Scalar(x),
                    Tensor.Scalar(n),
                ];
                var expected = compiled(vector, matrix, x, n);
                Assert.Equal(expected, Interpreter.Run(function, arguments)[0].Entries[0], 2e-6 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Theory]
    [InlineData("return Vector3.CopySign(v, v).X;", "GRAD2002", "Vector3.CopySign(v, v)")]
    [InlineData("return Vector3.Round(v, MidpointRounding.ToZero).X;", "GRAD2002", "Vector3.Round(v, MidpointRounding.ToZero)")]
    [InlineData("Matrix4x4.Invert(m, out var inverse); return inverse.M11;", "GRAD2002", "Matrix4x4.Invert(m, out var inverse)")]
    [InlineData("return Matrix4x4.Decompose(m, out var a, out var b, out var c) ? x : a.X;", "GRAD2002", "Matrix4x4.Decompose(m, out var a, out var b, out var c)")]
    [InlineData("return m.GetRow(n).X;", "GRAD2002", "m.GetRow(n)")]
    [InlineData("return m[n].X;", "GRAD2001", "m[n]")]
    [InlineData("m[n] = m.X; return x;", "GRAD2001", "m[n]")]
    [InlineData("return v[3];", "GRAD1006", "v[3]")]
    [InlineData("v[-1] = x; return x;", "GRAD1006", "v[-1]")]
    [InlineData("return m[1, 4];", "GRAD1006", "m[1, 4]")]
    [InlineData("return m[4].X;", "GRAD1006", "m[4]")]
    [InlineData("return m.IsIdentity ? 1 : x;", "GRAD2001", "m.IsIdentity")]
    [InlineData("return (v & v).X;", "GRAD2001", "v & v")]
    [InlineData("return new Vector3(new[] { x, x, x }).X;", "GRAD2001", "new Vector3(new[] { x, x, x })")]
    [InlineData("return new Vector3(stackalloc float[] { 1, 2, 3 }).X;", "GRAD2001", "new Vector3(stackalloc float[] { 1, 2, 3 })")]
    [InlineData("return Vector3.NaN.X;", "GRAD2001", "Vector3.NaN")]
    [InlineData("return v.X.CompareTo(x);", "GRAD2002", "v.X.CompareTo(x)")]
    [InlineData("v.CopyTo(new float[3]); return x;", "GRAD2002", "v.CopyTo(new float[3])")]
    [InlineData("var a = new Vector3[2]; return x + (a[n].X = x);", "GRAD2001", "a[n].X")]
    [InlineData("var a = new Vector3[2]; (a[0].X, x) = (x, 2); return x;", "GRAD2001", "a[0].X")]
    [InlineData("var a = new[] { v, v }; var b = n > 0 ? a : [v]; a[0].X = x; return b[0].X;", "GRAD2001", "a[0]")]
    [InlineData("State.X = x; return x;", "GRAD2003", "State.X")]
    [InlineData("State = v; return x;", "GRAD2003", "State")]
    [InlineData("return State.X;", "GRAD2001", "State")]
    [InlineData("return Late.X;", "GRAD2001", "Late")]
    [InlineData("return x > 0 ? v.X = 2 : x;", "GRAD2001", "v.X")]
    [InlineData("ref var y = ref v.X; y = 2; return v.X;", "GRAD2001", "y = ref v.X")]
    [InlineData("return (int)v.X;", "GRAD2004", "(int)v.X")]
    [InlineData("return (int)Vector3.Dot(v, v) * x;", "GRAD2004", "(int)Vector3.Dot(v, v)")]
    [InlineData("var w = new System.Numerics.Vector<float>(x); return w[0];", "GRAD2001", "new System.Numerics.Vector<float>(x)")]
    public void WhatIsNotInTheTable_IsOneProblemUnderTheConstruct(string body, string id, string span)
    {
        var (read, _) = Read($$"""
            [Differentiable] public static float F(Vector3 v, Matrix4x4 m, float x, [NoDerivative] int n) { {{body}} }
            """);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(id, problem.Descriptor.Id);
        Assert.False(problem.IsReportedElsewhere);
        Assert.Equal(span, problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan));
    }

    [Fact]
    public void IntegerOfWhatIsRounded_IsNoMistake()
    {
        var (read, _) = Read("[Differentiable] public static float F(Vector3 v, [NoDerivative] Vector3 w) => v.X * (int)Vector3.Round(v).Y * (int)w.Length();");
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("Vector3? v", "Vector3? v")]
    [InlineData("System.Numerics.Vector<float> v", "Vector<float> v")]
    [InlineData("Complex v", "Complex v")]
    public void OtherTypes_AreNotDifferentiable(string parameter, string text)
    {
        var (read, _) = Read($"[Differentiable] public static float F({parameter}, float x) => x;");
        var problem = Assert.Single(read.Problems);
        Assert.Equal("GRAD0003", problem.Descriptor.Id);
        Assert.Equal($"'{text}' is not a floating-point or matrix type: use double, float, Vector, Matrix or a type of System.Numerics, or an array of them", problem.Message);
    }

    [Fact]
    public void TypeOfTheUsersOwn_IsNotSystemNumerics_ButAStructLikeAnyOther()
    {
        var compilation = Compilations.Create(
            Compilations.Usings + "static partial class Tested { [Differentiable] static float F(System.Numerics.Vector3 v) => 1; }",
            "namespace System.Numerics { public struct Vector3 { public double X; } }");
        var read = ReadF(compilation);
        Assert.Empty(read.Problems);
        Assert.Equal([("v.X", ParameterKind.Scalar, "double")], read.Model!.Parameters.Select(p => (p.Expression, p.Kind, p.TypeName)));
    }

    /// <summary>Shapes of System.Numerics are C#'s to check.</summary>
    [Fact]
    public Task ShapeAnalyzer_SaysNothing() => Analyzers.Check.Shapes("""
        using System.Numerics;
        public static class C
        {
            public static Vector3 M(Matrix4x4 m, Vector3 v, Quaternion q) => Vector3.Transform(v * v + v / 2, m * m) * v[5] + new Vector3(m[7, 9]) * q.X;
        }
        """);

    private static (ReadMethod Read, Compilation Compilation) Read(string method)
    {
        var compilation = Compilations.Create("using System.Numerics;\n" + Compilations.Usings + "public static partial class Tested {\n" + Members + method + "\n}");
        return (ReadF(compilation), compilation);
    }

    private static ReadMethod ReadF(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.First();
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        return ModelReader.Read((IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
    }
}
