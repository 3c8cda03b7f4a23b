using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Values that depend on nothing, and a scalar spread over a shape.</summary>
internal static class Constants
{
    /// <summary>A scalar constant: the number, and the scalar type as its only integer.</summary>
    public static readonly Operation Literal = new("literal", 0)
    {
        Infer = s => new TensorType((ScalarType)s.Attributes[0], Shape.Scalar),
        Element = s => new ElementForm(true, new Literal(s.Attributes.Number)),
        Pullbacks = [],
        Write = (_, s) => s.Attributes.Number < 0
            ? Formula.Negation(Formula.Name(Text(-s.Attributes.Number, s)))
            : Formula.Name(Text(s.Attributes.Number, s)),
    };

    // Ω = s·1      s̄ = ΣḠ
    public static readonly Operation Fill = new("fill", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).IsScalar, "fill", s);
            return s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1]));
        },
        Element = _ => new ElementForm(true, Entrywise.Entry(0)),
        Pullbacks = [p => p.Upstream.Sum()],
        Range = RangeRules.OfOperand,
        Write = (o, s) => Formula.Product(o[0], Formula.Name(s.Attributes[0] == 1 && s.Attributes[1] == 1 ? "1" : "𝟏")),
    };

    public static readonly Operation Zeros = Filled("zeros", 0);
    public static readonly Operation Ones = Filled("ones", 1);

    // Ω = s·I      s̄ = tr Ḡ
    public static readonly Operation Identity = new("identity", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s.Shape(0).IsScalar, "identity", s);
            return s.Attributes[0] == s.Attributes[1]
                ? s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1]))
                : new ShapeError(ShapeErrorKind.NotSquare, ShapeMessages.Square("Identity", s.Attributes[0], s.Attributes[1]));
        },
        Element = _ => new ElementForm(false, new Guarded([Condition.Equal("i", "j")], Entrywise.Entry(0), 0.0)),
        Pullbacks = [p => p.Upstream.Apply(Reductions.Trace)],
        TakesResultShape = true,
        Write = (o, _) => o[0].Text == "1" ? Formula.Name("I") : Formula.Product(o[0], Formula.Name("I")),
    };

    public static readonly ImmutableArray<Operation> All = [Literal, Fill, Zeros, Ones, Identity];

    /// <summary>As few digits as tell the number from its neighbours: a float has fewer.</summary>
    private static string Text(double number, Signature signature)
    {
        if (signature.Attributes[0] == (int)ScalarType.Float32)
        {
            for (var digits = 6; digits < 9; digits++)
            {
                var text = number.ToString("G" + (char)('0' + digits), CultureInfo.InvariantCulture);
                if ((float)double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) == (float)number)
                {
                    return text;
                }
            }
        }

        return number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Takes one operand only for its scalar type, which the reader supplies as a literal 1.</summary>
    private static Operation Filled(string name, double number) => new(name, 1)
    {
        Infer = s => s[0].With(Shape.Of(s.Attributes[0], s.Attributes[1])),
        Definition = (o, a) => o[0].Literal(number).Fill(Shape.Of(a[0], a[1])),
        TakesResultShape = true,
    };
}
