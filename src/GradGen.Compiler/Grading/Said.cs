using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Grading;

/// <summary>A graph over the inputs, in the words of an expression that somebody wrote: what stands there is used again, by its own text.</summary>
internal static class Said
{
    public static Node Of(Node node, Node written, GradientClaim claim, Truth truth, Points points)
    {
        var there = written.Syntax is { } whole ? written.All().Where(n => n.Syntax is { } part && whole.Span.Contains(part.Span) && n.Type is not null).ToList() : [];
        var done = new Dictionary<Node, Node>();
        return Say(node);

        Node Say(Node wanted)
        {
            if (!done.TryGetValue(wanted, out var said))
            {
                done[wanted] = said = there.Find(n => n.Shape == wanted.Shape && points.AreEqual(n, wanted))
                    ?? Named(wanted)
                    ?? (wanted.Row is { } row && wanted.Operands.Length > 0 ? Node.Apply(row, [.. wanted.Operands.Select(Say)], wanted.Attributes, null) : wanted);
            }

            return said;
        }

        // A parameter by its name, where the gradient has it too.
        Node? Named(Node input) => input.InputIndex < 0 ? null
            : input.InputIndex == truth.Inputs.Length - 1 ? claim.Upstream is { } upstream ? Name(input, upstream.Name) : null
            : claim.Gradient.Parameters.FirstOrDefault(p => p.Name == truth.Model.Parameters[input.InputIndex].Name.TrimStart('@')) is { } parameter ? Name(input, parameter.Name) : null;

        static Node Name(Node input, string name) => Node.Name(input, SyntaxFactory.IdentifierName(name));
    }
}
