namespace GradGen;

/// <content>
/// Operators of one matrix, entry by entry; those of two stand in <see cref="MatrixOperators"/>.
/// </content>
public sealed partial class Matrix<TScalar, TRows, TColumns>
{
    /// <summary>The negative of every entry.</summary>
    /// <param name="operand">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("neg")]
    public static Matrix<TScalar, TRows, TColumns> operator -(Matrix<TScalar, TRows, TColumns> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return Entrywise.Map(operand, static entry => -entry);
    }

    /// <summary>Multiplies every entry by a scalar.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("mul")]
    public static Matrix<TScalar, TRows, TColumns> operator *(TScalar left, Matrix<TScalar, TRows, TColumns> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar * entry);
    }

    /// <summary>Multiplies every entry by a scalar.</summary>
    /// <param name="left">Any matrix.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("mul")]
    public static Matrix<TScalar, TRows, TColumns> operator *(Matrix<TScalar, TRows, TColumns> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry * scalar);
    }

    /// <summary>Divides every entry by a scalar.</summary>
    /// <param name="left">Any matrix.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("div")]
    public static Matrix<TScalar, TRows, TColumns> operator /(Matrix<TScalar, TRows, TColumns> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry / scalar);
    }

    /// <summary>Divides a scalar by every entry: entry by entry, not by the inverse of the matrix.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("div")]
    public static Matrix<TScalar, TRows, TColumns> operator /(TScalar left, Matrix<TScalar, TRows, TColumns> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar / entry);
    }

    /// <summary>Adds a scalar to every entry.</summary>
    /// <param name="left">Any matrix.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("add")]
    public static Matrix<TScalar, TRows, TColumns> operator +(Matrix<TScalar, TRows, TColumns> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry + scalar);
    }

    /// <summary>Adds a scalar to every entry.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("add")]
    public static Matrix<TScalar, TRows, TColumns> operator +(TScalar left, Matrix<TScalar, TRows, TColumns> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar + entry);
    }

    /// <summary>Subtracts a scalar from every entry.</summary>
    /// <param name="left">Any matrix.</param>
    /// <param name="right">Any scalar.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("sub")]
    public static Matrix<TScalar, TRows, TColumns> operator -(Matrix<TScalar, TRows, TColumns> left, TScalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Entrywise.MapWith(left, right, static (entry, scalar) => entry - scalar);
    }

    /// <summary>Subtracts every entry from a scalar.</summary>
    /// <param name="left">Any scalar.</param>
    /// <param name="right">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("sub")]
    public static Matrix<TScalar, TRows, TColumns> operator -(TScalar left, Matrix<TScalar, TRows, TColumns> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Entrywise.MapWith(right, left, static (entry, scalar) => scalar - entry);
    }

    /// <summary>The only entry of a 1×1 matrix.</summary>
    /// <param name="operand">A 1×1 matrix.</param>
    /// <returns>Its entry.</returns>
    /// <exception cref="ShapeMismatchException">There is more than one entry.</exception>
    [Operation("toScalar")]
    public static explicit operator TScalar(Matrix<TScalar, TRows, TColumns> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        if (operand._entries.Length != 1)
            ShapeGuard.Mismatch(ShapeMessages.ToScalar(TRows.Size, TColumns.Size));
        return operand._entries[0];
    }
}
