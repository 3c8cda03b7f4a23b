using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GradGen;

/// <summary>
/// Compares gradients with central differences of the function, for unit tests.
/// </summary>
/// <remarks>
/// <para>
/// A point, and a gradient in the same type, is a <see cref="double"/> or <see cref="float"/>, a matrix, vector or array, or
/// a tuple, record, struct or class that holds such things, nested to any depth; lists and the types of System.Numerics
/// are among them. All instance fields count, those behind properties too, whoever may see or set them; numbers of other
/// types, texts and <see langword="null"/> stay as they are, as do members marked <see cref="NoDerivativeAttribute"/>. The
/// caller's objects are not written to: the function sees a copy of the point. What stands in two places of a point is two
/// parameters.
/// </para>
/// <para>
/// The differences have fourth order, [8(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))] / 12h. An entry is right when it is
/// within the tolerance of the slope that they show, beside what rounding hides. Where it is not, smaller steps are tried,
/// because of kinks and poles nearby. At a kink itself, where the slope to the left and to the right differ, every number
/// between them is right.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// GradientCheck.Compare(
///     p => Network.Forward(p.w1, p.w2, p.w3, x)[0],
///     p =>
///     {
///         var g = Network.Backward(p.w1, p.w2, p.w3, x);
///         return (g.W1, g.W2, g.W3);
///     },
///     (w1, w2, w3)).ThrowIfWrong();
/// </code>
/// </example>
public static class GradientCheck
{
#pragma warning disable RS0026 // Overloads with optional parameters: the number of the gradient's parameters tells them apart.
    /// <summary>Compares the gradient of a number with differences.</summary>
    /// <typeparam name="T">The type of the point and of the gradient.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient: the derivative with respect to each entry, in the entry's place.</param>
    /// <param name="point">Where to compare.</param>
    /// <param name="options">Step, tolerance and effort.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="point"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the point that can be differentiated, it holds itself, or the function writes to it.
    /// </exception>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult Compare<T>(
        Func<T, double> function,
        Func<T, T> gradient,
        T point,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(point))] string? names = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(point);
        return new GradientChecker<T>((_, _) => new ScalarObjective<T>(function, p => gradient(p), isByName: false), options ?? new(), PointNames.Parse(names))
            .Run([point]);
    }

    /// <summary>
    /// Compares a vector–Jacobian product with differences: the function gives a matrix, vector, array or anything else that
    /// holds numbers, and the gradient is that of their sum weighted by a random upstream adjoint.
    /// </summary>
    /// <typeparam name="T">The type of the point and of the gradient.</typeparam>
    /// <typeparam name="TResult">The type of the function's result and of the upstream adjoint.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient, from the point and the upstream adjoint.</param>
    /// <param name="point">Where to compare.</param>
    /// <param name="options">Step, tolerance, effort, and the seed of the upstream adjoint.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="point"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the point or in the result that can be differentiated, the point holds itself, the function
    /// writes to it, or the result changes its shape.
    /// </exception>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult Compare<T, TResult>(
        Func<T, TResult> function,
        Func<T, TResult, T> gradient,
        T point,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(point))] string? names = null)
        where T : notnull
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(point);
        return new GradientChecker<T>(Upstream<T, TResult>(function, (p, u) => gradient(p, u), isByName: false), options ?? new(), PointNames.Parse(names)).Run([point]);
    }

    /// <summary>Compares the gradient of a number with differences at random points.</summary>
    /// <typeparam name="T">The type of the point and of the gradient.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient: the derivative with respect to each entry, in the entry's place.</param>
    /// <param name="template">
    /// A point of the right shape. Its numbers are replaced by random ones between <see cref="GradientCheckOptions.Low"/> and
    /// <see cref="GradientCheckOptions.High"/>; what cannot be differentiated is kept.
    /// </param>
    /// <param name="points">How many points.</param>
    /// <param name="seed">The seed of the points and of all else that is random, in the place of the options' seed.</param>
    /// <param name="options">Step, tolerance, effort, and where the points lie.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="template"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the template that can be differentiated, it holds itself, the function writes to its point, or
    /// the options' interval is empty.
    /// </exception>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult CompareAtRandomPoints<T>(
        Func<T, double> function,
        Func<T, T> gradient,
        T template,
        int points = 10,
        int seed = 1,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(template))] string? names = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        var seeded = (options ?? new()) with { Seed = seed };
        return new GradientChecker<T>((_, _) => new ScalarObjective<T>(function, p => gradient(p), isByName: false), seeded, PointNames.Parse(names))
            .Run(RandomPoints.Like(template, points, seeded));
    }

    /// <summary>
    /// Compares a vector–Jacobian product with differences at random points, with a random upstream adjoint at each.
    /// </summary>
    /// <typeparam name="T">The type of the point and of the gradient.</typeparam>
    /// <typeparam name="TResult">The type of the function's result and of the upstream adjoint.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient, from the point and the upstream adjoint.</param>
    /// <param name="template">
    /// A point of the right shape. Its numbers are replaced by random ones between <see cref="GradientCheckOptions.Low"/> and
    /// <see cref="GradientCheckOptions.High"/>; what cannot be differentiated is kept.
    /// </param>
    /// <param name="points">How many points.</param>
    /// <param name="seed">The seed of the points and of all else that is random, in the place of the options' seed.</param>
    /// <param name="options">Step, tolerance, effort, and where the points lie.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="template"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the template or in the result that can be differentiated, the template holds itself, the
    /// function writes to its point, the result changes its shape, or the options' interval is empty.
    /// </exception>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult CompareAtRandomPoints<T, TResult>(
        Func<T, TResult> function,
        Func<T, TResult, T> gradient,
        T template,
        int points = 10,
        int seed = 1,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(template))] string? names = null)
        where T : notnull
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        var seeded = (options ?? new()) with { Seed = seed };
        return new GradientChecker<T>(Upstream<T, TResult>(function, (p, u) => gradient(p, u), isByName: false), seeded, PointNames.Parse(names))
            .Run(RandomPoints.Like(template, points, seeded));
    }

    /// <summary>
    /// Compares a gradient whose members have the names of the point's parts, as GradGen writes it, with differences: of the
    /// method of an object with respect to the object's members, <c>net => net.LossBackward(x)</c>, or of several parameters,
    /// which are a tuple here.
    /// </summary>
    /// <remarks>
    /// What the gradient has no member for must not matter to the function, as far as it is not marked
    /// <see cref="NoDerivativeAttribute"/>. Its members for what is not in the point, and the one named <c>Value</c>, are not
    /// looked at.
    /// </remarks>
    /// <typeparam name="T">The type of the point.</typeparam>
    /// <typeparam name="TGradient">The type of the gradient.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient: for each member or element of the point a member of that name and type.</param>
    /// <param name="point">Where to compare.</param>
    /// <param name="options">Step, tolerance and effort.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="point"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the point that can be differentiated, it holds itself, or the function writes to it.
    /// </exception>
    /// <example>
    /// <code>
    /// GradientCheck.CompareByName(n => n.Loss(x), n => n.LossBackward(x), net).ThrowIfWrong();
    /// GradientCheck.CompareByName(p => Loss(p.w, p.b), p => LossBackward(p.w, p.b), (w, b)).ThrowIfWrong();
    /// </code>
    /// </example>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult CompareByName<T, TGradient>(
        Func<T, double> function,
        Func<T, TGradient> gradient,
        T point,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(point))] string? names = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(point);
        return new GradientChecker<T>((_, _) => new ScalarObjective<T>(function, p => gradient(p), isByName: true), options ?? new(), PointNames.Parse(names))
            .Run([point]);
    }

    /// <summary>
    /// Compares a vector–Jacobian product whose members have the names of the point's parts with differences, with a random
    /// upstream adjoint.
    /// </summary>
    /// <typeparam name="T">The type of the point.</typeparam>
    /// <typeparam name="TResult">The type of the function's result and of the upstream adjoint.</typeparam>
    /// <typeparam name="TGradient">The type of the gradient.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient, from the point and the upstream adjoint.</param>
    /// <param name="point">Where to compare.</param>
    /// <param name="options">Step, tolerance, effort, and the seed of the upstream adjoint.</param>
    /// <param name="names">
    /// What the report calls the point, or the parts of a tuple: <c>(w1, w2)</c>. Left out, it is what the caller wrote for
    /// <paramref name="point"/>.
    /// </param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="ArgumentException">
    /// There is nothing in the point or in the result that can be differentiated, the point holds itself, the function
    /// writes to it, or the result changes its shape.
    /// </exception>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static GradientCheckResult CompareByName<T, TResult, TGradient>(
        Func<T, TResult> function,
        Func<T, TResult, TGradient> gradient,
        T point,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(point))] string? names = null)
        where T : notnull
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(point);
        return new GradientChecker<T>(Upstream<T, TResult>(function, (p, u) => gradient(p, u), isByName: true), options ?? new(), PointNames.Parse(names))
            .Run([point]);
    }

#pragma warning restore RS0026

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private static Func<T, Random, Objective<T>> Upstream<T, TResult>(Func<T, TResult> function, Func<T, TResult, object?> gradient, bool isByName)
        where TResult : notnull =>
        (point, random) => new UpstreamObjective<T, TResult>(function, gradient, point, random, isByName);
}
