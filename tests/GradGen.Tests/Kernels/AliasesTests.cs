using GradGen.Kernels;

namespace GradGen.Tests.Kernels;

public class AliasesTests
{
    private static readonly object A = new();
    private static readonly object B = new();

    [Fact]
    public void WhatIsNotThere_IsNotTheSame()
    {
        Assert.True(Aliases.AreSame(A, A));
        Assert.False(Aliases.AreSame(A, B));
        Assert.False(Aliases.AreSame(null, null));
        Aliases.Refuse(2, "into.A, into.B, a", null, null, A);
    }

    [Fact]
    public void WhatIsWritten_IsRefusedByName_WhatIsOnlyReadIsNot()
    {
        Aliases.Refuse(1, "into.A, a, b", A, B, B);
        var twice = Assert.Throws<ArgumentException>(() => Aliases.Refuse(2, "into.A, into.B, a", A, A, B));
        Assert.Equal("into.A and into.B are the same object: what is written needs one of its own.", twice.Message);
        var read = Assert.Throws<ArgumentException>(() => Aliases.Refuse(1, "into.A, a, b", B, A, B));
        Assert.Equal("into.A and b are the same object: what is written needs one of its own.", read.Message);
    }
}
