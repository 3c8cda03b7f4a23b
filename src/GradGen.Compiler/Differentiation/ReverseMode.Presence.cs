using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <content>
/// Where nothing flows into an adjoint it is 0, and a derivative that is infinite there must not be multiplied by it. So the
/// pullback of an operation that can be singular stands under the condition that something flows in (<see cref="Presence"/>).
/// No adjoint is asked whether it is 0: what flows in may be 0, and times ∞ that is NaN indeed.
/// </content>
internal sealed partial class ReverseMode
{
    /// <summary>
    /// What an instruction's pullbacks give, under the condition that its adjoint is present, and zeros elsewhere; null where
    /// they need no condition, because nothing in them can be infinite.
    /// </summary>
    private List<(Value Operand, Term Contribution)>? Guarded(
        Instruction instruction, Presence presence, Func<IEnumerable<(Value Operand, Term Contribution)>> pull)
    {
        // An element of an array is moved, not multiplied.
        if (presence.Condition is not { } condition || instruction.Operands.Any(o => o.Type.IsArray))
        {
            return null;
        }

        List<Value> operands = [];
        var present = _builder.Region([], _ =>
        {
            var pulled = pull().ToList();
            operands = [.. pulled.Select(p => p.Operand)];
            return [.. pulled.Select(p => p.Contribution.Fit(p.Operand.Shape).Value)];
        });
        var read = instruction.Operands.Concat(instruction.Results).Where(_singularity.Has).ToList();
        if (!_singularity.IsSingular(instruction) && !present.Instructions.Any(i => i.Operands.Any(read.Contains)))
        {
            return null;
        }

        var results = UnderCondition(condition, presence.Holds, present, operands);
        return [.. operands.Zip(results, (operand, result) => (operand, ToTerm(result)))];
    }

    /// <summary>The results of a region where a condition holds (or does not), zeros like <paramref name="values"/> elsewhere.</summary>
    private ImmutableArray<Value> UnderCondition(Value condition, bool holds, Block region, IReadOnlyList<Value> values)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var absent = _builder.Region([], _ => [.. values.Select(ZerosOf)]);
        return _builder.AddControlFlow(ControlFlow.If, [condition], holds ? [region, absent] : [absent, region], [.. values.Select(v => v.Type)]);
    }

    /// <summary>
    /// When a value is present that two branches contribute to; null where it takes a flag of the branches to know.
    /// </summary>
    /// <param name="condition">The branches' condition.</param>
    /// <param name="then">When it is in the first branch.</param>
    /// <param name="otherwise">When it is in the second.</param>
    /// <param name="before">How many values there were before the branches: what is older is known outside.</param>
    private static Presence? Meet(Value condition, Presence then, Presence otherwise, int before) =>
        then == otherwise && (then.Condition is null || then.Condition.Id < before) ? then
        : then.IsAlways && otherwise.IsNever ? Presence.When(condition)
        : then.IsNever && otherwise.IsAlways ? Presence.When(condition, holds: false)
        : null;

    /// <summary>
    /// Which of the flags that a loop carries are the same in all iterations: each is assumed to stay what it is at first,
    /// until an iteration might change it.
    /// </summary>
    private Dictionary<Value, bool> Unchanging(IEnumerable<(Value Parameter, Presence Initial, Value Next)> flags)
    {
        var candidates = flags.Where(f => f.Initial.Condition is null).ToList();
        var known = candidates.ToDictionary(f => f.Parameter, f => f.Initial.Holds);
        while (candidates.Where(f => known.ContainsKey(f.Parameter) && Known(f.Next, known) != f.Initial.Holds).ToList() is { Count: > 0 } changing)
        {
            foreach (var flag in changing)
            {
                known.Remove(flag.Parameter);
            }
        }

        return known;
    }

    /// <summary>What a flag is, if that can be told from others.</summary>
    private bool? Known(Value flag, Dictionary<Value, bool> known)
    {
        if (known.TryGetValue(flag, out var assumed))
        {
            return assumed;
        }

        if (_builder.DefinitionOf(flag) is not { } definition)
        {
            return null;
        }

        bool? Operand(int index) => Known(definition.Operands[index], known);
        if (definition.Operation == Constants.Literal)
        {
            return definition.Attributes.Number != 0;
        }

        if (definition.Operation == Comparisons.Not)
        {
            return !Operand(0);
        }

        if (definition.Operation == Comparisons.Or)
        {
            return Operand(0) | Operand(1);
        }

        if (definition.Operation == ControlFlow.If)
        {
            var index = definition.Results.IndexOf(flag);
            var (then, otherwise) = (Known(definition.Regions[0].Results[index], known), Known(definition.Regions[1].Results[index], known));
            return then == otherwise ? then : null;
        }

        return null;
    }
}
