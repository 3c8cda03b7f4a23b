using System.Runtime;

namespace GradGen.Benchmarks.Harness;

/// <summary>A contender's times.</summary>
/// <param name="Role">What it stands for; null for C.</param>
/// <param name="Name">Its name.</param>
/// <param name="Times">The samples.</param>
/// <param name="Allocated">The bytes that one gradient allocates; null for C.</param>
/// <param name="Form">The form in C.</param>
internal sealed record Measured(Role? Role, string Name, Samples Times, double? Allocated, CForm? Form = null);

/// <summary>One case, measured: C in its own process and everything in C# one after the other, and that several times, so that a machine that changes its speed changes it for all.</summary>
internal static class Comparison
{
    private const int Rounds = 4;
    private const int SamplesPerRound = 8;

    /// <summary>Measures a case.</summary>
    /// <param name="problem">The case.</param>
    /// <param name="forms">Its forms in C.</param>
    /// <param name="progress">Called with what part of the work was done since the last call, in [0, 1].</param>
    public static IReadOnlyList<Measured> Run(Case problem, IReadOnlyList<CForm> forms, Action<double> progress)
    {
        WarmUp(problem);
        var c = forms.Select(form => new Measured(null, form.ToString(), new Samples(), null, form)).ToList();
        var cSharp = problem.Contenders
            .Select(contender => (contender.Sweep, Row: new Measured(contender.Role, contender.Name, new Samples(), Allocated(contender.Sweep)))).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var row in c)
            {
                row.Times.Add(row.Form!.Times(SamplesPerRound));
                progress(1.0 / (Rounds * (c.Count + cSharp.Count)));
            }

            foreach (var (sweep, row) in cSharp)
            {
                row.Times.Add(Samples.Of(sweep, SamplesPerRound));
                progress(1.0 / (Rounds * (c.Count + cSharp.Count)));
            }
        }

        return [.. cSharp.Select(pair => pair.Row), .. c];
    }

    /// <summary>
    /// Calls everything until the JIT compiler has nothing left to do. It compiles in the background and begins only after
    /// a tenth of a second without new methods: hence the pauses.
    /// </summary>
    private static void WarmUp(Case problem)
    {
        const int pause = 150, enough = 12;
        var (compiled, quiet) = (0L, 0);
        for (var i = 0; i < enough && quiet < 2; i++)
        {
            foreach (var contender in problem.Contenders)
            {
                foreach (var _ in Samples.Of(contender.Sweep, 4))
                {
                }
            }

            Thread.Sleep(pause);
            var now = JitInfo.GetCompiledMethodCount();
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }

    private static double Allocated(Action sweep)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        sweep();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Case.Inputs;
    }
}
