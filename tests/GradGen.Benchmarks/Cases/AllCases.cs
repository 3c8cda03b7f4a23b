using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;

namespace GradGen.Benchmarks.Cases;

/// <summary>The cases in the order of the table.</summary>
internal static class AllCases
{
    private static readonly Dictionary<string, Func<Case>> Makers = new()
    {
        ["network"] = () => new NetworkCase { C = new("seed.c"), Goal = new(0.95, "scalar"), IsNetwork = true },
        ["tiny"] = () => new TinyCase { C = new("tiny.c"), Goal = new(1.1, "AVX-512, transposed weights"), IsNetwork = true },
        ["chain3"] = () => new ChainCase<N3, Chain3, ChainModel.Of3Gradient, SmallChainByHand<N3>> { C = Chain(3), Goal = new(1.15) },
        ["chain4"] = () => new ChainCase<N4, Chain4, ChainModel.Of4Gradient, SmallChainByHand<N4>> { C = Chain(4), Goal = new(1.15) },
        ["chain6"] = () => new ChainCase<N6, Chain6, ChainModel.Of6Gradient, ChainByHand<N6>> { C = Chain(6) },
        ["chain8"] = () => new ChainCase<N8, Chain8, ChainModel.Of8Gradient, ChainByHand<N8>> { C = Chain(8), Goal = new(1.15) },
        ["chain16"] = () => new ChainCase<N16, Chain16, ChainModel.Of16Gradient, ChainByHand<N16>> { C = Chain(16) },
        ["kalman"] = () => new KalmanCase { C = new("kalman.c") { Aside = "with algebra" }, Goal = new(0.7) },
        ["classifier"] = () => new ClassifierCase
        {
            C = new("mlp.c", "INPUT=784", "HIDDEN=128", "OUTPUT=10", "BATCH=1"),
            Goal = new(1.15),
            IsNetwork = true,
        },
        ["digits"] = () => new DigitsCase
        {
            C = new("mlp.c", "INPUT=64", "HIDDEN=32", "OUTPUT=10", "BATCH=16", "TANH"),
            IsNetwork = true,
        },
        ["pendulum"] = () => new PendulumCase { C = new("pendulum.c") },
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>The cases whose names are given, or begin so; all if there are none.</summary>
    public static IEnumerable<Case> Named(IReadOnlyCollection<string> names) =>
        Makers.Where(pair => names.Count == 0 || names.Any(name => pair.Key.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(pair => pair.Value());

    private static CSource Chain(int size) => new("chain.c", $"N={size}");
}
