using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <content>Calls whose derivative somebody gave: one call back for each call forward, with all adjoints that are wanted.</content>
internal sealed partial class ReverseMode
{
    private void SweepCall(Instruction call, Adjoints adjoints)
    {
        if (!call.Results.Any(r => IsReached(r, adjoints)))
        {
            return;
        }

        // What it is given is as it was when the method was called.
        var restored = _states.Restored(call);
        var leaves = call.Attributes.Callee!.Result.Leaves.ToList();
        ImmutableArray<Value> upstream = [.. call.Results.Select((r, i) => leaves[i].IsDifferentiated ? AdjointOf(r, adjoints) : r)];
        List<int> wanted = [.. Enumerable.Range(0, call.Operands.Length).Where(
            i => Calls.HasAdjoint(call, i) && _activity.Has(call.Operands[i]))];
        var operands = wanted.Select(w => call.Operands[w]).ToList();
        ImmutableArray<Value> Called() => _builder.AddMany(
            Calls.DerivativeCall,
            [.. call.Operands.Select(o => restored.TryGetValue(o, out var asItWas) ? asItWas : o), .. upstream],
            call.Attributes with { Integers = new EquatableArray<int>(wanted) });
        var presence = call.Results.Where((_, i) => leaves[i].IsDifferentiated)
            .Aggregate(Presence.Never, (all, r) => Presence.Either(_builder, all, adjoints.PresenceOf(r)));
        var results = presence.Condition is { } condition
            ? UnderCondition(condition, presence.Holds, _builder.Region([], _ => Called()), operands)
            : Called();
        for (var r = 0; r < results.Length; r++)
        {
            Give(operands[r], ToTerm(results[r]), presence, adjoints);
        }
    }
}
