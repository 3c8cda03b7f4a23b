using System.Diagnostics;
using System.Globalization;
using Digits;
using Spectre.Console;

const int Epochs = 70;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var digits = DigitsData.Load(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
var train = digits[..^DigitsData.TestCount];
var test = digits[^DigitsData.TestCount..];
var training = new Training(seed: 1);
var losses = new List<float>();
var watch = Stopwatch.StartNew();

AnsiConsole.MarkupLine($"A 64–32–10 network reads handwritten digits: {train.Length} to learn from, {test.Length} by other writers to test.\n");
AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(progress =>
{
    var task = progress.AddTask("training", maxValue: Epochs);
    for (var epoch = 0; epoch < Epochs; epoch++)
    {
        var learningRate = 0.1f * (1f - (epoch / (float)Epochs));
        losses.Add(training.Epoch(train, learningRate));
        task.Description = $"epoch {epoch + 1,2}: loss {losses[^1]:F4}, test {Accuracy(),5:P1}";
        task.Increment(1);
    }
});

AnsiConsole.MarkupLine($"\n[bold]{Accuracy():P1}[/] of the test digits read right after {Epochs} epochs in {watch.Elapsed.TotalSeconds:F1} s\n");
AnsiConsole.Write(ConfusionMatrix());

var misread = test.Select(d => (Digit: d, Answer: training.Read(d))).Where(r => r.Answer != r.Digit.Label).ToList();
var picture = Path.GetFullPath("digits.svg");
Picture.Save(picture, losses, misread);
AnsiConsole.MarkupLine($"\nThe loss curve and {Math.Min(16, misread.Count)} of the {misread.Count} misread digits: {Markup.Escape(picture)}");

double Accuracy() => test.Count(d => training.Read(d) == d.Label) / (double)test.Length;

Table ConfusionMatrix()
{
    var table = new Table().Border(TableBorder.Simple).Title("rows: what it is; columns: what was read").AddColumn("");
    for (var answer = 0; answer < 10; answer++)
    {
        table.AddColumn(new TableColumn(answer.ToString(CultureInfo.InvariantCulture)).RightAligned());
    }

    for (var label = 0; label < 10; label++)
    {
        var cells = Enumerable.Range(0, 10).Select(answer => test.Count(d => d.Label == label && training.Read(d) == answer));
        table.AddRow([label.ToString(CultureInfo.InvariantCulture), .. cells.Select((n, answer) => n == 0 ? "[grey]·[/]" : answer == label ? $"[green]{n}[/]" : $"[red]{n}[/]")]);
    }

    return table;
}
