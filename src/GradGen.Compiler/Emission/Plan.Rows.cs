using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <content>
/// Which small matrices are in vectors row by row: what is computed of them then reads no memory but for single entries, and a
/// product has its whole right side in registers.
/// </content>
internal sealed partial class Plan
{
    private readonly HashSet<Value> _inRows = [];

    /// <summary>Whether each row can be read as a vector of its own. The entries are in memory as well where anything asks for them there.</summary>
    public bool IsInRows(Value value) => _inRows.Contains(value);

    private void ChooseRows()
    {
        _inRows.UnionWith(_function.Parameters.Where(p => !_apart.Contains(p) && HasFewRows(p)));
        foreach (var step in _instructions.Where(i => _lanes.Contains(i) && HasFewRows(i.Result) && UnrollsRows(i)))
        {
            if ((NeedsRowsAndColumns(step) || !LaneTypes.IsFew(step.Result.Type.Scalar, step.Result.Shape.Count)) && CanBeInRows(step))
            {
                _inRows.Add(step.Result);
            }
        }
    }

    private static bool HasFewRows(Value value) =>
        value.Type is { IsFloating: true, IsTensor: true } && value.Shape.Rows is > 1 and <= Limits.RegisterRows
        && value.Shape.Columns >= Limits.LanesInStep && LaneTypes.IsFew(value.Type.Scalar, value.Shape.Columns);

    private bool CanBeInRows(Instruction step) =>
        new LaneAnalysis(this) { IsLoaded = IsVector }.KindOf(step, ProbedPlace(byRows: true), LaneAnalysis.ProbedLane, isFew: true) != LaneKind.Impossible;
}
