using System.Collections.Immutable;
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
            Load load => InLanes(frame.Operand(load.Operand), Place.Of(At(load.Row, frame), At(load.Column, frame)), lane),
            LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
                when frame.Operand(load.Operand).Shape == frame.Shape => InLanes(frame.Operand(load.Operand), frame.Place, lane),
            LoadEntry load => InLanes(frame.Operand(load.Operand), Place.At(At(load.Position, frame)), lane),
            Call call => WriteLanes(call, frame, lane),
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

    private Code WriteLanes(Call call, Frame frame, Lane lane)
    {
        var function = call.Function;
        if (function.Precedence == 0)
        {
            return WriteLanes(call.Arguments[0], frame, lane);
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

    /// <summary>The factors, if it is a product of which at least one factor varies with the lanes.</summary>
    private (Element Left, Element Right)? IsProduct(Element element, Frame frame, Lane lane) =>
        element is Call { Arguments.Length: 2 } product && product.Function == ScalarFunctions.Multiply
        && KindOf(product, frame, lane) == LaneKind.Varying
            ? (product.Arguments[0], product.Arguments[1])
            : null;

    private Code MultiplyAdd((Element Left, Element Right) factors, Element added, Frame frame, Lane lane)
    {
        LaneOperations++;
        return Code.Atom(
            $"{lane.Type.Name}.MultiplyAdd({WriteLanes(factors.Left, frame, lane)}, {WriteLanes(factors.Right, frame, lane)}, {WriteLanes(added, frame, lane)})");
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

    /// <summary>A sum in each lane, over what the lanes do not run along: the rows of a product.</summary>
    private Code AccumulateLanes(Reduce reduce, Frame frame, Lane lane, string? target)
    {
        var type = lane.Type.Name;
        if (reduce.Extent == 1)
        {
            return WriteLanes(reduce.Body, frame.With(reduce.Variable, 0), lane);
        }

        if (reduce.Extent <= Limits.UnrolledTerms && reduce.Kind == ReduceKind.Sum && lane.Type.HoldsAll)
        {
            return UnrollLanes(reduce, frame, lane, target);
        }

        var name = target ?? names.ReserveInBlock(reduce.Kind switch { ReduceKind.Sum => "sum", ReduceKind.Max => "max", _ => "min" });
        Output.Line($"{type} {name} = {StartOf(reduce.Kind, type, frame.Scalar)};");
        Loop(reduce.Variable, reduce.Extent, k => AddLanes(reduce, frame.With(reduce.Variable, k), lane, name, ""));
        return Code.Atom(name);
    }

    private Code UnrollLanes(Reduce reduce, Frame frame, Lane lane, string? target)
    {
        var name = target ?? names.ReserveInBlock("sum");
        for (var k = 0; k < reduce.Extent; k++)
        {
            var inner = frame.With(reduce.Variable, k);
            if (k == 0)
            {
                Output.Statement($"{lane.Type.Name} {name} = {WriteLanes(reduce.Body, inner, lane)};");
            }
            else
            {
                AddLanes(reduce, inner, lane, name, "");
            }
        }

        return Code.Atom(name);
    }

    private static string StartOf(ReduceKind kind, string type, ScalarType scalar) => kind == ReduceKind.Sum
        ? type + ".Zero"
        : $"{type}.Create({Literals.Number(scalar, kind == ReduceKind.Max ? double.NegativeInfinity : double.PositiveInfinity)})";

    /// <summary>Adds a term in each lane; <paramref name="left"/> says how many lanes count, where not all do.</summary>
    private void AddLanes(Reduce reduce, Frame frame, Lane lane, string name, string left)
    {
        var type = lane.Type.Name;
        if (reduce.Kind == ReduceKind.Sum && IsProduct(reduce.Body, frame, lane) is { } factors && (left.Length == 0 || IsZeroBeyond(reduce.Body, frame)))
        {
            LaneOperations++;
            Output.Statement($"{name} = {type}.MultiplyAdd({WriteLanes(factors.Left, frame, lane)}, {WriteLanes(factors.Right, frame, lane)}, {name});");
            return;
        }

        var term = CountedTerm(reduce, frame, lane, left);
        Output.Statement(reduce.Kind == ReduceKind.Sum
            ? $"{name} += {term};"
            : $"{name} = {type}.{(reduce.Kind == ReduceKind.Max ? "Max" : "Min")}({name}, {term});");
    }

    /// <summary>A term in each lane, and in the lanes that do not count what changes nothing.</summary>
    private Code CountedTerm(Reduce reduce, Frame frame, Lane lane, string left)
    {
        var term = WriteLanes(reduce.Body, frame, lane);
        if (left.Length == 0 || (reduce.Kind == ReduceKind.Sum && IsZeroBeyond(reduce.Body, frame)))
        {
            return term;
        }

        var type = lane.Type.Name;
        return Code.Atom(reduce.Kind == ReduceKind.Sum
            ? $"{type}.And({type}.First({left}), {term})"
            : $"{type}.Select({type}.First({left}), {term}, {StartOf(reduce.Kind, type, frame.Scalar)})");
    }

    /// <summary>Whether lanes beyond the end of a row, which are loaded as 0, give 0: loads and products of loads do.</summary>
    private bool IsZeroBeyond(Element body, Frame frame) => body switch
    {
        Load load => IsLoaded(frame.Operand(load.Operand)),
        LoadEntry load => IsLoaded(frame.Operand(load.Operand)),
        Call { Arguments.Length: 2 } product => product.Function == ScalarFunctions.Multiply && product.Arguments.All(a => IsZeroBeyond(a, frame)),
        _ => false,
    };

    private bool IsLoaded(Value value) => !plan.IsInlined(value) && !plan.IsInRegister(value) && value.Shape.Count > 1;

    /// <summary>A sum or an extreme along the lanes, a vector at a time; null where that cannot be.</summary>
    private Code? ReduceLanes(Reduce reduce, Frame frame, string? target)
    {
        var rows = frame.Instruction.Operands.FirstOrDefault(o => plan.IsInRows(o) && o.Shape.Count == reduce.Extent);
        if (reduce.Kind is ReduceKind.FirstMax or ReduceKind.FirstMin || (reduce.Extent < Limits.LanesInReduction && rows is null)
            || frame.Scalar is not (ScalarType.Float32 or ScalarType.Float64)
            || Analysis.KindOf(
                reduce.Body, frame.With(reduce.Variable, EntryIndex.Variable(LaneAnalysis.ProbedLane)), LaneAnalysis.ProbedLane,
                LaneTypes.IsFew(frame.Scalar, reduce.Extent)) != LaneKind.Varying)
        {
            return null;
        }

        var wanted = reduce.Kind switch { ReduceKind.Sum => "sum", ReduceKind.Max => "max", _ => "min" };
        var result = reduce.Kind switch { ReduceKind.Sum => "Sum", ReduceKind.Max => "MaxEntry", _ => "MinEntry" };
        if (rows is not null)
        {
            var lane = RowLane(rows);
            var all = names.ReserveInBlock(wanted + "s");
            Output.Statement($"{lane.Type.Name} {all} = {WriteLanes(reduce.Body, frame.With(reduce.Variable, lane.Start), lane)};");
            for (var i = 1; i < rows.Shape.Rows; i++)
            {
                AddLanes(reduce, frame.With(reduce.Variable, lane.Start + (i * lane.Extent)), lane, all, "");
            }

            return Code.Atom($"{all}.{result}({lane.Left})");
        }

        var type = lanes.For(frame.Scalar, reduce.Extent);
        if (type.HoldsAll)
        {
            var lane = new Lane(type, LaneAnalysis.ProbedLane, reduce.Extent);
            var inner = frame.With(reduce.Variable, lane.Start);
            var count = reduce.Kind == ReduceKind.Sum && IsZeroBeyond(reduce.Body, inner) ? "" : lane.Left;
            return Code.Atom($"{WriteLanes(reduce.Body, inner, lane).In(Code.Primary)}.{result}({count})");
        }

        var name = target ?? names.ReserveInBlock(wanted);
        var vectors = names.ReserveInBlock(wanted + "s");
        Output.Line($"{type.Name} {vectors} = {StartOf(reduce.Kind, type.Name, frame.Scalar)};");
        LaneLoop(reduce.Variable, type, reduce.Extent, [], lane =>
            AddLanes(reduce, frame.With(reduce.Variable, lane.Start), lane, vectors, lane.Left));
        Output.Separate().Line($"{type.Keyword} {name} = {vectors}.{result}();");
        return Code.Atom(name);
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
