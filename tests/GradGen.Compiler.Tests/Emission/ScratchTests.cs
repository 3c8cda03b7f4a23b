using GradGen.Compiler.Emission;
namespace GradGen.Compiler.Tests.Emission;
public class ScratchTests
{
    [Fact]
    public void Dump()
    {
        Directory.CreateDirectory("/tmp/emit/out");
        foreach (var (name, model) in Functions.All().Append(("digits", Functions.Digits())))
        {
            var text = "";
            try { text = GradientEmitter.Emit(model); } catch (Exception e) { text = e.ToString() + GradGen.Compiler.Differentiation.GradientFunction.Run(model.Function!, [.. model.Parameters.Select(p => p.IsDifferentiated)]).Expanded; }
            File.WriteAllText("/tmp/emit/out/" + name + ".cs", text);
        }
    }
    [Fact]
    public void Compiles()
    {
        var errors = new List<string>();
        foreach (var (name, model) in Functions.All().Append(("digits", Functions.Digits())))
        {
            try {
            var source = GradientEmitter.Emit(model);
            errors.AddRange(Generated.Compile(source, model).GetDiagnostics().Where(d => d.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).Select(d => name + ": " + d));
            } catch (Exception e) { errors.Add(name + ": " + e.Message); }
        }
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }
}
