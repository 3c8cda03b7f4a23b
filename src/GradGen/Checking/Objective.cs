using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GradGen;

/// <summary>The number whose gradient is compared, as a function of the point.</summary>
internal abstract class Objective<T>
{
    /// <summary>Whether its values are computed in <see cref="float"/>.</summary>
    public virtual bool IsSingle => false;

    public abstract Evaluation At(T point);

    public abstract object? Gradient(T point);

    /// <summary>Whether the gradient is of another type, whose members have the names of the point's parts.</summary>
    public virtual bool IsByName => false;

    /// <summary>Which number is not finite at a point where <see cref="At"/> is not.</summary>
    public abstract string NotFinite(T point);
}

/// <summary>A function whose value is a number.</summary>
internal sealed class ScalarObjective<T>(Func<T, double> function, Func<T, object?> gradient, bool isByName) : Objective<T>
{
    public override bool IsByName => isByName;

    public override Evaluation At(T point)
    {
        var value = function(point);
        return new(value, value);
    }

    public override object? Gradient(T point) => gradient(point);

    public override string NotFinite(T point) =>
        string.Create(CultureInfo.InvariantCulture, $"the function's value is {function(point)} at this point");
}

/// <summary>⟨upstream, F⟩ for a function F with any number of entries: its gradient is F's vector–Jacobian product.</summary>
[RequiresUnreferencedCode(DifferentiableValue.Reflection)]
internal sealed class UpstreamObjective<T, TResult> : Objective<T>
    where TResult : notnull
{
    private static readonly PointNames ResultName = new("result", []);

    private readonly Func<T, TResult> _function;
    private readonly Func<T, TResult, object?> _gradient;
    private readonly TResult _upstream;
    private readonly double[][] _weights;

    /// <param name="function">F.</param>
    /// <param name="gradient">The gradient, from the point and the upstream adjoint.</param>
    /// <param name="point">Where the shape of F's result is seen.</param>
    /// <param name="random">Where the upstream adjoint comes from.</param>
    /// <param name="isByName">Whether the gradient is of another type.</param>
    public UpstreamObjective(Func<T, TResult> function, Func<T, TResult, object?> gradient, T point, Random random, bool isByName)
    {
        (_function, _gradient, IsByName) = (function, gradient, isByName);
        var upstream = DifferentiableValue.CopyOf(Result(point), ResultName);
        if (upstream.Leaves.Sum(l => l.Count) == 0)
            throw new ArgumentException($"The function's result, of type {CheckTexts.Type(upstream.Value.GetType())}, holds no number that can be differentiated.", nameof(function));
        foreach (var leaf in upstream.Leaves)
        {
            // Away from 0, so that every entry of the result counts.
            for (var i = 0; i < leaf.Count; i++)
                leaf[i] = (random.Next(2) == 0 ? -1 : 1) * (0.5 + random.NextDouble());
        }

        IsSingle = upstream.Leaves.Any(l => l.IsSingle);
        _weights = [.. upstream.Leaves.Select(l => l.Read())];
        _upstream = (TResult)upstream.Value;
    }

    public override bool IsSingle { get; }

    public override bool IsByName { get; }

    public override Evaluation At(T point)
    {
        var (sum, magnitude) = (0.0, 0.0);
        var leaves = Leaves(point);
        for (var l = 0; l < leaves.Count; l++)
        {
            for (var i = 0; i < leaves[l].Count; i++)
            {
                var term = leaves[l][i] * _weights[l][i];
                sum += term;
                magnitude += Math.Abs(term);
            }
        }

        return new(sum, magnitude);
    }

    public override object? Gradient(T point) => _gradient(point, _upstream);

    public override string NotFinite(T point)
    {
        var entries = from leaf in Leaves(point)
                      from i in Enumerable.Range(0, leaf.Count)
                      where !double.IsFinite(leaf[i])
                      select string.Create(CultureInfo.InvariantCulture, $"{leaf.EntryName(i)} is {leaf[i]}");
        return $"the function's {entries.FirstOrDefault("result is too large")} at this point";
    }

    private TResult Result(T point) =>
        _function(point) ?? throw new ArgumentException("The function's result is null.", "function");

    private IReadOnlyList<DifferentiableLeaf> Leaves(T point)
    {
        var leaves = DifferentiableValue.Of(Result(point), ResultName).Leaves;
        return leaves.Select(l => l.Count).SequenceEqual(_weights.Select(w => w.Length))
            ? leaves
            : throw new ArgumentException("The function's result changes its shape from point to point.", "function");
    }
}
