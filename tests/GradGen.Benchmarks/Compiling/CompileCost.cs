using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;
using System.Text;
using GradGen.Benchmarks.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Spectre.Console;

namespace GradGen.Benchmarks.Compiling;

/// <summary>What it costs to compile differentiable methods: the generator's time, the C# compiler's for what it wrote, the JIT compiler's at the first call.</summary>
internal static class CompileCost
{
    private static readonly int[] Counts = [10, 100, 1000];
    private static readonly int[] Sizes = [2, 3, 4, 6, 8, 16, 32, 64, 128, 256, 512];
    private static readonly int[] Statements = [10, 100, 1000];
    private static readonly int[] Ways = [10, 40, 160];
    private static readonly int[] Entries = [4, 8, 16, 32, 64, 128];

    /// <param name="parts">Parts of the names of the projects to measure; all if there are none.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] parts)
    {
        Screen.Widen();
        Measure(Models.Networks(10), 10); // warm
        var table = Screen.Table(
            ["project"],
            "generator ms",
            "ms a method",
            "C# compiler ms",
            "ms a method",
            "JIT ms a first call",
            "source bytes a method",
            "IL bytes a method",
            "IL bytes a first call");
        IReadOnlyList<(string Name, string[] Sources, int Methods)> projects =
        [
            .. Counts.Select(count => ($"{count:N0} methods, 4-8-2", Models.Networks(count), count)),
            .. Sizes.Select(size => ($"‖tanh(AB + C)‖², {size}×{size}", Models.OfSize(size), 1)),
            .. Statements.Select(count => ($"one method, {count:N0} statements", Models.OfStatements(count), 1)),
            .. Ways.Select(count => ($"one method, a switch of {count:N0} ways", Models.OfWays(count), 1)),
            .. Entries.Select(size => ($"loops over the entries, {size}×{size}", Models.OfEntries(size), 1)),
        ];
        var chosen = projects.Where(project => parts.Length == 0 || parts.Any(project.Name.Contains)).ToList();
        Screen.WithProgress(chosen, project => project.Name, (project, _) =>
        {
            var cost = Measure(project.Sources, project.Methods);
            table.AddRow(
                project.Name.EscapeMarkup(),
                $"{cost.Generator:N1}",
                $"{cost.Generator / project.Methods:N2}",
                $"{cost.CSharp:N1}",
                $"{cost.CSharp / project.Methods:N2}",
                $"{cost.FirstCall:N2}",
                $"{cost.SourceBytes / project.Methods:N0}",
                $"{cost.AssemblyBytes / project.Methods:N0}",
                $"{cost.FirstCallBytes / project.Methods:N0}");
        });
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("Medians of the processor's time, after a warm-up. C# compiler: a release build with what was generated, less one without it. First call: all that it makes the JIT compiler compile, the mean over the methods.");
        return 0;
    }

    private static Cost Measure(string[] sources, int methods)
    {
        var project = Drivers.Compilation(sources);
        var generator = Timing.MedianOfProcessor(() => project.Clone(), compilation => Drivers.Create().RunGenerators(compilation));
        Drivers.Create().RunGeneratorsAndUpdateCompilation(project, out var updated, out _);
        var complete = (CSharpCompilation)updated;
        var with = Timing.MedianOfProcessor(() => complete.Clone(), compilation => Assembly(compilation));
        var without = Timing.MedianOfProcessor(() => project.Clone(), compilation => Assembly(compilation));
        var assembly = Assembly(complete);
        var (firstCall, firstCallBytes) = FirstCalls(assembly, methods);
        var source = complete.SyntaxTrees.Except(project.SyntaxTrees).Sum(tree => Encoding.UTF8.GetByteCount(tree.ToString()));
        return new(generator, with - without, firstCall, source, assembly.Length - Assembly(project).Length, firstCallBytes);
    }

    private static byte[] Assembly(CSharpCompilation compilation)
    {
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        return result.Success ? stream.ToArray() : throw new InvalidOperationException(result.Diagnostics[0].ToString());
    }

    /// <summary>Calls each generated method that writes into a gradient once.</summary>
    /// <returns>The JIT compiler's milliseconds a method, and what IL it compiled.</returns>
    private static (double Milliseconds, double Bytes) FirstCalls(byte[] assembly, int methods)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var backward = context.LoadFromStream(new MemoryStream(assembly)).GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.GetParameters().Any(parameter => parameter.Name == "into"))
            .GroupBy(method => (method.DeclaringType, method.Name), (_, overloads) => overloads.MinBy(method => method.GetParameters().Length)!).ToList();
        var calls = backward.Select(method => (Method: method, Arguments: Array.ConvertAll(method.GetParameters(), Argument))).ToList();
        if (calls.Count != methods)
        {
            throw new InvalidOperationException($"{calls.Count} backward methods instead of {methods}.");
        }

        var (time, bytes) = (JitInfo.GetCompilationTime(currentThread: true), JitInfo.GetCompiledILBytes(currentThread: true));
        calls.ForEach(call => call.Method.Invoke(null, call.Arguments));
        time = JitInfo.GetCompilationTime(currentThread: true) - time;
        bytes = JitInfo.GetCompiledILBytes(currentThread: true) - bytes;
        context.Unload();
        return (time.TotalMilliseconds / methods, bytes);
    }

    private static object Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return Activator.CreateInstance(type.IsByRef ? type.GetElementType()! : type)!;
    }

    /// <summary>What a project costs.</summary>
    /// <param name="Generator">Milliseconds.</param>
    /// <param name="CSharp">Milliseconds.</param>
    /// <param name="FirstCall">Milliseconds a method.</param>
    /// <param name="SourceBytes">Of the generated text, all methods.</param>
    /// <param name="AssemblyBytes">By which the assembly grows, all methods.</param>
    /// <param name="FirstCallBytes">IL that first calls made the JIT compiler compile, all methods.</param>
    private sealed record Cost(double Generator, double CSharp, double FirstCall, double SourceBytes, double AssemblyBytes, double FirstCallBytes);
}
