using System.Globalization;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Explanation;

/// <summary>
/// Gives every step of the user's computation a name of its own, before it is differentiated: the user's, made unique
/// (a local assigned twice is h, then h2), else a letter and a number (z1 = w1·x, a1 = σ(z1)). The result is y.
/// Adjoints are later called after these.
/// </summary>
internal static class Naming
{
    public static Function Run(Function original)
    {
        // A copy: what was read is compared with what will be read, and stays as it is.
        var builder = new Builder();
        var map = original.Parameters.ToDictionary(p => p, p => builder.Parameter(p.Type, p.Name));
        builder.Copy(original.Body, map);
        var function = builder.Build(original.Name, [.. original.Results.Select(r => map[r])]);

        var taken = new Names(function.Parameters.Select(p => p.Name!));
        var steps = Steps.BeforeNaming(function);
        MakeUnique(function.Body, taken);
        for (var i = 0; i < function.Results.Length; i++)
        {
            if (function.Results[i].Name is null)
            {
                function.Results[i].Name = taken.Free("y", startBare: true);
            }
        }

        Number(function.Body, steps, taken);
        return function;
    }

    private static void MakeUnique(Block block, Names taken)
    {
        foreach (var instruction in block.Instructions)
        {
            // What a loop carries has the bare name, and what an iteration makes of it the name with a number.
            var isLoop = ControlFlow.IsLoop(instruction.Operation);
            if (isLoop)
            {
                MakeUnique(instruction.Results.Concat(instruction.Regions.SelectMany(r => r.Parameters)), taken);
            }

            foreach (var region in instruction.Regions)
            {
                MakeUnique(region, taken);
            }

            if (!isLoop)
            {
                MakeUnique(instruction.Results, taken);
            }
        }
    }

    private static void MakeUnique(IEnumerable<Value> values, Names taken)
    {
        foreach (var value in values)
        {
            if (value.Name is { } name)
            {
                value.Name = taken.Free(name, startBare: true);
            }
        }
    }

    private static void Number(Block block, Steps steps, Names taken)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                Number(region, steps, taken);
            }

            foreach (var result in instruction.Results)
            {
                if (result.Name is null && !steps.IsInlined(result))
                {
                    result.Name = taken.Free(instruction.Operation.Letter, startBare: false);
                }
            }

            if (ControlFlow.IsLoop(instruction.Operation))
            {
                var carried = ControlFlow.Carried(instruction);
                foreach (var (parameters, j) in carried.Parameters.SelectMany(p => instruction.Results.Select((_, j) => (p, j))))
                {
                    parameters[j].Name ??= instruction.Results[j].Name;
                }
            }
        }
    }

    /// <summary>The names that are taken.</summary>
    private sealed class Names(IEnumerable<string> taken)
    {
        private readonly HashSet<string> _taken = [.. taken];

        /// <summary>The number after the last one that was given: below, all are taken, and the thousandth s need not look through them.</summary>
        private readonly Dictionary<(string Name, bool StartBare), int> _next = [];

        /// <summary>The name itself or, if it is taken or must be numbered, with the first free number.</summary>
        public string Free(string name, bool startBare)
        {
            if (startBare && _taken.Add(name))
            {
                return name;
            }

            for (var number = _next.TryGetValue((name, startBare), out var next) ? next : startBare ? 2 : 1; ; number++)
            {
                var numbered = name + number.ToString(CultureInfo.InvariantCulture);
                if (_taken.Add(numbered))
                {
                    _next[(name, startBare)] = number + 1;
                    return numbered;
                }
            }
        }
    }
}
