using System.Numerics;
using System.Runtime.CompilerServices;
using GradGen.Kernels;

namespace GradGen.Tests.Kernels;

public class Lanes512OfDoubleTests : LanesTests<Lanes512<double>, double>;

public class Lanes512OfSingleTests : LanesTests<Lanes512<float>, float>;

public class Lanes256OfDoubleTests : LanesTests<Lanes256<double>, double>;

public class Lanes256OfSingleTests : LanesTests<Lanes256<float>, float>;

public class Lanes128OfDoubleTests : LanesTests<Lanes128<double>, double>;

public class Lanes128OfSingleTests : LanesTests<Lanes128<float>, float>;

public class Lanes1OfDoubleTests : LanesTests<Lanes1<double>, double>;

public class Lanes1OfSingleTests : LanesTests<Lanes1<float>, float>;

/// <summary>Every operation of a register against the same one on scalars, lane by lane and bit by bit.</summary>
public abstract partial class LanesTests<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private static readonly T[] Values =
    [
        T.Zero, T.NegativeZero, T.One, T.NegativeOne, T.CreateTruncating(0.5), T.CreateTruncating(-0.5), T.CreateTruncating(1.5), T.CreateTruncating(2.5),
        T.CreateTruncating(-2.5), T.Pi, -T.E, T.CreateTruncating(1e10), T.CreateTruncating(-1e-10), T.CreateTruncating(123456.789),
        T.Epsilon, -T.Epsilon, T.CreateTruncating(5) * T.Epsilon, T.MaxValue, T.MinValue, T.PositiveInfinity, T.NegativeInfinity, T.NaN,
        T.CreateTruncating(8388609.5), T.CreateTruncating(4503599627370497.5), T.CreateTruncating(-4503599627370495.5),
    ];

    [Fact]
    public void CountAndType_AreThoseOfTheVector()
    {
        Assert.Equal(Unsafe.SizeOf<TLanes>(), TLanes.Count * Unsafe.SizeOf<T>());
        Assert.Equal(typeof(T) == typeof(float), TLanes.IsSingle);
    }

    [Fact]
    public void Constants_AreInAllLanes()
    {
        Assert.All(Entries(TLanes.Zero), e => Assert.Equal(T.Zero, e));
        Assert.All(Entries(TLanes.Create(T.Pi)), e => Assert.Equal(T.Pi, e));
        Assert.All(Entries(TLanes.Constant(0.1)), e => Assert.Equal(T.CreateTruncating(0.1), e));
        Assert.All(Entries(TLanes.FromBits(0x4008000000000000, 0x40400000)), e => Assert.Equal(T.CreateTruncating(3), e));
    }

    [Fact]
    public void WholeRegisters_AreLoadedAndStored_AtAnyIndex()
    {
        var source = new T[TLanes.Count + 3];
        var destination = new T[TLanes.Count + 5];
        FillUp(source);
        TLanes.Store(TLanes.Load(in source[0], 3), ref destination[1], 1);
        Assert.Equal(source[3..], destination[2..^3]);
        Assert.All([.. destination[..2], .. destination[^3..]], e => Assert.Equal(T.Zero, e));
    }

    [Fact]
    public void PartialLoads_GiveZeroBeyond_AndTouchNothingThere()
    {
        using var memory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count + 1; count++)
        {
            var taken = Math.Min(count, TLanes.Count);
            for (var i = 0; i < taken; i++)
            {
                Unsafe.Add(ref memory.LastEntries<T>(taken), i) = T.CreateTruncating(i + 1);
            }

            var expected = Enumerable.Range(0, TLanes.Count).Select(i => i < taken ? T.CreateTruncating(i + 1) : T.Zero).ToArray();
            Assert.Equal(expected, Entries(TLanes.Load(in memory.LastEntries<T>(taken), 0, count)));
            Assert.Equal(expected, Entries(TLanes.LoadMasked(in memory.LastEntries<T>(taken), 0, count)));
            Assert.Equal(expected, Entries(TLanes.Load(in memory.LastEntries<T>(taken + 7), 7, count)));
            Assert.Equal(expected, Entries(TLanes.LoadMasked(in memory.LastEntries<T>(taken + 7), 7, count)));
        }
    }

    [Fact]
    public void PartialStores_WriteNothingBeyond()
    {
        var entries = new T[TLanes.Count];
        FillUp(entries);
        var value = TLanes.Load(in entries[0], 0);
        using var memory = new GuardedBuffer();
        for (var count = 1; count <= TLanes.Count + 1; count++)
        {
            var taken = Math.Min(count, TLanes.Count);
            foreach (var masked in new[] { false, true })
            {
                var destination = new T[TLanes.Count + 6];
                destination.AsSpan().Fill(T.NegativeOne);
                Store(ref destination[1], 2);
                Assert.Equal(entries[..taken], destination[3..(3 + taken)]);
                Assert.All([.. destination[..3], .. destination[(3 + taken)..]], e => Assert.Equal(T.NegativeOne, e));

                Store(ref memory.LastEntries<T>(taken + 2), 2);
                Assert.Equal(entries[taken - 1], memory.LastEntries<T>(1));

                void Store(ref T to, nuint index)
                {
                    if (masked)
                        TLanes.StoreMasked(value, ref to, index, count);
                    else
                        TLanes.Store(value, ref to, index, count);
                }
            }
        }
    }

    [Fact]
    public void StoresAsMethodsOfTheRegister_AreTheSame()
    {
        var value = TLanes.Constant(3);
        for (var count = 1; count <= TLanes.Count; count++)
        {
            var expected = new T[TLanes.Count + 2];
            TLanes.Store(value, ref expected[0], 1, count);
            var destination = new T[TLanes.Count + 2];
            value.Store(ref destination[0], 1, count);
            Assert.Equal(expected, destination);
            destination.AsSpan().Clear();
            value.StoreMasked(ref destination[0], 1, count);
            Assert.Equal(expected, destination);
        }

        var whole = new T[TLanes.Count];
        value.Store(ref whole[0], 0);
        Assert.Equal(Entries(value), whole);
    }

    [Fact]
    public void Arithmetic_IsThatOfScalars()
    {
        Binary((a, b) => a + b, (a, b) => a + b);
        Binary((a, b) => a - b, (a, b) => a - b);
        Binary((a, b) => a * b, (a, b) => a * b);
        Binary((a, b) => a / b, (a, b) => a / b);
        Unary(a => -a, a => -a);
        Unary(a => a + 0.1, a => a + T.CreateTruncating(0.1));
        Unary(a => a - 0.1, a => a - T.CreateTruncating(0.1));
        Unary(a => a * 0.1, a => a * T.CreateTruncating(0.1));
        Unary(a => a / 0.1, a => a / T.CreateTruncating(0.1));
        Unary(a => 0.1 - a, a => T.CreateTruncating(0.1) - a);
        Unary(a => 0.1 / a, a => T.CreateTruncating(0.1) / a);
        Binary(TLanes.CopySign, T.CopySign);
        Unary(TLanes.Abs, T.Abs);
        Unary(TLanes.Sqrt, T.Sqrt);
        Binary(TLanes.Max, T.Max);
        Binary(TLanes.Min, T.Min);
    }

    [Fact]
    public void NativeExtremes_AreRight_WhereNeitherNaNNorTheSignOfZeroMatters()
    {
        T Of(T a, T b, T result, T native) => T.IsNaN(a) || T.IsNaN(b) || (T.IsZero(a) && T.IsZero(b)) ? native : result;
        foreach (var a in Values)
        {
            foreach (var b in Values)
            {
                var max = Entries(TLanes.MaxNative(TLanes.Create(a), TLanes.Create(b)))[0];
                var min = Entries(TLanes.MinNative(TLanes.Create(a), TLanes.Create(b)))[0];
                Same(Of(a, b, T.Max(a, b), max), max, a, b);
                Same(Of(a, b, T.Min(a, b), min), min, a, b);
            }
        }
    }

    [Fact]
    public void MultiplyAdd_IsRoundedOnceOrTwice()
    {
        foreach (var a in Values)
        {
            foreach (var b in Values)
            {
                foreach (var c in Values)
                {
                    var found = Entries(TLanes.MultiplyAdd(TLanes.Create(a), TLanes.Create(b), TLanes.Create(c)));
                    var once = T.FusedMultiplyAdd(a, b, c);
                    var twice = (a * b) + c;
                    Assert.All(found, f => Assert.True(IsSame(f, once) || IsSame(f, twice), $"{a}·{b} + {c} = {f}, not {once} or {twice}"));
                }
            }
        }
    }

    [Fact]
    public void MultiplyAdd_TakesNumbers_AndHornersRuleIsStepsOfIt()
    {
        T Of(double x) => T.CreateTruncating(x);
        Binary((a, b) => TLanes.MultiplyAdd(a, b, 0.3), (a, b) => Entries(TLanes.MultiplyAdd(TLanes.Create(a), TLanes.Create(b), TLanes.Create(Of(0.3))))[0]);
        Binary((a, b) => TLanes.MultiplyAdd(a, 0.3, b), (a, b) => Entries(TLanes.MultiplyAdd(TLanes.Create(a), TLanes.Create(Of(0.3)), TLanes.Create(b)))[0]);

        // Whole numbers, exact with and without fusion: ((((2·3 + 5)·3 + 7)·3 + 11)·3 + 13.
        Assert.All(Entries(TLanes.Horner(TLanes.Constant(2), TLanes.Constant(3), 5, 7, 11, 13)), e => Assert.Equal(Of(406), e));
        Assert.All(Entries(TLanes.Horner(TLanes.Constant(2), TLanes.Constant(3), 5, 7)), e => Assert.Equal(Of(40), e));
        Assert.All(Entries(TLanes.Constant(0.1, 0.7)), e => Assert.Equal(Of(TLanes.IsSingle ? 0.7 : 0.1), e));
    }

    [Fact]
    public void Rounding_IsThatOfScalars()
    {
        Unary(TLanes.Floor, T.Floor);
        Unary(TLanes.Ceiling, T.Ceiling);
        Unary(TLanes.Round, T.Round);
        Unary(TLanes.Truncate, T.Truncate);
    }

    [Fact]
    public void Comparisons_GiveMasks_AndSelectChooses()
    {
        Binary((a, b) => TLanes.Select(TLanes.Less(a, b), TLanes.Constant(1), TLanes.Constant(2)), (a, b) => a < b ? T.One : T.CreateTruncating(2));
        Binary((a, b) => TLanes.Select(TLanes.LessOrEqual(a, b), a, b), (a, b) => a <= b ? a : b);
        Binary((a, b) => TLanes.Select(TLanes.Equal(a, b), TLanes.Constant(1), TLanes.Constant(2)), (a, b) => a == b ? T.One : T.CreateTruncating(2));
        Binary((a, b) => TLanes.SelectLess(a, b, a, b), (a, b) => a < b ? a : b);
        Binary((a, b) => TLanes.SelectLessOrEqual(a, b, a, TLanes.Zero), (a, b) => a <= b ? a : T.Zero);
        Binary((a, b) => TLanes.SelectEqual(a, b, a + b, b), (a, b) => a == b ? a + b : b);
        Binary((a, b) => TLanes.And(TLanes.Less(a, b), TLanes.Constant(3)), (a, b) => a < b ? T.CreateTruncating(3) : T.Zero);
        Binary((a, b) => TLanes.AndNot(TLanes.Constant(3), TLanes.Less(a, b)), (a, b) => a < b ? T.Zero : T.CreateTruncating(3));
        Assert.True(TLanes.Any(TLanes.Less(TLanes.Zero, TLanes.Constant(1))));
        Assert.False(TLanes.Any(TLanes.Less(TLanes.Constant(1), TLanes.Zero)));
        Assert.False(TLanes.Any(TLanes.Equal(TLanes.Constant(double.NaN), TLanes.Constant(double.NaN))));
        Assert.True(TLanes.Any(TLanes.Equal(TLanes.Zero.WithLane(TLanes.Count - 1, 1), TLanes.Constant(1))));
    }

    [Fact]
    public void Bits_AreThoseOfIntegers()
    {
        Binary(TLanes.And, (a, b) => OfBits(Bits(a) & Bits(b)));
        Binary(TLanes.Or, (a, b) => OfBits(Bits(a) | Bits(b)));
        Binary(TLanes.Xor, (a, b) => OfBits(Bits(a) ^ Bits(b)));
        Binary(TLanes.AndNot, (a, b) => OfBits(Bits(a) & ~Bits(b)));
        Binary(TLanes.AddBits, (a, b) => OfBits(unchecked(Bits(a) + Bits(b))));
        Binary(TLanes.SubtractBits, (a, b) => OfBits(unchecked(Bits(a) - Bits(b))));
        Unary(a => TLanes.ShiftLeftBits(a, 52, 23), a => TLanes.IsSingle ? OfBits(Bits(a) << 23) : OfBits(Bits(a) << 52));
        Unary(a => TLanes.ShiftRightBits(a, 52, 23), a => TLanes.IsSingle ? OfBits((uint)Bits(a) >> 23) : OfBits(Bits(a) >>> 52));
    }

    [Fact]
    public void First_MasksTheFirstLanes()
    {
        for (var count = 0; count <= TLanes.Count + 1; count++)
        {
            var entries = Entries(TLanes.And(TLanes.First(count), TLanes.Constant(1)));
            Assert.Equal(Math.Min(count, TLanes.Count), entries.Count(e => e == T.One));
            Assert.All(entries.Skip(count), e => Assert.Equal(T.Zero, e));
        }
    }

    [Fact]
    public void Scale_IsThatOfScalars()
    {
        var largest = TLanes.IsSingle ? 250 : 2040;
        T[] mantissas = [T.One, T.CreateTruncating(1.2345678901234567), T.CreateTruncating(-0.7), T.CreateTruncating(3.999), T.Zero, T.NegativeZero, T.PositiveInfinity, T.NaN];
        foreach (var mantissa in mantissas)
        {
            for (var n = -largest; n <= largest; n++)
            {
                Same(T.ScaleB(mantissa, n), Entries(TLanes.Scale(TLanes.Create(mantissa), TLanes.Constant(n)))[^1], mantissa, n);
            }
        }
    }

    [Fact]
    public void Split_IsExact_AlsoForSubnormalNumbers()
    {
        T[] values = [T.Epsilon, T.CreateTruncating(7) * T.Epsilon, T.MaxValue, T.One, T.CreateTruncating(Math.Sqrt(2)), T.CreateTruncating(Math.Sqrt(0.5)), T.Pi, T.CreateTruncating(1e-30)];
        for (var n = TLanes.IsSingle ? -149 : -1074; n < (TLanes.IsSingle ? 128 : 1024); n++)
        {
            foreach (var mantissa in new[] { 1.0, 1.1, 1.4142, 1.4143, 1.9999 })
            {
                Check(T.ScaleB(T.CreateTruncating(mantissa), n));
            }
        }

        Array.ForEach(values, Check);

        static void Check(T value)
        {
            var mantissa = Entries(TLanes.Split(TLanes.Create(value), out var exponent))[^1];
            var n = Entries(exponent)[^1];
            Assert.InRange(double.CreateTruncating(mantissa), Math.Sqrt(0.5) - 1e-7, Math.Sqrt(2) + 1e-7);
            Assert.Equal(value, T.ScaleB(mantissa, int.CreateTruncating(n)));
        }
    }

    [Fact]
    public void LanesOneByOne()
    {
        var value = TLanes.Constant(0.25);
        for (var i = 0; i < TLanes.Count; i++)
        {
            value = value.WithLane(i, i + 0.1);
        }

        for (var i = 0; i < TLanes.Count; i++)
        {
            Assert.Equal(double.CreateTruncating(T.CreateTruncating(i + 0.1)), value.Lane(i));
        }
    }

    [Fact]
    public void Reductions_TakeAllLanes_OrTheFirst()
    {
        var random = new Random(1);
        for (var repeat = 0; repeat < 100; repeat++)
        {
            var entries = new T[TLanes.Count];
            for (var i = 0; i < entries.Length; i++)
            {
                // Whole numbers: sums are exact in any order.
                entries[i] = T.CreateTruncating(random.Next(-1000, 1000));
            }

            var value = TLanes.Load(in entries[0], 0);
            Assert.Equal(entries.Aggregate(T.Zero, (sum, e) => sum + e), value.Sum());
            Assert.Equal(entries.Max(), value.MaxEntry());
            Assert.Equal(entries.Min(), value.MinEntry());
            for (var count = 1; count <= TLanes.Count; count++)
            {
                Assert.Equal(entries[..count].Aggregate(T.Zero, (sum, e) => sum + e), value.Sum(count));
                Assert.Equal(entries[..count].Max(), value.MaxEntry(count));
                Assert.Equal(entries[..count].Min(), value.MinEntry(count));
                Assert.True(T.IsNaN(value.WithLane(count - 1, double.NaN).MaxEntry()));
                Assert.True(T.IsNaN(value.WithLane(count - 1, double.NaN).MinEntry()));
            }
        }
    }

    private static void Unary(Func<TLanes, TLanes> lanes, Func<T, T> scalar)
    {
        foreach (var a in Values)
        {
            Assert.All(Entries(lanes(TLanes.Create(a))), found => Same(scalar(a), found, a));
        }
    }

    private static void Binary(Func<TLanes, TLanes, TLanes> lanes, Func<T, T, T> scalar)
    {
        foreach (var a in Values)
        {
            // A different value in each lane.
            for (var start = 0; start < Values.Length; start++)
            {
                var b = new T[TLanes.Count];
                for (var i = 0; i < b.Length; i++)
                {
                    b[i] = Values[(start + i) % Values.Length];
                }

                var found = Entries(lanes(TLanes.Create(a), TLanes.Load(in b[0], 0)));
                for (var i = 0; i < b.Length; i++)
                {
                    Same(scalar(a, b[i]), found[i], a, b[i]);
                }
            }
        }
    }

    private static void Same(T expected, T found, params object[] operands) =>
        Assert.True(IsSame(expected, found), $"of {string.Join(", ", operands)}: {found}, not {expected}");

    private static bool IsSame(T a, T b) => (T.IsNaN(a) && T.IsNaN(b)) || Bits(a) == Bits(b);

    private static long Bits(T value) => TLanes.IsSingle ? BitConverter.SingleToInt32Bits((float)(object)value) : BitConverter.DoubleToInt64Bits((double)(object)value);

    private static T OfBits(long bits) => TLanes.IsSingle
        ? (T)(object)BitConverter.Int32BitsToSingle(unchecked((int)bits))
        : (T)(object)BitConverter.Int64BitsToDouble(bits);

    private static T[] Entries(TLanes value)
    {
        var entries = new T[TLanes.Count];
        TLanes.Store(value, ref entries[0], 0);
        return entries;
    }

    private static void FillUp(T[] entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = T.CreateTruncating(i + 1);
        }
    }
}
