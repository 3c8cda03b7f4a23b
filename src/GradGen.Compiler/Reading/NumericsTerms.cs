using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>What the formulas of System.Numerics are made of, beside the operators of <see cref="Term"/>.</summary>
internal static class NumericsTerms
{
    /// <summary>v[i] of a column.</summary>
    public static Term At(this Term vector, int index) => vector.Apply(Gathers.Element, Attributes.Of(index));

    /// <summary>A[i, j], from 0.</summary>
    public static Term At(this Term matrix, int row, int column) => matrix.Apply(Gathers.Element, Attributes.Of(row, column));

    /// <summary>An entry by its number in row-major order.</summary>
    public static Term Entry(this Term term, int entry) =>
        term.Shape.IsColumn ? term.At(entry) : term.At(entry / term.Shape.Columns, entry % term.Shape.Columns);

    /// <summary>v[start..start + count].</summary>
    public static Term Slice(this Term vector, int start, int count) => vector.Block(start, 0, count, 1);

    /// <summary>A[row.., column..] of a size.</summary>
    public static Term Block(this Term matrix, int row, int column, int rows, int columns) =>
        matrix.Apply(Gathers.Block, Attributes.Of(row, column, rows, columns));

    /// <summary>A[row, ..count] as a column.</summary>
    public static Term Row(this Term matrix, int row, int count) => matrix.Block(row, 0, 1, count).T;

    /// <summary>The columns and numbers one over the other.</summary>
    public static Term Stack(Term first, params Entry[] others) =>
        others.Aggregate(first.AsColumn(), (top, next) => top.Apply(Gathers.VStack, next.In(first).AsColumn()));

    /// <summary>A matrix of its entries, row by row; at least one of them is a term.</summary>
    public static Term Matrix(int rows, int columns, params Entry[] entries)
    {
        var some = entries.First(e => e.Term is not null).Term!.Value;
        var first = entries[0].In(some);
        return first.Apply(Gathers.Assemble, Attributes.Of(rows, columns), [.. entries.Skip(1).Select(e => e.In(some))]);
    }

    /// <summary>A column of its entries.</summary>
    public static Term Column(params Entry[] entries) => Matrix(entries.Length, 1, entries);

    /// <summary>The identity, of a scalar 1.</summary>
    public static Term Identity(Term one, int size) => one.Apply(Constants.Identity, Attributes.Of(size, size));

    /// <summary>|v| by the plain formula.</summary>
    public static Term Length(this Term term) => term.Apply(Reductions.Length);

    /// <summary>v / |v|.</summary>
    public static Term Normalized(this Term term) => term.Apply(Reductions.Normalize);

    public static Term NormSquared(this Term term) => term.Apply(Reductions.NormSquared);

    public static Term Sin(this Term term) => term.Apply(Elementary.Sin);

    public static Term Cos(this Term term) => term.Apply(Elementary.Cos);

    /// <summary>Whether all entries are equal.</summary>
    public static Term AllEqual(Term left, Term right) => Enumerable.Range(0, left.Shape.Count)
        .Select(e => left.Entry(e).EqualTo(right.Entry(e)))
        .Aggregate((all, next) => all.Apply(Comparisons.And, next));

    private static Term AsColumn(this Term term) => term.Shape.IsScalar ? term.Fill(Shape.Of(1, 1)) : term;
}

/// <summary>An entry of a matrix in a formula: a term, or a number.</summary>
internal readonly struct Entry
{
    private readonly double _number;

    private Entry(Term? term, double number) => (Term, _number) = (term, number);

    public Term? Term { get; }

    public static implicit operator Entry(Term term) => new(term, 0);

    public static implicit operator Entry(double number) => new(null, number);

    /// <summary>As a term beside another one.</summary>
    public Term In(Term other) => Term ?? other.Literal(_number);
}
