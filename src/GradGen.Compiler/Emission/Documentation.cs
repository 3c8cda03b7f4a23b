using GradGen.Compiler.Differentiation;

namespace GradGen.Compiler.Emission;

/// <summary>The XML documentation of what is generated.</summary>
internal sealed class Documentation(Signatures signatures, GradientFunction? gradient, int workspaceBytes)
{
    public void Backward(CSharpWriter output)
    {
        output.Line($"/// <summary>TODO {signatures.Model.MethodName} {gradient is null} {workspaceBytes}</summary>");
    }

    public void Into(CSharpWriter output, bool withUpstream)
    {
        output.Line($"/// <summary>TODO {withUpstream}</summary>");
    }

    public void Record(CSharpWriter output)
    {
        output.Line("/// <summary>TODO</summary>");
    }
}
