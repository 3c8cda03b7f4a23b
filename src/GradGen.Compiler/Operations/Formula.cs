using System.Collections.Immutable;

namespace GradGen.Compiler.Operations;

/// <summary>How tightly a formula binds, loosest first.</summary>
internal enum Binding
{
    Choice,
    Sum,
    Negation,
    /// <summary>Products of either kind, · and ⊙: one inside the other is put in parentheses.</summary>
    Hadamard,
    Product,
    Quotient,
    Power,
    Atom,
}

/// <summary>A formula as people write it, with the parentheses that it needs and no more.</summary>
internal readonly record struct Formula(string Text, Binding Binding)
{
    public static Formula Name(string text) => new(text, Binding.Atom);

    public static Formula Function(string name, ImmutableArray<Formula> arguments) =>
        new(name + "(" + string.Join(", ", arguments.Select(a => a.Text)) + ")", Binding.Atom);

    public static Formula Function(string name, Formula argument) => Function(name, [argument]);

    /// <summary>left − right and left + right: the right side of a minus needs parentheses around a sum.</summary>
    public static Formula Sum(Formula left, string sign, Formula right) => new(
        left.In(Binding.Sum) + " " + sign + " " + right.In(sign == "+" ? Binding.Sum : Binding.Hadamard), Binding.Sum);

    /// <summary>The matrix product, left·right.</summary>
    public static Formula Product(Formula left, Formula right) =>
        new(left.In(Binding.Product, Binding.Hadamard) + "·" + right.In(Binding.Product), Binding.Product);

    /// <summary>The product entry by entry, left ⊙ right.</summary>
    public static Formula Hadamard(Formula left, Formula right) =>
        new(left.InHadamard() + " ⊙ " + right.InHadamard(), Binding.Hadamard);

    /// <summary>The product of two vectors in space, left × right, which is not associative.</summary>
    public static Formula Cross(Formula left, Formula right) =>
        new(left.In(Binding.Quotient) + " × " + right.In(Binding.Quotient), Binding.Hadamard);

    /// <summary>[a, b; c, d], row by row; a column in one line.</summary>
    public static Formula Table(ImmutableArray<Formula> entries, int columns)
    {
        var width = columns == 1 ? entries.Length : columns;
        var rows = Enumerable.Range(0, entries.Length / width).Select(row => string.Join(", ", entries.Skip(row * width).Take(width).Select(e => e.Text)));
        return Name("[" + string.Join("; ", rows) + "]");
    }

    public static Formula Quotient(Formula left, string sign, Formula right) =>
        new(left.In(Binding.Quotient) + sign + right.In(Binding.Power), Binding.Quotient);

    public static Formula Negation(Formula operand) => new("−" + operand.In(Binding.Hadamard), Binding.Negation);

    /// <summary>operand followed by a raised mark: ᵀ, ², ³.</summary>
    public static Formula Raised(Formula operand, string mark) => new(operand.In(Binding.Atom) + mark, Binding.Power);

    /// <summary>The text, in parentheses if it binds less tightly than its surroundings ask.</summary>
    public string In(Binding surroundings) => Binding >= surroundings ? Text : "(" + Text + ")";

    public override string ToString() => Text;

    private string In(Binding surroundings, Binding except) => Binding == except ? "(" + Text + ")" : In(surroundings);

    private string InHadamard() => Binding is Binding.Hadamard or >= Binding.Quotient ? Text : "(" + Text + ")";
}
