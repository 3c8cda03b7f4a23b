using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Where the values of a function stand in the user's method: the expression that first gave each, and the locals and
/// parameters that have held it. What a helper or an initializer elsewhere computes on the way to its result stands nowhere.
/// </summary>
/// <param name="tree">The file of the method.</param>
internal sealed class Origins(SyntaxTree? tree = null)
{
    private readonly Dictionary<Value, ExpressionSyntax> _expressions = [];
    private readonly Dictionary<Value, ImmutableArray<ISymbol>> _names = [];

    /// <summary>The file of the method.</summary>
    public SyntaxTree? Tree { get; } = tree;

    /// <summary>The expression that gave the value; null if it does not stand in the method itself.</summary>
    public ExpressionSyntax? ExpressionOf(Value value) => _expressions.TryGetValue(value, out var expression) ? expression : null;

    /// <summary>The locals and parameters that were read and had the value.</summary>
    public ImmutableArray<ISymbol> NamesOf(Value value) => _names.TryGetValue(value, out var names) ? names : [];

    /// <summary>Notes that an expression of the method itself has a value.</summary>
    public void Note(Value value, IOperation operation)
    {
        if (operation.Syntax is not ExpressionSyntax expression || expression.SyntaxTree != Tree)
        {
            return;
        }

        ISymbol? name = operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (name is not null)
        {
            var names = NamesOf(value);
            if (!names.Contains(name, SymbolEqualityComparer.Default))
            {
                _names[value] = names.Add(name);
            }
        }
        else if (!_expressions.ContainsKey(value))
        {
            _expressions.Add(value, expression);
        }
    }
}
