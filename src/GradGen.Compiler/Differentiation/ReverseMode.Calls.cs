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
            i => Calls.HasAdjoint(call, i) && _activity.Varies(call.Operands[i]))];
        var results = _builder.AddMany(
            Calls.DerivativeCall, [.. call.Operands, upstream], call.Attributes with { Integers = new EquatableArray<int>(wanted) });
        for (var r = 0; r < results.Length; r++)
        {
            adjoints.Add(call.Operands[wanted[r]], ToTerm(results[r]));
        }
    }
}
