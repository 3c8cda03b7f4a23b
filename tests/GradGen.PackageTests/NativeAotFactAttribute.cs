namespace GradGen.PackageTests;

/// <summary>A test that needs a linker for Native AOT; skipped, with the reason, where there is none.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute()
    {
        if (OperatingSystem.IsLinux() && !Linkers.Any(IsOnPath))
        {
            Skip = $"Native AOT needs one of {string.Join(", ", Linkers)} on the path to link; none is.";
        }
    }

    private static string[] Linkers { get; } = ["clang", "gcc"];

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
