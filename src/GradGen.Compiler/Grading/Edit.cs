using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Grading;

/// <summary>One small change of a gradient that may be what is wrong with it.</summary>
/// <param name="Descriptor">The mistake that it would mend.</param>
/// <param name="Target">The node that is changed; it has an expression in the method.</param>
/// <param name="Replacement">What is to stand there.</param>
/// <param name="What">The mistake in words, the beginning of the message.</param>
internal sealed record Edit(DiagnosticDescriptor Descriptor, Node Target, Node Replacement, string What);

/// <summary>A replaced text of the method.</summary>
internal sealed record Change(int Start, int Length, string Text);

/// <summary>What is said about a gradient.</summary>
/// <param name="Descriptor">The diagnostic.</param>
/// <param name="Location">The smallest expression that is wrong.</param>
/// <param name="Message">In words.</param>
/// <param name="Changes">What mends it; none where only the generated call does.</param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Location Location, string Message, IReadOnlyList<Change> Changes)
{
    public bool IsMistake => Descriptor != Descriptors.GradientVerified;
}
