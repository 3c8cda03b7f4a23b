namespace GradGen.Benchmarks.Harness;

/// <summary>What the generated gradient should reach.</summary>
/// <param name="Factor">At most this many times the time of C.</param>
/// <param name="Form">Of this form of the C program; of the fastest if null.</param>
internal sealed record Goal(double Factor, string? Form = null);
