using System.Globalization;

namespace GradGen.Benchmarks.Harness;

/// <summary>Compiles the C programs with every compiler that is there; the directory they are in goes when it is disposed.</summary>
internal sealed class CPrograms : IDisposable
{
    private static readonly string[] Names = ["gcc", "clang", .. Enumerable.Range(14, 10).Reverse().Select(version => $"clang-{version}")];
    private static readonly string[] Options = ["", "-ffast-math"];

    private readonly string _directory = Directory.CreateTempSubdirectory("gradgen-benchmarks").FullName;

    /// <summary>The compilers that were found: gcc, and one clang.</summary>
    public IReadOnlyList<string> Compilers { get; } =
        [.. Names.Where(Processes.IsOnPath).DistinctBy(name => name.Split('-')[0])];

    /// <summary>All forms of a program from all compilers, with and without leave to reorder sums.</summary>
    /// <exception cref="InvalidOperationException">A compiler refuses it.</exception>
    public IReadOnlyList<CForm> Compile(CSource source) =>
    [
        .. from compiler in Compilers
           from option in Options
           let program = Compile(source, compiler, option)
           from form in Processes.Lines(program, "forms")
           select new CForm($"{compiler} {option}".TrimEnd(), program, form, form == source.Aside),
    ];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Compile(CSource source, string compiler, string option)
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "C");
        var program = Path.Combine(_directory, Directory.GetFiles(_directory).Length.ToString(CultureInfo.InvariantCulture));
        var definitions = source.Definitions.Select(definition => "-D" + definition);
        string[] options = option.Length == 0 ? [] : [option];
        Processes.Output(
            compiler,
            ["-O3", "-march=native", "-w", .. options, .. definitions, "-o", program, Path.Combine(sources, "bench.c"), Path.Combine(sources, source.File), "-lm"]);
        return program;
    }
}
