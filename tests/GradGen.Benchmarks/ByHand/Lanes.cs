using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

internal static class Inlining
{
    public const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
}

/// <summary>One vector of 128 bits.</summary>
internal readonly struct Lanes2(Vector128<double> lanes) : ILanes<Lanes2>
{
    public static int Count => 2;

    public Vector128<double> Vector => lanes;

    public static Lanes2 operator +(Lanes2 a, Lanes2 b) => new(a.Vector + b.Vector);

    public static Lanes2 operator -(Lanes2 a, Lanes2 b) => new(a.Vector - b.Vector);

    public static Lanes2 operator *(Lanes2 a, Lanes2 b) => new(a.Vector * b.Vector);

    public static Lanes2 operator /(Lanes2 a, Lanes2 b) => new(a.Vector / b.Vector);

    [MethodImpl(Inline)]
    public static Lanes2 All(double number) => new(Vector128.Create(number));

    [MethodImpl(Inline)]
    public static Lanes2 Load(ref readonly double from) => new(Vector128.LoadUnsafe(in from));

    [MethodImpl(Inline)]
    public static Lanes2 LoadFirst(ref readonly double from, int count) => count == 2 ? Load(in from) : new(Vector128.CreateScalar(from));

    [MethodImpl(Inline)]
    public static Lanes2 MulAdd(Lanes2 a, Lanes2 b, Lanes2 c) => new(Vector128.FusedMultiplyAdd(a.Vector, b.Vector, c.Vector));

    [MethodImpl(Inline)]
    public static Lanes2 PowerOfTwo(Lanes2 shifted) => new(((shifted.Vector.AsInt64() << 52) + Vector128.Create(1.0).AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public void Store(ref double to) => lanes.StoreUnsafe(ref to);

    [MethodImpl(Inline)]
    public void StoreFirst(ref double to, int count)
    {
        if (count == 2)
            Store(ref to);
        else
            to = lanes.ToScalar();
    }

    [MethodImpl(Inline)]
    public double Sum() => Vector128.Sum(lanes);
}

/// <summary>One vector of 256 bits; parts have 3 or 4 lanes.</summary>
internal readonly struct Lanes4(Vector256<double> lanes) : ILanes<Lanes4>
{
    public static int Count => 4;

    public Vector256<double> Vector => lanes;

    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a.Vector + b.Vector);

    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a.Vector - b.Vector);

    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a.Vector * b.Vector);

    public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a.Vector / b.Vector);

    [MethodImpl(Inline)]
    public static Lanes4 All(double number) => new(Vector256.Create(number));

    [MethodImpl(Inline)]
    public static Lanes4 Load(ref readonly double from) => new(Vector256.LoadUnsafe(in from));

    [MethodImpl(Inline)]
    public static Lanes4 LoadFirst(ref readonly double from, int count) => count == 4
        ? Load(in from)
        : new(Vector256.Create(Vector128.LoadUnsafe(in from), Lanes2.LoadFirst(in Unsafe.Add(ref Unsafe.AsRef(in from), 2), count - 2).Vector));

    [MethodImpl(Inline)]
    public static Lanes4 MulAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector256.FusedMultiplyAdd(a.Vector, b.Vector, c.Vector));

    [MethodImpl(Inline)]
    public static Lanes4 PowerOfTwo(Lanes4 shifted) => new(((shifted.Vector.AsInt64() << 52) + Vector256.Create(1.0).AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public void Store(ref double to) => lanes.StoreUnsafe(ref to);

    [MethodImpl(Inline)]
    public void StoreFirst(ref double to, int count)
    {
        if (count == 4)
        {
            Store(ref to);
            return;
        }

        lanes.GetLower().StoreUnsafe(ref to);
        new Lanes2(lanes.GetUpper()).StoreFirst(ref Unsafe.Add(ref to, 2), count - 2);
    }

    [MethodImpl(Inline)]
    public double Sum() => Vector256.Sum(lanes);
}

/// <summary>One vector of 512 bits; parts have 6 or 8 lanes.</summary>
internal readonly struct Lanes8(Vector512<double> lanes) : ILanes<Lanes8>
{
    public static int Count => 8;

    public Vector512<double> Vector => lanes;

    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a.Vector + b.Vector);

    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a.Vector - b.Vector);

    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a.Vector * b.Vector);

    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a.Vector / b.Vector);

    [MethodImpl(Inline)]
    public static Lanes8 All(double number) => new(Vector512.Create(number));

    [MethodImpl(Inline)]
    public static Lanes8 Load(ref readonly double from) => new(Vector512.LoadUnsafe(in from));

    [MethodImpl(Inline)]
    public static Lanes8 LoadFirst(ref readonly double from, int count) => count == 8
        ? Load(in from)
        : new(Vector512.Create(Vector256.LoadUnsafe(in from), Vector256.Create(Vector128.LoadUnsafe(in from, 4), default)));

    [MethodImpl(Inline)]
    public static Lanes8 MulAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector512.FusedMultiplyAdd(a.Vector, b.Vector, c.Vector));

    [MethodImpl(Inline)]
    public static Lanes8 PowerOfTwo(Lanes8 shifted) => new(((shifted.Vector.AsInt64() << 52) + Vector512.Create(1.0).AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public void Store(ref double to) => lanes.StoreUnsafe(ref to);

    [MethodImpl(Inline)]
    public void StoreFirst(ref double to, int count)
    {
        if (count == 8)
        {
            Store(ref to);
            return;
        }

        lanes.GetLower().StoreUnsafe(ref to);
        lanes.GetUpper().GetLower().StoreUnsafe(ref to, 4);
    }

    [MethodImpl(Inline)]
    public double Sum() => Vector512.Sum(lanes);
}

/// <summary>Two of another.</summary>
internal readonly struct Pair<T>(T low, T high) : ILanes<Pair<T>>
    where T : struct, ILanes<T>
{
    public static int Count => 2 * T.Count;

    public T Low => low;

    public T High => high;

    public static Pair<T> operator +(Pair<T> a, Pair<T> b) => new(a.Low + b.Low, a.High + b.High);

    public static Pair<T> operator -(Pair<T> a, Pair<T> b) => new(a.Low - b.Low, a.High - b.High);

    public static Pair<T> operator *(Pair<T> a, Pair<T> b) => new(a.Low * b.Low, a.High * b.High);

    public static Pair<T> operator /(Pair<T> a, Pair<T> b) => new(a.Low / b.Low, a.High / b.High);

    [MethodImpl(Inline)]
    public static Pair<T> All(double number) => new(T.All(number), T.All(number));

    [MethodImpl(Inline)]
    public static Pair<T> Load(ref readonly double from) => new(T.Load(in from), T.Load(in Unsafe.Add(ref Unsafe.AsRef(in from), T.Count)));

    [MethodImpl(Inline)]
    public static Pair<T> LoadFirst(ref readonly double from, int count) =>
        new(T.Load(in from), T.LoadFirst(in Unsafe.Add(ref Unsafe.AsRef(in from), T.Count), count - T.Count));

    [MethodImpl(Inline)]
    public static Pair<T> MulAdd(Pair<T> a, Pair<T> b, Pair<T> c) => new(T.MulAdd(a.Low, b.Low, c.Low), T.MulAdd(a.High, b.High, c.High));

    [MethodImpl(Inline)]
    public static Pair<T> PowerOfTwo(Pair<T> shifted) => new(T.PowerOfTwo(shifted.Low), T.PowerOfTwo(shifted.High));

    [MethodImpl(Inline)]
    public void Store(ref double to)
    {
        low.Store(ref to);
        high.Store(ref Unsafe.Add(ref to, T.Count));
    }

    [MethodImpl(Inline)]
    public void StoreFirst(ref double to, int count)
    {
        low.Store(ref to);
        high.StoreFirst(ref Unsafe.Add(ref to, T.Count), count - T.Count);
    }

    [MethodImpl(Inline)]
    public double Sum() => (low + high).Sum();
}
