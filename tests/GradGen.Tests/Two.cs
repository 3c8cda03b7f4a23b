namespace GradGen.Tests;

/// <summary>A dimension as a user names it, with the size of <see cref="N2"/>.</summary>
[Dimension(2)]
public readonly struct Two : IDimension
{
    public static int Size => 2;
}

internal readonly struct Nothing : IDimension
{
    public static int Size => 0;
}

internal readonly struct Huge : IDimension
{
    public static int Size => 100_000;
}
