namespace GradGen.Benchmarks.Harness;

/// <summary>What a contender stands for in the table.</summary>
internal enum Role
{
    /// <summary>The gradient that GradGen wrote, through the overload that writes into what is there.</summary>
    Generated,

    /// <summary>A gradient written by hand in C#.</summary>
    ByHand,

    /// <summary>Forward mode as users write it: numbers with a slope, a pass for each entry.</summary>
    Dual,

    /// <summary>Reverse mode as users write it: numbers that write down what is done with them.</summary>
    Tape,

    /// <summary>Only the value: the user's own method, with the matrices that it makes.</summary>
    OwnForward,

    /// <summary>Only the value: a forward pass by hand, which makes none.</summary>
    PlainForward,
}

/// <summary>One implementation of a case.</summary>
/// <param name="Role">What it stands for.</param>
/// <param name="Name">What distinguishes it from others with the same role.</param>
/// <param name="Sweep">Computes the results at all inputs, one after the other.</param>
/// <param name="Results">Computes the result at one input: the value, and the gradient if it is one.</param>
internal sealed record Contender(Role Role, string Name, Action Sweep, Func<int, double[]> Results)
{
    /// <summary>Whether there is a gradient, or only the value.</summary>
    public bool HasGradient => Role is not (Role.OwnForward or Role.PlainForward);

    public override string ToString() => $"{Role}: {Name}";
}
