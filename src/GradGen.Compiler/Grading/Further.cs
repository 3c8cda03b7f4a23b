using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Grading;

/// <summary>A parameter that the method uses several times has a term in its gradient for each use.</summary>
internal static class Further
{
    private const int MaximalUses = 8;

    /// <summary>In words, how many of the terms a gradient has, where it is the sum of some of them, and the others as graphs over the inputs; else null.</summary>
    public static (string What, IReadOnlyList<Node> Missing)? Terms(Node gradient, string parameter, Truth truth, Points points)
    {
        var function = truth.Model.Function!;
        var index = truth.Model.Parameters.Items.IndexOf(truth.Model.Parameters.First(p => p.Name.TrimStart('@') == parameter));
        var used = function.Parameters[index];
        var uses = function.Body.Instructions.Sum(i => i.Operands.Count(o => o == used));
        if (uses is < 2 or > MaximalUses || points.ValueOf(gradient, 0) is null)
        {
            return null;
        }

        var gradients = Contributions(function, used, uses);
        var terms = gradients.Expanded;
        for (var set = 1; set < (1 << uses) - 1; set++)
        {
            if (Enumerable.Range(0, points.Count).All(p => points.AreEqual(points.ValueOf(gradient, p), Sum(terms, set, index, points.Inputs(p)))))
            {
                var count = Enumerable.Range(0, uses).Count(u => (set & (1 << u)) != 0);
                return ($"'{parameter}' is used {uses} times, and its gradient is the sum of as many terms; this has {count} of them",
                    [.. Graphs(gradients.Gradient, index, truth).Where((_, u) => (set & (1 << u)) == 0)]);
            }
        }

        return null;
    }

    /// <summary>The gradient with respect to each use of a parameter: each has a parameter of its own, at the end.</summary>
    private static GradientFunction Contributions(Function function, Value used, int uses)
    {
        var builder = new Builder();
        var map = function.Parameters.ToDictionary(p => p, p => builder.Parameter(p.Type, p.Name));
        var copies = new Queue<Value>(Enumerable.Range(0, uses).Select(_ => builder.Parameter(used.Type, used.Name)));
        foreach (var instruction in function.Body.Instructions)
        {
            map[instruction.Result] = builder.Add(
                instruction.Operation, [.. instruction.Operands.Select(o => o == used ? copies.Dequeue() : map[o])], instruction.Attributes);
        }

        var split = builder.Build(function.Name, [.. function.Results.Select(r => map[r])]);
        return GradientFunction.Run(split, [.. split.Parameters.Select((_, i) => i >= function.Parameters.Length)]);
    }

    /// <summary>Each term as a graph over the gradient's inputs: every use is the parameter again.</summary>
    private static IEnumerable<Node> Graphs(Function gradient, int index, Truth truth)
    {
        var inputs = truth.Inputs.Length - 1;
        var nodes = gradient.Parameters.Select((p, i) => (p, Node: i == gradient.Parameters.Length - 1 ? truth.Upstream : truth.Inputs[i < inputs ? i : index])).ToDictionary(x => x.p, x => x.Node);
        foreach (var instruction in gradient.Body.Instructions)
        {
            nodes[instruction.Result] = Node.Apply(instruction.Operation, [.. instruction.Operands.Select(o => nodes[o])], instruction.Attributes, null);
        }

        return gradient.Results.Skip(1).Select(r => nodes[r]);
    }

    private static Tensor? Sum(Function terms, int set, int index, Tensor[] inputs)
    {
        var uses = terms.Parameters.Length - inputs.Length;
        try
        {
            var results = Interpreter.Run(terms, [.. inputs.Take(inputs.Length - 1), .. Enumerable.Repeat(inputs[index], uses), inputs[inputs.Length - 1]]);
            ImmutableArray<Tensor> chosen = [.. results.Skip(1).Where((_, u) => (set & (1 << u)) != 0)];
            return new Tensor(chosen[0].Shape, [.. Enumerable.Range(0, chosen[0].Entries.Length).Select(e => chosen.Sum(t => t.Entries[e]))]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }
}
