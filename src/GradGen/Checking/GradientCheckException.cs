namespace GradGen;

/// <summary>Thrown by <see cref="GradientCheckResult.ThrowIfWrong"/>; its message is the report.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>Makes an exception that says only that a gradient is wrong.</summary>
    public GradientCheckException()
        : base("The gradient is wrong.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong with the gradient.</param>
    public GradientCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the exception that led to it.</summary>
    /// <param name="message">What is wrong with the gradient.</param>
    /// <param name="innerException">The exception that led to this one.</param>
    public GradientCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
