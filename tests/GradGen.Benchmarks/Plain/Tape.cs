namespace GradGen.Benchmarks.Plain;

/// <summary>A number that knows its place on the tape.</summary>
internal readonly record struct Taped(int Place, double Value) : IScalar<Taped>
{
    public static implicit operator Taped(double constant) => Tape.Record(constant);

    public static Taped operator +(Taped a, Taped b) => Tape.Record(a.Value + b.Value, a.Place, 1, b.Place, 1);

    public static Taped operator -(Taped a, Taped b) => Tape.Record(a.Value - b.Value, a.Place, 1, b.Place, -1);

    public static Taped operator *(Taped a, Taped b) => Tape.Record(a.Value * b.Value, a.Place, b.Value, b.Place, a.Value);

    public static Taped operator /(Taped a, Taped b) =>
        Tape.Record(a.Value / b.Value, a.Place, 1 / b.Value, b.Place, -a.Value / (b.Value * b.Value));

    public static Taped Exp(Taped x)
    {
        var value = Math.Exp(x.Value);
        return Tape.Record(value, x.Place, value);
    }

    public static Taped Tanh(Taped x)
    {
        var value = Math.Tanh(x.Value);
        return Tape.Record(value, x.Place, 1 - value * value);
    }

    public static Taped Sin(Taped x) => Tape.Record(Math.Sin(x.Value), x.Place, Math.Cos(x.Value));
}

/// <summary>Reverse mode by recording: for each operation what it depends on, and how strongly; then the way back.</summary>
internal static class Tape
{
    private static Operation[] _operations = new Operation[1024];
    private static double[] _adjoints = new double[1024];
    private static int _count;

    public static Taped Record(double value, int first = 0, double firstSlope = 0, int second = 0, double secondSlope = 0)
    {
        if (_count == _operations.Length)
        {
            Array.Resize(ref _operations, 2 * _count);
        }

        _operations[_count] = new(first, firstSlope, second, secondSlope);
        return new(_count++, value);
    }

    public static void Gradient<TFormula>(double[] parameters, double[] constants, double[] result)
        where TFormula : struct, IScalarFormula
    {
        _count = 0;
        var taped = Array.ConvertAll(parameters, parameter => Record(parameter));
        var value = TFormula.Value<Taped>(taped, constants);
        Back(value.Place);
        result[0] = value.Value;
        _adjoints.AsSpan(0, parameters.Length).CopyTo(result.AsSpan(1));
    }

    private static void Back(int from)
    {
        if (_adjoints.Length < _count)
        {
            _adjoints = new double[_operations.Length];
        }

        Array.Clear(_adjoints, 0, _count);
        _adjoints[from] = 1;
        for (var i = from; i >= 0; i--)
        {
            var (first, firstSlope, second, secondSlope) = _operations[i];
            var adjoint = _adjoints[i];
            _adjoints[first] += adjoint * firstSlope;
            _adjoints[second] += adjoint * secondSlope;
        }
    }

    private readonly record struct Operation(int First, double FirstSlope, int Second, double SecondSlope);
}
