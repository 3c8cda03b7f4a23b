namespace GradGen;

/// <content>
/// Operators of one vector, entry by entry; those of two stand in <see cref="MatrixOperators"/>.
/// </content>
public sealed partial class Vector<TScalar, TSize>
{
    /// <summary>The negative of every entry.</summary>
    /// <param name="operand">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("neg")]
    public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return Entrywise.Map(operand, static entry => -entry);
    }

    /// <summary>Multiplies every entry by a scalar.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("mul")]
    public static Vector<TScalar, TSize> operator *(TScalar left, Vector<TScalar, TSize> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar * entry);
    }

    /// <summary>Multiplies every entry by a scalar.</summary>
    /// <param name="left">Any vector.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("mul")]
    public static Vector<TScalar, TSize> operator *(Vector<TScalar, TSize> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry * scalar);
    }

    /// <summary>Divides every entry by a scalar.</summary>
    /// <param name="left">Any vector.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("div")]
    public static Vector<TScalar, TSize> operator /(Vector<TScalar, TSize> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry / scalar);
    }

    /// <summary>Divides a scalar by every entry: entry by entry, not by the inverse of the vector.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("div")]
    public static Vector<TScalar, TSize> operator /(TScalar left, Vector<TScalar, TSize> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar / entry);
    }

    /// <summary>Adds a scalar to every entry.</summary>
    /// <param name="left">Any vector.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("add")]
    public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry + scalar);
    }

    /// <summary>Adds a scalar to every entry.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("add")]
    public static Vector<TScalar, TSize> operator +(TScalar left, Vector<TScalar, TSize> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar + entry);
    }

    /// <summary>Subtracts a scalar from every entry.</summary>
    /// <param name="left">Any vector.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("sub")]
    public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry - scalar);
    }

    /// <summary>Subtracts every entry from a scalar.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("sub")]
    public static Vector<TScalar, TSize> operator -(TScalar left, Vector<TScalar, TSize> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar - entry);
    }

    /// <summary>The only entry of a vector of one entry.</summary>
    /// <param name="operand">A vector of one entry.</param>
    /// <returns>Its entry.</returns>
    /// <exception cref="ShapeMismatchException">There is more than one entry.</exception>
    [Operation("toScalar")]
    public static explicit operator TScalar(Vector<TScalar, TSize> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        if (operand._entries.Length != 1)
            ShapeGuard.Mismatch(ShapeMessages.ToScalar(TSize.Size, 1));
        return operand._entries[0];
    }
}
