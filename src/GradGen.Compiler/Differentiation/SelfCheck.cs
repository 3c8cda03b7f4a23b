using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

internal enum SelfCheckVerdict
{
    /// <summary>The gradient agrees with differences of the function.</summary>
    Confirmed,
    /// <summary>There is no opinion: too large, never smooth where it was looked at, or not to be run here.</summary>
    Unchecked,
    /// <summary>The gradient is wrong.</summary>
    Refuted,
}

/// <summary>What the check of a gradient found.</summary>
/// <param name="Verdict">Whether it is right.</param>
/// <param name="Reason">Why it was not checked, or in which way it is wrong.</param>
internal sealed record SelfCheckResult(SelfCheckVerdict Verdict, string Reason = "");

/// <summary>
/// Checks a gradient before it is emitted: ⟨x̄, d⟩ for a random direction d, as the emitted function computes it, against
/// differences of the function as it was read, at seeded points. One direction checks a gradient of any size.
/// </summary>
/// <remarks>
/// <para>
/// <b>Budget.</b> All runs together may take <see cref="Budget"/> operations of the <see cref="Interpreter"/>; what takes more
/// is left unchecked. Integers are drawn from 0 to 3, and arrays have four elements, so that loops run a few times.
/// </para>
/// <para>
/// <b>No false alarm.</b> A point counts only if three differences, each with half the step of the last, agree once their
/// error's leading term is removed: kinks, cancellation, rounding to <see cref="float"/> and what is undefined there are
/// nobody's mistake. <see cref="Confirmations"/> points that agree confirm, if none does not; <see cref="Refutations"/> that do not refute; and
/// anything else is no opinion. What a method cuts off on purpose or takes from elsewhere (a stopped gradient, a derivative
/// given by hand) is not checked: there the gradient is not that of the value.
/// </para>
/// </remarks>
internal sealed class SelfCheck
{
    /// <summary>Operations of the interpreter: about 40 ms. A network of 784–128–10 takes a third of them.</summary>
    public const long Budget = 600_000;

    /// <summary>Runs of the function at one point: its value, and both sides of three differences.</summary>
    private const int RunsAtAPoint = 7;

    private const int Confirmations = 2;
    private const int Refutations = 3;
    private const string TooLong = "it takes too long";
    private const int Attempts = 9;
    private const double Step = 1e-3;

    /// <summary>Where entries are drawn: logarithms and roots want positive ones, an inverse hyperbolic cosine one above 1.</summary>
    private static readonly (double Low, double High)[] Ranges = [(0.15, 0.85), (-1, 1), (1.1, 2.2)];

    /// <summary>How far differences may be apart that are to count, and how far the gradient may be from them.</summary>
    private const double Agreement = 1e-6;

    /// <inheritdoc cref="Agreement"/>
    private const double Tolerance = 1e-4;

    /// <summary>Verdicts are kept, because the analyzer asks what the generator has found out; functions compare by value.</summary>
    private const int Kept = 1024;

    private static readonly ConcurrentDictionary<(Function Function, string Differentiated), SelfCheckResult> Verdicts = new();

    private readonly Function _primal;
    private readonly Function _gradient;
    private readonly ImmutableArray<bool> _differentiated;
    private readonly CancellationToken _cancellation;
    private long _budget = Budget;
    private long _left;

    private SelfCheck(Function primal, Function gradient, ImmutableArray<bool> differentiated, CancellationToken cancellation)
    {
        _primal = primal;
        _gradient = gradient;
        _differentiated = differentiated;
        _cancellation = cancellation;
    }

    /// <summary>Checks a gradient, unless it is known from before.</summary>
    /// <param name="primal">The function as read: x… → y.</param>
    /// <param name="gradient">Its gradient as emitted: (x…, ȳ) → (y, x̄…).</param>
    /// <param name="differentiated">Which x have an x̄.</param>
    /// <param name="cancellation">Ends it.</param>
    public static SelfCheckResult Of(Function primal, Func<Function> gradient, ImmutableArray<bool> differentiated, CancellationToken cancellation = default)
    {
        var key = KeyOf(primal, differentiated);
        if (Verdicts.TryGetValue(key, out var known))
        {
            return known;
        }

        var result = Run(primal, gradient(), differentiated, cancellation);
        Remember(primal, differentiated, result);
        return result;
    }

    /// <summary>Keeps a verdict.</summary>
    public static void Remember(Function primal, ImmutableArray<bool> differentiated, SelfCheckResult result)
    {
        if (Verdicts.Count >= Kept)
        {
            Verdicts.Clear();
        }

        Verdicts[KeyOf(primal, differentiated)] = result;
    }

    /// <summary>Checks a gradient.</summary>
    public static SelfCheckResult Run(Function primal, Function gradient, ImmutableArray<bool> differentiated, CancellationToken cancellation = default)
    {
        if (WhyNot(primal.Body) is { } reason)
        {
            return new SelfCheckResult(SelfCheckVerdict.Unchecked, reason);
        }

        // A matrix of 512×512 is not even to be filled with numbers, if it cannot be multiplied.
        return (RunsAtAPoint * Interpreter.LeastOperations(primal)) + Interpreter.LeastOperations(gradient) > Budget / Confirmations
            ? new SelfCheckResult(SelfCheckVerdict.Unchecked, TooLong)
            : new SelfCheck(primal, gradient, differentiated, cancellation).Run();
    }

    private static (Function Function, string Differentiated) KeyOf(Function primal, ImmutableArray<bool> differentiated) =>
        (primal, string.Concat(differentiated.Select(d => d ? '1' : '0')));

    private static string? WhyNot(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            var operation = instruction.Operation;
            if (operation == Gathers.StopGradient || operation == Arrays.Stop)
            {
                return "a gradient is stopped on purpose";
            }

            if (Calls.IsCall(operation))
            {
                return "a derivative is given from elsewhere";
            }

            if (instruction.Regions.Select(WhyNot).FirstOrDefault(r => r is not null) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private SelfCheckResult Run()
    {
        var (confirmed, refuted, last) = (0, 0, "");
        try
        {
            for (var attempt = 0; attempt < Attempts && _budget > 0 && (confirmed < Confirmations || refuted > 0) && refuted < Refutations; attempt++)
            {
                _cancellation.ThrowIfCancellationRequested();
                switch (At(attempt))
                {
                    case (true, _):
                        confirmed++;
                        break;
                    case (false, var what):
                        refuted++;
                        last = what;
                        break;
                }
            }
        }
        catch (NotSupportedException e)
        {
            return new SelfCheckResult(SelfCheckVerdict.Unchecked, e.Message);
        }

        return refuted >= Refutations ? new SelfCheckResult(SelfCheckVerdict.Refuted, last)
            : confirmed > 0 && refuted == 0 ? new SelfCheckResult(SelfCheckVerdict.Confirmed)
            : new SelfCheckResult(SelfCheckVerdict.Unchecked, _budget <= 0 ? TooLong : "it is smooth at none of the points looked at");
    }

    /// <summary>Whether value and gradient are right at a point; null where the point cannot tell.</summary>
    private (bool? IsRight, string What) At(int attempt)
    {
        // A loop may never end at one point and end at the next: no point may use up everything.
        var share = Math.Min(_budget, Budget / Confirmations);
        _left = share;
        try
        {
            var random = new SeededNumbers(attempt + 1);
            var (low, high) = Ranges[attempt % Ranges.Length];
            Tensor[] point = [.. _primal.Parameters.Select(p => Drawn.Of(p.Type, random, low, high))];
            Tensor[] direction = [.. _primal.Parameters.Select((p, i) => _differentiated[i] ? Drawn.Of(p.Type, random, -1, 1) : null!)];
            var value = Run(_primal, point)[0];
            var upstream = Drawn.Like(value, _gradient.Parameters[_gradient.Parameters.Length - 1].Type, random);

            double Along(double step)
            {
                Tensor[] Moved(double t) => [.. point.Select((p, i) => _differentiated[i] ? Sum(p, direction[i], t) : p)];
                return (Inner(Run(_primal, Moved(step))[0], upstream).Sum - Inner(Run(_primal, Moved(-step))[0], upstream).Sum) / (2 * step);
            }

            var (coarse, middle, fine) = (Along(Step), Along(Step / 2), Along(Step / 4));
            var (estimate, finer) = (((4 * middle) - coarse) / 3, ((4 * fine) - middle) / 3);
            var size = Math.Max(Math.Abs(finer), Inner(value, upstream).Size);
            if (!(Math.Abs(estimate - finer) <= Agreement * size) || !(Math.Abs(coarse - finer) <= 1e-2 * size) || double.IsInfinity(size))
            {
                return (null, "");
            }

            var results = Run(_gradient, [.. point, upstream]);
            var (slope, spread) = (0.0, 0.0);
            var r = 1;
            for (var i = 0; i < direction.Length; i++)
            {
                if (_differentiated[i])
                {
                    var (sum, terms) = Inner(results[r++], direction[i]);
                    (slope, spread) = (slope + sum, spread + terms);
                }
            }

            var allowed = Tolerance * Math.Max(size, spread);
            if (double.IsNaN(slope) || double.IsInfinity(slope) || double.IsInfinity(spread))
            {
                return (null, "");
            }

            if (Math.Abs(slope - finer) > allowed)
            {
                return (false, $"along a random direction the derivative is {Text(finer)} by differences and {Text(slope)} by the gradient");
            }

            var (own, other) = (Inner(value, upstream), Inner(results[0], upstream));
            return Math.Abs(own.Sum - other.Sum) <= Tolerance * own.Size ? (true, "")
                : (false, $"the value is {Text(own.Sum)} in the method and {Text(other.Sum)} beside the gradient");
        }
        catch (Exception e) when (e is ThrownException or IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidCastException or InterpreterBudgetException)
        {
            return (null, "");
        }
        finally
        {
            _budget -= share - Math.Max(_left, 0);
        }
    }

    private ImmutableArray<Tensor> Run(Function function, Tensor[] arguments) =>
        Interpreter.Run(function, ref _left, _cancellation, arguments);

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static Tensor Sum(Tensor left, Tensor right, double factor) => left is ArrayTensor array
        ? new ArrayTensor(left.Shape, [.. array.Items.Zip(((ArrayTensor)right).Items, (l, r) => Sum(l, r, factor))])
        : new Tensor(left.Shape, [.. left.Entries.Zip(right.Entries, (l, r) => l + (factor * r))]);

    /// <summary>⟨left, right⟩, and the same with each term's size.</summary>
    private static (double Sum, double Size) Inner(Tensor left, Tensor right)
    {
        if (left is ArrayTensor array)
        {
            var terms = array.Items.Zip(((ArrayTensor)right).Items, Inner).ToList();
            return (terms.Sum(t => t.Sum), terms.Sum(t => t.Size));
        }

        var (sum, size) = (0.0, 0.0);
        for (var e = 0; e < left.Entries.Length; e++)
        {
            var term = left.Entries[e] * right.Entries[e];
            (sum, size) = (sum + term, size + Math.Abs(term));
        }

        return (sum, size);
    }
}
