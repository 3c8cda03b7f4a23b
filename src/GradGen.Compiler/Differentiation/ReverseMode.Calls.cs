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
        var results = call.Attributes.Callee!.Result.Leaves.ToList();
        IEnumerable<Value> upstream = call.Results.Select((r, i) => results[i].IsDifferentiated ? AdjointOf(r, adjoints) : r);
        List<int> wanted = [.. Enumerable.Range(0, call.Operands.Length).Where(
            i => Calls.HasAdjoint(call, i) && _activity.Varies(call.Operands[i]))];
        var given = _builder.AddMany(
            Calls.DerivativeCall,
            [.. call.Operands.Select(o => restored.TryGetValue(o, out var asItWas) ? asItWas : o), .. upstream],
            call.Attributes with { Integers = new EquatableArray<int>(wanted) });
        for (var r = 0; r < given.Length; r++)
        {
            adjoints.Add(call.Operands[wanted[r]], ToTerm(given[r]));
        }
    }
}
