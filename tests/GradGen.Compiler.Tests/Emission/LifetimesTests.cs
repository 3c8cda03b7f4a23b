using GradGen.Compiler.Emission;

namespace GradGen.Compiler.Tests.Emission;

public class LifetimesTests
{
    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("b", "c", true)]
    [InlineData("a", "c", false)]
    [InlineData("a", "d", false)]
    [InlineData("b", "d", false)]
    public void NamesMeet_WhereBothAreUsed(string one, string other, bool meet)
    {
        var lifetimes = Lifetimes.Of("Fill(a);\n\n// b = 2·a, and d\nDouble(a, b);\n\nDouble(b, c);\n\nDouble(c, d);\n");

        Assert.Equal(meet, lifetimes.Meet(one, other));
        Assert.Equal(meet, lifetimes.Meet(other, one));
    }

    [Fact]
    public void LoopIsOneStatement_BecauseWhatAnIterationLeavesIsReadByTheNext()
    {
        var lifetimes = Lifetimes.Of("for (int i = 0; i < 3; i++)\n{\n    Read(a);\n\n    Write(b);\n\n    Write(a);\n}\n\nRead(b);\n");

        Assert.True(lifetimes.Meet("a", "b"));
    }

    [Fact]
    public void ValueUsedTwice_LivesInBetween()
    {
        var lifetimes = Lifetimes.Of("Fill(a);\n\nFill(b);\n\nFill(c);\n\nAdd(a, c);\n\nFill(d);\n");

        Assert.True(lifetimes.Meet("a", "b"));
        Assert.False(lifetimes.Meet("b", "c"));
        Assert.False(lifetimes.Meet("a", "d"));
    }

    [Fact]
    public void WhatIsNotUsed_IsTakenToMeetEverything() => Assert.True(Lifetimes.Of("Fill(a);\n").Meet("a", "b"));

    [Fact]
    public void TextThatLooksLikeABlock_MakesEverythingMeet() => Assert.True(Lifetimes.Of("Say(\"{\");\n\nFill(a);\n\nFill(b);\n").Meet("a", "b"));
}
