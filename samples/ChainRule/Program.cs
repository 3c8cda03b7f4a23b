using System.Globalization;
using System.Xml.Linq;
using ChainRule;
using GradGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The question: y = ψ(W3·ψ(W2·ψ(W1·x))), and its gradient with respect to W1, W2 and W3.
Matrix<double, N2, N2> w1 = [[0.3, -0.5], [0.8, 0.2]];
Matrix<double, N2, N2> w2 = [[-0.6, 0.4], [0.1, 0.9]];
Matrix<double, N1, N2> w3 = [[0.7, -1.1]];
Vector<double, N2> x = [0.5, -0.25];

var (y, dW1, dW2, dW3) = Network.Backward(w1, w2, w3, x);
Console.WriteLine($"y = {y[0]:F12}\n");
Console.WriteLine($"∂w1\n{dW1}\n\n∂w2\n{dW2}\n\n∂w3\n{dW3}\n");

// Is it right? Move each weight a little to both sides and look at what y does.
var worst = new[]
{
    CentralDifferences.WorstError(w1.AsSpan(), dW1.AsSpan(), () => Network.Forward(w1, w2, w3, x)[0]),
    CentralDifferences.WorstError(w2.AsSpan(), dW2.AsSpan(), () => Network.Forward(w1, w2, w3, x)[0]),
    CentralDifferences.WorstError(w3.AsSpan(), dW3.AsSpan(), () => Network.Forward(w1, w2, w3, x)[0]),
}.Max();
Console.WriteLine($"largest difference from central differences: {worst:E1}\n");

// Why is it so? What the editor shows over 'Backward' stands in the documentation file of this program.
Console.WriteLine(Derivation() + "\n");

// And what is it for? Ten lines of training: exclusive or, +1 and −1 standing for true and false.
(Vector<double, N2> Input, double Target)[] data = [([1, 1], 0), ([-1, -1], 0), ([1, -1], 1), ([-1, 1], 1)];
(w1, w2, w3) = Start(new Random(8));
var gradient = new Network.ForwardGradient(new(), new(), new(), new());
for (var step = 0; step <= 4000; step++)
{
    var loss = 0.0;
    foreach (var (input, target) in data)
    {
        var error = Network.Forward(w1, w2, w3, input) - target;
        Network.Backward(w1, w2, w3, input, 2 * error, ref gradient, accumulate: input != data[0].Input);
        loss += error[0] * error[0];
    }

    w1.AddScaled(-1.0, gradient.W1);
    w2.AddScaled(-1.0, gradient.W2);
    w3.AddScaled(-1.0, gradient.W3);
    if (step % 500 == 0)
    {
        Console.WriteLine($"step {step,4}   loss {loss:F6}");
    }
}

foreach (var (input, target) in data)
{
    Console.WriteLine($"{input[0],2} xor {input[1],2}: {Network.Forward(w1, w2, w3, input)[0]:F3}, should be {target}");
}

static (Matrix<double, N2, N2>, Matrix<double, N2, N2>, Matrix<double, N1, N2>) Start(Random random) =>
    (Matrix<double, N2, N2>.RandomNormal(random, 2.0), Matrix<double, N2, N2>.RandomNormal(random, 2.0), Matrix<double, N1, N2>.RandomNormal(random, 2.0));

static string Derivation()
{
    var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ChainRule.xml"));
    var member = documentation.Descendants("member").First(m => m.Attribute("name")!.Value.StartsWith("M:ChainRule.Network.Backward(", StringComparison.Ordinal));
    return string.Join("\n", member.Descendants("remarks").Elements().Select(e => Unindented(e.Value)));
}

// The file indents what it holds; the derivation's own indentation is kept.
static string Unindented(string text)
{
    var lines = text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
    var indent = lines.Min(line => line.Length - line.TrimStart().Length);
    return string.Join("\n", lines.Select(line => line[indent..].TrimEnd()));
}
