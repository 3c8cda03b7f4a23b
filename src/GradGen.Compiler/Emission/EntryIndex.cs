using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <summary>
/// An index: a constant plus multiples of loop variables (or of whole expressions), so that a constant index is seen to
/// be one, and the stride of a loop is.
/// </summary>
internal sealed record EntryIndex(ImmutableArray<(string Variable, int Factor)> Terms, int Offset)
{
    public static implicit operator EntryIndex(int constant) => new([], constant);

    /// <summary>A loop variable, or an expression that binds as tightly as a product's operand must.</summary>
    public static EntryIndex Variable(string text) => new([(text, 1)], 0);

    public bool IsConstant => Terms.IsEmpty;

    /// <summary>How far the index moves when the variable moves by one.</summary>
    public int StrideOf(string variable) => Terms.Where(t => t.Variable == variable).Sum(t => t.Factor);

    /// <summary>The index where the variable is 0.</summary>
    public EntryIndex Without(string variable) => new(Terms.RemoveAll(t => t.Variable == variable), Offset);

    public static EntryIndex operator +(EntryIndex left, EntryIndex right)
    {
        var terms = left.Terms;
        foreach (var term in right.Terms)
        {
            var position = terms.IndexOf(terms.FirstOrDefault(t => t.Variable == term.Variable));
            terms = position < 0 ? terms.Add(term) : terms.SetItem(position, (term.Variable, terms[position].Factor + term.Factor));
        }

        return new(terms.RemoveAll(t => t.Factor == 0), left.Offset + right.Offset);
    }

    public static EntryIndex operator *(EntryIndex index, int factor) => factor == 0
        ? 0
        : new EntryIndex([.. index.Terms.Select(t => (t.Variable, t.Factor * factor))], index.Offset * factor);

    public static EntryIndex operator /(EntryIndex index, int divisor) =>
        divisor == 1 ? index
        : index.IsConstant ? index.Offset / divisor
        : Variable("(" + index.Factored + " / " + Literals.Integer(divisor) + ")");

    public static EntryIndex operator %(EntryIndex index, int divisor) =>
        divisor == 1 ? 0
        : index.IsConstant ? index.Offset % divisor
        : Variable("(" + index.Factored + " % " + Literals.Integer(divisor) + ")");

    private string Factored => Terms.Length == 1 && Offset == 0 && Terms[0].Factor == 1 ? ToString() : "(" + this + ")";

    public bool Equals(EntryIndex? other) => other is not null && Offset == other.Offset && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => Offset ^ Terms.Length;

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (variable, factor) in Terms)
        {
            text.Append(text.Length == 0 ? factor < 0 ? "-" : "" : factor < 0 ? " - " : " + ").Append(variable);
            if (Math.Abs(factor) != 1)
            {
                text.Append(" * ").Append(Math.Abs(factor).ToString(CultureInfo.InvariantCulture));
            }
        }

        if (Offset != 0 || text.Length == 0)
        {
            text.Append(text.Length == 0 ? Offset < 0 ? "-" : "" : Offset < 0 ? " - " : " + ")
                .Append(Math.Abs(Offset).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}

/// <summary>One entry of a value: by row and column or by its number in row-major order, whichever is at hand.</summary>
internal sealed class Place
{
    private readonly EntryIndex? _row;
    private readonly EntryIndex? _column;
    private readonly EntryIndex? _entry;

    private Place(EntryIndex? row, EntryIndex? column, EntryIndex? entry) => (_row, _column, _entry) = (row, column, entry);

    public static Place Of(EntryIndex row, EntryIndex column) => new(row, column, null);

    public static Place At(EntryIndex entry) => new(null, null, entry);

    public EntryIndex Entry(Shape shape) => _entry ?? ((_row! * shape.Columns) + _column!);

    public EntryIndex Row(Shape shape) => _row ?? (shape.Rows == 1 ? 0 : _entry! / shape.Columns);

    public EntryIndex Column(Shape shape) => _column ?? (shape.Rows == 1 ? _entry! : _entry! % shape.Columns);
}
