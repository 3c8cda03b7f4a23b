using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GradGen.CodeFixes;

/// <summary>GRAD4001–4007: the formula that is the same on paper and right in floating point too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AdviceFix))]
[Shared]
internal sealed class AdviceFix : RepairFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Descriptors.RootOfZero.Id, Descriptors.DivisorOfZero.Id, Descriptors.UnstableForm.Id, Descriptors.GuardedValue.Id, Descriptors.LostDigits.Id];

    // What is advised changes no shape; that it compiles is asked of all repairs.
    protected override bool MustCountLess => false;

    protected override int CountMistakes(IOperation body, Compilation compilation) => 0;
}
