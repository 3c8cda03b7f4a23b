using System.Runtime.CompilerServices;

namespace GradGen.Compiler.Tests.Harness;

/// <summary>
/// Compares a text with <c>Test.Method.verified.cs</c> beside the test, by Verify's conventions: a difference writes
/// <c>….received.cs</c> and fails. (The packages Verify and Verify.SourceGenerators can take this helper's place.)
/// </summary>
internal static class Snapshot
{
    public static void Verify(string text, string name, [CallerFilePath] string file = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "." + name);
        var (verified, received) = (stem + ".verified.cs", stem + ".received.cs");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{Path.GetFileName(verified)} differs from what was generated: compare it with {Path.GetFileName(received)} and, if that is right, take it over.");
    }
}
