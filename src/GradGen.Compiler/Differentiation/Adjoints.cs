using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// The adjoints gathered so far, and when anything flows into them. A value used several times gets the sum of what its
/// uses contribute; a contribution of another shape, where one side is a scalar, is summed or spread here and nowhere else.
/// </summary>
internal sealed class Adjoints
{
    private readonly Dictionary<Value, (Term Sum, Presence Presence)> _adjoints = [];

    /// <summary>The adjoint, the structural zero if nothing flowed in.</summary>
    public Term this[Value value] => _adjoints.TryGetValue(value, out var adjoint) ? adjoint.Sum : default;

    public Presence PresenceOf(Value value) => _adjoints.TryGetValue(value, out var adjoint) ? adjoint.Presence : Presence.Never;

    public void Add(Value value, Term contribution, Presence presence)
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

        _adjoints[value] = !_adjoints.TryGetValue(value, out var known)
            ? (contribution, presence)
            : (
                value.Type.IsArray ? Arrays.Add(known.Sum, contribution) : known.Sum + contribution,
                Presence.Either(contribution.Builder, known.Presence, presence));
    }

    /// <summary>Puts a sum in the place of what was gathered, which is part of it.</summary>
    public void Replace(Value value, Term sum, Presence presence) => _adjoints[value] = (sum, presence);
}
