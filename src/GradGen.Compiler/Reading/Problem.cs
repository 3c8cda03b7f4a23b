using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>A mistake found while reading, for the analyzer to report and the generator to fall silent about.</summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Location">The smallest expression that is wrong.</param>
/// <param name="Arguments">The message's arguments.</param>
internal sealed record Problem(DiagnosticDescriptor Descriptor, Location Location, params object[] Arguments)
{
    /// <summary>Whether the shape analyzer reports the same mistake, in more words.</summary>
    public bool IsReportedElsewhere { get; init; }

    public string Message => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        Descriptor.MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture), Arguments);
}
