using System.IO.Compression;
using System.Reflection;

namespace GradGen.PackageTests;

/// <summary>
/// The package, packed once for all tests into a feed of its own, under a version that no cache has seen.
/// </summary>
public sealed class PackedFeed : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradgen-package-").FullName;

    public PackedFeed()
    {
        Feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;

        // Packed from a copy: this build's own folders stay as they are while other projects still build and test.
        var copy = Path.Combine(_folder, "repository");
        CopySources(RepositoryRoot, copy);
        _ = DotNet.Run(copy, "pack", "src/GradGen", "--configuration", "Release", $"-p:Version={Version}", "--output", Feed).Succeeded();
    }

    public static string RepositoryRoot { get; } = typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public string Feed { get; }

    public string Version { get; } = "1.0.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture);

    public string PackagePath => Path.Combine(Feed, $"GradGen.{Version}.nupkg");

    /// <summary>The paths of the package's files.</summary>
    public IReadOnlyList<string> Files()
    {
        using var package = ZipFile.OpenRead(PackagePath);
        return [.. package.Entries.Select(e => e.FullName)];
    }

    /// <summary>A fresh folder with a project that has added the package, as a new user would make it.</summary>
    public string NewProject(string name, string program, string properties = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="feed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="GradGen" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        return folder;
    }

    private static void CopySources(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (name is not ("bin" or "obj" or "tests" or "samples" or ".git"))
            {
                CopySources(folder, Path.Combine(to, name));
            }
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        var cache = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            "gradgen", Version);
        if (Directory.Exists(cache))
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
