using GradGen.Kernels;

namespace GradGen.Tests;

public class TapeTests
{
    [Fact]
    public void WhatIsPushed_IsReadByIteration_HoweverMuchItIs()
    {
        Tape<double> tape = default;
        for (var i = 0; i < 1000; i++)
        {
            var room = tape.Extend(3);
            (room[0], room[1], room[2]) = (i, 2 * i, 3 * i);
        }

        for (var i = 999; i >= 0; i--)
        {
            Assert.Equal([i, 2.0 * i, 3.0 * i], tape.Read(i, 3).ToArray());
        }

        tape.Release();
    }

    [Fact]
    public void EntriesOfOne_ArePushedAndReadOneByOne()
    {
        Tape<bool> tape = default;
        for (var i = 0; i < 600; i++)
        {
            tape.Push(i % 3 == 0);
        }

        Assert.True(tape[597]);
        Assert.False(tape[598]);
        tape.Release();
    }

    [Fact]
    public void WhatWasNotPushed_IsNotRead()
    {
        Tape<int> tape = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => tape[0]);
        tape.Push(7);
        Assert.Equal(7, tape[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Read(0, 2).Length);
        tape.Clear();
        Assert.Throws<ArgumentOutOfRangeException>(() => tape[0]);
        tape.Release();
        tape.Release();
        Assert.Throws<ArgumentOutOfRangeException>(() => tape[0]);
    }
}
