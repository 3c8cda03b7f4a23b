using System.Reflection;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.GradientTests;

/// <summary>Gradients of arrays and spans: where they go, what is refused, and what is allocated.</summary>
public class ArrayOverloadTests
{
    private const string Source = Compilations.Usings + """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(ReadOnlySpan<double> a, double[] b, double s)
            {
                double[] c = new double[a.Length];
                for (var i = 0; i < a.Length; i++)
                {
                    c[i] = a[i] * b[i] * s;
                    if (i > 0)
                    {
                        c[i] += c[i - 1] * c[i - 1];
                    }
                }

                return c[^1];
            }

            [Differentiable]
            public static Vector<double, N1> One(ReadOnlySpan<Vector<double, N2>> a, double s) => [a[0][1] * s * a[1][0]];

            [Differentiable]
            public static double Entry(double[] a, [NoDerivative] int k) => a[k] * a[k];

            [Differentiable]
            public static double Part(double[] a, [NoDerivative] int start, [NoDerivative] int count, [NoDerivative] int index)
            {
                var part = a.AsSpan(start, count);
                return part[index] * part[index];
            }

            [Differentiable]
            public static double Copied(double[] a, [NoDerivative] int start, [NoDerivative] int end)
            {
                double[] b = a[start..end], c = new double[2];
                b.CopyTo(c, 0);
                return c[0] * c[1];
            }

            [Differentiable]
            public static double[] Squares(double[] a, [NoDerivative] int count)
            {
                var b = new double[count];
                for (var i = 0; i < b.Length; i++)
                {
                    b[i] = a[i] * a[i];
                }

                return b;
            }

            public static string Faults()
            {
                double[] a = [0.5, -1, 2];
                static Exception? Caught(Action action)
                {
                    try
                    {
                        action();
                        return null;
                    }
                    catch (Exception e)
                    {
                        return e;
                    }
                }

                var wrong = "";
                for (var start = -1; start < 5; start++)
                {
                    for (var count = -1; count < 5; count++)
                    {
                        for (var index = -1; index < 3; index++)
                        {
                            var (expected, actual) = (Caught(() => Part(a, start, count, index)), Caught(() => PartBackward(a, start, count, index)));
                            wrong += expected?.GetType() == actual?.GetType() ? "" : $"Part {start} {count} {index}: {expected}, {actual}; ";
                        }

                        var (thrown, own) = (Caught(() => Copied(a, start, count)), Caught(() => CopiedBackward(a, start, count)));
                        wrong += thrown is null == own is null && (own is null || thrown!.GetType().IsInstanceOfType(own)) ? "" : $"Copied {start} {count}: {thrown}, {own}; ";
                    }
                }

                return wrong;
            }

            public static string Values()
            {
                double[] a = [0.5, -1, 2];
                SquaresGradient into = default;
                SquaresBackward(a, 2, [1, 3], ref into);
                var (kept, wrong) = (into.Value, Differences([0.25, 1], into.Value) + Differences([1, -6, 0], into.A));
                SquaresBackward(a, 2, [2, 1], ref into, accumulate: true);
                wrong += (ReferenceEquals(kept, into.Value) ? "" : "another array; ") + Differences([0.25, 1], into.Value) + Differences([3, -8, 0], into.A);
                SquaresBackward(a, 3, [1, 1, 1], ref into);
                return wrong + Differences([0.25, 1, 4], into.Value) + Differences([1, -2, 4], into.A);
            }

            public static string Check()
            {
                double[] a = [0.5, -1, 2], b = [1, 0.25, -0.5], span = [7, 7, 7];
                var plain = LossBackward(a, b, 0.5);
                LossGradient into = new(0, null!, new double[3], 0);
                LossBackward(a, b, 0.5, ref into, span);
                var wrong = into.A is not null ? "A was made" : "";
                wrong += Differences(plain.A, span) + Differences(plain.B, into.B) + (plain.S == into.S && plain.Value == into.Value ? "" : "numbers differ");
                LossBackward(a, b, 0.5, 2.0, ref into, span, accumulate: true);
                wrong += Differences([.. System.Linq.Enumerable.Select(plain.A, e => 3 * e)], span) + Differences([.. System.Linq.Enumerable.Select(plain.B, e => 3 * e)], into.B);
                LossBackward(a, b, 0.5, ref into);
                wrong += Differences(plain.A, into.A!);
                OneGradient one = default;
                Vector<double, N2>[] points = [[1, 2], [3, 4]];
                OneBackward(points, 0.5, ref one);
                OneBackward(points, 0.5, ref one, accumulate: true);
                wrong += Differences([0, 3], one.A[0].AsSpan().ToArray()) + Differences([2, 0], one.A[1].AsSpan().ToArray());
                return wrong;
            }

            public static long Allocated()
            {
                double[] a = [0.5, -1, 2], b = [1, 0.25, -0.5], span = new double[3];
                LossGradient into = new(0, new double[3], new double[3], 0);
                for (var i = 0; i < 100; i++)
                {
                    LossBackward(a, b, 0.5, ref into);
                    LossBackward(a, b, 0.5, ref into, span);
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 1000; i++)
                {
                    LossBackward(a, b, 0.5, ref into);
                    LossBackward(a, b, 0.5, ref into, span);
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static string Refused(int number)
            {
                double[] a = [0.5, -1, 2], b = [1, 0.25, -0.5], kept = [1, 2];
                LossGradient into = new(5, null!, kept, 6);
                try
                {
                    switch (number)
                    {
                        case 0: LossBackward(a, b, 0.5, ref into); break;
                        case 1: into = into with { B = new double[3] }; LossBackward(a, b, 0.5, ref into, new double[2]); break;
                        case 2: LossBackward(a, null!, 0.5); break;
                        case 3: LossBackward(a, [1, 2], 0.5); break;
                        case 4: EntryBackward(a, 3); break;
                        case 5: EntryBackward(a, -1); break;
                        case 6: into = into with { B = b }; LossBackward(a, b, 0.5, ref into); break;
                        case 7: SquaresBackward(a, 2, [1, 2, 3]); break;
                        case 8: SquaresBackward(a, 2, null!); break;
                        case 9: SquaresGradient squares = new(kept, a); SquaresBackward(b, 2, kept, ref squares); break;
                    }
                }
                catch (Exception e)
                {
                    return e.GetType().Name + ": " + e.Message + (into.Value == 5 && into.S == 6 && kept[0] == 1 && kept[1] == 2 && b[0] == 1 ? "" : " OVERWRITTEN");
                }

                return "nothing";
            }

            private static string Differences(double[] expected, double[] actual)
            {
                for (var i = 0; i < expected.Length; i++)
                {
                    if (Math.Abs(expected[i] - actual[i]) > 1e-12)
                    {
                        return $"[{i}] {expected[i]} is {actual[i]}; ";
                    }
                }

                return expected.Length == actual.Length ? "" : "lengths differ";
            }
        }
        """;

    private static readonly Type Model = Compile();

    [Fact]
    public void SpansAndArrays_GetTheSameGradient() => Assert.Equal("", Call("Check"));

    [Fact]
    public void PartsOfArrays_ThrowWhatTheyThrowInCSharp() => Assert.Equal("", Call("Faults"));

    [Fact]
    public void ValueThatIsAnArray_IsWrittenWhereThereIsOneOfItsLength() => Assert.Equal("", Call("Values"));

    [Fact]
    public void NothingIsAllocated_OnceWarm() => Assert.Equal(0L, Call("Allocated"));

    [Theory]
    [InlineData(0, "ArgumentException: into.B has 2 elements, b has 3. (Parameter 'into')")]
    [InlineData(1, "ArgumentException: intoA has 2 elements, a has 3. (Parameter 'intoA')")]
    [InlineData(2, "ArgumentNullException: Value cannot be null. (Parameter 'b')")]
    [InlineData(3, "IndexOutOfRangeException: Index was outside the bounds of the array.")]
    [InlineData(4, "IndexOutOfRangeException: Index was outside the bounds of the array.")]
    [InlineData(5, "IndexOutOfRangeException: Index was outside the bounds of the array.")]
    [InlineData(6, "ArgumentException: into.B and b are the same object: what is written needs one of its own.")]
    [InlineData(7, "ArgumentException: upstream has 3 elements, the value has 2. (Parameter 'upstream')")]
    [InlineData(8, "ArgumentNullException: Value cannot be null. (Parameter 'upstream')")]
    [InlineData(9, "ArgumentException: into.Value and upstream are the same object: what is written needs one of its own.")]
    public void BadInput_IsRefused_BeforeAnythingIsWritten(int number, string message) => Assert.Equal(message, Call("Refused", number));

    private static object? Call(string method, params object[] arguments) => Model.GetMethod(method)!.Invoke(null, arguments);

    private static Type Compile()
    {
        var compilation = Compilations.Create([Source], o => o
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));
        (compilation, _) = Compilations.Generate(compilation);
        Assert.Empty(compilation.Problems());
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return Assembly.Load(stream.ToArray()).GetType("Model")!;
    }
}
