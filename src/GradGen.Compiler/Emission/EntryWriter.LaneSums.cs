using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <content>Sums and extremes in vectors: in each lane, or along the lanes.</content>
internal sealed partial class EntryWriter
{
    /// <summary>A sum in each lane, over what the lanes do not run along: the rows of a product.</summary>
    private Code AccumulateLanes(Reduce reduce, Frame frame, Lane lane, string? target)
    {
        var type = lane.Type.Name;
        if (DotsOf(reduce, frame, lane) is var (rows, rowsAt, vector, vectorAt))
        {
            LaneOperations += Limits.DotsOperations;
            EntryIndex From(EntryIndex index) => lane.At(index.Without(LaneAnalysis.ProbedSum));
            return Code.Atom(
                $"{type}.Dots({storage.ReadSpan(rows)}, {From(rowsAt)}, {Literals.Integer(rowsAt.StrideOf(lane.Variable))}, {(lane.Left.Length > 0 ? lane.Left : type + ".Count")}, "
                    + $"{storage.ReadSpan(vector)}, {From(vectorAt)}, {Literals.Integer(reduce.Extent)})");
        }

        if (reduce.Extent == 1)
        {
            return WriteLanes(reduce.Body, frame.With(reduce.Variable, 0), lane);
        }

        if (IsUnrolledInLanes(reduce, lane))
        {
            var first = WriteLanes(reduce.Body, frame.With(reduce.Variable, 0), lane);
            var sum = target ?? names.ReserveInBlock("sum");
            Output.Statement($"{type} {sum} = {first};");
            AddTerms(reduce, frame, lane, sum, from: 1);
            return Code.Atom(sum);
        }

        var name = target ?? names.ReserveInBlock(reduce.Kind switch { ReduceKind.Sum => "sum", ReduceKind.Max => "max", _ => "min" });
        Output.Line($"{type} {name} = {StartOf(reduce.Kind, type, frame.Scalar)};");
        AddTerms(reduce, frame, lane, name, from: 0);
        return Code.Atom(name);
    }

    /// <summary>A sum that begins with what is added to it, so that nothing is added at the end.</summary>
    private Code AccumulateLanes(Reduce sum, Frame frame, Lane lane, string? target, Element added, Frame around)
    {
        var start = WriteLanes(added, around, lane);
        var name = target ?? names.ReserveInBlock("sum");
        var from = 0;
        if (IsUnrolledInLanes(sum, lane) && IsProduct(sum.Body, frame.With(sum.Variable, 0), lane) is { } factors)
        {
            var first = frame.With(sum.Variable, 0);
            start = MultiplyAdd(WriteLanes(factors.Left, first, lane), WriteLanes(factors.Right, first, lane), start, lane);
            from = 1;
        }

        Output.Statement($"{lane.Type.Name} {name} = {start};");
        AddTerms(sum, frame, lane, name, from);
        return Code.Atom(name);
    }

    private (Value Rows, EntryIndex RowsAt, Value Vector, EntryIndex VectorAt)? DotsOf(Reduce reduce, Frame frame, Lane lane) =>
        lane.IsFew ? null : Analysis.DotsOf(reduce, frame, lane.Variable);

    private static bool IsUnrolledInLanes(Reduce reduce, Lane lane) =>
        reduce.Extent <= Limits.UnrolledTerms && reduce.Kind == ReduceKind.Sum && lane.Type.HoldsAll;

    private void AddTerms(Reduce reduce, Frame frame, Lane lane, string name, int from)
    {
        if (IsUnrolledInLanes(reduce, lane))
        {
            for (var k = from; k < reduce.Extent; k++)
            {
                AddLanes(reduce, frame.With(reduce.Variable, k), lane, name, "");
            }
        }
        else
        {
            Loop(reduce.Variable, reduce.Extent, k => AddLanes(reduce, frame.With(reduce.Variable, k), lane, name, ""));
        }
    }

    /// <summary>The sum in each lane that an element is, itself or as what is written into it.</summary>
    private (Reduce Sum, Frame Frame)? SumBehind(Element element, Frame frame, Lane lane)
    {
        switch (element)
        {
            case Reduce { Kind: ReduceKind.Sum, Extent: > 1 } sum when KnownSum?.Owner != frame.Instruction && DotsOf(sum, frame, lane) is null && KindOf(sum, frame, lane) == LaneKind.Varying:
                return (sum, frame);
            case Call { Function.Precedence: 0 } same:
                return SumBehind(same.Arguments[0], frame, lane);
            case LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
                when frame.Operand(load.Operand) is var value && value.Shape == frame.Shape && plan.IsInlined(value) && plan.Constants[value, frame.Place.Entry(value.Shape)] is null:
                var definition = plan.DefinitionOf(value)!;
                return SumBehind(Plan.FormOf(definition).Element, Frame.Of(definition, frame.Place), lane);
            default:
                return null;
        }
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
            Output.Statement($"{name} = {MultiplyAdd(WriteLanes(factors.Left, frame, lane), WriteLanes(factors.Right, frame, lane), Code.Atom(name), lane)};");
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

    /// <summary>Whether what is summed is in a vector: its lanes are added sooner than taken out one by one.</summary>
    private bool SumsRegister(Reduce reduce, Frame frame) => reduce.Kind == ReduceKind.Sum && frame.Shape.Count == 1
        && frame.Instruction.Operands.Any(o => plan.IsInRegister(o) && o.Shape.Count == reduce.Extent);

    /// <summary>A sum or an extreme along the lanes, a vector at a time; null where that cannot be.</summary>
    private Code? ReduceLanes(Reduce reduce, Frame frame, string? target)
    {
        var rows = frame.Instruction.Operands.FirstOrDefault(o => plan.IsInRows(o) && o.Shape.Count == reduce.Extent);
        if (reduce.Kind is ReduceKind.FirstMax or ReduceKind.FirstMin || (reduce.Extent < Limits.LanesInReduction && rows is null && !SumsRegister(reduce, frame))
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
}
