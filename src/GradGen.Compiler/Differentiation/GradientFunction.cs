using System.Collections.Immutable;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Differentiation;

/// <summary>The way from a function as read to its gradient as explained and, expanded, as emitted.</summary>
/// <param name="Primal">The user's function, simplified, its steps named.</param>
/// <param name="Gradient">(x…, ȳ) → (y, x̄…), simplified: what the derivation explains.</param>
/// <param name="Expanded">The same in operations that have an element: what is emitted.</param>
internal sealed record GradientFunction(Function Primal, Function Gradient, Function Expanded)
{
    public static GradientFunction Run(Function function, ImmutableArray<bool> differentiated, Passes passes = Passes.All)
    {
        var primal = Naming.Run(Optimizer.Run(function, passes));
        var gradient = Optimizer.Run(ReverseMode.Run(primal, differentiated), passes);
        return new GradientFunction(primal, gradient, Optimizer.RunLast(Expand.Run(gradient), passes));
    }
}
