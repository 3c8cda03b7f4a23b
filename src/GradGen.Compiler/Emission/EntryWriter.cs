using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Writes entries of values as C# expressions, from the operations' index notation. What an expression cannot hold (a
/// sum over many entries) goes into statements before it.
/// </summary>
internal sealed partial class EntryWriter(Plan plan, Storage storage, Names names, LaneTypes lanes)
{
    private readonly Dictionary<string, int> _extents = [];

    /// <summary>Where statements go.</summary>
    public CSharpWriter Output { get; set; } = new();

    /// <summary>Whether the step being written is straight-line code.</summary>
    public bool IsUnrolled { get; set; }

    /// <summary>What an entry read from a span is replaced by: the value, the index and the text are given.</summary>
    public Func<Value, EntryIndex, string, string>? OnSpanRead { get; set; }

    /// <summary>An instruction whose sum has been computed already, and the span where it is; without a span it is added later.</summary>
    public (Instruction Owner, string? Span)? KnownSum { get; set; }

    /// <summary>An entry of a value.</summary>
    public Code Entry(Value value, Place place)
    {
        var index = place.Entry(value.Shape);
        if (plan.Constants[value, index] is { } number)
        {
            return Code.Number(Literals.Number(value.Type.Scalar, number));
        }

        if (plan.IsInlined(value))
        {
            return Result(plan.DefinitionOf(value)!, place, isRoot: false);
        }

        var text = storage.Read(value, index);
        return Code.Atom(plan.IsInBuffer(value) && OnSpanRead is { } replace ? replace(value, index, text) : text);
    }

    /// <summary>An entry of an instruction's result, computed.</summary>
    public Code Result(Instruction instruction, Place place, bool isRoot = true, string? target = null) =>
        Write(Plan.FormOf(instruction).Element, Frame.Of(instruction, place), isRoot, target);

    /// <summary>
    /// A loop without loops around its entries but those given: what is the same in each round is read before it.
    /// </summary>
    public void InnerLoop(string wanted, int extent, IReadOnlyList<EntryIndex> around, Action<EntryIndex> body) => ReadingBefore(around, hook =>
        Loop(wanted, extent, variable =>
        {
            OnSpanRead = hook;
            body(variable);
            OnSpanRead = null;
        }));

    /// <summary>Writes a loop with a hook for its reads: those whose place depends only on loops around it go before it.</summary>
    private void ReadingBefore(IReadOnlyList<EntryIndex> around, Action<Func<Value, EntryIndex, string, string>> loop)
    {
        var before = Output;
        var inner = Output = new CSharpWriter(before.Level);
        var outer = around.SelectMany(v => v.Terms).Select(t => t.Variable).ToList();
        var depth = names.Depth;
        var same = new Dictionary<string, (string Keyword, string Name)>();
        loop((value, index, text) =>
        {
            if (index.IsConstant || !index.Terms.All(t => outer.Contains(t.Variable)))
            {
                return text;
            }

            if (!same.TryGetValue(text, out var local))
            {
                same[text] = local = (Literals.Keyword(value.Type.Scalar), names.ReserveInBlock("entry", depth));
            }

            return local.Name;
        });
        Output = before;
        Output.Lines(same.Select(s => $"{s.Value.Keyword} {s.Value.Name} = {s.Key};")).Append(inner.ToString());
    }

    /// <summary>A for statement over a range from 0, or from <paramref name="from"/>.</summary>
    public void Loop(string wanted, int extent, Action<EntryIndex> body, int from = 0)
    {
        names.OpenBlock();
        var variable = names.ReserveInBlock(wanted);
        _extents[variable] = extent;
        Output.Open($"for (int {variable} = {Literals.Integer(from)}; {variable} < {Literals.Integer(extent)}; {variable}++)");
        body(EntryIndex.Variable(variable));
        Output.Close();
        _extents.Remove(variable);
        names.CloseBlock();
    }

    private Code Write(Element element, Frame frame, bool isRoot = false, string? target = null) => element switch
    {
        Load load => Entry(frame.Operand(load.Operand), Place.Of(At(load.Row, frame), At(load.Column, frame))),
        LoadEntry load when frame.Operand(load.Operand).Shape.IsScalar => Entry(frame.Operand(load.Operand), Place.At(0)),
        LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
            when frame.Operand(load.Operand).Shape == frame.Shape => Entry(frame.Operand(load.Operand), frame.Place),
        LoadEntry load => Entry(frame.Operand(load.Operand), Place.At(At(load.Position, frame))),
        LoadArray load => Code.Atom(
            $"{storage.ReadArray(frame.Operand(load.Operand))}[{Entry(frame.Operand(load.Index), Place.At(0))}]"),
        LoadLength load => Code.Atom(storage.ReadArray(frame.Operand(load.Operand)) + ".Length"),
        Literal literal => Code.Number(Literals.Number(frame.Scalar, literal.Value)),
        Call call => WriteCall(call, frame, isRoot),
        Guarded guarded => WriteGuarded(guarded, frame),
        Reduce when KnownSum is { } known && known.Owner == frame.Instruction => known.Span is null
            ? Code.Number(Literals.Number(frame.Scalar, 0))
            : Code.Atom($"{known.Span}[{frame.Place.Entry(frame.Shape)}]"),
        Reduce { Kind: ReduceKind.FirstMax or ReduceKind.FirstMin } reduce => WritePosition(reduce, frame, target),
        Reduce reduce when SumsRegister(reduce, frame) && ReduceLanes(reduce, frame, target) is { } sum => sum,
        Reduce reduce => IsUnrolled || reduce.Extent == 1 ? Unroll(reduce, frame, target)
            : ReduceLanes(reduce, frame, target) ?? Accumulate(reduce, frame, target),
        _ => throw new NotSupportedException(element.GetType().Name),
    };

    private Code WriteCall(Call call, Frame frame, bool isRoot)
    {
        var function = call.Function;
        var arguments = call.Arguments.Select(a => Write(a, frame)).ToArray();
        if (function.Precedence == 0)
        {
            return arguments[0];
        }

        // Structural zeros (outside a block, off a diagonal) show only here, where positions are known.
        var zero = Literals.Number(frame.Scalar, 0);
        if (frame.Scalar != ScalarType.Int32 && arguments.FirstOrDefault(a => a.Text == zero) is { Text: not null } absorbing
            && (function == ScalarFunctions.Multiply || function == ScalarFunctions.Negate))
        {
            return absorbing;
        }

        if (function.NeutralLeft is { } left && arguments[0].Text == Literals.Number(frame.Scalar, left))
        {
            return arguments[1];
        }

        if (function.NeutralRight is { } right && arguments[1].Text == Literals.Number(frame.Scalar, right))
        {
            return arguments[0];
        }

        if (!function.ReadsArgumentsOnce || function.IsContext)
        {
            arguments = [.. arguments.Select(a => a.Precedence == Code.Primary && !a.Text.Contains('(') ? a : Hoisted("t", a))];
        }

        if (function.IsContext)
        {
            arguments = WithoutConstantIntegers(arguments);
        }
        else if (function.ReadsArgumentsOnce && arguments.Length == 2 && arguments[0].Text == arguments[1].Text)
        {
            if (function.Precedence is Code.Relational or Code.Equality && (IsLiteral(arguments[0]) || arguments[0].Text.TrimStart('@').All(SyntaxFacts.IsIdentifierPartCharacter)))
            {
                // C# warns of x == x, which is how a NaN is found.
                arguments[0] = Hoisted("t", arguments[0]);
            }
            else if (arguments[0].Precedence < Code.Primary && function.Precedence is not (Code.Relational or Code.Equality))
            {
                // (x·x)·(x·x): the factor once
                arguments[0] = arguments[1] = Hoisted("t", arguments[0]);
            }
        }
        else if (function.ReadsArgumentsOnce && frame.Scalar == ScalarType.Int32)
        {
            arguments = WithoutConstantIntegers(arguments);
        }
        else if (function.ReadsArgumentsOnce && function.Precedence is Code.Relational or Code.Equality && arguments.All(IsLiteral))
        {
            // C# would know the result, and warn of what is never reached.
            arguments[0] = Hoisted("t", arguments[0]);
        }

        if (InOneLane(function, arguments, frame) is { } inLane)
        {
            return inLane;
        }

        var keyword = Literals.Keyword(frame.Scalar);
        var text = function.Text
            .Replace("{Math}", frame.Scalar == ScalarType.Float32 ? "global::System.MathF" : "global::System.Math")
            .Replace("{GradGen}", "global::GradGen.MatrixFunctions")
            .Replace("{T}", keyword);
        for (var i = 0; i < arguments.Length; i++)
        {
            var slot = "{" + Literals.Integer(i) + "}";
            var isLeft = function.Text.StartsWith(slot, StringComparison.Ordinal);
            text = text.Replace(slot, arguments[i].In(function.Precedence switch
            {
                Code.Primary => 0,
                Code.Conditional => isLeft ? Code.Conditional + 1 : Code.Conditional,
                var precedence => isLeft ? precedence : precedence + 1,
            }));
        }

        // A text like "x > 0 ? 1 : 0" is an int until it is given a type.
        return function.ReadsArgumentsOnce || isRoot || frame.Scalar == ScalarType.Int32
            ? new Code(text, function.Precedence)
            : new Code($"({keyword})({text})", Code.Unary);
    }

    /// <summary>C# computes constant integers itself and refuses those that overflow or divide by 0: they must not look constant.</summary>
    private Code[] WithoutConstantIntegers(Code[] arguments)
    {
        if (arguments.All(IsLiteral))
        {
            arguments[0] = Hoisted("t", arguments[0]);
        }

        if (arguments.Length == 2 && arguments[1].Text == "0")
        {
            arguments[1] = Hoisted("t", arguments[1]);
        }

        return arguments;
    }

    private static bool IsLiteral(Code code) => char.IsDigit(code.Text[0]) || code.Text[0] == '-'
        || code.Text is "int.MinValue" or "float.NaN" or "float.PositiveInfinity" or "double.NaN" or "double.PositiveInfinity";

    private Code Hoisted(string wanted, Code code)
    {
        var name = names.ReserveInBlock(wanted);
        Output.Statement($"var {name} = {code};");
        return Code.Atom(name);
    }

    private Code WriteGuarded(Guarded guarded, Frame frame)
    {
        var conditions = new List<string>();
        foreach (var condition in guarded.Conditions)
        {
            switch (Test(condition, frame))
            {
                case (false, _):
                    return Write(guarded.Else, frame);
                case (null, var text):
                    conditions.Add(text);
                    break;
            }
        }

        if (conditions.Count == 0)
        {
            return Write(guarded.Then, frame);
        }

        // What is read only under a condition is not read before the loop.
        var (then, otherwise) = WithoutHoisting(() => (Write(guarded.Then, frame), Write(guarded.Else, frame)));
        return new Code(
            string.Join(" && ", conditions) + " ? " + then.In(Code.Conditional) + " : " + otherwise.In(Code.Conditional), Code.Conditional);
    }

    private T WithoutHoisting<T>(Func<T> write)
    {
        var hook = OnSpanRead;
        OnSpanRead = null;
        var result = write();
        OnSpanRead = hook;
        return result;
    }

    /// <summary>Whether a condition holds, if that is known; else how to ask.</summary>
    private (bool? Holds, string Text) Test(Condition condition, Frame frame)
    {
        var left = At(condition.Left, frame);
        if (condition.Same is { } same)
        {
            var right = At(same, frame);
            return left.IsConstant && right.IsConstant ? (left.Offset == right.Offset, "")
                : (null, left.IsConstant ? $"{right} == {left}" : $"{left} == {right}");
        }

        if (left.IsConstant)
        {
            return (left.Offset >= condition.Low && left.Offset < condition.High, "");
        }

        // What the loop's range says already is not asked again.
        var (least, greatest) = RangeOf(left);
        var asks = new List<string>();
        if (least < condition.Low)
        {
            asks.Add($"{left} >= {Literals.Integer(condition.Low)}");
        }

        if (greatest >= condition.High)
        {
            asks.Add($"{left} < {Literals.Integer(condition.High)}");
        }

        return asks.Count == 0 ? (true, "") : (null, string.Join(" && ", asks));
    }

    private (long Least, long Greatest) RangeOf(EntryIndex index)
    {
        var (least, greatest) = ((long)index.Offset, (long)index.Offset);
        foreach (var (variable, factor) in index.Terms)
        {
            if (!_extents.TryGetValue(variable, out var extent))
            {
                return (int.MinValue, int.MaxValue);
            }

            var end = (long)factor * (extent - 1);
            least += Math.Min(0, end);
            greatest += Math.Max(0, end);
        }

        return (least, greatest);
    }

    private EntryIndex At(Position position, Frame frame)
    {
        EntryIndex index = position.Variable is { } variable ? frame.Variable(variable) : 0;
        if (position.Operand >= 0)
        {
            index += EntryIndex.Variable(Entry(frame.Operand(position.Operand), Place.At(0)).In(Code.Unary));
        }

        return index + position.Offset;
    }
}
