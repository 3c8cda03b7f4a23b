using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD2002: the fix that writes the stub of a derivative. The test framework compiles what it leaves.</summary>
public class DerivativeStubTests
{
    [Fact]
    public Task Method_GetsAStubBelowIt_WithItsAccessibility() => Verify(
        """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] double s) => Sum({|GRAD2002:Warp(w, x, 2, s)|});

            internal static Vector<double, N3> Warp(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, [NoDerivative] double s) // opaque
            {
                try { return w * x; } finally { }
            }   // the end

            private static double Other() => 1;
        }
        """,
        """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] double s) => Sum(Warp(w, x, 2, s));

            internal static Vector<double, N3> Warp(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, [NoDerivative] double s) // opaque
            {
                try { return w * x; } finally { }
            }   // the end

            [DerivativeOf(nameof(Warp))]
            internal static (Matrix<double, N3, N2> W, Vector<double, N2> X) WarpDerivative(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, double s, Vector<double, N3> upstream) =>
                throw new NotImplementedException();

            private static double Other() => 1;
        }
        """);

    [Fact]
    public Task MethodOfAnotherAssembly_GetsItsStubBelowTheCaller() => Verify(
        """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(double x) => {|GRAD2002:Math.IEEERemainder(x, 2)|};
        }
        """,
        """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(double x) => Math.IEEERemainder(x, 2);

            [DerivativeOf(typeof(Math), nameof(Math.IEEERemainder))]
            private static (double X, double Y) IEEERemainderDerivative(double x, double y, double upstream) =>
                throw new NotImplementedException();
        }
        """);

    [Fact]
    public Task ArraysRecordsAndTypeParameters_AreWritten() => Verify(
        """
        public record Layer(double[] W, string Name);
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(Layer layer, double[] x, Vector<double, N3> v) => {|GRAD2002:Warp(layer, x, v, 1)|};

            internal static double Warp<T, TSize>(Layer layer, ReadOnlySpan<double> x, Vector<T, TSize> v, int n)
                where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
                where TSize : struct, IDimension
            {
                try { return x[0]; } finally { }
            }
        }
        """,
        """
        public record Layer(double[] W, string Name);
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(Layer layer, double[] x, Vector<double, N3> v) => Warp(layer, x, v, 1);

            internal static double Warp<T, TSize>(Layer layer, ReadOnlySpan<double> x, Vector<T, TSize> v, int n)
                where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
                where TSize : struct, IDimension
            {
                try { return x[0]; } finally { }
            }

            [DerivativeOf(nameof(Warp))]
            internal static (Layer Layer, double[] X, Vector<T, TSize> V) WarpDerivative<T, TSize>(Layer layer, ReadOnlySpan<double> x, Vector<T, TSize> v, int n, double upstream) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TSize : struct, IDimension =>
                throw new NotImplementedException();
        }
        """);

    /// <summary>The method stands in another type and file, whose usings are not there; its names are taken and strange.</summary>
    [Fact]
    public Task StrangeNames_AreWrittenSoThatTheyCompile() => Verify(
        """
        namespace A
        {
            public static partial class Model
            {
                [Differentiable]
                public static double Loss(double x) => {|GRAD2002:Helpers.@Class.@double(x, x, x)|};
            }
        }
        namespace Helpers
        {
            static class @Class
            {
                static int doubleDerivative;
                public static double @double(double upstream, double @int, double Int) { try { return upstream; } finally { } }
            }
        }
        """,
        """
        namespace A
        {
            public static partial class Model
            {
                [Differentiable]
                public static double Loss(double x) => Helpers.@Class.@double(x, x, x);
            }
        }
        namespace Helpers
        {
            static class @Class
            {
                static int doubleDerivative;
                public static double @double(double upstream, double @int, double Int) { try { return upstream; } finally { } }

                [GradGen.DerivativeOf(nameof(@double))]
                public static (double, double, double) doubleDerivative2(double upstream, double @int, double Int, double upstream2) =>
                    throw new System.NotImplementedException();
            }
        }
        """,
        "");

    [Theory]
    [InlineData("[Differentiable] public static double Loss(double x) => {|GRAD2002:Opaque<string>(x)|}; static double Opaque<T>(double x) { try { return x; } finally { } }")]
    [InlineData("[Differentiable] public static double Loss(double x) => {|GRAD2002:Opaque(x, out _)|}; static double Opaque(double x, out int n) { try { n = 1; return x; } finally { } }")]
    [InlineData("[Differentiable] public static double Loss(double x) => {|GRAD2002:x.CompareTo(2)|};")]
    public Task NoStub_WhereItCouldNotBeRight(string member) => Verify($"public static partial class Model {{ {member} }}", null);

    private static Task Verify(string before, string? after, string usings = "global using System; global using GradGen; global using static GradGen.MatrixFunctions;") =>
        Check.Fix<DifferentiableAnalyzer, DerivativeStubFix>(before, after ?? before, usings: usings.Length > 0 ? usings : "global using DifferentiableAttribute = GradGen.DifferentiableAttribute;");
}
