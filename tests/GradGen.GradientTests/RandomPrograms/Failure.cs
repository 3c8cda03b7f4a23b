namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Where a program failed.</summary>
internal enum Stage
{
    /// <summary>The program is no C#, or stops by itself: a mistake of the generator of programs.</summary>
    Program,
    /// <summary>GradGen refuses it with a diagnostic.</summary>
    Refused,
    /// <summary>Reading, differentiating, emitting or interpreting threw, or a function does not verify.</summary>
    Compiler,
    /// <summary>What was generated does not compile, or with warnings.</summary>
    Generated,
    /// <summary>The generated method threw, or took too long.</summary>
    Running,
    /// <summary>A value differs.</summary>
    Value,
    /// <summary>A gradient differs from what dual numbers give.</summary>
    Gradient,
    /// <summary>The interpreter computes something else than the compiled code.</summary>
    Interpreter,
    /// <summary>The overload that accumulates gives something else than twice the gradient.</summary>
    Accumulated,
}

/// <summary>A failure of one program.</summary>
/// <param name="Stage">Where it failed.</param>
/// <param name="Kind">What makes two failures alike: a diagnostic's id, an exception's type.</param>
/// <param name="Message">What happened.</param>
internal sealed record Failure(Stage Stage, string Kind, string Message)
{
    /// <summary>
    /// Whether it is a limit that a program cannot be written around: what follows a branch that may return is read once
    /// for each way to it, so that a program of random branches can have too many; and arrays that change places under a
    /// condition may be the same. One that always throws has no gradient.
    /// </summary>
    public bool IsKnownLimit => Stage == Stage.Refused
        && (Message.Contains(" ways through its branches", StringComparison.Ordinal) || Message.Contains(" may be the same as ", StringComparison.Ordinal)
            || Message.Contains(" always throws", StringComparison.Ordinal));

    public bool IsLike(Failure? other) => other is not null && other.Stage == Stage && other.Kind == Kind;

    public static Failure Of(Stage stage, Exception exception)
    {
        while (exception is AggregateException or System.Reflection.TargetInvocationException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return new Failure(stage, exception.GetType().Name, exception.ToString());
    }

    public override string ToString() => $"{Stage}, {Kind}: {Message}";
}
