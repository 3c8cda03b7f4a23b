using System.Collections.Immutable;

namespace GradGen.Compiler.Operations;

/// <summary>
/// The functions of one or two scalars that act entry by entry: the function, and the adjoint of the operand in terms
/// of the adjoint flowing in (p.Upstream), the operands (p[0], p[1]) and the result.
/// </summary>
internal static class Elementary
{
    private static readonly Element X = Entrywise.Entry(0);

    // Ω = exp x, log x, …                         x̄ = ḡ ⊙ …
    public static readonly Operation Exp = Entrywise.Unary("exp", ScalarFunctions.Exp, p => p.Upstream * p.Result, math: "Exp", isSingular: true, range: c => c[0].Through(Math.Exp, ZeroPoint.Never));
    public static readonly Operation Expm1 = Entrywise.Unary("expm1", ScalarFunctions.Expm1, p => p.Upstream * (p.Result + 1), math: "ExpM1", isSingular: true);
    public static readonly Operation Log = Entrywise.Unary("log", ScalarFunctions.Log, p => p.Upstream / p[0], "ln", "Log", isSingular: true, atZero: Logarithm);
    public static readonly Operation Log1p = Entrywise.Unary("log1p", ScalarFunctions.Log1p, p => p.Upstream / (p[0] + 1), math: "LogP1", isSingular: true);
    public static readonly Operation Log2 = Entrywise.Unary("log2", ScalarFunctions.Log2, p => p.Upstream / (Math.Log(2) * p[0]), math: "Log2", isSingular: true, atZero: Logarithm);
    public static readonly Operation Log10 = Entrywise.Unary("log10", ScalarFunctions.Log10, p => p.Upstream / (Math.Log(10) * p[0]), math: "Log10", isSingular: true, atZero: Logarithm);
    public static readonly Operation Sin = Entrywise.Unary("sin", ScalarFunctions.Sin, p => p.Upstream * p[0].Apply(Cos!), math: "Sin", range: RangeRules.Within(-1, 1, ZeroPoint.Unknown));
    public static readonly Operation Cos = Entrywise.Unary("cos", ScalarFunctions.Cos, p => -(p.Upstream * p[0].Apply(Sin!)), math: "Cos", range: RangeRules.Within(-1, 1, ZeroPoint.Unknown));
    public static readonly Operation Tan = Entrywise.Unary("tan", ScalarFunctions.Tan, p => p.Upstream * (1 + Squared(p.Result)), math: "Tan");
    public static readonly Operation Asin = Entrywise.Unary("asin", ScalarFunctions.Asin, p => p.Upstream / (1 - Squared(p[0])).Apply(Sqrt!), "arcsin", "Asin", isSingular: true);
    public static readonly Operation Acos = Entrywise.Unary("acos", ScalarFunctions.Acos, p => -(p.Upstream / (1 - Squared(p[0])).Apply(Sqrt!)), "arccos", "Acos", isSingular: true);
    public static readonly Operation Atan = Entrywise.Unary("atan", ScalarFunctions.Atan, p => p.Upstream / (1 + Squared(p[0])), "arctan", "Atan");
    public static readonly Operation Sinh = Entrywise.Unary("sinh", ScalarFunctions.Sinh, p => p.Upstream * p[0].Apply(Cosh!), math: "Sinh", isSingular: true);
    public static readonly Operation Cosh = Entrywise.Unary("cosh", ScalarFunctions.Cosh, p => p.Upstream * p[0].Apply(Sinh!), math: "Cosh", isSingular: true, range: RangeRules.Within(1, double.PositiveInfinity, ZeroPoint.Never));
    public static readonly Operation Tanh = Entrywise.Unary("tanh", ScalarFunctions.Tanh, p => p.Upstream * (1 - Squared(p.Result)), math: "Tanh", range: RangeRules.Within(-1, 1, ZeroPoint.Unknown));
    public static readonly Operation Asinh = Entrywise.Unary("asinh", ScalarFunctions.Asinh, p => p.Upstream / (Squared(p[0]) + 1).Apply(Sqrt!), "arsinh", "Asinh");
    public static readonly Operation Acosh = Entrywise.Unary("acosh", ScalarFunctions.Acosh, p => p.Upstream / (Squared(p[0]) - 1).Apply(Sqrt!), "arcosh", "Acosh", isSingular: true);
    public static readonly Operation Atanh = Entrywise.Unary("atanh", ScalarFunctions.Atanh, p => p.Upstream / (1 - Squared(p[0])), "artanh", "Atanh", isSingular: true);

    // sqrt'(0) = +∞
    public static readonly Operation Sqrt = Entrywise.Unary(
        "sqrt", ScalarFunctions.Sqrt, p => p.Upstream / (2 * p.Result), math: "Sqrt",
        write: o => new Formula("√" + o.In(Binding.Atom), Binding.Power), isSingular: true, range: Root, atZero: new ZeroSingularity(0, ZeroKind.InfiniteSlope) { Safe = "SafeSqrt" });

    // Ω = √x      x̄ = ḡ/(2Ω), 0 where Ω = 0: for roots whose argument may be 0 (below 0 it is NaN, like any root)
    public static readonly Operation SafeSqrt = Composed(
        "safeSqrt", ScalarFunctions.Sqrt.Of(X), Math.Sqrt,
        p => p.Result.EqualTo(0).Choose(p.Upstream.Literal(0), p.Upstream / (2 * p.Result)),
        o => new Formula("√" + o.In(Binding.Atom), Binding.Power), isSingular: true, range: Root);

    public static readonly Operation Cbrt = Entrywise.Unary(
        "cbrt", ScalarFunctions.Cbrt, p => p.Upstream / (3 * Squared(p.Result)), math: "Cbrt",
        write: o => new Formula("∛" + o.In(Binding.Atom), Binding.Power), isSingular: true, atZero: new ZeroSingularity(0, ZeroKind.InfiniteSlope));

    // Ω = 1/x      x̄ = −ḡΩ²
    public static readonly Operation Reciprocal = Composed(
        "recip", 1.0 / X, x => 1 / x, p => -(p.Upstream * Squared(p.Result)), o => Formula.Quotient(Formula.Name("1"), " / ", o), isSingular: true,
        atZero: new ZeroSingularity(0, ZeroKind.NotFinite));

    // Ω = x²      x̄ = 2xḡ
    public static readonly Operation Square = Composed(
        "square", X * X, x => x * x, p => 2 * p[0] * p.Upstream, o => Formula.Raised(o, "²"), range: RangeRules.Even);

    // Ω = x³      x̄ = 3x²ḡ
    public static readonly Operation Cube = Composed(
        "cube", X * X * X, x => x * x * x, p => 3 * Squared(p[0]) * p.Upstream, o => Formula.Raised(o, "³"));

    // Ω = x^(−½)      x̄ = −½ ḡ Ω / x
    public static readonly Operation ReciprocalSqrt = Composed(
        "rsqrt", 1.0 / ScalarFunctions.Sqrt.Of(X), x => 1 / Math.Sqrt(x), p => -0.5 * (p.Upstream * p.Result / p[0]),
        o => Formula.Quotient(Formula.Name("1"), " / ", new Formula("√" + o.In(Binding.Atom), Binding.Power)), isSingular: true,
        atZero: new ZeroSingularity(0, ZeroKind.NotFinite));

    // Ω = 1/(1 + e⁻ˣ), by the sign of x      x̄ = ḡ ⊙ Ω ⊙ (1 − Ω)
    public static readonly Operation Sigmoid = Entrywise.Unary(
        "sigmoid", ScalarFunctions.Sigmoid, p => p.Upstream * p.Result * (1 - p.Result), "σ", range: RangeRules.Within(0, 1, ZeroPoint.Never));

    // Ω = ln(1 + eˣ) = max(x, 0) + log1p(e^−|x|)      x̄ = ḡ ⊙ σ(x)
    public static readonly Operation Softplus = Entrywise.Unary(
        "softplus", ScalarFunctions.Softplus, p => p.Upstream * p[0].Apply(Sigmoid!), range: RangeRules.Within(0, double.PositiveInfinity, ZeroPoint.Never));

    // Ω = ln σ(x) = −softplus(−x)      x̄ = ḡ ⊙ σ(−x)
    public static readonly Operation LogSigmoid = Composed(
        "logSigmoid", ScalarFunctions.Negate.Of(ScalarFunctions.Softplus.Of(ScalarFunctions.Negate.Of(X))),
        x => -ScalarFunctions.Softplus.Evaluate([-x]),
        p => p.Upstream * (-p[0]).Apply(Sigmoid), o => Formula.Function("lnσ", o));

    // Ω = erf x = 2/√π ∫₀ˣ e^(−t²) dt      x̄ = ḡ ⊙ 2/√π ⊙ e^(−x²)      of erfc x = 1 − erf x the same with the other sign
    public static readonly Operation Erf = Entrywise.Unary("erf", ScalarFunctions.Erf, p => TwoOverRootOfPi * (p.Upstream * (-Squared(p[0])).Apply(Exp)), range: RangeRules.Within(-1, 1, ZeroPoint.Unknown));
    public static readonly Operation Erfc = Entrywise.Unary("erfc", ScalarFunctions.Erfc, p => -(TwoOverRootOfPi * (p.Upstream * (-Squared(p[0])).Apply(Exp))), range: RangeRules.Within(0, 2, ZeroPoint.Never));

    // Ω = x Φ(x)      x̄ = ḡ ⊙ (Φ(x) + x φ(x)), with the standard normal distribution's Φ and its density φ
    public static readonly Operation Gelu = Entrywise.Unary("gelu", ScalarFunctions.Gelu, p => p.Upstream * p[0].Apply(GeluDerivative!));

    // Ω = Φ(x) + x φ(x)      x̄ = ḡ ⊙ (2 − x²) φ(x), with √φ inside the square: x² may be infinite where φ is 0
    public static readonly Operation GeluDerivative = Entrywise.Unary(
        "geluDerivative", ScalarFunctions.GeluDerivative,
        p =>
        {
            var root = (-0.25 * Squared(p[0])).Apply(Exp);
            return OneOverRootOfTwoPi * (p.Upstream * ((2 * Squared(root)) - Squared(p[0] * root)));
        },
        "gelu′");

    // Ω = max(x, 0)      x̄ = ḡ where x > 0, 0 elsewhere (relu'(0) = 0)
    public static readonly Operation Relu = Entrywise.Unary(
        "relu", new ScalarFunction("relu", 1, "{GradGen}.Relu({0})", 9, ScalarCost.Free, a => a[0] > 0 || double.IsNaN(a[0]) ? a[0] : 0) { Lanes = "{L}.Max({0}, {L}.Zero)" },
        p => p[0].Greater(0).Choose(p.Upstream, p.Upstream.Literal(0)), kink: "has no derivative at 0: GradGen takes 0",
        range: c => c[0].IsPositive ? c[0] : new(Math.Max(0, c[0].Low), Math.Max(0, c[0].High), ZeroPoint.Attained));

    // Ω = x where x > 0, s·x elsewhere      x̄ = ḡ or s·ḡ      s̄ = Σ ḡ ⊙ x where x ≤ 0
    public static readonly Operation LeakyRelu = new("leakyRelu", 2)
    {
        Infer = s => Entrywise.SameShape("LeakyRelu", s),
        Element = _ => new ElementForm(true, ScalarFunctions.Choose.Of(ScalarFunctions.Less.Of(0.0, X), X, Entrywise.Entry(1) * X)),
        Pullbacks =
        [
            p => p[0].Greater(0).Choose(p.Upstream, p.Upstream * p[1]),
            p => p[0].Greater(0).Choose(p.Upstream.Literal(0), p.Upstream * p[0]),
        ],
        Kink = "has no derivative at 0: GradGen takes that of the negative side",
        Letter = "a",
    };

    public static readonly Operation Sign = Entrywise.Step("sign", ScalarFunctions.Sign);
    public static readonly Operation Floor = Entrywise.Step("floor", ScalarFunctions.Floor, "Floor");
    public static readonly Operation Ceiling = Entrywise.Step("ceiling", ScalarFunctions.Ceiling, "Ceiling");
    public static readonly Operation Round = Entrywise.Step("round", ScalarFunctions.Round, "Round");
    public static readonly Operation Truncate = Entrywise.Step("truncate", ScalarFunctions.Truncate, "Truncate");

    // Ω = x where finite, 0 elsewhere: only ever a shift that cancels
    public static readonly Operation FiniteOrZero = Entrywise.Step("finiteOrZero", ScalarFunctions.FiniteOrZero, symbol: "finite");

    // Ω = |x|      x̄ = ḡ ⊙ sign x (0 at 0)
    public static readonly Operation Abs = Entrywise.Unary(
        "abs", ScalarFunctions.Abs, p => p.Upstream * p[0].Apply(Sign!), math: "Abs",
        write: o => Formula.Name("|" + o.Text + "|"), kink: "has no derivative at 0: GradGen takes 0", range: RangeRules.Even);

    // Ω = max(x, y)      x̄ = ḡ where x > y, ½ḡ where equal: symmetric
    public static readonly Operation Max = Entrywise.Binary(
        "max", "max", ScalarFunctions.Max, p => Share(p, p[1], p[0]), p => Share(p, p[0], p[1]), math: "Max", letter: "a", kink: Halves, range: c => ValueRange.Greater(c[0], c[1]));

    public static readonly Operation Min = Entrywise.Binary(
        "min", "min", ScalarFunctions.Min, p => Share(p, p[0], p[1]), p => Share(p, p[1], p[0]), math: "Min", letter: "a", kink: Halves, range: c => -ValueRange.Greater(-c[0], -c[1]));

    // Ω = l where x < l, h where x > h, else x      each passes ḡ on where it is the result (x at the bounds)
    public static readonly Operation Clamp = new("clamp", 3)
    {
        Infer = s => Entrywise.SameShape("Clamp", s),
        Element = _ => new ElementForm(true, ScalarFunctions.Choose.Of(
            ScalarFunctions.Less.Of(X, Entrywise.Entry(1)),
            Entrywise.Entry(1),
            ScalarFunctions.Choose.Of(ScalarFunctions.Less.Of(Entrywise.Entry(2), X), Entrywise.Entry(2), X))),
        Pullbacks =
        [
            p => p[0].Less(p[1]).Choose(p.Upstream.Literal(0), p[2].Less(p[0]).Choose(p.Upstream.Literal(0), p.Upstream)),
            p => p[0].Less(p[1]).Choose(p.Upstream, p.Upstream.Literal(0)),
            p => p[2].Less(p[0]).Choose(p.Upstream, p.Upstream.Literal(0)),
        ],
        Kink = "has no derivative at its bounds: GradGen takes 1, as inside",
        Range = c => -ValueRange.Greater(-ValueRange.Greater(c[0], c[1]), -c[2]),
        MathMethod = "Clamp",
        Letter = "a",
    };

    // Ω = atan2(y, x)      ȳ = ḡx/(x² + y²)      x̄ = −ḡy/(x² + y²), both 0 at (0, 0)
    public static readonly Operation Atan2 = Entrywise.Binary(
        "atan2", "atan2", ScalarFunctions.Atan2,
        p => OverSquaredNorm(p, p.Upstream * p[1]),
        p => OverSquaredNorm(p, -(p.Upstream * p[0])), math: "Atan2");

    // Ω = x^y      x̄ = ḡ y x^(y−1), 0 where y = 0      ȳ = ḡ Ω ln x, 0 where x = 0 and y ≥ 0
    public static readonly Operation Pow = Entrywise.Binary(
        "pow", "pow", ScalarFunctions.Pow,
        p => p[1].EqualTo(0).Choose(p.Upstream.Literal(0), p.Upstream * p[1] * p[0].Apply(Pow!, p[1] - 1)),
        p => p[0].EqualTo(0).Apply(Comparisons.And, p[1].Literal(0).LessEqual(p[1]))
            .Choose(p.Upstream.Literal(0), p.Upstream * p.Result * p[0].Apply(Log)),
        (o, _) => Formula.Raised(o[0], "^" + o[1].In(Binding.Atom)), "Pow", "a",
        c => c.Constant(1) is { } n && n == Math.Truncate(n) && Math.Abs(n) <= MaximalIntegerPower
            ? c[0].Apply(IntegerPower!, Attributes(n)).Fit(c.Type.Shape)
            : null,
        isSingular: constant => !(constant(1) is { } n && n == Math.Truncate(n) && n >= 1),
        atZero: constant => constant(1) switch
        {
            < 0 => new ZeroSingularity(0, ZeroKind.NotFinite),
            > 0 and < 1 => new ZeroSingularity(0, ZeroKind.InfiniteSlope),
            _ => null,
        });

    // Ω = xⁿ, n a constant integer: repeated multiplication, no logarithm      x̄ = ḡ n xⁿ⁻¹
    public static readonly Operation IntegerPower = new("powi", 1)
    {
        Infer = s => s[0],
        Element = s => new ElementForm(true, Repeated(s.Attributes[0])),
        Pullbacks = [p => p.Attributes[0] == 0
            ? default
            : p.Attributes[0] * (p.Upstream * p[0].Apply(IntegerPower!, Attributes(p.Attributes[0] - 1)))],
        IsSingular = Entrywise.Anywhere,
        AtZero = (attributes, _) => attributes[0] < 0 ? new ZeroSingularity(0, ZeroKind.NotFinite) : null,
        Range = c => c.Instruction.Attributes[0] is > 0 and var n && n % 2 == 0 ? c[0].Even() : ValueRange.Unknown,
        Write = (o, s) => Formula.Raised(o[0], Superscript(s.Attributes[0])),
        Letter = "a",
        Simplify = c => c.Instruction.Attributes[0] switch
        {
            0 => c[0].Literal(1).Fill(c.Type.Shape),
            1 => c[0],
            2 => c[0].Apply(Square),
            3 => c[0].Apply(Cube),
            -1 => c[0].Apply(Reciprocal),
            _ => Entrywise.Unfilled(c),
        },
    };

    public static readonly ImmutableArray<Operation> All =
    [
        Exp, Expm1, Log, Log1p, Log2, Log10, Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh,
        Sqrt, SafeSqrt, Cbrt, Reciprocal, Square, Cube, ReciprocalSqrt, Sigmoid, Softplus, LogSigmoid,
        Erf, Erfc, Gelu, GeluDerivative, Relu, LeakyRelu,
        Sign, Floor, Ceiling, Round, Truncate, FiniteOrZero, Abs, Max, Min, Clamp, Atan2, Pow, IntegerPower,
    ];

    private const int MaximalIntegerPower = 64;

    private const double TwoOverRootOfPi = 1.1283791670955126;

    private const double OneOverRootOfTwoPi = 0.3989422804014327;

    private const string Halves = "has no derivative where both are equal: GradGen gives each half";

    private static ZeroSingularity Logarithm => new(0, ZeroKind.MinusInfinity);

    private static ValueRange Root(RangeContext c) =>
        c[0].Low >= 0 ? c[0].Through(Math.Sqrt, c[0].Zero) : new(0, double.PositiveInfinity, ZeroPoint.Unknown);

    private static Operation Composed(
        string name, Element element, Func<double, double> function, Pullback pullback, Func<Formula, Formula> write, bool isSingular = false,
        Func<RangeContext, ValueRange>? range = null, ZeroSingularity? atZero = null) => new(name, 1)
        {
            Infer = s => s[0],
            Element = _ => new ElementForm(true, element),
            Pullbacks = [pullback],
            IsSingular = isSingular ? Entrywise.Anywhere : null,
            AtZero = Entrywise.Always(atZero),
            Range = range,
            Write = (o, _) => write(o[0]),
            Letter = "a",
            Simplify = Entrywise.Folding(a => function(a[0]), null),
        };

    private static Term Squared(Term x) => x.Apply(Square);

    /// <summary>ḡ where low &lt; high, ½ḡ where they are equal, else 0.</summary>
    private static Term Share(PullbackContext p, Term low, Term high) => low.Less(high).Choose(
        p.Upstream, low.EqualTo(high).Choose(0.5 * p.Upstream, p.Upstream.Literal(0)));

    private static Term OverSquaredNorm(PullbackContext p, Term numerator)
    {
        var norm = Squared(p[0]) + Squared(p[1]);
        return norm.EqualTo(0).Choose(norm.Literal(0), numerator / norm);
    }

    private static Ir.Attributes Attributes(double n) => Ir.Attributes.Of((int)n);

    /// <summary>xⁿ by squaring: x⁵ = (x²)²·x.</summary>
    private static Element Repeated(int n) => n switch
    {
        0 => 1.0,
        1 => X,
        < 0 => 1.0 / Repeated(-n),
        _ when n % 2 == 0 => Repeated(n / 2) * Repeated(n / 2),
        _ => Repeated(n - 1) * X,
    };

    private static string Superscript(int n) => string.Concat(
        n.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
