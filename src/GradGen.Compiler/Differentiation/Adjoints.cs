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

        contribution = contribution.Fit(value.Shape);
        if (contribution.Value.Type != value.Type)
        {
            throw new InvalidOperationException($"An adjoint of {value}: {value.Type} is {contribution.Value.Type}.");
        }

        _adjoints[value] = _adjoints.TryGetValue(value, out var sum) ? sum + contribution : contribution;
    }
}
