namespace GradGen;

/// <summary>
/// Thrown when the shapes of two operands do not fit, or when a function is given a shape it has no meaning for.
/// The message is the one GradGen's analyzer gives for the same mistake in the editor.
/// </summary>
public sealed class ShapeMismatchException : ArgumentException
{
    /// <summary>Makes an exception that says only that shapes do not fit.</summary>
    public ShapeMismatchException()
        : base("The shapes do not fit.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">Which shapes do not fit, and why.</param>
    public ShapeMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the exception that led to it.</summary>
    /// <param name="message">Which shapes do not fit, and why.</param>
    /// <param name="innerException">The exception that led to this one.</param>
    public ShapeMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
