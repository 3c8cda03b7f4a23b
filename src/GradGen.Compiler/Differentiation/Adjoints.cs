using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// The adjoints gathered so far. A value used several times gets the sum of what its uses contribute; a contribution
/// of another shape, where one side is a scalar, is summed or spread here and nowhere else.
/// </summary>
internal sealed class Adjoints
{
    private readonly Dictionary<Value, Term> _adjoints = [];

    /// <summary>The adjoint, the structural zero if nothing flowed in.</summary>
    public Term this[Value value] => _adjoints.TryGetValue(value, out var adjoint) ? adjoint : default;

    public void Add(Value value, Term contribution)
    {
        if (contribution.IsZero)
        {
            return;
        }

        contribution = value.Type.IsArray ? contribution : contribution.Fit(value.Shape);
        if (contribution.Value.Type != value.Type)
        {
            throw new InvalidOperationException($"An adjoint of {value}: {value.Type} is {contribution.Value.Type}.");
        }

        if (value.Type.IsArray)
        {
            Builder.Name(Arrays.OriginOf(contribution.Value, contribution.Builder.DefinitionOf), value.Name, ValueRole.Adjoint);
        }

        _adjoints[value] = !_adjoints.TryGetValue(value, out var sum) ? contribution
            : value.Type.IsArray ? Arrays.Add(sum, contribution)
            : sum + contribution;
    }

    /// <summary>Puts a sum in the place of what was gathered, which is part of it.</summary>
    public void Replace(Value value, Term sum) => _adjoints[value] = sum;
}
