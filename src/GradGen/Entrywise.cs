using System.Numerics;

namespace GradGen;

/// <summary>Loops that treat every entry alike.</summary>
internal static class Entrywise
{
    public static Matrix<TScalar, TRows, TColumns> Map<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x, Func<TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Matrix<TScalar, TRows, TColumns>();
        Map(x.AsSpan(), result.AsSpan(), function);
        return result;
    }

    public static Vector<TScalar, TSize> Map<TScalar, TSize>(Vector<TScalar, TSize> x, Func<TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Vector<TScalar, TSize>();
        Map(x.AsSpan(), result.AsSpan(), function);
        return result;
    }

    /// <summary>Maps every entry together with one scalar, so that the function needs no closure.</summary>
    public static Matrix<TScalar, TRows, TColumns> MapWith<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x, TScalar scalar, Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Matrix<TScalar, TRows, TColumns>();
        MapWith(x.AsSpan(), scalar, result.AsSpan(), function);
        return result;
    }

    /// <inheritdoc cref="MapWith{TScalar, TRows, TColumns}"/>
    public static Vector<TScalar, TSize> MapWith<TScalar, TSize>(
        Vector<TScalar, TSize> x, TScalar scalar, Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Vector<TScalar, TSize>();
        MapWith(x.AsSpan(), scalar, result.AsSpan(), function);
        return result;
    }

    public static Matrix<TScalar, TLeftRows, TLeftColumns> Zip<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        string operation, Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right,
        Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(operation, TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size);
        var result = new Matrix<TScalar, TLeftRows, TLeftColumns>();
        Zip(left.AsSpan(), right.AsSpan(), result.AsSpan(), function);
        return result;
    }

    public static Matrix<TScalar, TLeftRows, TLeftColumns> Zip<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        string operation, Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right,
        Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(operation, TLeftRows.Size, TLeftColumns.Size, TRightSize.Size, 1);
        var result = new Matrix<TScalar, TLeftRows, TLeftColumns>();
        Zip(left.AsSpan(), right.AsSpan(), result.AsSpan(), function);
        return result;
    }

    public static Vector<TScalar, TLeftSize> Zip<TScalar, TLeftSize, TRightRows, TRightColumns>(
        string operation, Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right,
        Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(operation, TLeftSize.Size, 1, TRightRows.Size, TRightColumns.Size);
        var result = new Vector<TScalar, TLeftSize>();
        Zip(left.AsSpan(), right.AsSpan(), result.AsSpan(), function);
        return result;
    }

    public static Vector<TScalar, TLeftSize> Zip<TScalar, TLeftSize, TRightSize>(
        string operation, Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right,
        Func<TScalar, TScalar, TScalar> function)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(operation, TLeftSize.Size, 1, TRightSize.Size, 1);
        var result = new Vector<TScalar, TLeftSize>();
        Zip(left.AsSpan(), right.AsSpan(), result.AsSpan(), function);
        return result;
    }

    /// <summary>The left entry where the condition is not 0, the right one where it is.</summary>
    public static void Choose<TScalar>(
        ReadOnlySpan<TScalar> condition, ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, Span<TScalar> result)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = condition[i] != TScalar.Zero ? left[i] : right[i];
    }

    public static void Add<TScalar>(ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, Span<TScalar> result)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] + right[i];
    }

    public static void Subtract<TScalar>(ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, Span<TScalar> result)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] - right[i];
    }

    /// <summary>A ← A + factor·B.</summary>
    public static void AddScaled<TScalar>(Span<TScalar> target, TScalar factor, ReadOnlySpan<TScalar> other)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += factor * other[i];
    }

    private static void Map<TScalar>(ReadOnlySpan<TScalar> x, Span<TScalar> result, Func<TScalar, TScalar> function)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = function(x[i]);
    }

    private static void MapWith<TScalar>(
        ReadOnlySpan<TScalar> x, TScalar scalar, Span<TScalar> result, Func<TScalar, TScalar, TScalar> function)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = function(x[i], scalar);
    }

    private static void Zip<TScalar>(
        ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, Span<TScalar> result, Func<TScalar, TScalar, TScalar> function)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = function(left[i], right[i]);
    }
}
