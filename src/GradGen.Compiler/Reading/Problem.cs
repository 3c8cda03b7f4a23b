using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Operations;
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

    /// <summary>The diagnostic of a kind of shape error.</summary>
    public static DiagnosticDescriptor DescriptorOf(ShapeErrorKind kind) => kind switch
    {
        ShapeErrorKind.InnerSizes => Descriptors.InnerSizes,
        ShapeErrorKind.DifferentShapes => Descriptors.DifferentShapes,
        ShapeErrorKind.ColumnProduct => Descriptors.ColumnProduct,
        ShapeErrorKind.OutOfRange => Descriptors.OutOfRange,
        ShapeErrorKind.NotSquare => Descriptors.NotSquare,
        ShapeErrorKind.StackSizes => Descriptors.StackSizes,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
