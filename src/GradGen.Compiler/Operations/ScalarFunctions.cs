namespace GradGen.Compiler.Operations;

internal enum ScalarCost
{
    /// <summary>Moves, negations and selections: not counted.</summary>
    Free,
    /// <summary>One floating-point operation.</summary>
    Flop,
    /// <summary>An exponential, a logarithm, a sine: counted apart.</summary>
    Elementary,
}

/// <summary>A function of scalars: how it is computed here (the interpreter) and written in C#.</summary>
/// <param name="Name">The name in the printed form.</param>
/// <param name="Arity">The number of arguments.</param>
/// <param name="Text">
/// The C# text: <c>{0}</c>, <c>{1}</c> are the arguments, <c>{Math}</c> is Math or MathF, <c>{GradGen}</c> the
/// runtime's functions, <c>{T}</c> the scalar type.
/// </param>
/// <param name="Precedence">The C# precedence of the text: 1 conditional … 5 relational, 6 additive, 7 multiplicative, 8 unary, 9 primary.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Evaluate">The value; integers and Booleans (1, 0) as doubles.</param>
internal sealed record ScalarFunction(
    string Name,
    int Arity,
    string Text,
    int Precedence,
    ScalarCost Cost,
    Func<double[], double> Evaluate)
{
    public Element Of(params Element[] arguments) => new Call(this, [.. arguments]);

    /// <summary>The left argument beside which the right one is the result: 0 + x = 1·x = x. Null if there is none.</summary>
    public double? NeutralLeft { get; init; }

    /// <summary>The right argument beside which the left one is the result.</summary>
    public double? NeutralRight { get; init; }

    /// <summary>Whether the text says how integers overflow in it, so that no other computation may be written into it.</summary>
    public bool IsContext { get; init; }

    /// <summary>
    /// The C# text over the processor's vectors: <c>{L}</c> is their type, <c>{VectorMath}</c> the runtime's functions of them;
    /// null if there is none. Conditions are masks there.
    /// </summary>
    public string? Lanes { get; init; }

    /// <summary>Whether it takes conditions and gives one.</summary>
    public bool IsLogical { get; init; }

    /// <summary>Whether the text has each argument once, so that it may be an expression.</summary>
    public bool ReadsArgumentsOnce => Enumerable.Range(0, Arity).All(i => Text.Split(["{" + i + "}"], StringSplitOptions.None).Length == 2);

    public bool Equals(ScalarFunction? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode();
}

/// <summary>The scalar functions that entries are made of.</summary>
internal static class ScalarFunctions
{
    /// <summary>The precedence of what needs no parentheses.</summary>
    public const int Primary = 9;

    private const double Half = 0.5;

    /// <summary>Above this x² + 1 = x² in double precision.</summary>
    private const double Huge = 1e8;

    public static readonly ScalarFunction Add = Binary("add", "{0} + {1}", 6, (a, b) => a + b) with { Lanes = "{0} + {1}", NeutralLeft = 0, NeutralRight = 0 };
    public static readonly ScalarFunction Subtract = Binary("sub", "{0} - {1}", 6, (a, b) => a - b) with { Lanes = "{0} - {1}", NeutralRight = 0 };
    public static readonly ScalarFunction Multiply = Binary("mul", "{0} * {1}", 7, (a, b) => a * b) with { Lanes = "{0} * {1}", NeutralLeft = 1, NeutralRight = 1 };
    public static readonly ScalarFunction Divide = Binary("div", "{0} / {1}", 7, (a, b) => a / b) with { Lanes = "{0} / {1}", NeutralRight = 1 };
    public static readonly ScalarFunction DivideInteger =
        Binary("divInteger", "{0} / {1}", 7, (a, b) => b == 0 ? throw new DivideByZeroException() : Math.Truncate(a / b));

    public static readonly ScalarFunction Remainder = Binary("rem", "{0} % {1}", 7, (a, b) => a % b);
    public static readonly ScalarFunction Negate = Unary("neg", "-{0}", 8, ScalarCost.Free, a => -a) with { Lanes = "-{0}" };
    public static readonly ScalarFunction Identity = Unary("id", "{0}", 0, ScalarCost.Free, a => a) with { Lanes = "{0}" };
    public static readonly ScalarFunction ToFloat64 = Unary("toF64", "(double){0}", 8, ScalarCost.Free, a => a);
    public static readonly ScalarFunction ToFloat32 = Unary("toF32", "(float){0}", 8, ScalarCost.Free, a => (float)a);
    public static readonly ScalarFunction ToInt32 = Unary(
        "toI32", "(int){0}", 8, ScalarCost.Free, a => double.IsNaN(a) ? 0 : Math.Min(Math.Max(Math.Truncate(a), int.MinValue), int.MaxValue));

    public static readonly ScalarFunction Less = Relation("less", "<", 5, (a, b) => a < b) with { Lanes = "{L}.Less({0}, {1})" };
    public static readonly ScalarFunction LessEqual = Relation("lessEqual", "<=", 5, (a, b) => a <= b) with { Lanes = "{L}.LessOrEqual({0}, {1})" };
    public static readonly ScalarFunction Equal = Relation("equal", "==", 4, (a, b) => a == b) with { Lanes = "{L}.Equal({0}, {1})" };
    public static readonly ScalarFunction NotEqual = Relation("notEqual", "!=", 4, (a, b) => a != b);
    public static readonly ScalarFunction And = Relation("and", "&", 3, (a, b) => a != 0 && b != 0) with { Lanes = "{L}.And({0}, {1})", IsLogical = true };
    public static readonly ScalarFunction Or = Relation("or", "|", 2, (a, b) => a != 0 || b != 0) with { Lanes = "{L}.Or({0}, {1})", IsLogical = true };
    public static readonly ScalarFunction Not = Unary("not", "!{0}", 8, ScalarCost.Free, a => a == 0 ? 1 : 0);

    public static readonly ScalarFunction IsNegative =
        Unary("isNegative", "{T}.IsNegative({0})", 9, ScalarCost.Free, a => BitConverter.DoubleToInt64Bits(a) < 0 ? 1 : 0);

    /// <summary>The second argument if the first (a Boolean) holds, else the third.</summary>
    public static readonly ScalarFunction Choose =
        new("choose", 3, "{0} ? {1} : {2}", 1, ScalarCost.Free, a => a[0] != 0 ? a[1] : a[2]) { Lanes = "{L}.Select({0}, {1}, {2})" };

    /// <summary>x where finite, else 0: the shift of a stable log-sum-exp, so that −∞ does not give NaN.</summary>
    public static readonly ScalarFunction FiniteOrZero =
        Unary("finiteOrZero", "{T}.IsFinite({0}) ? {0} : 0", 1, ScalarCost.Free, a => double.IsInfinity(a) || double.IsNaN(a) ? 0 : a);

    public static readonly ScalarFunction Abs = Elementary("abs", "Abs", Math.Abs, ScalarCost.Free) with { Lanes = "{L}.Abs({0})" };
    public static readonly ScalarFunction Sign = Unary(
        "sign", "{0} > 0 ? 1 : {0} < 0 ? -1 : 0", 1, ScalarCost.Free, a => a > 0 ? 1 : a < 0 ? -1 : 0);

    public static readonly ScalarFunction Max = MathBinary("max", "Max", MaxOf) with { Lanes = "{L}.Max({0}, {1})" };
    public static readonly ScalarFunction Min = MathBinary("min", "Min", (a, b) => -MaxOf(-a, -b)) with { Lanes = "{L}.Min({0}, {1})" };
    public static readonly ScalarFunction Floor = Elementary("floor", "Floor", Math.Floor, ScalarCost.Free) with { Lanes = "{L}.Floor({0})" };
    public static readonly ScalarFunction Ceiling = Elementary("ceiling", "Ceiling", Math.Ceiling, ScalarCost.Free) with { Lanes = "{L}.Ceiling({0})" };
    public static readonly ScalarFunction Round = Elementary("round", "Round", Math.Round, ScalarCost.Free) with { Lanes = "{L}.Round({0})" };
    public static readonly ScalarFunction Truncate = Elementary("truncate", "Truncate", Math.Truncate, ScalarCost.Free) with { Lanes = "{L}.Truncate({0})" };

    public static readonly ScalarFunction Sqrt = Elementary("sqrt", "Sqrt", Math.Sqrt, ScalarCost.Flop) with { Lanes = "{L}.Sqrt({0})" };
    public static readonly ScalarFunction Cbrt = Elementary("cbrt", "Cbrt", a => a < 0 ? -CbrtOf(-a) : CbrtOf(a));
    public static readonly ScalarFunction Exp = Elementary("exp", "Exp", Math.Exp) with { Lanes = "{VectorMath}.Exp({0})" };
    public static readonly ScalarFunction Log = Elementary("log", "Log", Math.Log) with { Lanes = "{VectorMath}.Log({0})" };
    public static readonly ScalarFunction Log2 = Elementary("log2", "Log2", a => Math.Log(a, 2));
    public static readonly ScalarFunction Log10 = Elementary("log10", "Log10", Math.Log10);
    public static readonly ScalarFunction Sin = Elementary("sin", "Sin", Math.Sin) with { Lanes = "{VectorMath}.Sin({0})" };
    public static readonly ScalarFunction Cos = Elementary("cos", "Cos", Math.Cos) with { Lanes = "{VectorMath}.Cos({0})" };
    public static readonly ScalarFunction Tan = Elementary("tan", "Tan", Math.Tan) with { Lanes = "{VectorMath}.Tan({0})" };
    public static readonly ScalarFunction Asin = Elementary("asin", "Asin", Math.Asin);
    public static readonly ScalarFunction Acos = Elementary("acos", "Acos", Math.Acos);
    public static readonly ScalarFunction Atan = Elementary("atan", "Atan", Math.Atan);
    public static readonly ScalarFunction Sinh = Elementary("sinh", "Sinh", Math.Sinh);
    public static readonly ScalarFunction Cosh = Elementary("cosh", "Cosh", Math.Cosh);
    public static readonly ScalarFunction Tanh = Elementary("tanh", "Tanh", Math.Tanh) with { Lanes = "{VectorMath}.Tanh({0})" };
    public static readonly ScalarFunction Asinh = Elementary("asinh", "Asinh", a => a < 0 ? -AsinhOf(-a) : AsinhOf(a));
    public static readonly ScalarFunction Acosh = Elementary("acosh", "Acosh", AcoshOf);
    public static readonly ScalarFunction Atanh = Elementary("atanh", "Atanh", a => Half * (LogOnePlus(a) - LogOnePlus(-a)));
    public static readonly ScalarFunction Atan2 = MathBinary("atan2", "Atan2", Math.Atan2, ScalarCost.Elementary);
    public static readonly ScalarFunction Pow = MathBinary("pow", "Pow", Math.Pow, ScalarCost.Elementary);

    public static readonly ScalarFunction Sigmoid = Runtime("sigmoid", "Sigmoid", SigmoidOf) with { Lanes = "{VectorMath}.Sigmoid({0})" };
    public static readonly ScalarFunction Softplus =
        Runtime("softplus", "Softplus", a => Math.Max(a, 0) + LogOnePlus(Math.Exp(-Math.Abs(a)))) with { Lanes = "{VectorMath}.Softplus({0})" };

    public static readonly ScalarFunction Erf = Runtime("erf", "Erf", ErrorFunction.Erf) with { Lanes = "{VectorMath}.Erf({0})" };
    public static readonly ScalarFunction Erfc = Runtime("erfc", "Erfc", ErrorFunction.Erfc) with { Lanes = "{VectorMath}.Erfc({0})" };
    public static readonly ScalarFunction Gelu = Runtime("gelu", "Gelu", ErrorFunction.Gelu) with { Lanes = "{VectorMath}.Gelu({0})" };
    public static readonly ScalarFunction GeluDerivative =
        Runtime("geluDerivative", "GeluDerivative", ErrorFunction.GeluDerivative) with { Lanes = "{VectorMath}.GeluDerivative({0})" };

    public static readonly ScalarFunction Expm1 = Runtime("expm1", "Expm1", ExpMinusOne) with { Lanes = "{VectorMath}.Expm1({0})" };
    public static readonly ScalarFunction Log1p = Runtime("log1p", "Log1p", LogOnePlus) with { Lanes = "{VectorMath}.Log1p({0})" };

    /// <summary>An index below a size, or the exception that indexing throws.</summary>
    public static ScalarFunction InRange(int size) => Unary(
        "inRange",
        "{0} >= 0 && {0} < " + size.ToString(System.Globalization.CultureInfo.InvariantCulture)
            + " ? {0} : throw new global::System.ArgumentOutOfRangeException(\"index\", {0}, \"The index must be in 0.."
            + (size - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + ".\")",
        1,
        ScalarCost.Free,
        a => a >= 0 && a < size ? a : throw new ArgumentOutOfRangeException("index"));

    /// <summary>An index of an array's part, or the exception that indexing throws.</summary>
    public static readonly ScalarFunction Within = new(
        "within", 2, "global::GradGen.Kernels.WorkArrays.Within({0}, {1})", 9, ScalarCost.Free,
        a => a[0] >= 0 && a[0] < a[1] ? a[0] : throw new IndexOutOfRangeException());

    /// <summary>Where a part of an array begins, or how long it is, or the exception that slicing throws.</summary>
    public static readonly ScalarFunction UpTo = new(
        "upTo", 2, "global::GradGen.Kernels.WorkArrays.UpTo({0}, {1})", 9, ScalarCost.Free,
        a => a[0] >= 0 && a[0] <= a[1] ? a[0] : throw new ArgumentOutOfRangeException());

    private static ScalarFunction Binary(string name, string text, int precedence, Func<double, double, double> evaluate) =>
        new(name, 2, text, precedence, ScalarCost.Flop, a => evaluate(a[0], a[1]));

    private static ScalarFunction Unary(string name, string text, int precedence, ScalarCost cost, Func<double, double> evaluate) =>
        new(name, 1, text, precedence, cost, a => evaluate(a[0]));

    private static ScalarFunction Relation(string name, string symbol, int precedence, Func<double, double, bool> holds) =>
        new(name, 2, "{0} " + symbol + " {1}", precedence, ScalarCost.Free, a => holds(a[0], a[1]) ? 1 : 0);

    private static ScalarFunction Elementary(
        string name, string method, Func<double, double> evaluate, ScalarCost cost = ScalarCost.Elementary) =>
        new(name, 1, "{Math}." + method + "({0})", 9, cost, a => evaluate(a[0]));

    private static ScalarFunction MathBinary(
        string name, string method, Func<double, double, double> evaluate, ScalarCost cost = ScalarCost.Free) =>
        new(name, 2, "{Math}." + method + "({0}, {1})", 9, cost, a => evaluate(a[0], a[1]));

    private static ScalarFunction Runtime(string name, string method, Func<double, double> evaluate) =>
        new(name, 1, "{GradGen}." + method + "({0})", 9, ScalarCost.Elementary, a => evaluate(a[0]));

    private static double MaxOf(double a, double b) => double.IsNaN(a) ? a : double.IsNaN(b) ? b : Math.Max(a, b);

    private static double SigmoidOf(double x)
    {
        // Branch on the sign, so that the exponential cannot overflow.
        var e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>∛x for x ≥ 0: a power, whose exponent is not quite ⅓, and a step of Newton's method.</summary>
    private static double CbrtOf(double x)
    {
        var y = Math.Pow(x, 1.0 / 3);
        return x > 0 && !double.IsInfinity(x) ? y - ((y - (x / (y * y))) / 3) : y;
    }

    /// <summary>arsinh x = ln(1 + x + x²/(1 + √(1 + x²))) for x ≥ 0, which keeps its digits near 0; ln 2x where x² is lost.</summary>
    private static double AsinhOf(double x) =>
        x > Huge ? Math.Log(x) + Math.Log(2) : LogOnePlus(x + (x * x / (1 + Math.Sqrt((x * x) + 1))));

    /// <summary>arcosh x = ln(1 + t + √(2t + t²)) with t = x − 1, which keeps its digits near 1; ln 2x where x² is lost.</summary>
    private static double AcoshOf(double x) =>
        x > Huge ? Math.Log(x) + Math.Log(2) : LogOnePlus(x - 1 + Math.Sqrt((2 * (x - 1)) + ((x - 1) * (x - 1))));

    /// <summary>eˣ − 1 by the identity (u − 1)·x / ln u with u = eˣ (Kahan), which keeps its digits near 0.</summary>
    private static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : double.IsInfinity(u) ? u : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x) by the identity ln(u)·x / (u − 1) with u = 1 + x (Kahan).</summary>
    private static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }
}
