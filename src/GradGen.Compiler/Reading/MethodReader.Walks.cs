using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// foreach, which is a loop over the indices of its array; and return from within a loop that runs when the program does:
/// it leaves the result in a variable and breaks out of the loops around it.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>The variables of a return that is a jump: whether there was one, and what it returned.</summary>
    private ImmutableArray<ISymbol> ReturnSlots => [_frame.Method.ReturnType, _frame.Method];

    /// <summary>What a foreach walks over; null where that is no array.</summary>
    private IOperation? WalkedBy(IForEachLoopOperation each) =>
        !each.IsAsynchronous && each.LoopControlVariable is IVariableDeclaratorOperation ? ShownBy(each.Collection) : null;

    /// <summary>Begins to walk over an array, which is kept, so that an iteration sees what those before it have written.</summary>
    private Walk? WalkOf(IForEachLoopOperation each, IOperation collection)
    {
        if (ReadExpression(collection) is { } read && PartIn(read) is { } part)
        {
            var walks = _frame.Variables.TryGetValue(Walked, out var kept) && kept is Bundle bundle ? bundle : Bundle.Tuple(null, []);
            _frame.Variables[Walked] = new Bundle(null, walks.Members.Add((Bundle.Item(walks.Members.Length), read)));
            return new Walk(((IVariableDeclaratorOperation)each.LoopControlVariable).Symbol, walks.Members.Length, LengthOf(part));
        }

        Fail();
        _frame.HasReturned = true; // What follows would be read without what the loop does.
        return null;
    }

    private void StopWalking(Loop loop)
    {
        if (loop.Walk is { } walk && _frame.Variables.TryGetValue(Walked, out var kept) && kept is Bundle walks)
        {
            _frame.Variables[Walked] = new Bundle(null, walks.Members.RemoveRange(walk.Number, walks.Members.Length - walk.Number));
        }
    }

    /// <summary>Gives the variable of a foreach its element.</summary>
    private void ReadElementOf(Loop loop)
    {
        if (loop.Walk is not { } walk || _frame.Variables[loop.Operation.ContinueLabel] is not { } index
            || PartIn((_frame.Variables[Walked] as Bundle)?.Members[walk.Number].Value) is not { } part)
        {
            return;
        }

        _ = _frame.Variables.Remove(walk.Variable);
        if (walk.Variable.RefKind != RefKind.None)
        {
            var place = part.Start is { } start ? Add(Arithmetic.Add, [start, index]) : index;
            _ = Assign(walk.Variable, new Bundle(walk.Variable.Type, [("array", part.Array), ("index", place)], BundleForm.Element));
            return;
        }

        var element = ElementAt(part, index);
        _ = Assign(walk.Variable, TypeOf(walk.Variable.Type) is { } type ? ConvertTo(element, type, loop.Operation) : Fail());
    }

    private void Leave(Value? value)
    {
        if (!_frame.ReturnsByJump)
        {
            (_frame.Result, _frame.HasReturned) = (value, true);
            return;
        }

        _frame.Variables[ReturnSlots[0]] = _builder.Literal(ScalarType.Boolean, 1);
        _frame.Variables[ReturnSlots[1]] = value;
        _frame.Loops.Peek().OnBreak();
    }

    /// <summary>
    /// From here on returns are jumps, if the loop has any; whether the variables for it could be made, which must have a
    /// value on every way.
    /// </summary>
    private bool EnterReturns(Loop loop)
    {
        if (!Returns(loop.Operation.Body) || _frame.ReturnsByJump)
        {
            return true;
        }

        var zero = _frame.Method.ReturnsVoid ? Packed(Bundle.Nothing)
            : TypeOf(_frame.Method.ReturnType) is { IsTensor: false } ? null
            : Packed(ZeroOf(_frame.Method.ReturnType));
        if (zero is null)
        {
            return RefuseLoop(loop, "with a 'return' inside, of anything but numbers, vectors and matrices,");
        }

        _frame.Variables[ReturnSlots[0]] = _builder.Literal(ScalarType.Boolean, 0);
        _frame.Variables[ReturnSlots[1]] = zero;
        _frame.ReturnsTo = _frame.Loops;
        return true;
    }

    /// <summary>What follows a loop: where it was left by a return, the end of the loop around it, or of the method.</summary>
    private void ReadAfter(Loop loop)
    {
        if (!_frame.ReturnsByJump || !Returns(loop.Operation.Body))
        {
            loop.Next();
            return;
        }

        var returned = _frame.Variables[ReturnSlots[0]];
        if (_frame.Loops == _frame.ReturnsTo)
        {
            _frame.ReturnsTo = null;
        }

        void AsReturned()
        {
            if (!_frame.ReturnsByJump)
            {
                _frame.Variables[ReturnSlots[0]] = _builder.Literal(ScalarType.Boolean, 0); // Another function may return such a type.
            }

            Leave(_frame.Variables[ReturnSlots[1]]);
        }

        ReadBranches(loop.IsEndless && !Breaks(loop) ? true : null, () => returned, AsReturned, loop.Next);
    }

    /// <summary>What a foreach walks over.</summary>
    /// <param name="Variable">Its variable.</param>
    /// <param name="Number">Which of the arrays it is that loops walk over.</param>
    /// <param name="Length">How many elements it has.</param>
    private sealed record Walk(ILocalSymbol Variable, int Number, Value Length);
}
