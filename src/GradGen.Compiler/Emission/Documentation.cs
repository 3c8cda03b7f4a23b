using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>The XML documentation of what is generated: the derivation with its shapes, and the cost.</summary>
internal sealed class Documentation(Signatures signatures, GradientFunction? gradient, Workspace workspace)
{
    private GradientModel Model => signatures.Model;

    private IReadOnlyList<(DeclaredModel Parameter, string Member)> Members { get; } = GradientMembers.Of(signatures.Model);

    /// <summary>The plain method.</summary>
    public void Backward(CSharpWriter output)
    {
        Summary(output, $"The value of {Method} and its gradient with respect to {Differentiated}.");
        if (gradient is not null)
        {
            Derive(output, Derivation.Of(gradient.Gradient, gradient.Expanded, [.. Model.Parameters.Select(p => p.IsDifferentiated)]));
        }

        Parameters(output);
        Upstream(output, mayBeLeftOut: signatures.UpstreamKind != UpstreamKind.Required);
        Line(output, "<returns>The value, and the gradient of each parameter in the parameter's shape.</returns>");
        SeeMethod(output);
    }

    /// <summary>The overloads for training loops.</summary>
    public void Into(CSharpWriter output, bool withUpstream, bool withSpans = false)
    {
        Summary(
            output,
            $"The value of {Method} and its gradient with respect to {Differentiated}, "
            + $"written into matrices that are there already: nothing is allocated{(Called.IsEmpty ? "" : " but by and for the methods that it calls")}.");
        Parameters(output);
        if (withUpstream)
        {
            Upstream(output, mayBeLeftOut: false);
        }

        Line(output, $"<param name=\"{Bare(signatures.Into)}\">");
        Line(output, "What to write to. A member that is null is made. No two members may be the same matrix, and none may be");
        Line(output, "an argument of the call. An exception leaves all of it as it was.");
        if (Members.Any(m => m.Parameter.Part.Making != Making.Leaf))
        {
            Line(output, "Matrices inside its objects are written to where they are; an object with an init-only number is made anew.");
        }

        Line(output, "</param>");
        foreach (var span in withSpans ? signatures.Spans : [])
        {
            Line(output, $"<param name=\"{Bare(span.Name)}\">Where the gradient with respect to {Bare(span.Leaf.Name)} is written; the member {span.Member} is left as it is.</param>");
        }

        Line(output, $"<param name=\"{Bare(signatures.Accumulate)}\">");
        Line(output, "Whether the gradients are added to what the members hold, rather than put in its place. The value never is.");
        Line(output, "</param>");
    }

    public void Record(CSharpWriter output)
    {
        Summary(output, $"The value of {Method} and its gradient.");
        Line(output, $"<param name=\"{GradientMembers.Value}\">The value.</param>");
        foreach (var (parameter, member) in Members)
        {
            Line(output, $"<param name=\"{member}\">The gradient with respect to {Bare(parameter.Name)}, {(parameter.Part.Making == Making.Leaf ? "in its shape" : "of its type")}.</param>");
        }
    }

    private static void Line(CSharpWriter output, string line) => output.Line("/// " + line);

    private void Summary(CSharpWriter output, string summary)
    {
        Line(output, $"<summary>{summary}</summary>");
        if (gradient is null)
        {
            Line(output, $"<remarks>GradGen could not differentiate it: {Escape(Model.Failure ?? "")}</remarks>");
        }
    }

    private void Derive(CSharpWriter output, DerivationText derivation)
    {
        Line(output, "<remarks>");
        Line(output, $"<para>{Escape(derivation.Value)}</para>");
        Line(output, "<code>");
        var upstream = derivation.Upstream + " = " + Bare(signatures.Upstream)
            + (signatures.UpstreamKind == UpstreamKind.Required ? "" : ", 1 if left out");
        Block(output, "forward", derivation.Forward);
        Block(output, "backward, from " + upstream, derivation.Backward);
        Line(output, "</code>");
        if (derivation.Layout.Length > 0)
        {
            Line(output, $"<para>{Escape(derivation.Layout)}</para>");
        }

        var (besides, alone) = Called.IsEmpty ? ("", "") : ($", besides {List(Called)}", " but by and for what is called");
        Line(output, $"<para>Cost: {derivation.ForwardCost} forward, {derivation.BackwardCost} backward{Escape(besides)}; {workspace}, no allocation{alone}.</para>");
        Line(output, "</remarks>");
    }

    private static void Block(CSharpWriter output, string heading, ImmutableArray<string> lines)
    {
        if (!lines.IsEmpty)
        {
            Line(output, Escape(heading));
            foreach (var line in lines)
            {
                Line(output, "  " + Escape(line));
            }
        }
    }

    private void Parameters(CSharpWriter output)
    {
        foreach (var parameter in signatures.Parameters)
        {
            Line(output, $"<param name=\"{Bare(parameter.Name)}\">As for {Bare(Model.MethodName)}"
                + (parameter.Part.IsDifferentiated ? "" : "; not differentiated") + ".</param>");
        }
    }

    private void Upstream(CSharpWriter output, bool mayBeLeftOut) => Line(
        output,
        $"<param name=\"{Bare(signatures.Upstream)}\">The gradient flowing in, with respect to the value"
        + (mayBeLeftOut ? "; 1 if left out" : "") + ".</param>");

    private string Method => $"<c>{Escape(Bare(Model.MethodName))}</c>";

    /// <summary>A link to the very overload, unless its types cannot be named in a cref.</summary>
    private void SeeMethod(CSharpWriter output)
    {
        var types = signatures.Parameters.Select(p => p.Modifier + p.TypeName).ToList();
        if (gradient is not null && !types.Any(t => t.IndexOfAny(['?', '(', '[', '*']) >= 0))
        {
            Line(output, $"<seealso cref=\"{Model.MethodName}({string.Join(", ", types).Replace('<', '{').Replace('>', '}')})\"/>");
        }
    }

    /// <summary>"w1, w2 and w3".</summary>
    private string Differentiated => Members.Count == 0 ? "no parameter" : List([.. Members.Select(m => Bare(m.Parameter.Name))]);

    /// <summary>The methods that are called rather than read.</summary>
    private ImmutableArray<string> Called => gradient is null ? [] : Calls.NamesIn(gradient.Expanded);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    private static string List(ImmutableArray<string> names) => names.Length == 1
        ? names[0]
        : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];

    private static string Bare(string name) => name.TrimStart('@');

    /// <summary>Text between tags, in one line.</summary>
    private static string Escape(string text) => string.Join(" ", text.Split('\r', '\n', '\u0085', '\u2028', '\u2029'))
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
