using System.Runtime.InteropServices;

namespace GradGen.Tests.Kernels;

/// <content>Entries of spans: the same as entries at a reference, and nothing beyond the span is touched.</content>
public abstract partial class LanesTests<TLanes, T>
{
    [Fact]
    public void SpansAreLoaded_AsMemoryIs()
    {
        using var memory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count; count++)
        {
            var span = Last(memory, count + 3);
            var expected = Entries(TLanes.Load(in span[0], 3, count));
            Assert.Equal(expected, Entries(TLanes.LoadFirst(span, 3, count)));
            Assert.Equal(expected, Entries(TLanes.LoadUpTo(span, 3, count)));
        }

        var whole = Last(memory, TLanes.Count + 5);
        Assert.Equal(whole.Slice(5).ToArray(), Entries(TLanes.Load(whole, 5)));
        Assert.Equal(whole.Slice(2, TLanes.Count).ToArray(), Entries(TLanes.LoadUpTo(whole, 2, TLanes.Count + 3)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SpansAreStored_OrAddedTo_AndNothingBeyond(bool accumulate)
    {
        using var memory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count; count++)
        {
            foreach (var way in new[] { 0, 1, 2 })
            {
                var span = Last(memory, count + 2);
                var expected = span.ToArray();
                for (var i = 0; i < count; i++)
                {
                    expected[i + 2] = T.CreateTruncating((i + 1) * 8) + (accumulate ? expected[i + 2] : T.Zero);
                }

                Store(way, span, count, Numbered(8), accumulate);
                Assert.Equal(expected, span.ToArray());
            }
        }
    }

    [Fact]
    public void FactorInMemory_IsMultipliedAsOneInAllLanes()
    {
        using var memory = new GuardedBuffer();
        var span = Last(memory, 3);
        var factor = span[2];
        Assert.Equal(
            Entries(TLanes.MultiplyAdd(TLanes.Spread(span, 2), Numbered(8), Numbered(3))), Entries(TLanes.MultiplyAdd(span, 2, Numbered(8), Numbered(3))));
        Assert.Equal(
            Enumerable.Range(1, TLanes.Count).Select(i => (factor * T.CreateTruncating(8 * i)) + T.CreateTruncating(3 * i)),
            Entries(TLanes.MultiplyAdd(span, 2, Numbered(8), Numbered(3))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(37)]
    public void RowsTimesAVector_HaveARowInEachLane_AndNothingBeyondIsRead(int length)
    {
        using var memory = new GuardedBuffer();
        using var vectorMemory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count; count++)
        {
            // Whole numbers, so that sums are exact in any order.
            var stride = length + 3;
            var rows = Last(memory, 2 + ((count - 1) * stride) + length);
            var vector = Last(vectorMemory, length + 1);
            for (var i = 0; i < rows.Length; i++)
                rows[i] = T.CreateTruncating((i * 7 % 11) - 5);
            for (var i = 0; i < vector.Length; i++)
                vector[i] = T.CreateTruncating((i * 5 % 9) - 4);
            var lanes = TLanes.Dots(rows, 2, stride, count, vector, 1, length);
            for (var lane = 0; lane < count; lane++)
            {
                var sum = T.Zero;
                for (var k = 0; k < length; k++)
                    sum += rows[2 + (lane * stride) + k] * vector[1 + k];
                Assert.Equal(sum, lanes[lane]);
            }
        }
    }

    [Fact]
    public void EntriesThatLieApart_AreGathered()
    {
        using var memory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count; count++)
        {
            var span = Last(memory, (5 * (count - 1)) + 2);
            var values = span.ToArray();
            var gathered = TLanes.Gather(span, 1, 5, count);
            Assert.Equal(
                Enumerable.Range(0, TLanes.Count).Select(i => i < count ? values[1 + (5 * i)] : T.Zero), Entries(gathered));
            Assert.Equal(values[1 + (5 * (count - 1))], gathered[count - 1]);
        }
    }

    [Fact]
    public void ColumnsOfFourRows_AreTheirLanes()
    {
        using var memory = new GuardedBuffer();
        var span = Last(memory, 4 * TLanes.Count);
        var rows = Enumerable.Range(0, 4).Select(r => TLanes.Load(Last(memory, 4 * TLanes.Count), r * TLanes.Count)).ToArray();
        var entries = rows.Select(Entries).ToArray();
        TLanes.Transpose(rows[0], rows[1], rows[2], rows[3], out var column0, out var column1, out var column2, out var column3);
        var columns = new[] { column0, column1, column2, column3 };
        for (var c = 0; c < columns.Length; c++)
        {
            Assert.Equal(
                Enumerable.Range(0, TLanes.Count).Select(r => r < 4 && c < Math.Min(4, TLanes.Count) ? entries[r][c] : T.Zero), Entries(columns[c]));
        }
    }

    [Fact]
    public void OneEntry_IsSpread()
    {
        using var memory = new GuardedBuffer();
        var span = Last(memory, 3);
        var value = span[2];
        Assert.All(Entries(TLanes.Spread(span, 2)), e => Assert.Equal(value, e));
    }

    private static void Store(int way, Span<T> span, int count, TLanes value, bool accumulate)
    {
        switch (way)
        {
            case 0:
                TLanes.StoreFirst(span, 2, count, value, accumulate);
                break;
            case 1 when count == TLanes.Count && accumulate:
                TLanes.Store(span, 2, value, accumulate);
                break;
            case 1 when count == TLanes.Count:
                TLanes.Store(span, 2, value);
                break;
            default:
                TLanes.StoreUpTo(span, 2, count, value, accumulate);
                break;
        }
    }

    /// <summary>1, 2, 3, …, each so many times.</summary>
    private static TLanes Numbered(int factor)
    {
        var entries = new T[TLanes.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = T.CreateTruncating((i + 1) * factor);
        }

        return TLanes.Load(in entries[0], 0);
    }

    /// <summary>The last entries before memory that must not be touched, filled with 1, 2, 3, …</summary>
    private static Span<T> Last(GuardedBuffer memory, int count)
    {
        var span = MemoryMarshal.CreateSpan(ref memory.LastEntries<T>(count), count);
        for (var i = 0; i < count; i++)
        {
            span[i] = T.CreateTruncating(i + 1);
        }

        return span;
    }
}
