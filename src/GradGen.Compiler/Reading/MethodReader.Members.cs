using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>'this', and what its methods read of it.</summary>
internal sealed partial class MethodReader
{
    private Value? ReadThis(IInstanceReferenceOperation instance) => instance.Type is { } type
        && _frame.Variables.TryGetValue(type.OriginalDefinition, out var receiver) ? receiver ?? Fail()
        : ReceiverAs(instance.Type) ?? Refuse(instance, "'this'");

    /// <summary>A method of a base type speaks of 'this' as of the base type, whichever it was called on.</summary>
    private Value? ReceiverAs(ITypeSymbol? type) => type is null ? null : _frame.Variables.FirstOrDefault(
        v => v.Key is INamedTypeSymbol && v.Value is Bundle { CSharpType: { } own } && IsOrDerives(own, type)).Value;

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (var above = type; above is not null; above = above.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(above.OriginalDefinition, from.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A parameter of the primary constructor, which a class keeps like a field.</summary>
    private Value? ReadCaptured(IParameterSymbol parameter, IOperation use) =>
        ReceiverAs(parameter.ContainingType) is Bundle bundle && bundle.Find(Captured(parameter)) is { } value
            ? value
            : Refuse(use, $"the constructor's parameter '{parameter.Name}'");
}
