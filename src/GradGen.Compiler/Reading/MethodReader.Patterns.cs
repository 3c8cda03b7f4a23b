using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>Patterns: constants and relations, and their combinations; what tuples, records and objects consist of.</content>
internal sealed partial class MethodReader
{
    /// <summary>What the patterns around are matched with, innermost last: their members are read of it.</summary>
    private readonly Stack<Value?> _matched = new();

    /// <summary>Whether a value matches.</summary>
    private Value? ReadPattern(IPatternOperation pattern, Value? value)
    {
        switch (pattern)
        {
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }:
                return IsNotNull(pattern, value) is null ? Fail() : Known(false);
            case IConstantPatternOperation constant when !IsNaN(constant.Value):
                return CompareWith(value, Comparisons.Equal, ReadExpression(constant.Value));
            case IConstantPatternOperation when value is { Type: { IsScalar: true, IsFloating: true } }:
                return IsNaN(value); // A pattern finds NaN, which == does not.
            case IRelationalPatternOperation relation:
                var bound = ReadExpression(relation.Value);
                return relation.OperatorKind switch
                {
                    BinaryOperatorKind.LessThan => CompareWith(value, Comparisons.Less, bound),
                    BinaryOperatorKind.LessThanOrEqual => CompareWith(value, Comparisons.LessEqual, bound),
                    BinaryOperatorKind.GreaterThan => CompareWith(bound, Comparisons.Less, value),
                    _ => CompareWith(bound, Comparisons.LessEqual, value),
                };
            case INegatedPatternOperation negated:
                return ReadPattern(negated.Pattern, value) is { } condition ? Add(Comparisons.Not, [condition]) : Fail();
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return AllOf(both, [() => ReadPattern(both.LeftPattern, value), () => ReadPattern(both.RightPattern, value)]);
            case IBinaryPatternOperation either:
                var left = ReadPattern(either.LeftPattern, value);
                return Asks(either.RightPattern)
                    ? ReadChoice(left, () => Known(true), () => ReadPattern(either.RightPattern, value))
                    : CompareWith(left, Comparisons.Or, ReadPattern(either.RightPattern, value));
            case IDiscardPatternOperation:
                return Known(true);
            case IDeclarationPatternOperation declaration when IsOfItsOwnType(declaration):
                return Declared(declaration.DeclaredSymbol, value, declaration);
            case ITypePatternOperation type when IsOfItsOwnType(type):
                return IsNotNull(type, value) is null ? Fail() : Known(true);
            case IRecursivePatternOperation recursive when IsOfItsOwnType(recursive):
                return ReadParts(recursive, value);
            case IListPatternOperation:
                return Refuse(pattern, $"the list pattern '{Shorten(pattern.Syntax.ToString())}'");
            case IDeclarationPatternOperation or ITypePatternOperation or IRecursivePatternOperation:
                return Refuse(pattern, $"the pattern '{Shorten(pattern.Syntax.ToString())}', which asks for a type,");
            default:
                return Refuse(pattern, $"the pattern '{Shorten(pattern.Syntax.ToString())}'");
        }
    }

    private Value Known(bool holds) => _builder.Literal(ScalarType.Boolean, holds ? 1 : 0);

    /// <summary>Whether a pattern asks for no other type than the one that what it is matched with has anyway.</summary>
    private static bool IsOfItsOwnType(IPatternOperation pattern) =>
        pattern is IDeclarationPatternOperation { MatchedType: null } or IRecursivePatternOperation { MatchedType: null }
        || SymbolEqualityComparer.Default.Equals(pattern.InputType, pattern.NarrowedType);

    /// <summary>A pattern that only gives what it is matched with a name.</summary>
    private Value? Declared(ISymbol? variable, Value? value, IOperation pattern)
    {
        if (value is null || IsNotNull(pattern, value) is null)
        {
            return Fail();
        }

        if (variable is not null)
        {
            _frame.Variables[variable] = value;
        }

        return Known(true);
    }

    /// <summary>(&gt; 0, _) and { X: &gt; 0 }.</summary>
    private Value? ReadParts(IRecursivePatternOperation pattern, Value? value)
    {
        if (value is null || IsNotNull(pattern, value) is null)
        {
            return Fail();
        }

        var asked = new List<Func<Value?>> { () => Declared(pattern.DeclaredSymbol, value, pattern) };
        if (!pattern.DeconstructionSubpatterns.IsEmpty)
        {
            if (PartsOf(value, pattern.DeconstructionSubpatterns.Length, pattern) is not { } parts)
            {
                return Fail();
            }

            asked.AddRange(pattern.DeconstructionSubpatterns.Zip(parts, (p, part) => (Func<Value?>)(() => ReadPattern(p, part))));
        }

        asked.AddRange(pattern.PropertySubpatterns.Select(p => (Func<Value?>)(() =>
        {
            _matched.Push(value);
            var member = ReadExpression(p.Member);
            _ = _matched.Pop();
            return ReadPattern(p.Pattern, member);
        })));
        return AllOf(pattern, asked);
    }

    /// <summary>Whether all hold; where asking for a later one could throw or call, it is asked only where those before hold.</summary>
    private Value? AllOf(IPatternOperation pattern, IReadOnlyList<Func<Value?>> asked)
    {
        if (!Asks(pattern))
        {
            return asked.Select(a => a()).ToList().Aggregate((all, next) =>
                all is not null && ConstantOf(all) is 1 ? next : next is not null && ConstantOf(next) is 1 ? all : CompareWith(all, Comparisons.And, next));
        }

        if (Declares(pattern))
        {
            return Refuse(pattern, $"the pattern '{Shorten(pattern.Syntax.ToString())}', which declares a variable beside a property that is computed,");
        }

        Value? From(int index) => index == asked.Count - 1 ? asked[index]() : ReadChoice(asked[index](), () => From(index + 1), () => Known(false));
        return From(0);
    }

    private static bool Declares(IPatternOperation pattern) => pattern.DescendantsAndSelf().Any(
        p => p is IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null });

    /// <summary>Whether a pattern reads what has code of its own: computed properties, a Deconstruct method.</summary>
    private static bool Asks(IPatternOperation pattern) => pattern.DescendantsAndSelf().Any(p =>
        p is IPropertyReferenceOperation { Property: var property } && !PartReader.IsData(property) && property.Name != "Length"
        || p is IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol { IsImplicitlyDeclared: false } });

    /// <summary>The pattern NaN, which == never finds.</summary>
    private static bool IsNaN(IOperation constant) => constant.ConstantValue is { HasValue: true, Value: double.NaN or float.NaN };

    private Value? CompareWith(Value? left, Operation comparison, Value? right) =>
        left is null || right is null || left.Type != right.Type || !left.Type.IsScalar ? Fail() : Add(comparison, [left, right]);

    private Value? AnyOf(IEnumerable<Value?> conditions) =>
        conditions.Aggregate((all, next) => CompareWith(all, Comparisons.Or, next));

    /// <summary>The condition and, only where it holds, the guard after 'when'.</summary>
    private Value? Guarded(Value? condition, IOperation? guard) => guard is null ? condition
        : condition is not null && ConstantOf(condition) is 1 ? ReadExpression(guard)
        : ReadChoice(condition, () => ReadExpression(guard), () => Known(false));
}
