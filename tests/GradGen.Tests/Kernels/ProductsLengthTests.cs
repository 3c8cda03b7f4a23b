using static GradGen.Kernels.Products;

namespace GradGen.Tests.Kernels;

/// <summary>A span of the wrong length is refused by name, before anything is written.</summary>
public class ProductsLengthTests
{
    private delegate void Call(double[] a, double[] b, double[] c, double[] d);

    private static readonly (string Name, int A, int B, int C, int D, string[] Names, Call Run)[] _calls =
    [
        ("Multiply", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => Multiply<double, N2, N3, N4>(a, b, c, false)),
        ("Multiply, numbers", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => Multiply<double>(a, b, c, 2, 3, 4, false)),
        ("MultiplyTransposed", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => MultiplyTransposed<double, N2, N3, N4>(a, b, c, false)),
        ("MultiplyTransposed, numbers", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => MultiplyTransposed<double>(a, b, c, 2, 3, 4, false)),
        ("TransposedMultiply", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => TransposedMultiply<double, N2, N3, N4>(a, b, c, false)),
        ("TransposedMultiply, numbers", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => TransposedMultiply<double>(a, b, c, 2, 3, 4, false)),
        ("TransposedMultiplyTransposed", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => TransposedMultiplyTransposed<double, N2, N3, N4>(a, b, c, false)),
        ("TransposedMultiplyTransposed, numbers", 6, 12, 8, 0, ["a", "b", "c"], (a, b, c, _) => TransposedMultiplyTransposed<double>(a, b, c, 2, 3, 4, false)),
        ("MultiplyVector", 6, 3, 2, 0, ["a", "x", "y"], (a, x, y, _) => MultiplyVector<double, N2, N3>(a, x, y, false)),
        ("MultiplyVector, numbers", 6, 3, 2, 0, ["a", "x", "y"], (a, x, y, _) => MultiplyVector<double>(a, x, y, 2, 3, false)),
        ("MultiplyVectorAdd", 6, 3, 2, 2, ["a", "x", "y", "bias"], (a, x, y, bias) => MultiplyVectorAdd<double, N2, N3>(a, x, bias, y)),
        ("MultiplyVectorAdd, numbers", 6, 3, 2, 2, ["a", "x", "y", "bias"], (a, x, y, bias) => MultiplyVectorAdd<double>(a, x, bias, y, 2, 3)),
        ("TransposedMultiplyVector", 6, 2, 3, 0, ["a", "x", "y"], (a, x, y, _) => TransposedMultiplyVector<double, N2, N3>(a, x, y, false)),
        ("TransposedMultiplyVector, numbers", 6, 2, 3, 0, ["a", "x", "y"], (a, x, y, _) => TransposedMultiplyVector<double>(a, x, y, 2, 3, false)),
        ("Outer", 2, 3, 6, 0, ["x", "y", "c"], (x, y, c, _) => Outer<double, N2, N3>(x, y, c, false)),
        ("Outer, numbers", 2, 3, 6, 0, ["x", "y", "c"], (x, y, c, _) => Outer<double>(x, y, c, 2, 3, false)),
    ];

    public static TheoryData<string> Names => [.. _calls.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASpanOfAnotherLength_IsRefusedByName_AndNothingIsWritten(string name)
    {
        var call = _calls.Single(c => c.Name == name);
        int[] lengths = [call.A, call.B, call.C, call.D];
        for (var wrong = 0; wrong < call.Names.Length; wrong++)
        {
            foreach (var difference in (int[])[-1, 1])
            {
                var spans = lengths.Select((length, i) => new double[length + (i == wrong ? difference : 0)]).ToArray();
                Array.Fill(spans[0], 1);
                Array.Fill(spans[1], 1);
                Array.Fill(spans[2], 7);
                Array.Fill(spans[3], 1);

                var refused = Assert.Throws<ArgumentException>(() => call.Run(spans[0], spans[1], spans[2], spans[3]));
                Assert.Equal(call.Names[wrong], refused.ParamName);
                Assert.Contains($"has {spans[wrong].Length} entries", refused.Message, StringComparison.Ordinal);
                Assert.All(spans[2], entry => Assert.Equal(7, entry));
            }
        }
    }

    [Fact]
    public void ASizeBelowOne_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Multiply<double>([], [], [], 0, 0, 0, false));
        Assert.Throws<ArgumentException>(() => MultiplyVector<double>([1], [-1], [], -1, -1, false));
        Assert.Throws<ArgumentException>(() => Outer<double>([], [1], [], 0, 1, true));
    }
}
