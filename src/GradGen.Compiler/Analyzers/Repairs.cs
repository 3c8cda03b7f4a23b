using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// What was probably meant by an operation whose shapes do not fit: transposes, the other order, another product;
/// only what fits, in itself and where it stands.
/// </summary>
internal sealed class Repairs
{
    private const int Most = 4;

    /// <summary>Each candidate is bound anew: not for expressions of hundreds of terms, while somebody types.</summary>
    private const int LongestExpression = 2000;

    private readonly ShapeMistake _mistake;
    private readonly ShapeWalk _walk;
    private readonly SemanticModel _model;
    private readonly Func<ITypeSymbol, ITypeSymbol> _resolve;
    private readonly List<(Repair Repair, string Offer)> _found = [];

    private Repairs(ShapeMistake mistake, ShapeWalk walk, SemanticModel model)
    {
        (_mistake, _walk, _model) = (mistake, walk, model);
        _resolve = ShapeWalk.EntriesOf(model.Compilation);
    }

    /// <summary>The repairs, the likeliest first, each with the sentence that offers it.</summary>
    public static List<(Repair Repair, string Offer)> Of(ShapeMistake mistake, ShapeWalk walk, SemanticModel model)
    {
        var repairs = new Repairs(mistake, walk, model);
        if (mistake.Operation.Syntax is ExpressionSyntax { Span.Length: <= LongestExpression } expression
            && CallShapes.TryGetCall(mistake.Operation, repairs._resolve, out var row, out var operands, out var attributes)
            && CallShapes.OperandTypes(mistake.Operation, row, operands, repairs._resolve) is { } types)
        {
            repairs.Find(expression, row, operands, attributes, types);
        }

        return [.. repairs._found.Take(Most)];
    }

    private void Find(
        ExpressionSyntax expression, Operation row, ImmutableArray<IOperation> operands, Attributes attributes,
        ImmutableArray<TensorType> types)
    {
        switch (expression)
        {
            case BinaryExpressionSyntax binary:
                Find(new Sides(expression, binary.Left, binary.Right, binary.OperatorToken.Text, null), row, types);
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } assignment:
                var symbol = assignment.OperatorToken.Text.TrimEnd('=');
                Find(new Sides(expression, assignment.Left, assignment.Right, symbol, assignment.Left + " = "), row, types);
                break;
            case InvocationExpressionSyntax call:
                TransposeArguments(call, row, operands, attributes, types);
                break;
        }
    }

    private void Find(Sides sides, Operation row, ImmutableArray<TensorType> types)
    {
        if (types.Length != 2)
        {
            return; // The syntax is a binary one, the operation is not.
        }

        var (left, right) = (types[0], types[1]);
        var same = left.Shape == right.Shape;
        switch (_mistake.Error.Kind)
        {
            case ShapeErrorKind.ColumnProduct:
                if (same)
                {
                    Call(sides, "Dot", Reductions.Dot, types, "Take the dot product");
                }

                Call(sides, "Outer", Products.Outer, types, "Take the outer product");
                if (!_found.Any(f => f.Repair.Key == "Outer"))
                {
                    TransposeRight(sides, row, types);
                }

                if (same)
                {
                    Call(sides, "Hadamard", Arithmetic.Multiply, types, "Multiply entry by entry");
                }

                break;
            case ShapeErrorKind.InnerSizes:
                TransposeLeft(sides, row, types);
                TransposeRight(sides, row, types);
                if (same)
                {
                    Call(sides, "Hadamard", Arithmetic.Multiply, types, "Multiply entry by entry");
                }
                else
                {
                    Swap(sides, row, [right, left]);
                }

                break;
            case ShapeErrorKind.DifferentShapes:
                TransposeLeft(sides, row, types);
                TransposeRight(sides, row, types);
                if (row == Arithmetic.Add && right.Shape.IsColumn)
                {
                    Call(sides, "AddBias", Gathers.AddBias, types, "Add to every column");
                }
                else if (row == Arithmetic.Add && left.Shape.IsColumn)
                {
                    Call(sides.Swapped, "AddBias", Gathers.AddBias, [right, left], "Add to every column");
                }

                break;
        }
    }

    private void TransposeLeft(Sides sides, Operation row, ImmutableArray<TensorType> types) => Offer(
        sides, "TransposeLeft", Verb(sides.Left, "the left side"), row, [Transposed(types[0]), types[1]],
        isShort => sides.Infix(OperandText.Transposed(sides.Left, isShort), OperandText.Right(sides.Right, isShort)));

    private void TransposeRight(Sides sides, Operation row, ImmutableArray<TensorType> types) => Offer(
        sides, "TransposeRight", Verb(sides.Right, "the right side"), row, [types[0], Transposed(types[1])],
        isShort => sides.Infix(OperandText.Text(sides.Left, isShort), OperandText.Transposed(sides.Right, isShort)),
        inPlace: isShort => OperandText.Text(sides.Left, isShort) + $" {sides.Operator}= " + OperandText.Transposed(sides.Right, isShort));

    /// <summary>The other order, as it is or with one side transposed.</summary>
    private void Swap(Sides sides, Operation row, ImmutableArray<TensorType> swapped)
    {
        const string Verb = "Swap the sides";
        Offer(sides, "Swap", Verb, row, swapped, isShort => sides.Infix(
            OperandText.Left(sides.Right, isShort), OperandText.Right(sides.Left, isShort)));
        Offer(sides, "SwapAndTransposeLeft", Verb + " and transpose the new left one", row, [Transposed(swapped[0]), swapped[1]],
            isShort => sides.Infix(OperandText.Transposed(sides.Right, isShort), OperandText.Right(sides.Left, isShort)));
        Offer(sides, "SwapAndTransposeRight", Verb + " and transpose the new right one", row, [swapped[0], Transposed(swapped[1])],
            isShort => sides.Infix(OperandText.Left(sides.Right, isShort), OperandText.Transposed(sides.Left, isShort)));
    }

    private void Call(Sides sides, string function, Operation row, ImmutableArray<TensorType> types, string verb) => Offer(
        sides, function, verb, row, types,
        isShort => function + "(" + OperandText.Argument(sides.Left, isShort) + ", " + OperandText.Argument(sides.Right, isShort) + ")",
        isFunction: true);

    private void TransposeArguments(
        InvocationExpressionSyntax call, Operation row, ImmutableArray<IOperation> operands, Attributes attributes,
        ImmutableArray<TensorType> types)
    {
        for (var i = 0; i < operands.Length && operands.Length > 1; i++)
        {
            if (operands[i].Syntax is not ExpressionSyntax operand
                || types[i].Shape.IsScalar
                || !call.ArgumentList.Span.Contains(operand.Span))
            {
                continue;
            }

            string Text(bool isShort)
            {
                var transposed = OperandText.Transposed(operand, isShort);
                return isShort
                    ? Name(call) + "(" + string.Join(", ", call.ArgumentList.Arguments.Select(
                        a => a.Expression == operand ? transposed : OperandText.Argument(a.Expression, true))) + ")"
                    : Replaced(call, operand, transposed);
            }

            Offer(
                new Sides(call, operand, operand, "", null), "TransposeArgument" + i, Verb(operand, $"'{OperandText.Text(operand, true)}'"),
                row, types.SetItem(i, Transposed(types[i])), Text, attributes: attributes);
        }
    }

    /// <summary>
    /// Keeps the candidate if its shapes fit, if C# binds it to the operation it is meant to be, and if it fits its place.
    /// </summary>
    private void Offer(
        Sides sides, string key, string verb, Operation row, ImmutableArray<TensorType> types, Func<bool, string> text,
        bool isFunction = false, Attributes? attributes = null, Func<bool, string>? inPlace = null)
    {
        var result = Builder.Infer(row, types, attributes ?? Attributes.None);
        if (result.Error is not null || _found.Any(f => f.Repair.Key == key))
        {
            return;
        }

        string[] qualifiers = isFunction ? ["", "MatrixFunctions.", "GradGen.MatrixFunctions.", "global::GradGen.MatrixFunctions."] : [""];
        foreach (var qualifier in qualifiers)
        {
            var code = qualifier + text(false);
            if (Bind(sides.Whole, code) != row)
            {
                continue;
            }

            var fits = sides.Assignment is null
                ? new Place(_mistake.Operation, sides.Whole, _walk, _model).Fits(code, result.Type)
                : FitsVariable(sides, code);
            if (fits)
            {
                var isInPlace = sides.Assignment is not null && inPlace is not null;
                var shown = isInPlace ? inPlace!(true) : sides.Assignment + text(true);
                var written = isInPlace ? inPlace!(false) : sides.Assignment + code;
                var shape = result.Type.Shape.IsScalar ? "a scalar" : result.Type.Shape.ToString();
                _found.Add((new Repair(key, $"{verb}: '{shown}'", written), $"'{shown}' gives {shape}."));
            }

            return;
        }
    }

    private Operation? Bind(ExpressionSyntax place, string code)
    {
        var symbol = _model.GetSpeculativeSymbolInfo(place.SpanStart, Parse(place, code), SpeculativeBindingOption.BindAsExpression).Symbol;
        return symbol is null ? null : RuntimeSymbols.OperationOf(symbol);
    }

    /// <summary>For <c>a += b</c>: whether the variable can take the new value.</summary>
    private bool FitsVariable(Sides sides, string code)
    {
        var place = sides.Whole;
        var type = _model.GetSpeculativeTypeInfo(place.SpanStart, Parse(place, code), SpeculativeBindingOption.BindAsExpression).Type;
        var variable = _model.GetTypeInfo(((AssignmentExpressionSyntax)place).Left).Type;
        return type is not null && variable is not null
            && _model.Compilation.ClassifyCommonConversion(type, variable) is { Exists: true, IsImplicit: true };
    }

    private static ExpressionSyntax Parse(ExpressionSyntax place, string code) =>
        SyntaxFactory.ParseExpression(code, options: place.SyntaxTree.Options);

    private static string Replaced(ExpressionSyntax whole, ExpressionSyntax part, string text)
    {
        var start = part.SpanStart - whole.SpanStart;
        return whole.ToString().Remove(start, part.Span.Length).Insert(start, text);
    }

    private static string Name(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? access.Name.ToString() : call.Expression.ToString();

    private static string Verb(ExpressionSyntax operand, string what) =>
        (OperandText.IsTransposed(operand) ? "Do not transpose " : "Transpose ") + what;

    private static TensorType Transposed(TensorType type) => type.With(type.Shape.Transposed);

    /// <summary>The two sides of an operator; of <c>a += b</c> too, where a repair begins with <c>a = </c>.</summary>
    private sealed record Sides(ExpressionSyntax Whole, ExpressionSyntax Left, ExpressionSyntax Right, string Operator, string? Assignment)
    {
        public Sides Swapped => this with { Left = Right, Right = Left };

        public string Infix(string left, string right) => $"{left} {Operator} {right}";
    }
}
