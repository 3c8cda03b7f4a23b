using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Entries that are written one after the other, or that are all there is in the terms of a sum, are put into their matrix
/// together. One by one each of k entries costs a matrix of its own, k·m·n entries in all: twelve entries read from a 6×6 gave
/// its gradient twelve terms, of which each entry asked whether it was meant.
/// </summary>
internal sealed class EntriesTogether : Rewriter
{
    /// <summary>Entries of a matrix up to which everything is written out in any case, and what is 0 is left out.</summary>
    private const int FewEntries = 16;

    /// <summary>Entries of a matrix beyond which what is put together would be too long to read.</summary>
    private const int ManyEntries = 64;

    /// <summary>Entries of the matrix for each that is written: beyond, most statements would write what is there already.</summary>
    private const int Sparsest = 16;

    /// <summary>The same where the others have to be read: a loop can write a few entries in place.</summary>
    private const int SparsestOverOthers = 2;

    private readonly Dictionary<Value, int> _useCounts;
    private readonly Dictionary<Value, Instruction> _definitions;
    private readonly Dictionary<Value, Block> _blocks = [];
    private readonly HashSet<Value> _inner = [];

    private EntriesTogether(Function function)
    {
        _useCounts = Uses.Count(function);
        _definitions = Definitions.Of(function);
        Note(function.Body);
    }

    public static Function Run(Function function)
    {
        var pass = new EntriesTogether(function);
        return pass._definitions.Values.Any(IsOfEntries) ? DeadCode.Run(pass.Rewrite(function)) : function;
    }

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands) =>
        HasEntries(original) && !_inner.Contains(original.Result)
            && (original.Operation == Arithmetic.Add ? Sum(original) : original.Operation == Gathers.WithEntry ? Written(original) : null) is { } together
            ? together
            : Builder.Add(original.Operation, operands, original.Attributes);

    private static bool IsOfEntries(Instruction instruction) =>
        HasEntries(instruction) && (instruction.Operation == Gathers.Place || instruction.Operation == Gathers.WithEntry);

    private static bool HasEntries(Instruction instruction) =>
        instruction.Results.Length == 1 && instruction.Result.Type.IsTensor && instruction.Result.Shape.Count is > FewEntries and <= ManyEntries;

    /// <summary>Where each value is defined, and which are only a part of a sum or of a chain of writes.</summary>
    private void Note(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var result in instruction.Results)
            {
                _blocks[result] = block;
            }

            foreach (var operand in PartsOf(instruction).Where(o => IsPart(o, instruction, block)))
            {
                _ = _inner.Add(operand);
            }

            foreach (var region in instruction.Regions)
            {
                Note(region);
            }
        }
    }

    private static IEnumerable<Value> PartsOf(Instruction instruction) =>
        instruction.Operation == Arithmetic.Add ? instruction.Operands : instruction.Operation == Gathers.WithEntry ? [instruction.Operands[0]] : [];

    private bool IsPart(Value value, Instruction reader, Block block) =>
        _definitions.TryGetValue(value, out var definition) && definition.Operation == reader.Operation && value.Type == reader.Result.Type
        && _useCounts[value] == 1 && _blocks.TryGetValue(value, out var own) && own == block;

    /// <summary>The sum of its terms that are matrices, and a matrix of those that are entries.</summary>
    private Value? Sum(Instruction sum)
    {
        var type = sum.Result.Type;
        var (matrices, entries) = (new List<Value>(), new Dictionary<int, List<Value>>());
        var terms = new Stack<Value>(sum.Operands.Reverse());
        while (terms.Count > 0)
        {
            var term = terms.Pop();
            var definition = _definitions.TryGetValue(term, out var found) ? found : null;
            if (_inner.Contains(term))
            {
                terms.Push(definition!.Operands[1]);
                terms.Push(definition.Operands[0]);
            }
            else if (definition is not null && definition.Operation == Gathers.Place)
            {
                var position = (definition.Attributes[0] * type.Shape.Columns) + definition.Attributes[1];
                if (!entries.TryGetValue(position, out var there))
                {
                    entries[position] = there = [];
                }

                there.Add(definition.Operands[0]);
            }
            else
            {
                matrices.Add(term);
            }
        }

        if (!IsWorthIt(type, entries.Count))
        {
            return null;
        }

        var zero = Builder.Literal(type.Scalar, 0);
        var together = Assembled(type, e => entries.TryGetValue(e, out var there) ? Added(there) : zero);
        return matrices.Count == 0 ? together : Builder.Add(Arithmetic.Add, [Added(matrices), together]);
    }

    /// <summary>What a matrix is after all its entries were written.</summary>
    private Value? Written(Instruction last)
    {
        var type = last.Result.Type;
        var entries = new Dictionary<int, Value>();
        var value = last.Result;
        do
        {
            var write = _definitions[value];
            var (row, column) = Gathers.RowColumn(write.Attributes);
            var position = (row * type.Shape.Columns) + column;
            entries[position] = entries.TryGetValue(position, out var later) ? later : write.Operands[1];
            value = write.Operands[0];
        }
        while (_inner.Contains(value) && _definitions[value].Operation == Gathers.WithEntry);

        var filling = _definitions.TryGetValue(value, out var before) && before.Operation == Constants.Fill ? Mapped(before.Operands[0]) : null;
        if (!IsWorthIt(type, entries.Count) || (filling is null && entries.Count * SparsestOverOthers < type.Shape.Count))
        {
            return null;
        }

        return Assembled(type, e => entries.TryGetValue(e, out var entry) ? Mapped(entry)
            : filling ?? Builder.Add(Gathers.Element, [Mapped(value)], Attributes.Of(e / type.Shape.Columns, e % type.Shape.Columns)));
    }

    private static bool IsWorthIt(TensorType type, int entries) => entries > 1 && entries * Sparsest >= type.Shape.Count;

    private Value Added(List<Value> terms) =>
        terms.Skip(1).Aggregate(Mapped(terms[0]), (sum, term) => Builder.Add(Arithmetic.Add, [sum, Mapped(term)]));

    private Value Assembled(TensorType type, Func<int, Value> entry) => Builder.Add(
        Gathers.Assemble, [.. Enumerable.Range(0, type.Shape.Count).Select(entry)], Attributes.Of(type.Shape.Rows, type.Shape.Columns));
}
