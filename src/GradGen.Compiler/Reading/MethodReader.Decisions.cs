using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <content>Which conditions depend on what is differentiated (GRAD2006): advice, which leaves the method readable.</content>
internal sealed partial class MethodReader
{
    private readonly HashSet<Value> _decisions = [];
    private readonly Dictionary<Location, Problem> _advice = [];

    /// <summary>Notes that a Boolean or an integer depends on what is differentiated if one of those does that it comes from.</summary>
    private void NoteDecision(Value value, IEnumerable<Value> from)
    {
        if (value.Type.IsScalar && !value.Type.IsFloating && from.Any(f => _active.Contains(f) || _decisions.Contains(f)))
        {
            _decisions.Add(value);
        }
    }

    /// <summary>The value, which is asked where the program branches.</summary>
    private Value? Asked(Value? condition, IOperation branch)
    {
        if (condition is not null && ConstantOf(condition) is null && (_decisions.Contains(condition) || _active.Contains(condition)) && _frame.IsOwn)
        {
            _advice[branch.Syntax.GetLocation()] = new Problem(
                Descriptors.Decision, branch.Syntax.GetLocation(),
                $"'{Shorten(branch.Syntax.ToString())}' depends on what is differentiated: the gradient follows the branch taken, not the choice; write StopGradient(…) if that is meant, or join the sides smoothly");
        }

        return condition;
    }
}
