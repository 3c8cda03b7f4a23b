using Spectre.Console;

namespace GradGen.Benchmarks.Harness;

/// <summary>Tables and progress.</summary>
internal static class Screen
{
    private const int Width = 220;

    /// <summary>Into a file or pipe tables are written as wide as they are.</summary>
    public static void Widen()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Width;
        }
    }

    /// <summary>A table with columns of text, and then columns of numbers.</summary>
    public static Table Table(string[] texts, params string[] numbers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(texts);
        foreach (var column in numbers)
        {
            table.AddColumn(column, c => c.RightAligned());
        }

        return table;
    }

    /// <summary>Does the work on each item; it reports what part of it was done since it last reported.</summary>
    public static void WithProgress<T>(IReadOnlyList<T> items, Func<T, string> title, Action<T, Action<double>> work)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var item in items)
            {
                Console.Error.WriteLine(title(item));
                work(item, _ => { });
            }

            return;
        }

        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            foreach (var item in items)
            {
                var task = context.AddTask(title(item).EscapeMarkup(), maxValue: 1);
                work(item, task.Increment);
                task.Value = 1;
            }
        });
    }
}
