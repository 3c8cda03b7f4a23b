using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Tests.Emission;

public class LiteralsTests
{
    [Theory]
    [InlineData(1, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "4.94065645841247E-324")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    public void Doubles_ReadBackAsTheSameNumber(double value, string text) =>
        Assert.Equal(text, Literals.Number(ScalarType.Float64, value));

    [Theory]
    [InlineData(1f, "1f")]
    [InlineData(0.1f, "0.1f")]
    [InlineData(-0f, "-0f")]
    [InlineData(float.MaxValue, "3.4028235E+38f")]
    [InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    public void Floats_ReadBackAsTheSameNumber(float value, string text) =>
        Assert.Equal(text, Literals.Number(ScalarType.Float32, value));

    [Fact]
    public void Texts_AreEscaped() => Assert.Equal("\"a\\\"b\\\\c\\nd\\u2028\"", Literals.Text("a\"b\\c\nd\u2028"));
}
