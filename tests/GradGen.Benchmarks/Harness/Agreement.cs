namespace GradGen.Benchmarks.Harness;

/// <summary>Before anything is timed: do all implementations of a case compute the same?</summary>
internal static class Agreement
{
    /// <summary>At how many inputs results are compared.</summary>
    private const int Compared = 3;

    /// <summary>Compares everybody with the generated gradient.</summary>
    /// <exception cref="InvalidOperationException">Somebody computes something else.</exception>
    public static void Check(Case problem, IReadOnlyList<CForm> forms)
    {
        var generated = problem.Contenders.First(contender => contender.Role == Role.Generated);
        double[][] expected = [.. Enumerable.Range(0, Compared).Select(generated.Results)];
        foreach (var contender in problem.Contenders)
        {
            for (var i = 0; i < Compared; i++)
            {
                Check(problem, contender.ToString(), expected[i], contender.Results(i));
            }
        }

        foreach (var form in forms)
        {
            var results = form.Results(Compared).Chunk(expected[0].Length).ToArray();
            for (var i = 0; i < Compared; i++)
            {
                Check(problem, form.ToString(), expected[i], results.ElementAtOrDefault(i) ?? []);
            }
        }
    }

    private static void Check(Case problem, string name, double[] expected, double[] actual)
    {
        if (actual.Length != expected.Length && actual.Length != 1)
        {
            throw new InvalidOperationException($"{problem.Name}, {name}: {actual.Length} numbers instead of {expected.Length}.");
        }

        // Each part by its own size: a value of 2 must not hide what is wrong with a gradient of a thousandth.
        var start = 0;
        foreach (var length in problem.PartLengths.TakeWhile(_ => start < actual.Length))
        {
            var size = expected.AsSpan(start, length).ToArray().Max(Math.Abs);
            for (var i = start; i < start + length; i++)
            {
                if (!(Math.Abs(actual[i] - expected[i]) <= problem.Tolerance * size))
                {
                    throw new InvalidOperationException($"{problem.Name}, {name}: number {i} is {actual[i]:R}, and {expected[i]:R} by the generated gradient.");
                }
            }

            start += length;
        }
    }
}
