using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// What generated code asks before it writes: an object that is written twice, or written and read, would give a wrong
/// gradient in silence.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Aliases
{
    /// <summary>Whether two are the same object; what is not there is not the same as anything.</summary>
    /// <param name="left">One object.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(object? left, object? right) => left is not null && ReferenceEquals(left, right);

    /// <summary>Refuses objects that are the same.</summary>
    /// <param name="written">How many of them, from the first, are written; the others are read.</param>
    /// <param name="names">Their names, with ", " between.</param>
    /// <param name="objects">The objects.</param>
    /// <exception cref="ArgumentException">One that is written is there twice.</exception>
    public static void Refuse(int written, string names, params ReadOnlySpan<object?> objects)
    {
        ArgumentNullException.ThrowIfNull(names);
        for (var i = 0; i < written; i++)
        {
            for (var j = i + 1; j < objects.Length; j++)
            {
                if (AreSame(objects[i], objects[j]))
                {
                    var name = names.Split(", ");
                    throw new ArgumentException($"{name[i]} and {name[j]} are the same object: what is written needs one of its own.");
                }
            }
        }
    }
}
