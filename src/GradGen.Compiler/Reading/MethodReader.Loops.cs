using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Loops whose conditions are known while reading, iteration by iteration: they are unrolled. What follows a loop is
/// its continuation, so that break, continue and return inside conditions find their way.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>More iterations than this are no fixed-size program that people want written out.</summary>
    private const int MaximalIterations = 256;

    private void ReadLoop(ILoopOperation loop, Action next)
    {
        switch (loop)
        {
            case IForLoopOperation forLoop:
                foreach (var statement in forLoop.Before)
                {
                    ReadStatement(statement);
                }

                ReadIterations(new Loop(loop, forLoop.Condition, forLoop.AtLoopBottom, true, next), 0);
                break;
            case IWhileLoopOperation whileLoop when !whileLoop.ConditionIsUntil:
                ReadIterations(new Loop(loop, whileLoop.Condition, [], whileLoop.ConditionIsTop, next), 0);
                break;
            default:
                RefuseStatement(loop);
                break;
        }
    }

    private void ReadIterations(Loop loop, int first)
    {
        var diverts = MayDivert(loop.Operation.Body);
        for (var iteration = first; GoesOn(loop, iteration); iteration++)
        {
            if (!diverts)
            {
                ReadSequence([loop.Operation.Body], 0, () => ReadBottom(loop));
                continue;
            }

            // Each way out of the body reads what comes after it, to the end of the method.
            var next = iteration + 1;
            var outer = _frame.Loops;
            var onContinue = WithLoops(outer, () =>
            {
                ReadBottom(loop);
                ReadIterations(loop, next);
            });
            _frame.Loops = outer.Push((loop.Operation, onContinue, WithLoops(outer, loop.Next)));
            ReadSequence([loop.Operation.Body], 0, onContinue);
            _frame.Loops = outer;
            return;
        }
    }

    private void ReadBottom(Loop loop)
    {
        foreach (var statement in loop.AtBottom)
        {
            ReadStatement(statement);
        }
    }

    /// <summary>Whether there is another iteration; if there is none, what follows the loop has been read.</summary>
    private bool GoesOn(Loop loop, int iteration)
    {
        CheckBounds();
        if (iteration == MaximalIterations)
        {
            return RefuseLoop(loop, $"of more than {MaximalIterations} iterations");
        }

        if (loop.Condition is null || (iteration == 0 && !loop.ConditionIsTop))
        {
            return true;
        }

        if (ReadExpression(loop.Condition) is not { } holds)
        {
            Fail();
            return false;
        }

        if (ConstantOf(holds) is not { } constant)
        {
            return RefuseLoop(loop, "whose number of iterations is not known when the program is compiled");
        }

        if (constant == 0)
        {
            loop.Next();
        }

        return constant != 0;
    }

    /// <summary>A continuation that stands outside the loop: a break in it means an outer loop's.</summary>
    private Action WithLoops(ImmutableStack<(ILoopOperation, Action, Action)> loops, Action action) => () =>
    {
        var kept = _frame.Loops;
        _frame.Loops = loops;
        action();
        _frame.Loops = kept;
    };

    /// <summary>break and continue: what follows them is read where they stand, up to the end of the method.</summary>
    private void ReadJump(IBranchOperation jump)
    {
        foreach (var (loop, onContinue, onBreak) in _frame.Loops)
        {
            if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.ContinueLabel))
            {
                onContinue();
                _frame.HasReturned = true;
                return;
            }

            if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel))
            {
                onBreak();
                _frame.HasReturned = true;
                return;
            }
        }

        RefuseStatement(jump);
    }

    private bool RefuseLoop(Loop loop, string why)
    {
        var keyword = loop.Operation is IForLoopOperation ? "for" : loop.ConditionIsTop ? "while" : "do";
        Report(
            Diagnostics.Descriptors.NotSupported,
            loop.Operation.Syntax.GetFirstToken().GetLocation(),
            $"a '{keyword}' loop {why} is not supported in a differentiable method");
        _frame.HasReturned = true; // Nothing after it can be read.
        return false;
    }

    /// <summary>The number that a value is known to be, or null.</summary>
    private double? ConstantOf(Value value) =>
        _builder.DefinitionOf(value) is { } definition && definition.Operation == Constants.Literal ? definition.Attributes.Number : null;

    /// <summary>
    /// Computes integers and conditions while reading, so that loops end and indices are constants. Not where C# would
    /// overflow or divide by zero: that is left to the running program.
    /// </summary>
    private Value? Folded(Operation operation, ImmutableArray<Value> operands, Attributes attributes)
    {
        if (operands.IsEmpty || operation.Element is not { } element
            || operands.Any(o => o.Type.Scalar is not (ScalarType.Int32 or ScalarType.Boolean) || ConstantOf(o) is null)
            || Builder.Infer(operation, [.. operands.Select(o => o.Type)], attributes) is not { Error: null, Type: { Scalar: ScalarType.Int32 or ScalarType.Boolean } type })
        {
            return null;
        }

        if (element(new Signature([.. operands.Select(o => o.Type)], attributes)).Element is not Call { Function: var function } call
            || call.Arguments.Length != operands.Length
            || (function == ScalarFunctions.DivideInteger || function == ScalarFunctions.Remainder) && ConstantOf(operands[1]) == 0)
        {
            return null;
        }

        var number = function.Evaluate([.. operands.Select(o => ConstantOf(o)!.Value)]);
        return number is >= int.MinValue and <= int.MaxValue ? _builder.Literal(type.Scalar, number) : null;
    }

    private sealed record Loop(
        ILoopOperation Operation, IOperation? Condition, ImmutableArray<IOperation> AtBottom, bool ConditionIsTop, Action Next);
}
