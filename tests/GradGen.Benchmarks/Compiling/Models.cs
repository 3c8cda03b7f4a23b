using GradGen.Compiler.Tests.Harness;

namespace GradGen.Benchmarks.Compiling;

/// <summary>Source texts of differentiable methods, as many and as large as is asked for.</summary>
internal static class Models
{
    private const int MethodsPerFile = 10;

    /// <summary>Files of ten small networks each, all different.</summary>
    public static string[] Networks(int count) =>
    [
        .. Enumerable.Range(0, count).Chunk(MethodsPerFile).Select((numbers, file) => Class(
            $"Networks{file}",
            string.Join("\n\n", numbers.Select(Network)))),
    ];

    /// <summary>A product, an activation and a reduction over n×n matrices.</summary>
    public static string[] OfSize(int n) => [Class("Sized", $$"""
            [Differentiable]
            public static double Loss(Matrix<double, N{{n}}, N{{n}}> a, Matrix<double, N{{n}}, N{{n}}> b, Matrix<double, N{{n}}, N{{n}}> c) =>
                NormSquared(Tanh(a * b + c));
        """)];

    /// <summary>A method of so many statements, each of which uses the one before.</summary>
    public static string[] OfStatements(int count) => [Class("Long", $$"""
            [Differentiable]
            public static double Loss(Vector<double, N4> x)
            {
                var t0 = x[0];
        {{string.Join("\n", Enumerable.Range(1, count).Select(i => $"        var t{i} = Math.Sin(t{i - 1}) * x[{i % 4}] + {i}.5;"))}}
                return t{{count}};
            }
        """)];

    /// <summary>A method of so many ways, each of which asks after all before it have said no.</summary>
    public static string[] OfWays(int count) => [Class("Branching", $$"""
            [Differentiable]
            public static double Loss(double x, double y, [NoDerivative] int way) => way switch
            {
        {{string.Join("\n", Enumerable.Range(0, count).Select(i => $"        {i} => Math.Sin({i}.5 * x) * y,"))}}
                _ => x * y,
            };
        """)];

    /// <summary>Loops over the entries of an n×n matrix, read one by one and written one by one.</summary>
    public static string[] OfEntries(int n) => [Class("Entries", $$"""
            [Differentiable]
            public static double Loss(Matrix<double, N{{n}}, N{{n}}> a, Vector<double, N{{n}}> x)
            {
                var sum = 0.0;
                for (var i = 0; i < {{n}}; i++)
                {
                    for (var j = 0; j < {{n}}; j++)
                    {
                        sum += a[i, j] * x[i] * x[j];
                    }
                }

                return sum;
            }
        """)];

    private static string Network(int number) => $$"""
            [Differentiable]
            public static double Loss{{number}}(
                Matrix<double, N8, N4> w1, Vector<double, N8> b1, Matrix<double, N2, N8> w2, [NoDerivative] Vector<double, N4> x, [NoDerivative] Vector<double, N2> target)
            {
                var hidden = Tanh(w1 * x + b1);
                var error = w2 * hidden - target;
                return {{number}}.5 * NormSquared(error);
            }
        """;

    private static string Class(string name, string members) => $$"""
        {{Compilations.Usings}}
        public static partial class {{name}}
        {
        {{members}}
        }
        """;
}
