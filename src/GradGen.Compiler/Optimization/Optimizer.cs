using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Optimization;

/// <summary>Which passes run: all in the product; each is switched off in turn by the gradient tests.</summary>
[Flags]
internal enum Passes
{
    None = 0,
    Simplify = 1,
    CommonSubexpressions = 2,
    DeadCode = 4,
    Branches = 8,
    LoopInvariants = 16,
    Orientation = 32,
    EntriesTogether = 64,
    All = Simplify | CommonSubexpressions | DeadCode | Branches | LoopInvariants | Orientation | EntriesTogether,
}

/// <summary>The order of the passes.</summary>
internal static class Optimizer
{
    public static Function Run(Function function, Passes passes = Passes.All)
    {
        // First, because the reverse sweep copies branches that it may need into each other: a chain of a hundred leaves ten
        // thousand, of which nobody reads most.
        if (passes.HasFlag(Passes.DeadCode))
        {
            function = DeadCode.Run(function);
        }

        if (passes.HasFlag(Passes.Simplify))
        {
            function = Simplify.Run(function);
        }

        if (passes.HasFlag(Passes.Branches))
        {
            function = Branches.Run(function);
        }

        if (passes.HasFlag(Passes.LoopInvariants))
        {
            function = LoopInvariants.Run(function);
        }

        if (passes.HasFlag(Passes.CommonSubexpressions))
        {
            function = CommonSubexpressions.Run(function);
        }

        if (passes.HasFlag(Passes.DeadCode))
        {
            function = DeadCode.Run(function);
        }

        // After it, because what nobody reads any more would count as a reader.
        if (passes.HasFlag(Passes.Orientation))
        {
            function = Orientation.Run(function);
        }

        return function;
    }

    /// <summary>The same for what is emitted: formulas have been read by then.</summary>
    public static Function RunLast(Function function, Passes passes = Passes.All)
    {
        function = Run(function, passes);
        return passes.HasFlag(Passes.EntriesTogether) ? EntriesTogether.Run(function) : function;
    }
}
