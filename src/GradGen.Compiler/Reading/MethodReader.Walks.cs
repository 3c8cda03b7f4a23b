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

    /// <summary>Begins to walk over arrays, which are kept, so that an iteration sees what those before it have written.</summary>
    private Walk? WalkOf(IForEachLoopOperation each)
    {
        var problems = _problems.Count;
        if (!each.IsAsynchronous && SequenceOf(each.Collection) is { } sequence)
        {
            var walks = _frame.Variables.TryGetValue(Walked, out var kept) && kept is Bundle bundle ? bundle : Bundle.Tuple(null, []);
            _frame.Variables[Walked] = new Bundle(null, walks.Members.Add((Bundle.Item(walks.Members.Length), Bundle.Tuple(null, sequence.Sources))));
            return new Walk(each.LoopControlVariable, walks.Members.Length, sequence);
        }

        if (_problems.Count == problems)
        {
            RefuseStatement(each);
        }

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
            || (_frame.Variables[Walked] as Bundle)?.Members[walk.Number].Value is not Bundle walked)
        {
            return;
        }

        ImmutableArray<Value> sources = [.. walked.Members.Select(m => m.Value)];
        if (walk.Variable is { RefKind: not RefKind.None } reference && PartIn(sources[0]) is { } part)
        {
            var place = part.Start is { } start ? Add(Arithmetic.Add, [start, index]) : index;
            _frame.Variables[reference] = new Bundle(reference.Type, [("array", part.Array), ("index", place)], BundleForm.Element);
            return;
        }

        var element = walk.Sequence.At(index, sources);
        if (walk.Variable is not { } variable)
        {
            AssignTo(walk.Target, element, loop.Operation);
            return;
        }

        _ = _frame.Variables.Remove(variable);
        _ = Assign(variable, element is not (null or ReaderValue) && TypeOf(variable.Type) is { } type ? ConvertTo(element, type, loop.Operation) : element ?? Fail());
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
            : Packed(ZeroOf(_frame.Method.ReturnType));
        if (zero is null)
        {
            return RefuseLoop(loop, "with a 'return' inside, of anything but numbers, vectors, matrices, arrays and records of them,");
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
    /// <param name="Target">What is given each element.</param>
    /// <param name="Number">Which of the loops it is that walk over something.</param>
    /// <param name="Sequence">The elements.</param>
    private sealed record Walk(IOperation Target, int Number, Sequence Sequence)
    {
        /// <summary>The variable; null where an element is deconstructed.</summary>
        public ILocalSymbol? Variable => (Target as IVariableDeclaratorOperation)?.Symbol;

        /// <summary>How many elements there are.</summary>
        public Value Length => Sequence.Length;
    }
}
