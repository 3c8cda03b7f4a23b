using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Entries that are the same number whatever the arguments are: the zeros and ones of a rotation matrix, and of the
/// products that it takes part in. They are written as numbers, and what has the factor 0 is not computed at all.
/// </summary>
internal sealed class ConstantEntries
{
    private readonly Dictionary<Value, double?[]> _known = [];

    private ConstantEntries()
    {
    }

    public static ConstantEntries Of(Function function)
    {
        var entries = new ConstantEntries();
        entries.Visit(function.Body);
        return entries;
    }

    /// <summary>The number that an entry is, or null.</summary>
    public double? this[Value value, EntryIndex index] =>
        index.IsConstant && _known.TryGetValue(value, out var entries) ? entries[index.Offset] : null;

    /// <summary>Whether some entries are numbers and others are not.</summary>
    public bool Knows(Value value) => _known.TryGetValue(value, out var entries) && entries.Any(e => e is null);

    private void Visit(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }

            if (Plan.HasEntries(instruction) && instruction.Result.Type.IsFloating && instruction.Result.Shape.Count <= Limits.UnrolledEntries)
            {
                var element = Plan.FormOf(instruction).Element;
                double?[] entries = [.. Enumerable.Range(0, instruction.Result.Shape.Count).Select(e => new Evaluation(_known, instruction, e).Evaluate(element))];
                if (entries.Any(e => e is not null))
                {
                    _known[instruction.Result] = entries;
                }
            }
        }
    }

    /// <summary>Sums and products of numbers, for one entry. Functions are left to the running program, whose last digit may differ.</summary>
    private sealed class Evaluation
    {
        private readonly Dictionary<Value, double?[]> _known;
        private readonly Instruction _instruction;
        private readonly Dictionary<string, int> _variables;

        public Evaluation(Dictionary<Value, double?[]> known, Instruction instruction, int entry)
        {
            var columns = instruction.Result.Shape.Columns;
            (_known, _instruction) = (known, instruction);
            _variables = new() { ["e"] = entry, ["i"] = entry / columns, ["j"] = entry % columns };
        }

        public double? Evaluate(Element element) => element switch
        {
            Load load => At(load.Row) is { } row && At(load.Column) is { } column
                ? Entry(load.Operand, (row * Operand(load.Operand).Shape.Columns) + column)
                : null,
            LoadEntry load when Operand(load.Operand).Shape.IsScalar => Entry(load.Operand, 0),
            LoadEntry load => At(load.Position) is { } position ? Entry(load.Operand, position) : null,
            Literal literal => Rounded(literal.Value),
            Call call => Evaluate(call.Function, [.. call.Arguments.Select(Evaluate)]),
            Guarded guarded => Holds(guarded.Conditions) is { } holds ? Evaluate(holds ? guarded.Then : guarded.Else) : null,
            Reduce { Kind: ReduceKind.Sum } sum => Sum(sum),
            _ => null,
        };

        private double? Evaluate(ScalarFunction function, double?[] arguments) =>
            function == ScalarFunctions.Multiply && arguments.Any(a => a is 0) ? 0
            : function == ScalarFunctions.Negate && arguments[0] is 0 ? 0
            : arguments.All(a => a is not null) && IsArithmetic(function) ? Rounded(function.Evaluate([.. arguments.Select(a => a!.Value)]))
            : null;

        private static bool IsArithmetic(ScalarFunction function) =>
            function == ScalarFunctions.Add || function == ScalarFunctions.Subtract || function == ScalarFunctions.Multiply
            || function == ScalarFunctions.Negate || function == ScalarFunctions.Identity;

        private double? Sum(Reduce sum)
        {
            double? total = 0;
            for (var k = 0; k < sum.Extent && total is not null; k++)
            {
                _variables[sum.Variable] = k;
                total = Evaluate(ScalarFunctions.Add, [total, Evaluate(sum.Body)]);
            }

            return total;
        }

        private bool? Holds(IEnumerable<Condition> conditions)
        {
            var all = true;
            foreach (var condition in conditions)
            {
                if (At(condition.Left) is not { } left || (condition.Same is { } other && At(other) is null))
                {
                    return null;
                }

                all &= condition.Same is { } same ? left == At(same) : left >= condition.Low && left < condition.High;
            }

            return all;
        }

        private Value Operand(int operand) => _instruction.Operands[operand];

        private double? Entry(int operand, int entry) => _known.TryGetValue(Operand(operand), out var entries) ? entries[entry] : null;

        private int? At(Position position) => position.Operand >= 0 ? null
            : (position.Variable is { } variable ? _variables[variable] : 0) + position.Offset;

        private double Rounded(double number) => _instruction.Result.Type.Scalar == ScalarType.Float32 ? (float)number : number;
    }
}
