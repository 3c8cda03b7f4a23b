using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>
/// An expression of a gradient, as a graph: an input, a row applied to operands, or a name for another node (a local, a
/// call of a helper). Unlike an instruction it may have no type, because shapes do not fit: what was meant is looked for.
/// </summary>
internal sealed class Node
{
    private Node(Operation? row, ImmutableArray<Node> operands, Attributes attributes, TensorType? type, ExpressionSyntax? syntax, int input = -1) =>
        (Row, Operands, Attributes, Type, Syntax, InputIndex) = (row, operands, attributes, type, syntax, input);

    /// <summary>The row; null for an input and for a name.</summary>
    public Operation? Row { get; }

    public ImmutableArray<Node> Operands { get; }

    public Attributes Attributes { get; }

    /// <summary>Null where the shapes do not fit.</summary>
    public TensorType? Type { get; }

    public Shape? Shape => Type?.Shape;

    /// <summary>The expression of the graded method that it is; null for what stands in a helper, or nowhere yet.</summary>
    public ExpressionSyntax? Syntax { get; }

    /// <summary>The number of the gradient function's parameter that it is, or −1.</summary>
    public int InputIndex { get; }

    public bool IsName => Row is null && InputIndex < 0;

    /// <summary>What it is a copy of, with something in it replaced; its text is that of the original but for this.</summary>
    public Node? Original { get; private set; }

    public double? Number => Row == Constants.Literal ? Attributes.Number : null;

    /// <summary>The node itself, by whatever name.</summary>
    public Node Meant
    {
        get
        {
            var node = this;
            while (node.IsName)
            {
                node = node.Operands[0];
            }

            return node;
        }
    }

    public static Node Input(int index, TensorType type) => new(null, [], Attributes.None, type, null, index);

    public static Node Name(Node meant, ExpressionSyntax? syntax) => new(null, [meant], Attributes.None, meant.Type, syntax);

    public static Node Literal(double number, ScalarType scalar, ExpressionSyntax? syntax = null) =>
        Apply(Constants.Literal, [], new Attributes(number, new EquatableArray<int>([(int)scalar])), syntax);

    public static Node Apply(Operation row, params Node[] operands) => Apply(row, [.. operands], Attributes.None, null);

    public static Node Apply(Operation row, ImmutableArray<Node> operands, Attributes attributes, ExpressionSyntax? syntax)
    {
        TensorType? type = null;
        if (operands.All(o => o.Type is not null) && (row.Arity < 0 || row.Arity == operands.Length))
        {
            try
            {
                var result = Builder.Infer(row, [.. operands.Select(o => o.Type!.Value)], attributes);
                type = result.Error is null ? result.Type : null;
            }
            catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
            {
                // Operands that the row is not made for: they do not fit.
            }
        }

        return new Node(row, operands, attributes, type, syntax);
    }

    /// <summary>The matrix product.</summary>
    public static Node operator *(Node left, Node right) =>
        Apply(left.Type is { IsScalar: true } || right.Type is { IsScalar: true } ? Arithmetic.Multiply : Products.MatMul, left, right);

    /// <summary>(Xᵀ)ᵀ is X.</summary>
    public Node Transposed => Type is { Shape.IsScalar: true } ? this
        : Meant.Row == Products.Transpose ? Meant.Operands[0]
        : Apply(Products.Transpose, this);

    /// <summary>The graph with some of its nodes replaced.</summary>
    public Node Replace(IReadOnlyDictionary<Node, Node> replacements) => Replace(replacements, []);

    /// <summary>All that it is computed from, operands before what takes them, each once.</summary>
    public IReadOnlyList<Node> All()
    {
        var nodes = new List<Node>();
        Collect(nodes, []);
        return nodes;
    }

    private Node Replace(IReadOnlyDictionary<Node, Node> replacements, Dictionary<Node, Node> done)
    {
        if (replacements.TryGetValue(this, out var replacement) || done.TryGetValue(this, out replacement))
        {
            return replacement;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var changed = false;
        var operands = ImmutableArray.CreateBuilder<Node>(Operands.Length);
        foreach (var operand in Operands)
        {
            var next = operand.Replace(replacements, done);
            changed |= next != operand;
            operands.Add(next);
        }

        var copy = !changed ? this : IsName ? Name(operands[0], Syntax) : Apply(Row!, operands.MoveToImmutable(), Attributes, Syntax);
        copy.Original = changed ? this : Original;
        return done[this] = copy;
    }

    private void Collect(List<Node> nodes, HashSet<Node> seen)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (seen.Add(this))
        {
            foreach (var operand in Operands)
            {
                operand.Collect(nodes, seen);
            }

            nodes.Add(this);
        }
    }
}
