namespace GradGen.GradientTests.Called;

/// <summary>What generated code does with the methods that it calls, as a user would see it.</summary>
public class CalledMethodsTests
{
    private const string Source = """
        public static partial class Model
        {
            private static readonly System.Collections.Generic.List<object> Seen = [];
            private static string Log = "";
            private static int Fails;
            private static LossGradient Into;
            private static readonly Matrix<double, N2, N2> W = [[1, 2], [3, 4]];
            private static readonly Vector<double, N2> X = [5, 6];

            [Differentiable]
            public static double Loss(Matrix<double, N2, N2> w, Vector<double, N2> x, [NoDerivative] int n)
            {
                var y = Apply(w, x);
                for (var i = 0; i < n; i++) { y = Apply(w, y) * 0.5; }
                return Sum(y);
            }

            private static Vector<double, N2> Apply(Matrix<double, N2, N2> w, Vector<double, N2> x)
            {
                Log += "F";
                Seen.AddRange([w, x]);
                try { return Fails == 1 ? null! : w * x; } finally { }
            }

            [DerivativeOf(nameof(Apply))]
            private static (Matrix<double, N2, N2> W, Vector<double, N2>) ApplyDerivative(Matrix<double, N2, N2> w, Vector<double, N2> x, Vector<double, N2> upstream)
            {
                Log += "G";
                Seen.AddRange([w, x]);
                return Fails switch { 2 => (null!, x), 3 => (w, null!), 4 => throw new DivideByZeroException(), _ => (upstream * x.T, w.T * upstream) };
            }

            /// Which of the two were called, in their order, and whether with the very arguments.
            public static string Run(int n)
            {
                (Log, Into) = ("", default);
                Seen.Clear();
                LossBackward(W, X, n, ref Into);
                return Log + " " + string.Concat(Seen.ConvertAll(s => ReferenceEquals(s, W) ? "w" : ReferenceEquals(s, X) ? "x" : "-"));
            }

            /// What is thrown, and whether the gradient that was written to is as it was.
            public static string Fail(int fails)
            {
                LossBackward(W, X, 2, ref Into);
                var (value, dw, dx) = (Into.Value, Into.W.Clone(), Into.X.Clone());
                var before = Into;
                Fails = fails;
                try
                {
                    LossBackward([[0, 1], [1, 0]], X, 1, 3.0, ref Into);
                    return "nothing";
                }
                catch (Exception e)
                {
                    return e.GetType().Name + ": " + e.Message + (Into == before && Into.Value == value && dw.AsSpan().SequenceEqual(Into.W.AsSpan()) && dx.AsSpan().SequenceEqual(Into.X.AsSpan()) ? " Unchanged." : "");
                }
                finally
                {
                    Fails = 0;
                }
            }
        }
        """;

    private static readonly Lazy<UserProgram> Program = new(() => UserProgram.Compile(Source));

    /// <summary>Backward, an iteration's call is not made again: its value is not needed there.</summary>
    [Theory]
    [InlineData(0, "FG wxwx")]
    [InlineData(2, "FFFGGG wxw-w-w-w-wx")]
    public void Methods_AreCalledOnceEach_WithTheArgumentsThemselves(int n, string expected) =>
        Assert.Equal(expected, Program.Value.Invoke("Model", "Run", n));

    [Theory]
    [InlineData(1, "InvalidOperationException: Model.Apply returned null. Unchanged.")]
    [InlineData(2, "InvalidOperationException: Model.ApplyDerivative returned null for W. Unchanged.")]
    [InlineData(3, "InvalidOperationException: Model.ApplyDerivative returned null for Item2. Unchanged.")]
    [InlineData(4, "DivideByZeroException: Attempted to divide by zero. Unchanged.")]
    public void WhatTheyDoWrong_IsSaid_AndNothingIsWritten(int fails, string expected) =>
        Assert.Equal(expected, Program.Value.Invoke("Model", "Fail", fails));

    /// <summary>Arrays and records that are not what they must be.</summary>
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "Model.ApplyDerivative returned an array of 1 for X, which must have 2 elements.")]
    [InlineData(2, "Model.ApplyDerivative returned null for X.")]
    [InlineData(3, "Model.ApplyDerivative returned null for Item2.W.")]
    [InlineData(4, "Model.ApplyDerivative returned null for Item2.W.")]
    [InlineData(5, "Model.Apply returned null for W.")]
    public void WrongArraysAndRecords_AreSaid(int fails, string expected) =>
        Assert.Equal(expected, Objects.Value.Invoke("Model", "Fail", fails));

    private static readonly Lazy<UserProgram> Objects = new(() => UserProgram.Compile("""
        public record Line(double[] W, double S);
        public static partial class Model
        {
            private static int Fails;

            [Differentiable] public static double Loss(double[] x, Line line) => Apply(x, line).S;

            private static Line Apply(double[] x, Line line) { try { return Fails == 5 ? null! : line with { S = line.S * x[1] * line.W[0] }; } finally { } }

            [DerivativeOf(nameof(Apply))]
            private static (double[] X, Line) ApplyDerivative(double[] x, Line line, Line upstream) => Fails switch
            {
                1 => (new double[1], line),
                2 => (null!, line),
                3 => (x, null!),
                4 => (x, line with { W = null! }),
                _ => ([0, upstream.S * line.S * line.W[0]], new([upstream.S * line.S * x[1]], upstream.S * x[1] * line.W[0])),
            };

            public static string Fail(int fails)
            {
                Fails = fails;
                try { LossBackward([1, 2], new([3], 4)); return ""; }
                catch (InvalidOperationException e) { return e.Message; }
            }
        }
        """));
}
