using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit.Abstractions;

namespace GradGen.Tests.Kernels;

/// <summary>Says what hardware the other tests of this folder ran on.</summary>
public class WidthsTests(ITestOutputHelper output)
{
    [Fact]
    public void Hardware_IsSaid_AndSettingsThatTurnItOffDo()
    {
        output.WriteLine($"512 bits: {Vector512.IsHardwareAccelerated}, 256 bits: {Vector256.IsHardwareAccelerated}, 128 bits: {Vector128.IsHardwareAccelerated}");
        output.WriteLine($"AVX-512: {Avx512F.IsSupported}, AVX2: {Avx2.IsSupported}, multiply-add: {Fma.IsSupported}");
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0")
            Assert.False(Avx512F.IsSupported || Vector512.IsHardwareAccelerated);
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0")
            Assert.False(Avx2.IsSupported || Vector256.IsHardwareAccelerated);
    }
}
