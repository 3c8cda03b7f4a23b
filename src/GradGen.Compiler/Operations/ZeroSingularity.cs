namespace GradGen.Compiler.Operations;

/// <summary>What is not finite where an operand is 0.</summary>
internal enum ZeroKind
{
    /// <summary>The slope alone: a root.</summary>
    InfiniteSlope,

    /// <summary>The value, which is −∞: a logarithm.</summary>
    MinusInfinity,

    /// <summary>The value, which is ±∞ or NaN: a quotient.</summary>
    NotFinite,
}

/// <summary>That a row is singular where one of its operands is 0.</summary>
/// <param name="Operand">Which.</param>
/// <param name="Kind">In which way.</param>
internal sealed record ZeroSingularity(int Operand, ZeroKind Kind)
{
    /// <summary>The function of MatrixFunctions that is the same but takes 0 as the slope there; null if there is none.</summary>
    public string? Safe { get; init; }
}
