using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// Which expressions of a body are the same formula of the same variables, whatever these are at the time. Numbered is what
/// is computed by GradGen's operations, by System.Math and by C#'s arithmetic from variables, constants and plain members.
/// </summary>
internal sealed class ValueNumbers
{
    private readonly Func<ITypeSymbol, ITypeSymbol> _resolve;
    private readonly Dictionary<string, int> _known = [];
    private readonly Dictionary<ISymbol, int> _symbols = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, int> _numbers = [];

    private ValueNumbers(Func<ITypeSymbol, ITypeSymbol> resolve) => _resolve = resolve;

    public static ValueNumbers Of(EvaluationOrder order, Compilation compilation)
    {
        var numbers = new ValueNumbers(ShapeWalk.EntriesOf(compilation));
        foreach (var operation in order.Operations)
        {
            if (operation is IConversionOperation { Conversion.IsIdentity: true, Operand: var operand })
            {
                if (numbers.NumberOf(operand) is { } same)
                {
                    numbers._numbers.Add(operation, same);
                }
            }
            else if (numbers.KeyOf(operation) is { } key)
            {
                if (!numbers._known.TryGetValue(key, out var number))
                {
                    numbers._known.Add(key, number = numbers._known.Count);
                }

                numbers._numbers.Add(operation, number);
            }
        }

        return numbers;
    }

    /// <summary>The number of the formula; null for what may do more than compute.</summary>
    public int? NumberOf(IOperation operation) => _numbers.TryGetValue(operation, out var number) ? number : null;

    /// <summary>The variables of a formula.</summary>
    public static IReadOnlyCollection<ISymbol> VariablesOf(IOperation operation) =>
        [.. operation.DescendantsAndSelf().Select(o => o switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        }).OfType<ISymbol>().Distinct(SymbolEqualityComparer.Default)];

    /// <summary>What a formula costs as it is written.</summary>
    public Cost CostOf(IOperation operation) =>
        operation.DescendantsAndSelf().Aggregate(default(Cost), (sum, o) => sum + OwnCost(o));

    private Cost OwnCost(IOperation operation)
    {
        if (operation.ConstantValue.HasValue || RuntimeSymbols.TypeOf(operation.Type, _resolve) is not { IsFloating: true })
        {
            return default;
        }

        if (CallShapes.TryGetCall(operation, _resolve, out var row, out var operands, out var attributes))
        {
            if (CallShapes.OperandTypes(operation, row, operands, _resolve) is not { } types || Builder.Infer(row, types, attributes).Error is not null)
            {
                return default;
            }

            var builder = new Builder();
            var result = builder.Add(row, [.. types.Select(t => builder.Parameter(t, null))], attributes);
            return Cost.Of(builder.Build(row.Name, [result]).Body.Instructions, builder.DefinitionOf);
        }

        return operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Abs" or "Max" or "Min" } => default,
            IInvocationOperation => new Cost(0, 1),
            IBinaryOperation or IUnaryOperation => new Cost(1, 0),
            _ => default,
        };
    }

    private string? KeyOf(IOperation operation)
    {
        if (operation.Type is not { } type || RuntimeSymbols.TypeOf(type, _resolve) is { IsTensor: false })
        {
            return null;
        }

        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} {1:R}", type, constant);
        }

        if (CallShapes.RowOf(operation) is not null)
        {
            return CallShapes.TryGetCall(operation, _resolve, out var row, out var operands, out var attributes) && operation is not ICompoundAssignmentOperation
                ? Formula(row.Name + string.Join(",", attributes.Integers.Items) + type, operands)
                : null;
        }

        return operation switch
        {
            IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter } => Symbol(parameter),
            ILocalReferenceOperation { IsDeclaration: false, Local: { IsRef: false } local } => Symbol(local),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => "this",
            IFieldReferenceOperation { Field: { IsStatic: false } or { IsReadOnly: true } } field => Member(field.Field, field.Instance),
            IPropertyReferenceOperation { Arguments.IsEmpty: true, Property.IsStatic: false } property when IsPlain(property.Property) => Member(property.Property, property.Instance),
            IConversionOperation { OperatorMethod: null } conversion =>
                NumberOf(conversion.Operand) is { } number ? $"({type}){number}" : null,
            IBinaryOperation { OperatorMethod: null } binary when IsNumber(type) => Formula(binary.OperatorKind + " " + type, [binary.LeftOperand, binary.RightOperand]),
            IUnaryOperation { OperatorMethod: null } unary when IsNumber(type) => Formula(unary.OperatorKind + " " + type, [unary.Operand]),
            IInvocationOperation { Instance: null, TargetMethod: var method } call when IsMath(method) =>
                Formula(Symbol(method), CallShapes.WithReceiver(null, call.Arguments)),
            _ => null,
        };
    }

    private string? Formula(string what, ImmutableArray<IOperation> operands) =>
        operands.All(o => NumberOf(o) is not null) ? $"{what}({string.Join(" ", operands.Select(o => NumberOf(o)))})" : null;

    private string? Member(ISymbol member, IOperation? instance) =>
        instance is null ? Symbol(member) : NumberOf(instance) is { } number ? $"{number}.{Symbol(member)}" : null;

    private string Symbol(ISymbol symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var number))
        {
            _symbols.Add(symbol, number = _symbols.Count);
        }

        return "#" + number.ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsNumber(ITypeSymbol type) => RuntimeSymbols.TypeOf(type) is { IsScalar: true };

    private static bool IsMath(IMethodSymbol method) =>
        method.ContainingType is { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether reading a property is reading a field.</summary>
    private static bool IsPlain(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));
}
