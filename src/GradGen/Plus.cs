namespace GradGen;

/// <summary>
/// The dimension of two others put together: what stacking a <typeparamref name="TLeft"/> and a
/// <typeparamref name="TRight"/> gives.
/// </summary>
/// <typeparam name="TLeft">The dimension that comes first.</typeparam>
/// <typeparam name="TRight">The dimension that follows.</typeparam>
public readonly struct Plus<TLeft, TRight> : IDimension
    where TLeft : struct, IDimension
    where TRight : struct, IDimension
{
    /// <summary>The sum of the two sizes.</summary>
    public static int Size => checked(TLeft.Size + TRight.Size);
}
