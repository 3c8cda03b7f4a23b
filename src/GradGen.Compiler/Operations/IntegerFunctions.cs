using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// A function of 32-bit integers, whose result may be one that no int holds: in C# the user says, or the project, whether
/// that throws or keeps the low 32 bits.
/// </summary>
/// <param name="Plain">Where the project's own setting is meant, and that is unchecked.</param>
/// <param name="Checked">Throws.</param>
/// <param name="Unchecked">Keeps the low bits whatever the project says.</param>
internal sealed record IntegerFunction(ScalarFunction Plain, ScalarFunction Checked, ScalarFunction Unchecked)
{
    public static Attributes IsChecked { get; } = Attributes.Of(1);

    public static Attributes IsUnchecked { get; } = Attributes.Of(0);

    public ScalarFunction Of(Attributes attributes) =>
        attributes.Integers.Count == 0 ? Plain : attributes[0] == 1 ? Checked : Unchecked;

    /// <summary>From the function of floating-point numbers that is written alike.</summary>
    public static IntegerFunction From(ScalarFunction function, Func<double[], long> exact)
    {
        ScalarFunction In(string context, Func<double[], double> evaluate) => new(
            function.Name + "Integer" + context, function.Arity,
            context.Length == 0 ? function.Text : context + "(" + function.Text + ")",
            context.Length == 0 ? function.Precedence : ScalarFunctions.Primary, function.Cost, evaluate)
        {
            NeutralLeft = function.NeutralLeft,
            NeutralRight = function.NeutralRight,
            IsContext = context.Length > 0,
        };
        double Low(double[] a) => unchecked((int)exact(a));
        return new IntegerFunction(In("", Low), In("checked", a => checked((int)exact(a))), In("unchecked", Low));
    }
}

/// <summary>The functions of integers that can overflow.</summary>
internal static class IntegerFunctions
{
    public static readonly IntegerFunction Add = IntegerFunction.From(ScalarFunctions.Add, a => (long)a[0] + (long)a[1]);
    public static readonly IntegerFunction Subtract = IntegerFunction.From(ScalarFunctions.Subtract, a => (long)a[0] - (long)a[1]);
    public static readonly IntegerFunction Multiply = IntegerFunction.From(ScalarFunctions.Multiply, a => (long)a[0] * (long)a[1]);
    public static readonly IntegerFunction Negate = IntegerFunction.From(ScalarFunctions.Negate, a => -(long)a[0]);

    /// <summary>From a floating-point number: unchecked it saturates, and NaN gives 0.</summary>
    public static readonly IntegerFunction FromFloating = new(
        ScalarFunctions.ToInt32,
        ScalarFunctions.ToInt32 with
        {
            Name = "toI32checked",
            Text = "checked((int)({0}))",
            Precedence = ScalarFunctions.Primary,
            IsContext = true,
            Evaluate = a => Math.Truncate(a[0]) is >= int.MinValue and <= int.MaxValue and var whole ? whole : throw new OverflowException(),
        },
        ScalarFunctions.ToInt32 with { Name = "toI32unchecked", Text = "unchecked((int)({0}))", Precedence = ScalarFunctions.Primary, IsContext = true });
}
