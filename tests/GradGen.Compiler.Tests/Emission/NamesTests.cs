using GradGen.Compiler.Emission;

namespace GradGen.Compiler.Tests.Emission;

public class NamesTests
{
    [Fact]
    public void TakenNames_GetANumber_OrALetterAfterADigit()
    {
        var names = new Names(["sum", "z1"]);
        Assert.Equal(["sum2", "sum3", "z1b", "@class"], new[] { "sum", "sum", "z1", "class" }.Select(names.Reserve));
    }

    [Fact]
    public void NameOfABlock_IsFreeInTheNext_ButNotOutside()
    {
        var names = new Names([]);
        names.OpenBlock();
        Assert.Equal("k", names.ReserveInBlock("k"));
        names.OpenBlock();
        Assert.Equal("k2", names.ReserveInBlock("k"));
        names.CloseBlock();
        names.CloseBlock();
        names.OpenBlock();
        Assert.Equal("k", names.ReserveInBlock("k"));
        names.CloseBlock();
        Assert.Equal("k3", names.Reserve("k"));
    }

    [Theory]
    [InlineData("w1", "W1")]
    [InlineData("@class", "Class")]
    [InlineData("_rate", "Rate")]
    [InlineData("learning_rate", "LearningRate")]
    [InlineData("a1_2", "A1_2")]
    [InlineData("_", "_")]
    public void Parameters_BecomeMembersInPascalCase(string name, string pascal) => Assert.Equal(pascal, Compiler.Explanation.Notation.Pascal(name));
}
