using System.Diagnostics;

namespace GradGen.PackageTests;

/// <summary>What a command printed and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The diagnostics that a build printed, each once, without paths.</summary>
    public IReadOnlyList<string> Diagnostics { get; } =
    [
        .. Output.Split('\n')
            .Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal))
            .Select(line => line.Trim())
            .Distinct(),
    ];

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }
}

/// <summary>Runs dotnet as a user would, away from this build's own environment.</summary>
internal static class DotNet
{
    public static CommandResult Run(string folder, params string[] arguments) => Execute("dotnet", folder, arguments);

    public static CommandResult Execute(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(IsOfTheOuterBuild).ToList())
        {
            _ = start.Environment.Remove(variable);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output + error.Result);
    }

    private static bool IsOfTheOuterBuild(string variable) =>
        (variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && !variable.Equals("MSBUILDDISABLENODEREUSE", StringComparison.OrdinalIgnoreCase))
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "DOTNET_CLI_TELEMETRY_SESSIONID" or "TestingPlatform";
}
