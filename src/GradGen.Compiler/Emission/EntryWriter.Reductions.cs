using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <content>Sums, extremes and their positions: in one expression, one statement an entry, or a loop.</content>
internal sealed partial class EntryWriter
{
    /// <summary>a + b + c, or the extreme in one statement an entry.</summary>
    private Code Unroll(Reduce reduce, Frame frame, string? target)
    {
        var terms = Enumerable.Range(0, reduce.Extent).Select(k => Write(reduce.Body, frame.With(reduce.Variable, k))).ToList();
        var zero = Literals.Number(frame.Scalar, 0);
        if (reduce.Kind == ReduceKind.Sum && terms.RemoveAll(t => t.Text == zero) > 0 && terms.Count == 0)
        {
            return Code.Number(zero);
        }

        if (terms.Count == 1)
        {
            return terms[0];
        }

        if (reduce.Kind == ReduceKind.Sum)
        {
            return new Code(
                string.Join(" + ", terms.Select((t, k) => t.In(k == 0 ? Code.Additive : Code.Additive + 1))), Code.Additive);
        }

        if (terms.Count == 2)
        {
            return Code.Atom(Extreme(reduce.Kind, frame.Scalar, terms[0].Text, terms[1]));
        }

        var name = target ?? names.ReserveInBlock(reduce.Kind == ReduceKind.Max ? "max" : "min");
        Output.Statement($"{Literals.Keyword(frame.Scalar)} {name} = {terms[0]};");
        foreach (var term in terms.Skip(1))
        {
            Output.Statement($"{name} = {Extreme(reduce.Kind, frame.Scalar, name, term)};");
        }

        return Code.Atom(name);
    }

    /// <summary>A loop before the expression, and its result.</summary>
    private Code Accumulate(Reduce reduce, Frame frame, string? target)
    {
        var keyword = Literals.Keyword(frame.Scalar);
        var (start, wanted) = reduce.Kind switch
        {
            ReduceKind.Sum => (Literals.Number(frame.Scalar, 0), "sum"),
            ReduceKind.Max => (Literals.Number(frame.Scalar, double.NegativeInfinity), "max"),
            _ => (Literals.Number(frame.Scalar, double.PositiveInfinity), "min"),
        };
        var name = target ?? names.ReserveInBlock(wanted);
        Output.Line($"{keyword} {name} = {start};");
        Loop(reduce.Variable, reduce.Extent, k =>
        {
            var term = Write(reduce.Body, frame.With(reduce.Variable, k));
            Output.Statement(reduce.Kind == ReduceKind.Sum
                ? $"{name} += {term};"
                : $"{name} = {Extreme(reduce.Kind, frame.Scalar, name, term)};");
        });
        return Code.Atom(name);
    }

    private static string Extreme(ReduceKind kind, ScalarType scalar, string left, Code right) =>
        $"global::System.{(scalar == ScalarType.Float32 ? "MathF" : "Math")}.{(kind == ReduceKind.Max ? "Max" : "Min")}({left}, {right})";

    /// <summary>The position of the first greatest entry; a NaN counts as greatest, as it does in Math.Max.</summary>
    private Code WritePosition(Reduce reduce, Frame frame, string? target)
    {
        var keyword = Literals.Keyword(frame.Scalar);
        var position = target ?? names.ReserveInBlock("position");
        Output.Line($"int {position} = 0;");
        var best = names.ReserveInBlock("best");
        Output.Statement($"{keyword} {best} = {Write(reduce.Body, frame.With(reduce.Variable, 0))};");
        void Compare(EntryIndex k)
        {
            var entry = Write(reduce.Body, frame.With(reduce.Variable, k)).In(Code.Additive);
            var sign = reduce.Kind == ReduceKind.FirstMax ? ">" : "<";
            Output.Open($"if ({entry} {sign} {best} || ({keyword}.IsNaN({entry}) && !{keyword}.IsNaN({best})))");
            Output.Line($"{best} = {entry};");
            Output.Line($"{position} = {k};");
            Output.Close();
        }

        if (IsUnrolled)
        {
            for (var k = 1; k < reduce.Extent; k++)
            {
                Compare(k);
            }
        }
        else
        {
            Loop(reduce.Variable, reduce.Extent, Compare, from: 1);
        }

        return Code.Atom(position);
    }
}
