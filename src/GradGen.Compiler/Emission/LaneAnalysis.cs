using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>What an entry is when many are computed at a time, ordered from the best to the worst.</summary>
internal enum LaneKind
{
    /// <summary>The same in all lanes.</summary>
    Uniform,
    /// <summary>A vector.</summary>
    Varying,
    /// <summary>Not to be had as a vector.</summary>
    Impossible,
}

/// <summary>
/// Whether entries can be computed many at a time: what moves by one with the lanes is loaded, what does not is spread over
/// them, what moves further is gathered where there are few.
/// </summary>
internal sealed class LaneAnalysis(Plan plan)
{
    /// <summary>A variable for lanes that nothing has been written for yet.</summary>
    public const string ProbedLane = "the lane";

    /// <summary>A variable for rows that nothing has been written for yet.</summary>
    public const string ProbedRow = "the row";

    /// <summary>A variable for a sum that nothing has been written for yet.</summary>
    public const string ProbedSum = "the sum";

    /// <summary>Whether a value can be loaded as a vector.</summary>
    public Func<Value, bool> IsLoaded { get; init; } = _ => true;

    /// <summary>Told of each value that is loaded, and from which index.</summary>
    public Action<Value, EntryIndex>? OnLoad { get; init; }

    /// <summary>A step whose sum is known already, if any.</summary>
    public Func<Instruction, bool> IsKnown { get; init; } = _ => false;

    /// <summary>A step whose sum is taken as 0, because it is added later, if any.</summary>
    public Func<Instruction, bool> IsLeftOut { get; init; } = _ => false;

    /// <summary>What a result's entries are, at a place that moves with the lane's variable.</summary>
    /// <param name="instruction">The step.</param>
    /// <param name="place">The place.</param>
    /// <param name="lane">The lane's variable.</param>
    /// <param name="isFew">Whether there are so few lanes that entries that lie apart may be gathered.</param>
    public LaneKind KindOf(Instruction instruction, Place place, string lane, bool isFew) =>
        KindOf(Plan.FormOf(instruction).Element, Frame.Of(instruction, place), lane, isFew);

    public LaneKind KindOf(Element element, Frame frame, string lane, bool isFew)
    {
        LaneKind Of(Element e) => KindOf(e, frame, lane, isFew);
        switch (element)
        {
            case Load load:
                return KindOf(frame.Operand(load.Operand), Place.Of(Known(load.Row, frame), Known(load.Column, frame)), lane, isFew);
            case LoadEntry load when frame.Operand(load.Operand).Shape.IsScalar:
                return KindOf(frame.Operand(load.Operand), Place.At(0), lane, isFew);
            case LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load when frame.Operand(load.Operand).Shape == frame.Shape:
                return KindOf(frame.Operand(load.Operand), frame.Place, lane, isFew);
            case LoadEntry load:
                return KindOf(frame.Operand(load.Operand), Place.At(Known(load.Position, frame)), lane, isFew);
            case Literal:
                return LaneKind.Uniform;
            case LoadArray or LoadLength:
                return frame.Shape.IsScalar ? LaneKind.Uniform : LaneKind.Impossible;
            case Call call:
                return KindOf(call, [.. call.Arguments.Select(Of)]);
            case Guarded guarded:
                return guarded.Conditions.Any(c => Moves(Known(c.Left, frame), lane) || Moves(Known(c.Same ?? 0, frame), lane))
                    ? LaneKind.Impossible
                    : Worst(Of(guarded.Then), Of(guarded.Else));
            case Reduce when IsLeftOut(frame.Instruction):
                return LaneKind.Uniform;
            case Reduce when IsKnown(frame.Instruction):
                return Moves(frame.Place.Entry(frame.Shape), lane) ? LaneKind.Varying : LaneKind.Uniform;
            case Reduce reduce when !isFew && DotsOf(reduce, frame, lane) is { } dots:
                OnLoad?.Invoke(dots.Rows, dots.RowsAt);
                OnLoad?.Invoke(dots.Vector, dots.VectorAt);
                return LaneKind.Varying;
            case Reduce reduce:
                var kind = KindOf(reduce.Body, frame.With(reduce.Variable, reduce.Extent == 1 ? 0 : EntryIndex.Variable(ProbedSum)), lane, isFew);
                return kind == LaneKind.Varying && reduce.Kind is ReduceKind.FirstMax or ReduceKind.FirstMin ? LaneKind.Impossible : kind;
            default:
                return LaneKind.Impossible;
        }
    }

    /// <summary>
    /// Rows of a matrix in memory times a vector in memory, where the lanes run down the rows: the indices, in which
    /// <see cref="ProbedSum"/> runs along them; null where a sum is not that.
    /// </summary>
    public (Value Rows, EntryIndex RowsAt, Value Vector, EntryIndex VectorAt)? DotsOf(Reduce reduce, Frame frame, string lane)
    {
        if (reduce is not { Kind: ReduceKind.Sum, Body: Call { Arguments: [Load left, Load right] } product } || product.Function != ScalarFunctions.Multiply
            || (frame.Shape.Rows > 1 && frame.Shape.Columns > 1))
        {
            return null;
        }

        var inner = frame.With(reduce.Variable, EntryIndex.Variable(ProbedSum));
        for (var i = 0; i < 2; i++)
        {
            var ((rows, rowsAt), (vector, vectorAt)) = i == 0 ? (InMemory(left, inner), InMemory(right, inner)) : (InMemory(right, inner), InMemory(left, inner));
            if (rows is not null && vector is not null
                && rowsAt.StrideOf(lane) > 1 && rowsAt.StrideOf(ProbedSum) == 1 && !IsNested(rowsAt, lane)
                && !Moves(vectorAt, lane) && vectorAt.StrideOf(ProbedSum) == 1)
            {
                return (rows, rowsAt, vector, vectorAt);
            }
        }

        return null;
    }

    private (Value? Value, EntryIndex Index) InMemory(Load load, Frame frame)
    {
        var value = frame.Operand(load.Operand);
        return value.Shape.Count > 1 && value.Type.IsFloating && !plan.IsInlined(value) && !plan.IsInRegister(value) && !plan.Constants.Knows(value) && IsLoaded(value)
            && load.Row.Operand < 0 && load.Column.Operand < 0
            ? (value, Place.Of(Known(load.Row, frame), Known(load.Column, frame)).Entry(value.Shape))
            : (null, 0);
    }

    /// <summary>Whether an index depends on the lane.</summary>
    public static bool Moves(EntryIndex index, string lane) => index.StrideOf(lane) != 0 || IsNested(index, lane);

    private static LaneKind KindOf(Call call, LaneKind[] arguments)
    {
        var worst = Worst(arguments);
        return worst != LaneKind.Varying ? worst
            : call.Function.Lanes is null ? LaneKind.Impossible
            // Conditions are Booleans in one case and masks in the other: they do not mix.
            : call.Function.IsLogical && arguments.Any(a => a == LaneKind.Uniform) ? LaneKind.Impossible
            : LaneKind.Varying;
    }

    private LaneKind KindOf(Value value, Place place, string lane, bool isFew)
    {
        var index = place.Entry(value.Shape);
        if (plan.Constants[value, index] is not null)
        {
            return LaneKind.Uniform;
        }

        if (plan.IsInlined(value))
        {
            return KindOf(plan.DefinitionOf(value)!, place, lane, isFew);
        }

        OnLoad?.Invoke(value, index);
        if (value.Shape.Count == 1 || !Moves(index, lane))
        {
            return LaneKind.Uniform;
        }

        var stride = index.StrideOf(lane);
        return (stride == 1 || (stride > 1 && isFew)) && !IsNested(index, lane) && value.Type.IsFloating && IsLoaded(value)
            ? LaneKind.Varying
            : LaneKind.Impossible;
    }

    private static LaneKind Worst(params LaneKind[] kinds) => kinds.DefaultIfEmpty(LaneKind.Uniform).Max();

    /// <summary>Whether a quotient or a remainder of the lane's variable is in the index.</summary>
    private static bool IsNested(EntryIndex index, string lane) => index.Terms.Any(t => t.Variable != lane && t.Variable[0] == '(' && t.Variable.Contains(lane));

    /// <summary>A position as far as it is known without writing anything.</summary>
    private static EntryIndex Known(Position position, Frame frame) =>
        (position.Variable is { } variable ? frame.Variable(variable) : 0)
        + (position.Operand >= 0 ? EntryIndex.Variable("a place") : 0) + position.Offset;
}
