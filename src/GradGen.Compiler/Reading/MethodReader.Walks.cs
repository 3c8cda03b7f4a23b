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
    private IOperation? WalkedBy(IForEachLoopOperation each)
    {
        var collection = each.Collection;
        while (collection is IConversionOperation { IsImplicit: true } conversion)
        {
            collection = conversion.Operand;
        }

        return !each.IsAsynchronous
            && IsArray(collection.Type)
            && each.LoopControlVariable is IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None }
            ? collection
            : null;
    }

    /// <summary>The arrays that the loops around walk over: what is written to one of them, the walk would come upon.</summary>
    private readonly List<Value> _walked = [];

    private Walk? WalkOf(IForEachLoopOperation each, IOperation collection)
    {
        if (ReadExpression(collection) is { } array)
        {
            return new Walk(((IVariableDeclaratorOperation)each.LoopControlVariable).Symbol, array, Add(Arrays.Length, [array]));
        }

        Fail();
        _frame.HasReturned = true; // What follows would be read without what the loop does.
        return null;
    }

    /// <summary>Gives the variable of a foreach its element.</summary>
    private void ReadElementOf(Loop loop)
    {
        if (loop.Walk is { } walk && _frame.Variables[loop.Operation.ContinueLabel] is { } index)
        {
            var element = Add(Arrays.At, [walk.Array, index]);
            _ = Assign(walk.Variable, TypeOf(walk.Variable.Type) is { } type ? ConvertTo(element, type, loop.Operation) : Fail());
        }
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
    /// <param name="Array">The array, as it is before the first iteration.</param>
    /// <param name="Length">How many elements it has.</param>
    private sealed record Walk(ILocalSymbol Variable, Value Array, Value Length);
}
