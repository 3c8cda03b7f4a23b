using System.Globalization;
using System.Text;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Explanation;

/// <summary>
/// What the values of a gradient function are called, by people and in code, and the formulas of its steps: z3's
/// adjoint is δ3 (delta3), a parameter's ∂w1 (dW1), the result's ȳ (upstream).
/// </summary>
internal sealed class Notation
{
    private const string CombiningMacron = "\u0304";

    /// <summary>
    /// Letters that have a macron of their own. Not by string.Normalize, which does nothing where the host runs without
    /// ICU: the same input gives the same bytes everywhere.
    /// </summary>
    private const string Letters = "aegiouy";
    private const string LettersWithMacron = "\u0101\u0113\u1e21\u012b\u014d\u016b\u0233";

    /// <summary>A longer branch is left out of the cases.</summary>
    private const int MaximalCase = 60;

    /// <summary>A longer formula of what an iteration computes is left out.</summary>
    private const int MaximalIteration = 100;

    private readonly Dictionary<Value, string> _numbered = [];
    private readonly HashSet<string> _parameters;
    private readonly Value? _upstream;
    private readonly HashSet<Value> _backwards = [];
    private readonly Func<Value, bool> _isInlined;
    private readonly Function _function;
    private readonly Steps _steps;

    /// <param name="function">The gradient function, its parameters and steps named.</param>
    /// <param name="steps">Its division into steps.</param>
    /// <param name="isInlined">Whether a value has no line of its own; as <paramref name="steps"/> says unless given.</param>
    public Notation(Function function, Steps steps, Func<Value, bool>? isInlined = null)
    {
        _function = function;
        _steps = steps;
        _isInlined = isInlined ?? steps.IsInlined;
        _parameters = [.. function.Parameters.Where(p => p.Role == ValueRole.Primal).Select(p => p.Name!)];
        _upstream = function.Parameters.LastOrDefault(p => p.Role == ValueRole.Adjoint);
        var taken = new HashSet<string>(_parameters);
        CollectNames(function.Body, taken);
        Number(function.Body, taken);
    }

    /// <summary>What people call the value.</summary>
    public string NameOf(Value value) =>
        value.Name is not { } name ? Numbered(value)
        : value.Role == ValueRole.Primal ? Bare(name)
        : value != _upstream && _parameters.Contains(name) ? "∂" + Bare(name)
        : IsLetterAndDigits(name) && name[0] == 'z' ? "δ" + name.Substring(1)
        : IsLetterAndDigits(name) ? WithMacron(name[0]) + name.Substring(1)
        : "∂" + Bare(name);

    /// <summary>What people call the gradient of a parameter.</summary>
    public static string GradientOf(Value parameter) => "∂" + Bare(parameter.Name!);

    /// <summary>The identifier that code wants for the value; it may have to be changed to be unique.</summary>
    public string IdentifierOf(Value value) =>
        value.Name is not { } name ? Numbered(value)
        : value.Role == ValueRole.Primal ? Bare(name)
        : !_parameters.Contains(name) && IsLetterAndDigits(name) && name[0] == 'z' ? "delta" + name.Substring(1)
        : "d" + Pascal(name);

    /// <summary>w1 → W1, learning_rate → LearningRate, @class → Class.</summary>
    public static string Pascal(string name)
    {
        var pascal = new StringBuilder();
        foreach (var part in name.TrimStart('@').Split(['_'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (pascal.Length > 0 && char.IsDigit(pascal[pascal.Length - 1]) && char.IsDigit(part[0]))
            {
                pascal.Append('_');
            }

            pascal.Append(char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        }

        return pascal.Length == 0 || char.IsDigit(pascal[0]) ? "_" + pascal : pascal.ToString();
    }

    /// <summary>The formula of a step, its inlined operands written out.</summary>
    public Formula Definition(Instruction instruction, int result = 0) =>
        instruction.Operation == ControlFlow.If ? Cases(instruction, result)
        : ControlFlow.IsLoop(instruction.Operation) ? Iterated(instruction, result)
        : PartOf(Application(instruction), instruction, result);

    /// <summary>The operation with its operands, whichever of its results is meant.</summary>
    public Formula Application(Instruction instruction) => Application(instruction, Write);

    private static Formula Application(Instruction instruction, Func<Value, Formula> write) =>
        instruction.Operation.Write([.. instruction.Operands.Select(write)], SignatureOf(instruction));

    /// <summary>Of several results, the one that is meant.</summary>
    private static Formula PartOf(Formula formula, Instruction instruction, int result) =>
        Calls.IsCall(instruction.Operation) && Calls.LeafOf(instruction, result).Path is { Length: > 0 } path
            ? Formula.Name(formula + path.Replace("?", "").Replace("@", ""))
            : formula;

    /// <summary>A value inside a formula: its name, or its own formula if it is inlined.</summary>
    public Formula Write(Value value) =>
        Constant(value) is { } constant ? constant
        : _steps.DefinitionOf(value) is { } definition && _isInlined(value) ? Definition(definition)
        : Formula.Name(NameOf(value));

    /// <summary>
    /// The formula of a value down to the parameters. A part that would be longer than <paramref name="maximalLength"/>
    /// is an ellipsis: what is used twice is written twice, and a formula can double with every step.
    /// </summary>
    public Formula WriteOut(Value value, int maximalLength)
    {
        if (_steps.DefinitionOf(value) is { } loop && ControlFlow.IsLoop(loop.Operation))
        {
            return Iterated(loop, loop.Results.IndexOf(value));
        }

        var known = new Dictionary<Value, Formula>();
        WriteOut(_function.Body, known, maximalLength);
        return known.TryGetValue(value, out var formula) ? formula : Write(value);
    }

    /// <summary>From the first instruction to the last: a recursion from the result would be as deep as the program is long.</summary>
    private void WriteOut(Block block, Dictionary<Value, Formula> known, int maximalLength)
    {
        Formula Known(Value value) => Constant(value) ?? (known.TryGetValue(value, out var formula) ? Cut(formula, maximalLength) : Write(value));
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                WriteOut(region, known, maximalLength);
            }

            for (var r = 0; r < instruction.Results.Length; r++)
            {
                known[instruction.Results[r]] = _backwards.Contains(instruction.Results[r]) ? Formula.Name(NameOf(instruction.Results[r]))
                    : instruction.Operation == ControlFlow.If ? Cases(instruction, r, Known)
                    : instruction.Regions.IsEmpty ? PartOf(Application(instruction, Known), instruction, r)
                    : Formula.Name(NameOf(instruction.Results[r]));
            }
        }
    }

    /// <summary>The cases of an if, each in what is known outside it, an ellipsis if that is long.</summary>
    private Formula Cases(Instruction instruction, int result)
    {
        var known = new Dictionary<Value, Formula>();
        foreach (var region in instruction.Regions)
        {
            WriteOut(region, known, 4 * MaximalCase);
        }

        return Cases(instruction, result, value => Cut(
            Constant(value) ?? (known.TryGetValue(value, out var formula) ? formula : Write(value)), MaximalCase));
    }

    /// <summary>What an iteration makes of a carried value, which iterations there are, and from what they start.</summary>
    private Formula Iterated(Instruction loop, int result)
    {
        var known = new Dictionary<Value, Formula>();
        if (Backwards(loop) is { } index)
        {
            _ = _backwards.Add(index);
        }

        foreach (var region in loop.Regions)
        {
            WriteOut(region, known, MaximalIteration);
        }

        Formula Known(Value value) => Cut(Constant(value) ?? (known.TryGetValue(value, out var formula) ? formula : Write(value)), MaximalIteration);
        var carried = ControlFlow.Carried(loop);
        if (loop.Operation == ControlFlow.Loop && AddedTo(carried.Parameters[0][result], carried.Yields[0][result]) is { } added)
        {
            var initial = carried.Initial[result];
            var sum = Formula.Name($"Σ[{Range(loop, Known)}] {Known(added).In(Binding.Product)}");
            return IsZero(initial) ? sum : Formula.Sum(Cut(Write(initial), MaximalCase), "+", sum);
        }

        return Formula.Name($"{Known(carried.Yields[0][result])} {Iterations(loop, Known)}, from {Cut(Write(carried.Initial[result]), MaximalCase)}");
    }

    /// <summary>"for i = 0 … n − 1", "while x &gt; 0".</summary>
    public string Iterations(Instruction loop) => Iterations(loop, Write);

    private string Iterations(Instruction loop, Func<Value, Formula> write) => loop.Operation == ControlFlow.While
        ? $"while {write(loop.Regions[0].Results[0])}"
        : "for " + Range(loop, write);

    private string Range(Instruction loop, Func<Value, Formula> write) => Backwards(loop) is { } index
        ? $"{NameOf(index)} = {LastOf(loop, write)} … {write(loop.Operands[0])}"
        : $"{NameOf(loop.Regions[0].Parameters[0])} = {write(loop.Operands[0])} … {LastOf(loop, write)}";

    /// <summary>The user's own index in a loop of the reverse sweep, which counts down: n − 1 − k.</summary>
    private Value? Backwards(Instruction loop)
    {
        if (loop.Operation != ControlFlow.Loop || Number(loop.Operands[0]) != 0 || _steps.CountUses(loop.Regions[0].Parameters[0]) != 1)
        {
            return null;
        }

        bool IsLast(Value value) => Number(loop.Operands[1]) is { } end
            ? Number(value) == end - 1
            : _steps.DefinitionOf(value) is { } last && last.Operation == Arithmetic.Subtract && last.Operands[0] == loop.Operands[1] && Number(last.Operands[1]) == 1;
        return loop.Regions[0].Instructions.FirstOrDefault(i =>
            i.Operation == Arithmetic.Subtract && i.Operands[1] == loop.Regions[0].Parameters[0] && IsLast(i.Operands[0])
            && i.Result is { Name: not null, Role: ValueRole.Primal })?.Result;
    }

    private double? Number(Value value) =>
        _steps.DefinitionOf(value) is { } definition && definition.Operation == Constants.Literal ? definition.Attributes.Number : null;

    /// <summary>What each iteration adds to a carried value of which it reads nothing else: the terms of a sum.</summary>
    private Value? AddedTo(Value carried, Value next) =>
        _steps.CountUses(carried) == 1 && _steps.DefinitionOf(next) is { } sum && sum.Operation == Arithmetic.Add && sum.Operands.Contains(carried)
            ? sum.Operands[sum.Operands.IndexOf(carried) == 0 ? 1 : 0]
            : null;

    private bool IsZero(Value value) => _steps.IsConstant(value) && Constant(value) is { Text: "0" };

    private Formula LastOf(Instruction loop, Func<Value, Formula> write) =>
        _steps.DefinitionOf(loop.Operands[1]) is { } sum && sum.Operation == Arithmetic.Add
            && Number(sum.Operands[1]) == 1
            ? write(sum.Operands[0])
        : Number(loop.Operands[1]) is { } end
            ? Formula.Name((end - 1).ToString(CultureInfo.InvariantCulture))
            : Formula.Sum(write(loop.Operands[1]), "−", Formula.Name("1"));

    private static Formula Cut(Formula formula, int maximalLength) =>
        formula.Text.Length <= maximalLength ? formula : Formula.Name("…");

    /// <summary>The formula of a constant, without the shape that it is spread over.</summary>
    private Formula? Constant(Value value)
    {
        if (!_steps.IsConstant(value))
        {
            return null;
        }

        var definition = _steps.DefinitionOf(value)!;
        return definition.Operands.IsEmpty ? Definition(definition) : Constant(definition.Operands[0]);
    }

    // { a if c; b otherwise }
    private Formula Cases(Instruction instruction, int result, Func<Value, Formula> write) => Formula.Name(
        "{ " + write(instruction.Regions[0].Results[result]) + " if " + write(instruction.Operands[0]) + "; "
        + write(instruction.Regions[1].Results[result]) + " otherwise }");

    private static Signature SignatureOf(Instruction instruction) =>
        new([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);

    private string Numbered(Value value) => _numbered.TryGetValue(value, out var name) ? name : "t";

    private static void CollectNames(Block block, HashSet<string> names)
    {
        foreach (var instruction in block.Instructions)
        {
            names.UnionWith(instruction.Results.Where(r => r.Name is not null).Select(r => r.Name!));
            foreach (var region in instruction.Regions)
            {
                names.UnionWith(region.Parameters.Where(p => p.Name is not null).Select(p => p.Name!));
                CollectNames(region, names);
            }
        }
    }

    private void Number(Block block, HashSet<string> taken)
    {
        var number = 0;
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                Number(region, taken);
            }

            foreach (var result in instruction.Results.Where(r => r.Name is null && !_isInlined(r)))
            {
                string name;
                do
                {
                    name = "t" + (++number).ToString(CultureInfo.InvariantCulture);
                }
                while (!taken.Add(name));
                _numbered[result] = name;
            }

            if (ControlFlow.IsLoop(instruction.Operation))
            {
                foreach (var parameters in ControlFlow.Carried(instruction).Parameters)
                {
                    for (var j = 0; j < parameters.Length; j++)
                    {
                        _numbered[parameters[j]] = Numbered(instruction.Results[j]);
                    }
                }
            }
        }
    }

    private static string WithMacron(char letter) =>
        Letters.IndexOf(letter) is var index and >= 0 ? LettersWithMacron.Substring(index, 1) : letter + CombiningMacron;

    private static string Bare(string name) => name.TrimStart('@');

    private static bool IsLetterAndDigits(string name) => char.IsLetter(name[0]) && name.Skip(1).All(c => c is >= '0' and <= '9');
}
