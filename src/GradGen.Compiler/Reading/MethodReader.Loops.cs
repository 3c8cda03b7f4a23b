using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Loops whose conditions are known while reading, iteration by iteration: they are unrolled. (The others:
/// MethodReader.RunTimeLoops.cs.) Where continue and break
/// stand under a condition that is not known, the ways meet again at the end of the iteration; a return does not come
/// back, so that what follows it is read in the branches that do not return.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>More iterations than this are no fixed-size program that people want written out.</summary>
    private const int MaximalIterations = 256;

    /// <summary>Fewer iterations than this are unrolled, whatever they cost: a loop leaves its values on a tape.</summary>
    private const int FewestIterations = 2;

    /// <summary>
    /// The weight of all iterations (see <see cref="WeightOf"/>) up to which a loop is unrolled. Nanoseconds a step, unrolled
    /// and as a loop, where they cross: x = tanh(w·x) at 4×4, 3 iterations 46 and 62, 4 iterations 179 and 57; ½·w·x + x at 8×8,
    /// 3 iterations 34 and 64, 4 iterations 207 and 57; ¼·w·x + x of 4×4 matrices, 2 iterations 20 and 39, 4 iterations 40 and 30.
    /// </summary>
    private const long HeaviestUnrolled = 64;

    /// <summary>
    /// Instructions of all iterations up to which a loop in numbers is unrolled. As a loop it is slower, but only by a factor;
    /// unrolled, a sum over the entries of a 64×64 matrix was 3.6 MB of text, 0.4 s for the JIT compiler at its first call.
    /// </summary>
    private const long LongestUnrolled = 4096;

    /// <summary>Instructions of iterations that are read only to see whether one is wrong: the first ones of a long loop.</summary>
    private const long LongestTried = 16_384;

    private void ReadLoop(ILoopOperation loop, Action next)
    {
        switch (loop)
        {
            case IForLoopOperation forLoop:
                foreach (var statement in forLoop.Before)
                {
                    ReadStatement(statement);
                }

                ReadLoop(new Loop(loop, forLoop.Condition, forLoop.AtLoopBottom, true, next));
                break;
            case IWhileLoopOperation whileLoop when !whileLoop.ConditionIsUntil:
                ReadLoop(new Loop(loop, whileLoop.Condition, [], whileLoop.ConditionIsTop, next));
                break;
            case IForEachLoopOperation each:
                if (WalkOf(each) is { } walk)
                {
                    ReadLoop(new Loop(loop, null, [], true, next) { Walk = walk });
                }

                break;
            default:
                RefuseStatement(loop);
                break;
        }
    }

    private void ReadLoop(Loop loop)
    {
        if (RunsWithTheProgram(loop))
        {
            ReadAtRunTime(loop);
            return;
        }

        if (Returns(loop.Operation.Body) && !_frame.ReturnsByJump)
        {
            ReadReturningIterations(loop, 0);
            return;
        }

        // Whether a break has been met, on some way, is a variable that the loop's exit stands for.
        var exit = loop.Operation.ExitLabel;
        var outer = _frame.Loops;
        void Break()
        {
            _frame.Variables[exit] = _builder.Literal(ScalarType.Boolean, 1);
            Jump();
        }

        _frame.Loops = outer.Push((loop.Operation, Jump, Break));
        _frame.Variables[exit] = _builder.Literal(ScalarType.Boolean, 0);
        ReadRemaining(loop, 0);
        _frame.Loops = outer;
        _ = _frame.Variables.Remove(exit);
        if (!_frame.HasReturned && !_frame.HasThrown)
        {
            ReadAfter(loop);
        }
    }

    private void ReadRemaining(Loop loop, int first)
    {
        for (var iteration = first; GoesOn(loop, iteration); iteration++)
        {
            ReadSequence([loop.Operation.Body], 0, () => { });
            _frame.HasJumped = false;
            ForgetLocals(loop.Operation);
            if (_frame.HasReturned || _frame.HasThrown || _frame.Variables[loop.Operation.ExitLabel] is not { } done)
            {
                return;
            }

            if (ConstantOf(done) is null)
            {
                // The other iterations belong to the way that did not break.
                var next = iteration + 1;
                ReadBranches(null, () => done, () => { }, () =>
                {
                    ReadBottom(loop);
                    ReadRemaining(loop, next);
                });
                return;
            }

            if (ConstantOf(done) != 0)
            {
                return;
            }

            ReadBottom(loop);
        }
    }

    private void Jump() => _frame.HasJumped = true;

    /// <summary>Each way out of the body reads what comes after it, to the end of the method.</summary>
    private void ReadReturningIterations(Loop loop, int iteration)
    {
        if (!GoesOn(loop, iteration))
        {
            if (!_frame.HasReturned && !_frame.HasThrown)
            {
                loop.Next();
            }

            return;
        }

        var outer = _frame.Loops;
        var onContinue = WithLoops(outer, () =>
        {
            ForgetLocals(loop.Operation);
            ReadBottom(loop);
            ReadReturningIterations(loop, iteration + 1);
        });
        _frame.Loops = outer.Push((loop.Operation, onContinue, WithLoops(outer, loop.Next)));
        ReadSequence([loop.Operation.Body], 0, onContinue);
        _frame.Loops = outer;
    }

    /// <summary>
    /// An iteration's locals end with it: the next has others, and nothing after the loop sees them but a delegate that
    /// has outlived them. Such a one is refused, because its variables are those of one iteration of several.
    /// </summary>
    private void ForgetLocals(ILoopOperation loop)
    {
        var inside = loop is IForEachLoopOperation each ? LocalsIn(each.LoopControlVariable).Concat(LocalsIn(loop.Body)) : LocalsIn(loop.Body);
        var locals = inside.Where(l => _frame.Variables.Remove(l)).ToList();
        foreach (var (holder, function) in locals.Count == 0 ? [] : _frame.Variables.SelectMany(v => FunctionsIn(v.Value).Select(f => (v.Key, Function: f))).ToList())
        {
            if (function is { Body: { } body, Enclosing: { } enclosing } && enclosing.IsIn(_frame)
                && locals.FirstOrDefault(l => Mentions(body, l, new HashSet<ISymbol>(SymbolEqualityComparer.Default))) is { } captured)
            {
                Report(
                    Diagnostics.Descriptors.NotSupported, body.Parent ?? body,
                    $"a delegate that is kept after the iteration whose '{captured.Name}' it uses is not supported in a differentiable method");
                _frame.Variables[holder] = null;
            }
        }
    }

    private static IEnumerable<ILocalSymbol> LocalsIn(IOperation body) => body.DescendantsAndSelf().Select(d => d switch
    {
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        ILocalReferenceOperation { IsDeclaration: true } declared => declared.Local,
        IDeclarationPatternOperation pattern => pattern.DeclaredSymbol as ILocalSymbol,
        IRecursivePatternOperation pattern => pattern.DeclaredSymbol as ILocalSymbol,
        _ => null,
    }).OfType<ILocalSymbol>();

    private void ReadBottom(Loop loop)
    {
        if (loop.Walk is not null && _frame.Variables[loop.Operation.ContinueLabel] is { } index)
        {
            _frame.Variables[loop.Operation.ContinueLabel] = Add(Arithmetic.Add, [index, _builder.Literal(ScalarType.Int32, 1)]);
        }

        foreach (var statement in loop.AtBottom)
        {
            ReadStatement(statement);
        }
    }

    /// <summary>Whether there is another iteration.</summary>
    private bool GoesOn(Loop loop, int iteration)
    {
        CheckBounds();
        bool IsFewEnough() => iteration < MaximalIterations || RefuseLoop(loop, $"of more than {MaximalIterations} iterations");
        if (loop.Condition is null || (iteration == 0 && !loop.ConditionIsTop))
        {
            return IsFewEnough();
        }

        if (ReadExpression(loop.Condition) is not { } holds)
        {
            Fail();
            return false;
        }

        if (ConstantOf(holds) is not { } constant)
        {
            return RefuseLoop(loop, "whose condition is known when the program is compiled at first and later not");
        }

        return constant != 0 && IsFewEnough();
    }

    /// <summary>A continuation that stands outside the loop: a break in it means an outer loop's.</summary>
    private Action WithLoops(ImmutableStack<(ILoopOperation, Action, Action)> loops, Action action) => () =>
    {
        var kept = _frame.Loops;
        _frame.Loops = loops;
        action();
        _frame.Loops = kept;
    };

    private void ReadJump(IBranchOperation jump)
    {
        if (_frame.Switches.TryGetValue(jump.Target, out var leave))
        {
            leave();
            return;
        }

        foreach (var (loop, onContinue, onBreak) in _frame.Loops)
        {
            if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.ContinueLabel))
            {
                onContinue();
                _frame.HasReturned |= !_frame.HasJumped;
                return;
            }

            if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel))
            {
                onBreak();
                _frame.HasReturned |= !_frame.HasJumped;
                return;
            }
        }

        RefuseStatement(jump);
    }

    private bool RefuseLoop(Loop loop, string why)
    {
        var keyword = loop.Operation is IForLoopOperation ? "for" : loop.Walk is not null ? "foreach" : loop.ConditionIsTop ? "while" : "do";
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
            || (function == ScalarFunctions.DivideInteger || function == ScalarFunctions.Remainder) && ConstantOf(operands[1]) == 0
            || (function == ScalarFunctions.Within || function == ScalarFunctions.UpTo) && !(ConstantOf(operands[0]) >= 0 && ConstantOf(operands[0]) < ConstantOf(operands[1]) + (function == ScalarFunctions.UpTo ? 1 : 0)))
        {
            return null;
        }

        try
        {
            var number = function.Evaluate([.. operands.Select(o => ConstantOf(o)!.Value)]);
            return number is >= int.MinValue and <= int.MaxValue ? _builder.Literal(type.Scalar, number) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private sealed record Loop(
        ILoopOperation Operation, IOperation? Condition, ImmutableArray<IOperation> AtBottom, bool ConditionIsTop, Action Next)
    {
        /// <summary>The array that a foreach walks over.</summary>
        public Walk? Walk { get; init; }

        /// <summary>Whether nothing but a jump ends it.</summary>
        public bool IsEndless => Walk is null && AlwaysHolds(Condition);
    }
}
