using System.Text.RegularExpressions;

namespace GradGen.Compiler.Diagnostics;

/// <summary>The pages beside this file, one a diagnostic; they travel inside the assembly.</summary>
internal static class Pages
{
    /// <summary>The first section, without Markdown's signs: what the diagnostic means.</summary>
    public static string Summary(string id) => Plain(FirstSection(Text(id)));

    /// <summary>The whole page.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Text(string id)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream(id + ".md")
            ?? throw new InvalidOperationException($"There is no page {id}.md.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    /// <summary>What stands between the title and the next heading.</summary>
    private static string FirstSection(string page)
    {
        var start = page.IndexOf('\n') + 1;
        var end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        return page.Substring(start, (end < 0 ? page.Length : end) - start).Trim();
    }

    private static string Plain(string markdown) =>
        Regex.Replace(Regex.Replace(markdown, @"\[([^\]]*)\]\([^)]*\)", "$1"), "`|\\*\\*", "");
}
