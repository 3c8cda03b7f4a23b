using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static IEnumerable<OperationCase> Networks() =>
    [
        .. Full(LossRows.Softmax, t => SoftmaxOf(t[0]), [.. Shapes]),
        .. Full(LossRows.LogSumExp, t => [LogSumExpOf(t[0])], [.. Shapes]),
        .. Full(LossRows.LogSoftmax, t => [.. t[0].Entries.Select(e => e - LogSumExpOf(t[0]))], [.. Shapes]),
        .. Same(LossRows.MeanSquaredError, t => [t[0].Entries.Zip(t[1].Entries, (a, b) => (a - b) * (a - b)).Sum() / t[0].Entries.Length]),
        .. Same(LossRows.SoftmaxCrossEntropy, t => [-t[1].Entries.Zip(SoftmaxOf(t[0]), (p, q) => p * Math.Log(q)).Sum()]),
        .. Same(LossRows.BinaryCrossEntropyWithLogits, t => [BinaryCrossEntropyOf(t[0].Entries, t[1].Entries)]),
        Case(LossRows.SoftmaxCrossEntropyAt, [Free(5, 1), Index(3)], t => [-Math.Log(SoftmaxOf(t[0])[3])]),
        Case(LossRows.SoftmaxCrossEntropyAt, [Free(2, 1), Index(0)], t => [-Math.Log(SoftmaxOf(t[0])[0])]),
    ];

    private static IEnumerable<OperationCase> Same(Operation operation, Func<Tensor[], double[]> expected) =>
        new[] { Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4) }.Select(s => Case(operation, [Within(s, -1, 1), Within(s, 0.1, 0.9)], expected));

    private static double LogSumExpOf(Tensor x) => Math.Log(x.Entries.Sum(Math.Exp));

    private static double[] SoftmaxOf(Tensor x) => [.. x.Entries.Select(e => Math.Exp(e) / x.Entries.Sum(Math.Exp))];

    private static double BinaryCrossEntropyOf(double[] logits, double[] targets) => logits.Zip(targets, (z, t) =>
    {
        var p = 1 / (1 + Math.Exp(-z));
        return -(t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p));
    }).Average();
}
