using System.Globalization;

namespace GradGen.Tests;

/// <summary>What the report says, and how bad input is refused.</summary>
public class GradientCheckReportTests
{
    [Fact]
    public void Report_IsReadable()
    {
        Matrix<double, N2, N2> w1 = [[1, 2], [3, 4]];
        double[] bias = [5, 6, 7];
        Vector<double, N2>[] layers = [new([1, 2]), new([3, 4])];
        var scale = 2.0;
        var result = InvariantlyOrNot(() => GradientCheck.Compare(
            p => p.scale * ((p.w1[0, 0] * p.w1[1, 1]) - (p.w1[0, 1] * p.bias[2]) + p.layers[1][0]),
            p => (
                new([p.scale * p.w1[1, 1], p.scale * p.bias[2], double.NaN, 0.75 * p.scale * p.w1[0, 0]]),
                [0, 0],
                [new(), null!],
                (p.w1[0, 0] * p.w1[1, 1]) - (p.w1[0, 1] * p.bias[2]) + p.layers[1][0]),
            (w1, bias, layers, scale)));
        Assert.Equal(
            """
            The gradient is wrong in 5 places: 7 of 12 entries compared with central differences.
              bias       the gradient has 2 entries, the point 3 entries
              layers[1]  the gradient is missing (null)
              w1[1, 0]   gradient NaN, differences 0
              w1[0, 1]   gradient 14, differences -14
              w1[1, 1]   gradient 1.5, differences 2
            """.ReplaceLineEndings("\n"),
            result.ToString());
        Assert.Equal("bias", result.Worst.Name);
        Assert.Equal(["w1[0, 1]", "w1[1, 1]"], result.Wrong.Where(e => e.Problem is null && double.IsFinite(e.Given)).Select(e => e.Name));
    }

    [Fact]
    public void LongReport_ShowsTheWorst_AndTheirPoints()
    {
        double[] x = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        var report = GradientCheck.Compare(p => p.Select((v, i) => v * (i + 1)).Sum(), p => [.. p.Select(v => 30.0)], x).ToString();
        Assert.Equal(1 + 8 + 1, report.Split('\n').Length);
        Assert.StartsWith("The gradient is wrong in 20 places: 20 entries compared with central differences.\n  x[0]  gradient 30, differences 1\n", report, StringComparison.Ordinal);
        Assert.EndsWith("\n  and 12 others", report, StringComparison.Ordinal);

        var points = GradientCheck.CompareAtRandomPoints(p => 3 * p, _ => 4, 0.5, points: 2);
        Assert.Equal(
            """
            The gradient is wrong in 2 places: 2 entries at 2 points compared with central differences.
              point  gradient 4, differences 3, at point 1
              point  gradient 4, differences 3, at point 2
            """.ReplaceLineEndings("\n"),
            points.ToString().Replace("3.0000000", "3", StringComparison.Ordinal));
    }

    [Fact]
    public void RightReport_SaysWhatWasCompared()
    {
        var x = 2.0;
        Assert.Equal(
            "The gradient is right: 1 entry compared with central differences. The worst is x: gradient 4, differences 4.",
            GradientCheck.Compare(p => p * p, p => 2 * p, x).ToString());
        var large = new double[3000];
        Assert.StartsWith(
            "The gradient is right: 2,498 of 3,000 entries and 2 random directions compared with central differences.",
            GradientCheck.Compare(p => p.Sum(), p => [.. p.Select(_ => 1.0)], large).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void NullArguments_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("function", () => GradientCheck.Compare(null!, p => p, 1.0));
        Assert.Throws<ArgumentNullException>("gradient", () => GradientCheck.Compare(p => p, (Func<double, double>)null!, 1.0));
        Assert.Throws<ArgumentNullException>("point", () => GradientCheck.Compare(p => p[0], p => p, (double[])null!));
        Assert.Throws<ArgumentNullException>("function", () => GradientCheck.Compare((Func<double, double>)null!, (p, u) => u, 1.0));
        Assert.Throws<ArgumentNullException>("gradient", () => GradientCheck.Compare(p => p, (Func<double, double, double>)null!, 1.0));
        Assert.Throws<ArgumentNullException>("point", () => GradientCheck.Compare(p => p, (p, u) => u, (double[])null!));
        Assert.Throws<ArgumentNullException>("template", () => GradientCheck.CompareAtRandomPoints(p => p[0], p => p, (double[])null!));
        Assert.Throws<ArgumentNullException>("template", () => GradientCheck.CompareAtRandomPoints(p => p, (p, u) => u, (double[])null!));
    }

    [Fact]
    public void NothingToDifferentiate_IsRefused_ByType()
    {
        var text = Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, p => p, "text"));
        Assert.StartsWith("The point, of type string, holds no number that can be differentiated.", text.Message, StringComparison.Ordinal);
        Assert.Contains("type (int, int[,])", Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, p => p, (1, new int[2, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("type double[]", Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, p => p, Array.Empty<double>())).Message, StringComparison.Ordinal);
        Assert.Contains("type Dictionary<string, double>", Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, p => p, new Dictionary<string, double> { ["a"] = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("result, of type int, holds no number", Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, (p, _) => p, 1.0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => 1, p => p, new Action(() => { })));
    }

    [Fact]
    public void CyclesAndDeepNesting_AreRefused()
    {
        var node = new Node { Weight = 1 };
        node.Next = new Node { Next = node };
        var error = Assert.Throws<ArgumentException>(() => GradientCheck.Compare(n => n.Weight, n => n, node));
        Assert.StartsWith("'node.Next.Next' holds itself", error.Message, StringComparison.Ordinal);

        Node? chain = null;
        for (var i = 0; i < 100_000; i++)
            chain = new Node { Next = chain };
        Assert.Contains("nested more than", Assert.Throws<ArgumentException>(() => GradientCheck.Compare(n => n.Weight, n => n, chain!)).Message, StringComparison.Ordinal);

        var shared = new Node { Weight = 2 };
        Assert.True(GradientCheck.Compare(p => p.Item1.Weight * p.Item2.Weight, p => (p.Item2, p.Item1), (shared, shared)).IsRight);
        var excluded = new Node { Weight = 1 };
        excluded.Owner = excluded;
        Assert.True(GradientCheck.Compare(n => n.Weight, _ => new Node { Weight = 1 }, excluded).IsRight);
    }

    [Fact]
    public void FunctionThatWritesToItsPoint_IsRefused()
    {
        double[] x = [1, 2];
        var error = Assert.Throws<ArgumentException>(() => GradientCheck.Compare(p => p[1]++, _ => [0, 1], x));
        Assert.StartsWith("The function writes to its point: x[1] was 2 and is 3.", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], x);
    }

    [Fact]
    public void ResultOfChangingShape_IsRefused()
    {
        var calls = 0;
        Assert.Throws<ArgumentException>(() => GradientCheck.Compare(p => new double[++calls], (_, _) => 0, 1.0));
        Assert.Throws<ArgumentException>(() => GradientCheck.Compare(_ => (double[])null!, (_, _) => 0, 1.0));
    }

    [Fact]
    public void ExceptionsOfTheFunction_ArePassedOn() =>
        Assert.Throws<InvalidOperationException>(() => GradientCheck.Compare(x => x > 1 ? throw new InvalidOperationException() : x, _ => 1, 1.0));

    [Fact]
    public void Options_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Step = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Step = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { MaximumEvaluations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("points", () => GradientCheck.CompareAtRandomPoints(x => x, _ => 1, 1.0, points: 0));
        foreach (var (low, high) in new[] { (1.0, 1.0), (2, 1), (double.NaN, 1), (0, double.PositiveInfinity) })
            Assert.Throws<ArgumentException>(() => GradientCheck.CompareAtRandomPoints(x => x, _ => 1, 1.0, options: new() { Low = low, High = high }));
    }

    [Theory]
    [InlineData("model", "model")]
    [InlineData(" (model) ", "model")]
    [InlineData("this.Layers[2].W", "Layers[2].W")]
    [InlineData("new Model(1, 2)", null)]
    [InlineData("3.5", null)]
    [InlineData("Make(a, b)", null)]
    [InlineData("(Model)a", null)]
    [InlineData("(a, b)", "( a b )")]
    [InlineData("(a, w2: Make(b, [c, d]), (x, y), 2)", "( a w2 ( x y ) ? )")]
    [InlineData("(outer: (x, y), z)", "( outer:( x y ) z )")]
    [InlineData("", null)]
    [InlineData("((a", null)]
    [InlineData(")(", null)]
    public void Names_AreThoseOfTheExpression(string expression, string? expected)
    {
        static string Write(PointNames names) => names.Elements.Count == 0
            ? names.Name ?? "?"
            : (names.Name is null ? "" : names.Name + ":") + "( " + string.Join(" ", names.Elements.Select(Write)) + " )";
        Assert.Equal(expected ?? "?", Write(PointNames.Parse(expression)));
    }

    /// <summary>Where numbers have commas, the report still has points.</summary>
    private static GradientCheckResult InvariantlyOrNot(Func<GradientCheckResult> check)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            return check();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private sealed class Node
    {
        public double Weight { get; set; }

        public Node? Next { get; set; }

        [NoDerivative]
        public Node? Owner { get; set; }
    }
}
