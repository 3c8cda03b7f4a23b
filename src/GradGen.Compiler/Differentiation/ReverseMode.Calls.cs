using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <content>Calls whose derivative somebody gave: one call back for each call forward, with all adjoints that are wanted.</content>
internal sealed partial class ReverseMode
{
    private void SweepCall(Instruction call, Adjoints adjoints)
    {
        if (!IsReached(call.Result, adjoints))
        {
            return;
        }

        var upstream = adjoints[call.Result].Value;
        Builder.Name(upstream, call.Result.Name, ValueRole.Adjoint);
        List<int> wanted = [.. Enumerable.Range(0, call.Operands.Length).Where(
            i => Calls.HasAdjoint(call, i) && _activity.Has(call.Operands[i]))];
        var operands = wanted.Select(w => call.Operands[w]).ToList();
        ImmutableArray<Value> Called() => _builder.AddMany(
            Calls.DerivativeCall, [.. call.Operands, upstream], call.Attributes with { Integers = new EquatableArray<int>(wanted) });
        var presence = adjoints.PresenceOf(call.Result);
        var results = presence.Condition is { } condition
            ? UnderCondition(condition, presence.Holds, _builder.Region([], _ => Called()), operands)
            : Called();
        for (var r = 0; r < results.Length; r++)
        {
            Give(operands[r], ToTerm(results[r]), presence, adjoints);
        }
    }
}
