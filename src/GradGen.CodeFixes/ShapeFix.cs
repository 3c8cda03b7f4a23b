using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GradGen.CodeFixes;

/// <summary>GRAD1001, 1002, 1004, 1005, 1006 and 1009: only edits after which a shape mistake is gone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShapeFix))]
[Shared]
internal sealed class ShapeFix : RepairFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Descriptors.InnerSizes.Id, Descriptors.DifferentShapes.Id, Descriptors.ColumnProduct.Id, Descriptors.ScalarCollapse.Id, Descriptors.OutOfRange.Id, Descriptors.StackSizes.Id];

    protected override bool MustCountLess => true;

    protected override int CountMistakes(IOperation body, Compilation compilation) => ShapeWalk.Over(body, compilation).Mistakes.Count;
}
