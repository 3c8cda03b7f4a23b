namespace GradGen.Benchmarks.Harness;

/// <summary>A program in C, under <c>C/</c>.</summary>
/// <param name="File">Its file.</param>
/// <param name="Definitions">What is defined for it: <c>N=4</c>.</param>
internal sealed record CSource(string File, params string[] Definitions)
{
    /// <summary>A form that is shown but is not what C is: it computes something other than the program as it is written.</summary>
    public string? Aside { get; init; }
}

/// <summary>A form of a compiled program.</summary>
/// <param name="Compiler">The compiler and its options.</param>
/// <param name="Program">The executable.</param>
/// <param name="Form">The form.</param>
/// <param name="IsAside">Whether it is the form that only stands aside.</param>
internal sealed record CForm(string Compiler, string Program, string Form, bool IsAside)
{
    /// <summary>The results at the first inputs, one after the other.</summary>
    public double[] Results(int count)
    {
        var bytes = Processes.Output(Program, "check", Form, $"{count}");
        var numbers = new double[bytes.Length / sizeof(double)];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }

    /// <summary>Takes samples in a process of its own, on the core of this thread.</summary>
    public IEnumerable<double> Times(int count) =>
        Processes.Lines(Program, "time", Form, $"{count}", $"{Samples.Length}").Select(double.Parse);

    public override string ToString() => $"{Form}, {Compiler}";
}
