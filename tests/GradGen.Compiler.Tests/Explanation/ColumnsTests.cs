using GradGen.Compiler.Explanation;

namespace GradGen.Compiler.Tests.Explanation;

public class ColumnsTests
{
    [Fact]
    public void CombiningMarks_TakeNoRoom()
    {
        Assert.Equal(2, Columns.Width("v\u03041"));
        Assert.Equal(["v\u03041   a", "v1   b"], Columns.Align([["v\u03041", "a"], ["v1", "b"]]));
    }
}
