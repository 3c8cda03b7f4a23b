using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Grading;

/// <summary>
/// What a method computes that somebody wrote by hand, as graphs whose nodes remember where they are written. Statements
/// that follow one another, locals, and helpers like that; also products that do not fit. Nothing is reported.
/// </summary>
internal sealed class Draft
{
    private const int MaximalNodes = 4000;
    private const int MaximalDepth = 12;

    private readonly Compilation _compilation;
    private readonly Func<ISymbol, Node?> _input;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<IMethodSymbol, IOperation> _localFunctions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ITypeSymbol, ITypeSymbol> _arguments = new(SymbolEqualityComparer.Default);
    private Dictionary<ISymbol, Node> _variables = new(SymbolEqualityComparer.Default);
    private int _nodes;
    private int _depth;

    private Draft(Compilation compilation, Func<ISymbol, Node?> input, CancellationToken cancellation) =>
        (_compilation, _input, _cancellation) = (compilation, input, cancellation);

    /// <summary>
    /// The operation whose value a method returns, and the graphs of its parts: of a tuple or record its elements, else the
    /// one. Null where it is not such a method.
    /// </summary>
    /// <param name="body">The method's body.</param>
    /// <param name="compilation">For helpers.</param>
    /// <param name="input">What a parameter, or a member of the object, is.</param>
    /// <param name="cancellation">Asked at each expression.</param>
    public static DraftedReturn? Read(IOperation body, Compilation compilation, Func<ISymbol, Node?> input, CancellationToken cancellation)
    {
        var draft = new Draft(compilation, input, cancellation);
        if (draft.Run(body) is not { } returned)
        {
            return null;
        }

        returned = Unconverted(returned);
        IEnumerable<(string Name, IOperation Value)> parts = returned switch
        {
            ITupleOperation tuple => tuple.Elements.Select((e, i) => ("", e)),
            IObjectCreationOperation { Constructor: { } constructor } creation when creation.Arguments.Length > 1 && RuntimeSymbols.TypeOf(creation.Type) is null =>
                creation.Arguments.Where(a => a.Parameter is not null).OrderBy(a => a.Parameter!.Ordinal).Select(a => (a.Parameter!.Name, a.Value)),
            _ => [("", returned)],
        };
        return new DraftedReturn(returned, [.. parts.Select(p => (p.Name, draft.Expression(p.Value)))]);
    }

    /// <summary>The body of a method in source.</summary>
    public static IOperation? BodyOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            {
                continue;
            }

#pragma warning disable RS1030 // A helper's body may stand in another file.
            var operation = compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellation);
#pragma warning restore RS1030
            if (operation is IMethodBodyBaseOperation body)
            {
                return body.BlockBody ?? body.ExpressionBody;
            }
        }

        return method.OriginalDefinition.PartialImplementationPart is { } implementation ? BodyOf(implementation, compilation, cancellation) : null;
    }

    public static IOperation Unconverted(IOperation operation)
    {
        // From one kind of number to another is a step; all else is C#'s, also where it refuses it.
        while (operation is IConversionOperation { OperatorMethod: null, Operand: var operand } conversion
            && !(RuntimeSymbols.TypeOf(conversion.Type) is { IsScalar: true } to && RuntimeSymbols.TypeOf(operand.Type) is { IsScalar: true } from && from != to))
        {
            operation = operand;
        }

        return operation;
    }

    /// <summary>Runs the statements; what is returned, or null where they are not straight.</summary>
    private IOperation? Run(IOperation body)
    {
        foreach (var statement in body is IBlockOperation block ? block.Operations : [body])
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } value }:
                    return value;
                case IVariableDeclarationGroupOperation group:
                    foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators))
                    {
                        if (declarator.Initializer?.Value is { } initializer && Expression(initializer) is { } initial)
                        {
                            _variables[declarator.Symbol] = initial;
                        }
                    }

                    break;
                case IExpressionStatementOperation { Operation: IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment }
                    when assignment is ISimpleAssignmentOperation or ICompoundAssignmentOperation:
                    if ((assignment is ISimpleAssignmentOperation ? Expression(assignment.Value) : Expression(assignment)) is { } assigned)
                    {
                        _variables[local] = assigned;
                    }
                    else
                    {
                        _ = _variables.Remove(local);
                    }

                    break;
                case ILocalFunctionOperation { Body: { } inner } function:
                    _localFunctions[function.Symbol] = inner;
                    break;
                case IEmptyOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private Node? Expression(IOperation operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _cancellation.ThrowIfCancellationRequested();
        if (++_nodes > MaximalNodes)
        {
            return null;
        }

        operation = Unconverted(operation);
        var syntax = _depth == 0 ? operation.Syntax as ExpressionSyntax : null;
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && RuntimeSymbols.TypeOf(operation.Type, Resolve) is { IsScalar: true } type)
        {
            return Node.Literal(System.Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture), type.Scalar, syntax);
        }

        return operation switch
        {
            ILocalReferenceOperation local => Named(_variables.TryGetValue(local.Local, out var value) ? value : null, syntax),
            IParameterReferenceOperation parameter => Named(_variables.TryGetValue(parameter.Parameter, out var argument) ? argument : _input(parameter.Parameter), syntax),
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member => Named(_input(member.Member), syntax),
            _ when CallShapes.TryGetCall(operation, Resolve, out var row, out var operands, out var attributes) => Row(operation, row, operands, attributes, syntax),
            IConversionOperation { Operand: { } operand } conversion when RuntimeSymbols.TypeOf(conversion.Type) is { IsFloating: true, IsScalar: true } to && Expression(operand) is { } converted =>
                Node.Apply(Arithmetic.To(to.Scalar), [converted], Attributes.None, syntax),
            IBinaryOperation { OperatorMethod: null } binary => Scalar(binary.OperatorKind, binary.LeftOperand, binary.RightOperand, syntax),
            ICompoundAssignmentOperation { OperatorMethod: null } compound => Scalar(compound.OperatorKind, compound.Target, compound.Value, syntax),
            IUnaryOperation { OperatorMethod: null, OperatorKind: UnaryOperatorKind.Minus } minus when Expression(minus.Operand) is { } negated =>
                Node.Apply(Arithmetic.Negate, [negated], Attributes.None, syntax),
            IInvocationOperation call => Call(call, syntax),
            _ => null,
        };
    }

    private static Node? Named(Node? meant, ExpressionSyntax? syntax) => meant is null ? null : Node.Name(meant, syntax);

    private Node? Row(IOperation operation, Operation row, ImmutableArray<IOperation> operands, Attributes attributes, ExpressionSyntax? syntax)
    {
        var nodes = operands.Select(Expression).ToList();
        if (nodes.Contains(null))
        {
            return null;
        }

        if (nodes.Count == 0 && row is { Arity: 1, TakesResultShape: true } && RuntimeSymbols.TypeOf(operation.Type, Resolve) is { } type)
        {
            nodes = [Node.Literal(1, type.Scalar)];
        }

        // A scalar beside a matrix is none of the product's sides, whatever C# bound.
        return Node.Apply(row, [.. nodes.Select(n => n!)], attributes, syntax);
    }

    private Node? Scalar(BinaryOperatorKind kind, IOperation left, IOperation right, ExpressionSyntax? syntax)
    {
        var row = kind switch
        {
            BinaryOperatorKind.Add => Arithmetic.Add,
            BinaryOperatorKind.Subtract => Arithmetic.Subtract,
            BinaryOperatorKind.Multiply => Arithmetic.Multiply,
            BinaryOperatorKind.Divide => Arithmetic.Divide,
            _ => null,
        };
        return row is not null && Expression(left) is { } a && Expression(right) is { } b
            && a.Type is { IsScalar: true, IsFloating: true } && b.Type is { IsScalar: true, IsFloating: true }
            ? Node.Apply(row, [a, b], Attributes.None, syntax) : null;
    }

    private Node? Call(IInvocationOperation call, ExpressionSyntax? syntax)
    {
        var method = call.TargetMethod;
        var arguments = call.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => (a.Parameter, Value: Expression(a.Value))).ToList();
        if (arguments.Any(a => a.Value is null || a.Parameter is null || a.Parameter.RefKind is not (RefKind.None or RefKind.In)))
        {
            return null;
        }

        if (method.ContainingType is { Name: "Math" or "MathF", ContainingNamespace.Name: "System" } && OperationTable.FindMath(method.Name) is { } math && math.Arity == arguments.Count)
        {
            return Node.Apply(math, [.. arguments.Select(a => a.Value!)], Attributes.None, syntax);
        }

        if (_depth == MaximalDepth || RuntimeSymbols.OperationOf(method) is not null || !(method.IsStatic || method.MethodKind == MethodKind.LocalFunction)
            || (_localFunctions.TryGetValue(method.OriginalDefinition, out var local) ? local : BodyOf(method, _compilation, _cancellation)) is not { } body)
        {
            return null;
        }

        var variables = _variables;
        _variables = new(variables, SymbolEqualityComparer.Default);
        var declared = (method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition).Parameters;
        foreach (var (parameter, value) in arguments)
        {
            _variables[declared[parameter!.Ordinal]] = value!;
        }

        for (var i = 0; i < method.TypeParameters.Length; i++)
        {
            _arguments[method.OriginalDefinition.TypeParameters[i]] = Resolve(method.TypeArguments[i]);
        }

        _depth++;
        var result = Run(body) is { } returned ? Expression(returned) : null;
        _depth--;
        _variables = variables;
        return Named(result, syntax);
    }

    private ITypeSymbol Resolve(ITypeSymbol type) =>
        _arguments.TryGetValue(type, out var argument) ? argument
        : type is INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named && named.TypeArguments.Any(a => a.TypeKind == TypeKind.TypeParameter)
            ? named.ConstructedFrom.Construct([.. named.TypeArguments.Select(Resolve)])
        : type;
}

/// <summary>What a method returns: the operation, and its parts with the names that a record gives them.</summary>
internal sealed record DraftedReturn(IOperation Returned, ImmutableArray<(string Name, Node? Node)> Parts);
