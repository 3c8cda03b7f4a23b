namespace GradGen.Kernels;

/// <summary>Whether a kernel writes its result or adds it: a type where the choice would stand in the innermost loop.</summary>
internal interface ISumMode
{
    static abstract bool Adds { get; }
}

internal readonly struct Writing : ISumMode
{
    public static bool Adds => false;
}

internal readonly struct Adding : ISumMode
{
    public static bool Adds => true;
}
