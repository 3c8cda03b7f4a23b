using System.Diagnostics;
using System.Text;

namespace GradGen.Benchmarks.Harness;

/// <summary>Runs other programs, one at a time.</summary>
internal static class Processes
{
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, program)) || File.Exists(Path.Combine(directory, program + ".exe")));

    /// <summary>Binds this thread, and the processes that it starts, to one core, where the system can.</summary>
    /// <returns>The core's number, or null.</returns>
    public static int? Pin()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return null;
        }

        var process = Process.GetCurrentProcess();
        var core = 63 - long.LeadingZeroCount(process.ProcessorAffinity);
        process.ProcessorAffinity = (nint)(1L << (int)core);
        return (int)core;
    }

    public static IEnumerable<string> Lines(string program, params string[] arguments) =>
        Encoding.UTF8.GetString(Output(program, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a program writes.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public static byte[] Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {errors.Result}");
    }
}
