using System.Numerics;

namespace GradGen.Tests;

/// <summary>The leaves of a value, as <see cref="GradientCheck"/> and the gradient tests read and write them.</summary>
public class DifferentiableValueTests
{
    [Fact]
    public void Leaves_HaveNamesShapesAndEntries()
    {
        var value = DifferentiableValue.Of(new Robot([[1, 2, 3], [4, 5, 6]], new Vector3(7, 8, 9), [10, 11], "arm"), "robot");
        Assert.Equal(
            ["robot.Link 2,3: 1 2 3 4 5 6", "robot.Tip.X : 7", "robot.Tip.Y : 8", "robot.Tip.Z : 9", "robot.Angles 2: 10 11"],
            value.Leaves.Select(l => $"{l.Name} {string.Join(",", l.Lengths)}: {string.Join(" ", l.Read())}"));
        Assert.Equal([true, true, true, true, false], value.Leaves.Select(l => l.IsSingle));
        Assert.Equal("robot.Link[1, 2]", value.Leaves[0].EntryName(5));
        Assert.Equal("robot.Angles[1]", value.Leaves[4].EntryName(1));
        Assert.Equal("robot.Tip.Z", value.Leaves[3].EntryName(0));
    }

    [Fact]
    public void WhatIsWritten_IsInTheValue()
    {
        var robot = new Robot([[1, 2, 3], [4, 5, 6]], new Vector3(7, 8, 9), [10, 11], "arm");
        var (link, angles) = (robot.Link, robot.Angles);
        var value = DifferentiableValue.Of(robot, "robot");
        value.Leaves[0].Write([6, 5, 4, 3, 2, 1]);
        value.Leaves[2][0] = -8;
        value.Leaves[4][1] = -11;
        Assert.Same(robot, value.Value);
        Assert.Equal([6, 5, 4, 3, 2, 1], link.AsSpan());
        Assert.Equal(new Vector3(7, -8, 9), robot.Tip);
        Assert.Equal([10, -11], angles);
    }

    [Fact]
    public void WhatIsWrittenToAStruct_IsInItsBox()
    {
        var tuple = (1.0, (new Vector2(2, 3), new[] { new Vector2(4, 5) }));
        var value = DifferentiableValue.Of(tuple, "tuple");
        foreach (var leaf in value.Leaves)
            leaf[0] *= 10;
        var (number, (pair, pairs)) = ((double, (Vector2, Vector2[])))value.Value;
        Assert.Equal((10.0, new Vector2(20, 30), new Vector2(40, 50)), (number, pair, pairs[0]));
        Assert.Equal(new Vector2(2, 3), tuple.Item2.Item1);
    }

    [Fact]
    public void Copy_SharesNothingThatCanBeVaried_AndAllElse()
    {
        var robot = new Robot([[1, 2, 3], [4, 5, 6]], new Vector3(7, 8, 9), [10, 11], new string('a', 3));
        var copy = DifferentiableValue.CopyOf(robot, PointNames.Parse("robot"));
        foreach (var leaf in copy.Leaves)
            leaf.Write(new double[leaf.Count]);
        Assert.Equal([1, 2, 3, 4, 5, 6], robot.Link.AsSpan());
        Assert.Equal(new Vector3(7, 8, 9), robot.Tip);
        Assert.Equal([10, 11], robot.Angles);
        Assert.Equal(new Vector3(), ((Robot)copy.Value).Tip);
        Assert.Same(robot.Name, ((Robot)copy.Value).Name);
    }

    private sealed record Robot(Matrix<float, N2, N3> Link, Vector3 Tip, double[] Angles, string Name);
}
