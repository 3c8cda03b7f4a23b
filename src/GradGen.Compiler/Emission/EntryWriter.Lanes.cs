using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <content>
/// Many entries at a time: the same index notation over the processor's vectors. What moves by one with the lanes is
/// loaded, what does not is spread over them; anything else is not written that way.
/// </content>
internal sealed partial class EntryWriter
{
    /// <summary>How many operations on vectors have been written.</summary>
    public int LaneOperations { get; set; }

    /// <summary>A load of a row at a known place.</summary>
    private static readonly Regex IsConstantLoad = new(@"^\w+\.Load(?:First)?\((@?\w+), (\d+)[,)]");

    private Dictionary<string, string>? _shared;
    private int _sharedAt;

    private readonly LaneAnalysis _analysis = new(plan) { IsLoaded = plan.IsInBuffer };

    /// <summary>Whether the entries of a result at a place can be computed in lanes.</summary>
    public bool CanBeInLanes(Instruction instruction, Place place, string lane, bool isFew) =>
        instruction.Result.Type is { IsFloating: true, IsTensor: true } && Analysis.KindOf(instruction, place, lane, isFew) != LaneKind.Impossible;

    /// <summary>The entries of a result in lanes; a sum goes by the name of the target, if there is one.</summary>
    public Code InLanes(Instruction instruction, Place place, Lane lane, string? target = null) =>
        WriteLanes(Plan.FormOf(instruction).Element, Frame.Of(instruction, place), lane, target);

    /// <summary>The entries of a value in lanes.</summary>
    public Code InLanes(Value value, Place place, Lane lane) => plan.IsInlined(value)
        ? InLanes(plan.DefinitionOf(value)!, place, lane)
        : plan.IsInRegister(value) ? Code.Atom(storage.ReadSpan(value))
        : RowIn(value, place.Entry(value.Shape), lane) is { } row ? Code.Atom(storage.ReadRow(value, row))
        : LoadLanes(storage.ReadSpan(value), place.Entry(value.Shape), lane);

    /// <summary>Declares a vector of a row of a value that is in memory.</summary>
    public string LoadRow(Value value, int row, string name)
    {
        var lane = RowLane(value);
        return $"{lane.Type.Name} {name} = {LoadLanes(storage.SpanOf(value), lane.Start + (row * value.Shape.Columns), lane)};";
    }

    /// <summary>The lanes of a row of a small matrix.</summary>
    public Lane RowLane(Value value) => new(lanes.For(value.Type.Scalar, value.Shape.Columns), LaneAnalysis.ProbedLane, value.Shape.Columns);

    /// <summary>Which row of a value the lanes are, if they are one that is in a vector.</summary>
    private int? RowIn(Value value, EntryIndex index, Lane lane) =>
        plan.IsInRows(value) && lane.IsFew && lane.Extent == value.Shape.Columns && lane.StartsAt(index) is { } start && start % lane.Extent == 0
            ? start / lane.Extent
            : null;

    private LaneAnalysis Analysis => KnownSum is not { } known ? _analysis
        : known.Span is null ? new LaneAnalysis(plan) { IsLoaded = plan.IsInBuffer, IsLeftOut = i => i == known.Owner }
        : new LaneAnalysis(plan) { IsLoaded = plan.IsInBuffer, IsKnown = i => i == known.Owner };

    private LaneKind KindOf(Element element, Frame frame, Lane lane) => Analysis.KindOf(element, frame, lane.Variable, lane.IsFew);

    private Code WriteLanes(Element element, Frame frame, Lane lane, string? target = null)
    {
        if (KindOf(element, frame, lane) == LaneKind.Uniform)
        {
            return Code.Atom(lane.Type.Name + Spread(Write(element, frame).Text));
        }

        return element switch
        {
            Load load => Shared(InLanes(frame.Operand(load.Operand), Place.Of(At(load.Row, frame), At(load.Column, frame)), lane), load, frame, lane),
            LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
                when frame.Operand(load.Operand).Shape == frame.Shape => InLanes(frame.Operand(load.Operand), frame.Place, lane),
            LoadEntry load => InLanes(frame.Operand(load.Operand), Place.At(At(load.Position, frame)), lane),
            Call call => WriteLanes(call, frame, lane, target),
            Guarded guarded => WriteLanes(guarded, frame, lane),
            Reduce when KnownSum is { } known && known.Owner == frame.Instruction => LoadLanes(known.Span!, frame.Place.Entry(frame.Shape), lane),
            Reduce reduce => AccumulateLanes(reduce, frame, lane, target),
            _ => throw new NotSupportedException(element.GetType().Name),
        };
    }

    /// <summary>A number in all lanes; one that is read from a span, without asking whether it is in the span.</summary>
    private string Spread(string number)
    {
        LaneOperations++;
        var bracket = number.IndexOf('[');
        return bracket > 0 && number.IndexOf(']') == number.Length - 1 && storage.IsSpan(number.Substring(0, bracket))
            ? $".Spread({number.Substring(0, bracket)}, {number.Substring(bracket + 1, number.Length - bracket - 2)})"
            : $".Create({number})";
    }

    /// <summary>
    /// Writes the rows of a step; what each of them loads alike, the rows of a product's right side, is loaded once before.
    /// </summary>
    public void SharingLoads(LaneType type, Action rows)
    {
        if (!type.HoldsAll)
        {
            rows();
            return;
        }

        var (before, shared, depth) = (Output, _shared, _sharedAt);
        var inner = Output = new CSharpWriter(before.Level);
        (_shared, _sharedAt) = ([], names.Depth);
        rows();
        Output = before.Lines(_shared.Select(s => $"{type.Name} {s.Value} = {s.Key};")).Append(inner.ToString());
        (_shared, _sharedAt) = (shared, depth);
    }

    private Code Shared(Code loaded, Load load, Frame frame, Lane lane)
    {
        if (_shared is null || load.Row.Variable is not { } row || load.Column.Variable is not { } column || row == "i" || column == "i"
            || !(frame.Variables.ContainsKey(row) || frame.Variables.ContainsKey(column)) || IsConstantLoad.Match(loaded.Text) is not { Success: true } match)
        {
            return loaded;
        }

        if (!_shared.TryGetValue(loaded.Text, out var name))
        {
            if (_shared.Count == Limits.SharedLoads)
            {
                return loaded;
            }

            var number = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) / lane.Extent;
            _shared[loaded.Text] = name = names.ReserveInBlock($"{storage.WithoutEntries(match.Groups[1].Value)}Row{Literals.Integer(number)}", _sharedAt);
        }
        else
        {
            LaneOperations -= lane.Type.IsPartial ? Limits.PartialAccessOperations : 1;
        }

        return Code.Atom(name);
    }

    private Code LoadLanes(string span, EntryIndex index, Lane lane)
    {
        if (index.StrideOf(lane.Variable) is > 1 and var stride)
        {
            LaneOperations += Limits.GatheredEntryOperations * lane.Extent;
            return Code.Atom($"{lane.Type.Name}.Gather({span}, {lane.At(index)}, {Literals.Integer(stride)}, {Literals.Integer(lane.Extent)})");
        }

        LaneOperations += lane.Type.IsPartial ? Limits.PartialAccessOperations : 1;
        return Code.Atom(lane.Type.Name + "." + lane.Access("Load", span, index));
    }

    private Code WriteLanes(Call call, Frame frame, Lane lane, string? target)
    {
        var function = call.Function;
        if (function.Precedence == 0)
        {
            return WriteLanes(call.Arguments[0], frame, lane, target);
        }

        if (function == ScalarFunctions.Choose && KindOf(call.Arguments[0], frame, lane) == LaneKind.Uniform)
        {
            return new Code(
                $"{Write(call.Arguments[0], frame).In(Code.Conditional + 1)} ? {WriteLanes(call.Arguments[1], frame, lane).In(Code.Conditional + 1)} : "
                    + WriteLanes(call.Arguments[2], frame, lane).In(Code.Conditional),
                Code.Conditional);
        }

        // Structural zeros and neutral numbers show only here, where positions are known.
        var (scalar, zero) = (frame.Scalar, Literals.Number(frame.Scalar, 0));
        var uniform = call.Arguments.Select(a => KindOf(a, frame, lane) == LaneKind.Uniform ? Tried(a, frame) : "").ToList();
        if (function == ScalarFunctions.Multiply && uniform.Contains(zero))
        {
            return Code.Atom(lane.Type.Name + ".Zero");
        }

        if (function.NeutralLeft is { } left && uniform[0] == Literals.Number(scalar, left))
        {
            return WriteLanes(call.Arguments[1], frame, lane);
        }

        if (function.NeutralRight is { } right && uniform[1] == Literals.Number(scalar, right))
        {
            return WriteLanes(call.Arguments[0], frame, lane);
        }

        if (function == ScalarFunctions.Add)
        {
            // Two sums are added last: the terms of one would have to wait for those of the other.
            var sums = call.Arguments.Select(a => SumBehind(a, frame, lane)).ToList();
            for (var i = 0; i < 2; i++)
            {
                if (sums[i] is var (sum, inner) && sums[1 - i] is null)
                {
                    return AccumulateLanes(sum, inner, lane, target, call.Arguments[1 - i], frame);
                }
            }

            for (var product = 0; product < 2; product++)
            {
                if (IsProduct(call.Arguments[product], frame, lane) is { } factors)
                {
                    return MultiplyAdd(factors, call.Arguments[1 - product], frame, lane);
                }
            }
        }

        // Arithmetic takes numbers as they are; sums and products on the right.
        List<Code> arguments =
        [
            .. call.Arguments.Select((a, i) => IsOperator(function) && IsNumber(uniform[i]) ? Code.Atom(uniform[i]) : WriteLanes(a, frame, lane)),
        ];
        if ((function == ScalarFunctions.Add || function == ScalarFunctions.Multiply) && IsNumber(uniform[0]))
        {
            arguments.Reverse();
        }

        return FormLanes(function, arguments, lane);
    }

    /// <summary>What an entry would be written as; what has to stand before it is left out.</summary>
    private string Tried(Element element, Frame frame)
    {
        var output = Output;
        Output = new CSharpWriter(output.Level);
        var text = Write(element, frame).Text;
        var needsMore = !Output.IsEmpty;
        Output = output;
        return needsMore ? "" : text;
    }

    private static bool IsOperator(ScalarFunction function) => !function.Lanes!.Contains('(');

    private static bool IsNumber(string text) => text.Length > 0 && char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '.');

    private Code FormLanes(ScalarFunction function, IReadOnlyList<Code> arguments, Lane lane)
    {
        LaneOperations += function.Lanes!.StartsWith("{VectorMath}", StringComparison.Ordinal) ? Limits.ElementaryOperations : 1;
        var isOperator = IsOperator(function);
        var text = function.Lanes!.Replace("{L}", lane.Type.Name).Replace("{T}", lane.Type.Keyword).Replace("{VectorMath}", "global::GradGen.Kernels.VectorMath");
        for (var i = 0; i < arguments.Count; i++)
        {
            var slot = "{" + Literals.Integer(i) + "}";
            var isLeft = text.StartsWith(slot, StringComparison.Ordinal);
            text = text.Replace(slot, arguments[i].In(!isOperator ? 0 : isLeft ? function.Precedence : function.Precedence + 1));
        }

        return new Code(text, isOperator ? function.Precedence : Code.Primary);
    }

    /// <summary>
    /// A function of one number in a vector of the narrowest kind, where the method has vectors: it is inlined, and nothing has to be
    /// saved for a call. The network of the question took 44 ns with its last sigmoid so, and 48 with Math.Exp.
    /// </summary>
    private Code? InOneLane(ScalarFunction function, IReadOnlyList<Code> arguments, Frame frame)
    {
        if (lanes.IsEmpty || arguments.Count != 1 || frame.Shape.Count != 1 || function.Lanes?.StartsWith("{VectorMath}", StringComparison.Ordinal) != true
            || !function.Text.StartsWith("{GradGen}", StringComparison.Ordinal) || frame.Scalar is not (ScalarType.Float32 or ScalarType.Float64))
        {
            return null;
        }

        var type = lanes.For(frame.Scalar, Limits.FixedVectorBytes[0] / LaneTypes.SizeOf(frame.Scalar));
        var lane = new Lane(type, LaneAnalysis.ProbedLane, 1);
        return Code.Atom(FormLanes(function, [Code.Atom($"{type.Name}.Create({arguments[0]})")], lane) + "[0]");
    }

    /// <summary>The factors, if it is a product of which at least one factor varies with the lanes.</summary>
    private (Element Left, Element Right)? IsProduct(Element element, Frame frame, Lane lane) =>
        element is Call { Arguments.Length: 2 } product && product.Function == ScalarFunctions.Multiply
        && KindOf(product, frame, lane) == LaneKind.Varying
            ? (product.Arguments[0], product.Arguments[1])
            : null;

    private Code MultiplyAdd((Element Left, Element Right) factors, Element added, Frame frame, Lane lane) =>
        MultiplyAdd(WriteLanes(factors.Left, frame, lane), WriteLanes(factors.Right, frame, lane), WriteLanes(added, frame, lane), lane);

    /// <summary>left·right + added; a factor that is one entry in all lanes is read with the multiplication.</summary>
    private Code MultiplyAdd(Code left, Code right, Code added, Lane lane)
    {
        LaneOperations++;
        var spread = lane.Type.Name + ".Spread(";
        // A product may begin with such a factor: that is not one.
        bool IsSpread(Code factor) => factor.Precedence == Code.Primary && factor.Text.StartsWith(spread, StringComparison.Ordinal);
        if (!IsSpread(left) && IsSpread(right))
        {
            (left, right) = (right, left);
        }

        var factor = IsSpread(left) ? left.Text.Substring(spread.Length, left.Text.Length - spread.Length - 1) : left.Text;
        return Code.Atom($"{lane.Type.Name}.MultiplyAdd({factor}, {right}, {added})");
    }

    private Code WriteLanes(Guarded guarded, Frame frame, Lane lane)
    {
        var conditions = new List<string>();
        foreach (var condition in guarded.Conditions)
        {
            switch (Test(condition, frame))
            {
                case (false, _):
                    return WriteLanes(guarded.Else, frame, lane);
                case (null, var text):
                    conditions.Add(text);
                    break;
            }
        }

        if (conditions.Count == 0)
        {
            return WriteLanes(guarded.Then, frame, lane);
        }

        var (then, otherwise) = WithoutHoisting(() => (WriteLanes(guarded.Then, frame, lane), WriteLanes(guarded.Else, frame, lane)));
        return new Code(
            string.Join(" && ", conditions) + " ? " + then.In(Code.Conditional + 1) + " : " + otherwise.In(Code.Conditional), Code.Conditional);
    }

    /// <summary>A loop along the lanes; no loop where one vector holds all. What is the same in each round is read before it.</summary>
    public void LaneLoop(string wanted, LaneType type, int extent, IReadOnlyList<EntryIndex> around, Action<Lane> body)
    {
        if (type.HoldsAll)
        {
            body(new Lane(type, LaneAnalysis.ProbedLane, extent));
            return;
        }

        ReadingBefore(around, hook =>
        {
            names.OpenBlock();
            var variable = names.ReserveInBlock(wanted);
            _extents[variable] = extent;
            Output.Open($"for (int {variable} = 0; {variable} < {Literals.Integer(extent)}; {variable} += {type.Name}.Count)");
            OnSpanRead = hook;
            body(new Lane(type, variable, extent));
            OnSpanRead = null;
            Output.Close();
            _extents.Remove(variable);
            names.CloseBlock();
        });
    }
}
