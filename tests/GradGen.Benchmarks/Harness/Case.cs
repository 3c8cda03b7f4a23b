using System.Runtime.CompilerServices;
using GradGen.Benchmarks.Plain;

namespace GradGen.Benchmarks.Harness;

/// <summary>A problem, inputs that differ, and all ways of computing its gradient that are compared.</summary>
internal abstract class Case(string name, string title, double tolerance)
{
    /// <summary>How many inputs a sweep goes through. The C programs have as many.</summary>
    public const int Inputs = 64;

    private readonly List<Contender> _contenders = [];

    /// <summary>How the command line calls it.</summary>
    public string Name => name;

    /// <summary>How the table calls it.</summary>
    public string Title => title;

    /// <summary>The relative difference between implementations, part by part, that is put down to rounding.</summary>
    public double Tolerance => tolerance;

    public IReadOnlyList<Contender> Contenders => _contenders;

    /// <summary>The program in C beside it.</summary>
    public required CSource C { get; init; }

    /// <summary>What the generated gradient should reach.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Whether the gradient should take at most three times its forward pass.</summary>
    public bool IsNetwork { get; init; }

    /// <summary>How many numbers each part of a result has: the value, then a part for each parameter.</summary>
    public abstract IReadOnlyList<int> PartLengths { get; }

    protected void Add(Contender contender) => _contenders.Add(contender);
}

/// <summary>A case whose inputs and outputs have these types.</summary>
internal abstract class Case<TInput, TOutput>(string name, string title, double tolerance) : Case(name, title, tolerance)
    where TInput : struct
    where TOutput : struct
{
    private TInput[] _inputs = [];
    private TOutput[] _outputs = [];

    public override IReadOnlyList<int> PartLengths => Collected(_outputs[0]).Lengths;

    /// <summary>The numbers of an output: its value, then a part for each parameter.</summary>
    protected abstract void Collect(in TOutput output, Parts to);

    /// <summary>Draws the inputs, in the order in which the C program does.</summary>
    protected void Draw(Func<int, TInput> input, Func<TOutput> output)
    {
        _inputs = [.. Enumerable.Range(0, Inputs).Select(input)];
        _outputs = [.. Enumerable.Range(0, Inputs).Select(_ => output())];
    }

    protected void Add<TForm>(Role role, string name)
        where TForm : struct, IForm<TInput, TOutput> => Add(new Contender(role, name, Sweep<TForm>, i =>
        {
            TForm.Run(in _inputs[i], ref _outputs[i]);
            return Collected(_outputs[i]).Numbers;
        }));

    protected void AddForward<TForward>(Role role, string name)
        where TForward : struct, IForward<TInput> =>
        Add(new Contender(role, name, SweepForward<TForward>, i => [TForward.Run(in _inputs[i])]));

    /// <summary>Dual numbers and a tape, over one formula in numbers.</summary>
    /// <param name="entries">The numbers of an input: those that are differentiated, and the others.</param>
    protected void AddScalar<TFormula>(Func<TInput, (double[] Parameters, double[] Constants)> entries)
        where TFormula : struct, IScalarFormula
    {
        var inputs = Array.ConvertAll(_inputs, input => entries(input));
        var results = Array.ConvertAll(inputs, input => new double[1 + input.Parameters.Length]);
        AddScalar(Role.Dual, "a pass for each entry", inputs, results, ForwardMode.Gradient<TFormula>);
        AddScalar(Role.Tape, "operators that record", inputs, results, Tape.Gradient<TFormula>);
    }

    private void AddScalar(Role role, string name, (double[] Parameters, double[] Constants)[] inputs, double[][] results, ScalarGradient gradient)
    {
        Add(new Contender(role, name, Sweep, i =>
        {
            gradient(inputs[i].Parameters, inputs[i].Constants, results[i]);
            return results[i];
        }));

        void Sweep()
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                gradient(inputs[i].Parameters, inputs[i].Constants, results[i]);
            }
        }
    }

    private Parts Collected(in TOutput output)
    {
        var parts = new Parts();
        Collect(in output, parts);
        return parts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sweep<TForm>()
        where TForm : struct, IForm<TInput, TOutput>
    {
        var (inputs, outputs) = (_inputs, _outputs);
        for (var i = 0; i < inputs.Length; i++)
        {
            TForm.Run(in inputs[i], ref outputs[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SweepForward<TForward>()
        where TForward : struct, IForward<TInput>
    {
        var inputs = _inputs;
        var sum = 0.0;
        for (var i = 0; i < inputs.Length; i++)
        {
            sum += TForward.Run(in inputs[i]);
        }

        Sink.Value += sum;
    }
}
