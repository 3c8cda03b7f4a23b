using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>What random programs found, shrunk: each must stay mended, under every choice of passes.</summary>
public class FoundProgramsTests
{
    private static readonly FoundProgram[] Found =
    [
        new("a warning of a comparison of a parameter with itself, whose name needs an @",
            "Real @in", "Real", "return Math.Max(@in, @in);"),
        new("a warning of a comparison of an expression with itself",
            "Real x, [NoDerivative] int n", "Real", "return ((n / 2) == n) == ((n / 2) == n) ? x : 2 * x;"),
        new("'or' and 'and' written without the parentheses that C# needs: a wrong value",
            "Real t, [NoDerivative] int label", "Real", "return (label is 1 or 3) && (t > 5 || t < -5) ? t * t : t;"),
        new("a variable without a value that both branches give the same: 'its body does not compile'",
            "Vector<Real, N4> x, [NoDerivative] int n", "Real", "Vector<Real, N4> v;\nif (x[n % 4] > 0) { v = x; } else { v = x; }\nreturn Sum(v) * v[1];"),
        new("a while that asks for an entry at a place known at run time, of a matrix in locals",
            "Real b, Matrix<Real, N5, N2> m, [NoDerivative] int label", "Real",
            "var q = AddBias(m, m * Vector<Real, N2>.Ones());\nvar k = 0;\nwhile (q[label, 1] > -9 && k < 3) { k++; b = Math.Sin(b + b); }\nreturn b;"),
        new("a loop that moves what is in locals into a buffer",
            "Vector<Real, N3> q, Vector<Real, N3> u, [NoDerivative] int n", "Real",
            "var k = 0;\ndo { u = q = u; } while (++k < n);\nreturn Sum(Cos(Outer(q, u))) * u[2] * q[n % 3];"),
        new("a class made in the method, a member of which is null! at first",
            "Vector<Real, N3> q", "Real", "var m = new Model { Inner = new Inner { V = 2 * q } };\nreturn Sum(m.Inner.V) * m.Inner.V[0];",
            "private sealed class Inner { public Vector<Real, N3> V { get; set; } = null!; } private sealed class Model { public Inner Inner { get; set; } = null!; }"),
        new("a lambda in an unrolled loop that may be left: 'a delegate that depends on a condition'",
            "Real x, Real y", "Real", "for (var k = 0; k < 3; k++) { var u = k + y; Func<Real, Real> f = z => z * u; x = f(x); if (x > 0.5) { break; } }\nreturn x;"),
        new("a warning of a part of a carried adjoint that no iteration changes",
            "Real x, Vector<Real, N3> v, [NoDerivative] int n", "Real",
            "var p = new Model { S = v, V = x };\nvar m = DiagonalMatrix(p.S);\n"
            + "for (var i = n; i < 5; i++) { if (m[1, 2] <= 1.0) { p.S = p.S; } else if (true) { } else { } }\nreturn p.V;",
            "private struct Model { public Vector<Real, N3> S; public Real V; }"),
        new("variables that both branches make the same others: they kept their values, a wrong gradient",
            "Real x, Real y", "Real", "if (x > 2) { x *= 2; } else if (x > y) { (x, y) = (y, x); } else { (y, x) = (x, y); }\nreturn x * x * y;"),
        new("a variable to which both branches give another's value: the same",
            "Vector<Real, N3> v, Vector<Real, N3> w, [NoDerivative] bool isFirst", "Real", "if (isFirst) { v = w; } else { v = w; }\nreturn Sum(v) * w[1];"),
        new("an inner product of a product with its own transpose: a shape that does not fit",
            "Vector<Real, N3> x", "Real", "return TraceOfProduct(Outer(x, x), Outer(x, x));"),
        new("a warning of a number that stands before a sum in vectors and is then not asked for",
            "Matrix<Real, N3, N3> w, [NoDerivative] int label", "Real",
            "var p = LeakyRelu(Matrix<Real, N5, N3>.Ones(), (Real)0.5) - (Matrix<Real, N5, N3>.Ones() * w);\nreturn p[label % 5, 1];"),
    ];

    public static TheoryData<int> Programs => [.. Enumerable.Range(0, Found.Length)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void FoundProgram_StaysMended(int index)
    {
        foreach (var passes in PassSets.EachOffAndAlone)
        {
            foreach (var isFloat in new[] { false, true })
            {
                var failure = ProgramRun.Check(Found[index].ToProgram(isFloat), (int)passes);
                Assert.True(failure is null, $"{Found[index]}, {passes}: {failure}");
            }
        }
    }
}
