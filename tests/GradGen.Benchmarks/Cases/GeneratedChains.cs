namespace GradGen.Benchmarks.Cases;

// What GradGen writes has a type of its own for each method: here they meet.

internal readonly struct Chain3 : IGeneratedChain<N3, ChainModel.Of3Gradient>
{
    public static ChainModel.Of3Gradient Over(in Three<N3> slopes) => new(0, slopes.A, slopes.B, slopes.C);

    public static void Backward(in Three<N3> i, ref ChainModel.Of3Gradient into) => ChainModel.Of3Backward(i.A, i.B, i.C, ref into);

    public static double Value(in ChainModel.Of3Gradient gradient) => gradient.Value;
}

internal readonly struct Chain4 : IGeneratedChain<N4, ChainModel.Of4Gradient>
{
    public static ChainModel.Of4Gradient Over(in Three<N4> slopes) => new(0, slopes.A, slopes.B, slopes.C);

    public static void Backward(in Three<N4> i, ref ChainModel.Of4Gradient into) => ChainModel.Of4Backward(i.A, i.B, i.C, ref into);

    public static double Value(in ChainModel.Of4Gradient gradient) => gradient.Value;
}

internal readonly struct Chain6 : IGeneratedChain<N6, ChainModel.Of6Gradient>
{
    public static ChainModel.Of6Gradient Over(in Three<N6> slopes) => new(0, slopes.A, slopes.B, slopes.C);

    public static void Backward(in Three<N6> i, ref ChainModel.Of6Gradient into) => ChainModel.Of6Backward(i.A, i.B, i.C, ref into);

    public static double Value(in ChainModel.Of6Gradient gradient) => gradient.Value;
}

internal readonly struct Chain8 : IGeneratedChain<N8, ChainModel.Of8Gradient>
{
    public static ChainModel.Of8Gradient Over(in Three<N8> slopes) => new(0, slopes.A, slopes.B, slopes.C);

    public static void Backward(in Three<N8> i, ref ChainModel.Of8Gradient into) => ChainModel.Of8Backward(i.A, i.B, i.C, ref into);

    public static double Value(in ChainModel.Of8Gradient gradient) => gradient.Value;
}

internal readonly struct Chain16 : IGeneratedChain<N16, ChainModel.Of16Gradient>
{
    public static ChainModel.Of16Gradient Over(in Three<N16> slopes) => new(0, slopes.A, slopes.B, slopes.C);

    public static void Backward(in Three<N16> i, ref ChainModel.Of16Gradient into) => ChainModel.Of16Backward(i.A, i.B, i.C, ref into);

    public static double Value(in ChainModel.Of16Gradient gradient) => gradient.Value;
}
