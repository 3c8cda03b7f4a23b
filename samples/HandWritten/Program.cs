using GradGen;
using HandWritten;

Matrix<double, N3, N2> w = [[0.5, -1], [2, 0.25], [-0.75, 1.5]];
Vector<double, N3> b = [0.1, -0.2, 0.3];
Vector<double, N2> x = [1, -2];
Vector<double, N3> t = [1, 0, 1];

var byHand = Layer.ByHand(w, b, x, t);
var generated = Layer.LossBackward(w, b, x, t);
Console.WriteLine($"by hand\n{byHand.W}\ngenerated\n{generated.W}");

var largest = 0.0;
for (var i = 0; i < 3; i++)
{
    for (var j = 0; j < 2; j++)
    {
        largest = Math.Max(largest, Math.Abs(byHand.W[i, j] - generated.W[i, j]));
    }
}

Console.WriteLine($"largest difference {largest:E1}");
Console.WriteLine("Mistakes.cs has the classic mistakes, each with what GradGen says about it.");
