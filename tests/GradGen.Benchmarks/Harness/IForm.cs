namespace GradGen.Benchmarks.Harness;

/// <summary>One way of computing a gradient with its value. A type, not a delegate, so that the loop over the inputs calls it directly.</summary>
internal interface IForm<TInput, TOutput>
    where TInput : struct
    where TOutput : struct
{
    static abstract void Run(in TInput input, ref TOutput output);
}

/// <summary>One way of computing only the value.</summary>
internal interface IForward<TInput>
    where TInput : struct
{
    static abstract double Run(in TInput input);
}
