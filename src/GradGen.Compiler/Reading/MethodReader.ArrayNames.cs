using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// Which names are names of one array. An array is known by the value that it has now: all that hold this value,
/// variables, members of records, spans over parts of it, are names of one array, and a write gives all of them the next
/// value. Where two values may, but need not be the same array, neither is written.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>The arrays that have been written, by the values that made them, and where; of a loop that is being read, what it carries.</summary>
    private readonly Dictionary<Value, IOperation> _written = [];

    /// <summary>The loops of the function by the values that they carry.</summary>
    private readonly Dictionary<Value, (Instruction Loop, int Index)> _carried = [];

    /// <summary>What is kept without a name in the method that is being read: the arrays that its caller sees.</summary>
    private static ISymbol GivenTo(Frame frame) => frame.Method.ContainingAssembly;

    /// <summary>Where the arrays are kept that loops walk over.</summary>
    private ISymbol Walked => _frame.Method.ContainingModule;

    private static IEnumerable<Value> ArraysIn(Value? value) => value?.Leaves().Where(v => v.Type.IsArray) ?? [];

    /// <summary>What has been read of an array, or of what holds arrays, as later writes have left it.</summary>
    private Value Current(Value value)
    {
        var leaves = new Queue<Value>();
        var isStale = false;
        foreach (var leaf in value.Leaves())
        {
            var current = leaf;
            while (current.Type.IsArray && _frame.Latest.TryGetValue(current, out var next))
            {
                (current, isStale) = (next, true);
            }

            leaves.Enqueue(current);
        }

        return isStale ? value.Over(leaves) : value;
    }

    /// <summary>Gives all names of an array what a write has made of it.</summary>
    private void Replace(Value old, Value next, IOperation site)
    {
        Builder.Name(next, old.Name);
        foreach (var variable in _frame.Variables.Where(v => v.Value is not null && v.Value.Leaves().Contains(old)).ToList())
        {
            _frame.Variables[variable.Key] = variable.Value!.Over(new Queue<Value>(variable.Value!.Leaves().Select(v => v == old ? next : v)));
        }

        _frame.Latest = _frame.Latest.SetItem(old, next);
        NoteWritten(old, site);
    }

    private void NoteWritten(Value array, IOperation site)
    {
        foreach (var source in SourcesOf(array))
        {
            _written[source] = site;
        }
    }

    /// <summary>Whether an array may be written: it is none of the method's arguments, and known by all its names.</summary>
    private bool MayWrite(Value array, IOperation target)
    {
        var written = target is ILoopOperation ? "an array" : $"'{Shorten(target.Syntax.ToString())}'";
        var sources = SourcesOf(array);
        if (sources.Overlaps(_parameters))
        {
            Report(Descriptors.WritesState, target.Syntax.GetLocation(), target is IInvocationOperation
                ? $"{written} writes to what may be one of the method's arguments: a differentiable method must not change its arguments; work on a copy, '.ToArray()'"
                : $"{written} is written, and may be an element of one of the method's arguments: a differentiable method must not change its arguments; work on a copy, '.ToArray()'", isOwn: true);
            return false;
        }

        if (sources.Overlaps(_frame.Untracked))
        {
            return Refuse(target, $"{written}, which writes to an array of the caller,") is not null;
        }

        ImmutableArray<Value> given = [];
        for (var frame = _frame; frame is not null; (given, frame) = (frame.Given, frame.Caller))
        {
            foreach (var other in frame.Variables)
            {
                // What a return has left for after the loops is not read before, and nothing is written after it. What a
                // caller gave is among the variables of the method that it called.
                if (other.Key is not IMethodSymbol && ArraysIn(other.Value).Any(v => v != array && !given.Contains(v) && MayBeSame(v, array)))
                {
                    var name = other.Key is ILocalSymbol or IParameterSymbol ? $"'{other.Key.Name}'" : "another one";
                    Report(Descriptors.NotSupported, target, $"{written} is written, and it depends on a condition or on a loop whether its array is the same as {name}: work on a copy, '.ToArray()'");
                    return false;
                }

                // An object whose method a delegate holds would not see it.
                if (FunctionsIn(other.Value).Any(f => ArraysIn(f.Receiver).Any(v => MayBeSame(v, array))))
                {
                    return Refuse(target, $"{written}, whose array belongs to the object of the delegate '{other.Key.Name}',") is not null;
                }
            }
        }

        return true;
    }

    /// <summary>Whether two values can be one array or matrix: an If and a loop give on what they are given.</summary>
    private bool MayBeSame(Value left, Value right) => MayBeSame(left, right, []);

    private bool MayBeSame(Value left, Value right, HashSet<(Value, Value)> asked)
    {
        if (left == right)
        {
            return true;
        }

        if (left.Type != right.Type || !asked.Add((left, right)))
        {
            return false;
        }

        var (by, ofLeft) = GivenOn(left);
        var (byOther, ofRight) = GivenOn(right);
        if (by is not null && by == byOther && by.Operation != Calls.Call)
        {
            // Both come about on the same way.
            return ofLeft.Zip(ofRight, (l, r) => MayBeSame(l, r, asked)).Any(same => same);
        }

        return ofLeft.Any(l => MayBeSame(l, right, asked)) || ofRight.Any(r => MayBeSame(left, r, asked));
    }

    /// <summary>The values that a value may be the same array or matrix as, and what chooses between them.</summary>
    private (Instruction? By, ImmutableArray<Value> Given) GivenOn(Value value)
    {
        if (_carried.TryGetValue(value, out var carried))
        {
            return (carried.Loop, GivenOn(carried.Loop, carried.Index));
        }

        return _builder.DefinitionOf(value) is not { } definition ? (null, [])
            : definition.Operation == Gathers.StopGradient || definition.Operation == Arrays.Stop ? (null, [definition.Operands[0]]) // It returns the very matrix that it is given.
            : definition.Operation == Arrays.With ? (null, [definition.Operands[2]])
            : definition.Operation == Calls.Call ? (definition, [.. definition.Operands.Where(o => o.Type.Element == value.Type.Element && !o.Type.IsScalar && !value.Type.IsScalar)]) // It may return what it was given, or an element of it.
            : definition.Regions.IsEmpty ? (null, [])
            : (definition, GivenOn(definition, definition.Results.IndexOf(value)));
    }

    private static ImmutableArray<Value> GivenOn(Instruction definition, int result) => ControlFlow.IsLoop(definition.Operation)
        ? ControlFlow.Carried(definition) is var carried ? [carried.Initial[result], .. carried.Yields.Select(y => y[result])] : []
        : [.. definition.Regions.Select(r => r.Results[result])];

    /// <summary>Whether a value can be nothing but an array as it was: what control flow gives on of it, unwritten.</summary>
    private bool IsOnly(Value value, Value array)
    {
        var known = new HashSet<Value> { array };
        var open = new Stack<Value>([value]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (known.Add(next))
            {
                var given = GivenOn(next).Given;
                if (given.IsEmpty || _builder.DefinitionOf(next)?.Operation == Arrays.With)
                {
                    return false;
                }

                foreach (var one in given)
                {
                    open.Push(one);
                }
            }
        }

        return true;
    }

    /// <summary>All values that a value may be the same array or matrix as.</summary>
    private HashSet<Value> SourcesOf(Value value)
    {
        var sources = new HashSet<Value>();
        var open = new Stack<Value>([value]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (sources.Add(next))
            {
                foreach (var given in GivenOn(next).Given)
                {
                    open.Push(given);
                }
            }
        }

        return sources;
    }
}
