using System.Globalization;

namespace GradGen.Tests;

public class TableTests
{
    private static readonly Matrix<double, N2, N3> Sample = [[1, -2.5, 30], [-0.125, 4, 1e-9]];

    private static CultureInfo CommasAndTypographicMinus()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "\u2212";
        return culture;
    }

    [Fact]
    public void Columns_AreAligned() =>
        Assert.Equal("     1  -2.5     30\n-0.125     4  1E-09", Sample.ToString());

    [Fact]
    public void Vector_IsAColumn() =>
        Assert.Equal("  1\n-20", new Vector<float, N2>([1, -20]).ToString());

    [Fact]
    public void CurrentCulture_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Sample.ToString();
        try
        {
            CultureInfo.CurrentCulture = CommasAndTypographicMinus();
            Assert.Equal(expected, Sample.ToString());
            Assert.Equal(expected, $"{Sample}");
            Assert.StartsWith(
                "A 2×3 matrix has rows 0..1; row -1 was asked for.",
                Assert.Throws<ArgumentOutOfRangeException>(() => Sample[-1, 0]).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void GivenCultureAndFormat_AreUsed() =>
        Assert.Equal(
            " 1,00  \u22122,50  30,00\n\u22120,13   4,00   0,00",
            new Matrix<double, N2, N3>([1, -2.5, 30, -0.125001, 4, 1e-9]).ToString("F2", CommasAndTypographicMinus()));
}
