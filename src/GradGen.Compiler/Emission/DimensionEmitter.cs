using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>Writes the <c>Size</c> of a struct marked <c>[Dimension(n)]</c>.</summary>
internal static class DimensionEmitter
{
    public static string Emit(DimensionModel model) => FileShell.Write(model.Namespace, model.Types, output => output
        .Line($"/// <summary>{Literals.Integer(model.Size)}.</summary>")
        .Line(FileShell.GeneratedCode)
        .Line($"public static int Size => {Literals.Integer(model.Size)};"));
}
