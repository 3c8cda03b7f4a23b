using System.Runtime.CompilerServices;

namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's vector over dual numbers: a column, and so a matrix.</summary>
/// <typeparam name="TScalar">The scalar type.</typeparam>
/// <typeparam name="TSize">The number of entries.</typeparam>
[CollectionBuilder(typeof(Builders), nameof(Builders.OfEntries))]
public sealed class Vector<TScalar, TSize> : Matrix<TScalar, TSize, N1>
    where TScalar : IFloatingPointIeee754<TScalar>
    where TSize : struct, IDimension
{
    public Vector()
    {
    }

    public Vector(Func<int, TScalar> entry)
        : base(entry)
    {
    }

    public Vector(ReadOnlySpan<TScalar> entries)
        : base(entries)
    {
    }

    public int Size => TSize.Size;

    public TScalar this[int index]
    {
        get => this[index, 0];
        set => this[index, 0] = value;
    }

    public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> x) => new(p => -x[p]);

    public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> x, TScalar s) => new(p => x[p] + s);

    public static Vector<TScalar, TSize> operator +(TScalar s, Vector<TScalar, TSize> x) => new(p => s + x[p]);

    public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> x, TScalar s) => new(p => x[p] - s);

    public static Vector<TScalar, TSize> operator -(TScalar s, Vector<TScalar, TSize> x) => new(p => s - x[p]);

    public static Vector<TScalar, TSize> operator *(Vector<TScalar, TSize> x, TScalar s) => new(p => x[p] * s);

    public static Vector<TScalar, TSize> operator *(TScalar s, Vector<TScalar, TSize> x) => new(p => s * x[p]);

    public static Vector<TScalar, TSize> operator /(Vector<TScalar, TSize> x, TScalar s) => new(p => x[p] / s);

    public static Vector<TScalar, TSize> operator /(TScalar s, Vector<TScalar, TSize> x) => new(p => s / x[p]);

    public static new Vector<TScalar, TSize> Zeros() => new();

    public static new Vector<TScalar, TSize> Ones() => new(_ => TScalar.One);

    public Vector<TScalar, TLength> Slice<TLength>(int start)
        where TLength : struct, IDimension => new(p => this[start + p]);

    public new IEnumerator<TScalar> GetEnumerator() => ((IEnumerable<TScalar>)Entries).GetEnumerator();
}
