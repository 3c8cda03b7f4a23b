using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// What all operations share that act entry by entry: equal shapes, where a scalar stands for as many entries as
/// needed. (Summing a contribution back to a scalar is <see cref="Differentiation.ReverseMode"/>'s.)
/// </summary>
internal static class Entrywise
{
    public static Operation Unary(
        string name, ScalarFunction function, Pullback pullback, string? symbol = null, string? math = null,
        string letter = "a", Func<SimplifyContext, Term?>? simplify = null, Func<Formula, Formula>? write = null,
        bool isArithmetic = false, bool isSingular = false, Func<Attributes, ScalarFunction>? onIntegers = null, string? kink = null,
        Func<RangeContext, ValueRange>? range = null, ZeroSingularity? atZero = null) => new(name, 1)
        {
            Infer = s => s[0],
            Element = s => new ElementForm(true, On(s, function, onIntegers).Of(Entry(0))),
            Pullbacks = [pullback],
            IsSingular = isSingular ? Anywhere : null,
            AtZero = Always(atZero),
            Range = range,
            Kink = kink,
            Write = (o, _) => write is null ? Formula.Function(symbol ?? name, o) : write(o[0]),
            MathMethod = math,
            Letter = letter,
            IsArithmetic = isArithmetic,
            ReadsEntriesOnce = true,
            Simplify = Folding(function.Evaluate, simplify),
        };

    private static ScalarFunction On(Signature signature, ScalarFunction function, Func<Attributes, ScalarFunction>? onIntegers) =>
        signature[0].Scalar == ScalarType.Int32 && onIntegers is not null ? onIntegers(signature.Attributes) : function;

    /// <summary>A function whose derivative is 0 wherever it exists.</summary>
    public static Operation Step(string name, ScalarFunction function, string? math = null, string? symbol = null) => new(name, 1)
    {
        Infer = s => s[0],
        Element = _ => new ElementForm(true, function.Of(Entry(0))),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Function(symbol ?? name, o),
        MathMethod = math,
        ReadsEntriesOnce = function.ReadsArgumentsOnce,
        Simplify = Folding(function.Evaluate, null),
        IsPiecewiseConstant = true,
    };

    public static Operation Binary(
        string name, string symbol, ScalarFunction function, Pullback left, Pullback right,
        Func<ImmutableArray<Formula>, Signature, Formula>? write = null, string? math = null, string letter = "t",
        Func<SimplifyContext, Term?>? simplify = null, Func<Attributes, ScalarFunction>? onIntegers = null,
        bool isArithmetic = false, Func<Func<int, double?>, bool>? isSingular = null, string? kink = null,
        Func<RangeContext, ValueRange>? range = null, Func<Func<int, double?>, ZeroSingularity?>? atZero = null) => new(name, 2)
        {
            Infer = s => SameShape(symbol, s),
            Element = s => new ElementForm(true, On(s, function, onIntegers).Of(Entry(0), Entry(1))),
            Pullbacks = [left, right],
            IsSingular = isSingular,
            AtZero = atZero is null ? null : (_, constant) => atZero(constant),
            Range = range,
            Kink = kink,
            Write = write ?? ((o, _) => Formula.Function(symbol, o)),
            MathMethod = math,
            Letter = letter,
            IsArithmetic = isArithmetic,
            ReadsEntriesOnce = true,
            Simplify = Folding(function.Evaluate, simplify),
        };

    /// <summary>An operation that can be singular whatever is constant.</summary>
    public static bool Anywhere(Func<int, double?> constant) => true;

    /// <summary>A row that is singular at 0 whatever is constant.</summary>
    public static Func<Attributes, Func<int, double?>, ZeroSingularity?>? Always(ZeroSingularity? atZero) => atZero is null ? null : (_, _) => atZero;

    /// <summary>The entry at the position being computed.</summary>
    public static Element Entry(int operand) => new LoadEntry(operand, "e");

    /// <summary>The common type; scalars go with every shape. An operand that differs in scalar type is our mistake.</summary>
    public static TypeResult SameShape(string symbol, Signature signature, ScalarType? result = null)
    {
        var type = signature.Operands.FirstOrDefault(o => !o.Shape.IsScalar);
        if (type == default)
        {
            type = signature[0];
        }

        foreach (var operand in signature.Operands)
        {
            if (operand.Scalar != type.Scalar)
            {
                throw new InvalidOperationException($"'{symbol}' of {type} and {operand}.");
            }

            if (!operand.Shape.IsScalar && operand.Shape != type.Shape)
            {
                return Different(symbol, type.Shape, operand.Shape);
            }
        }

        return type.With(result ?? type.Scalar);
    }

    /// <summary>What the reader never builds: where it happens, the mistake is ours.</summary>
    public static void Require(bool holds, string operation, Signature signature)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"'{operation}' of {string.Join(", ", signature.Operands)}.");
        }
    }

    /// <summary>One scalar type for all operands.</summary>
    public static void RequireOneScalarType(string operation, Signature signature) =>
        Require(signature.Operands.All(o => o.Scalar == signature[0].Scalar), operation, signature);

    public static ShapeError Different(string symbol, Shape left, Shape right)
    {
        string Message(string name) => ShapeMessages.SameShape(name, left.Rows, left.Columns, right.Rows, right.Columns);
        return new ShapeError(ShapeErrorKind.DifferentShapes, Message(symbol)) { MessageOf = Message };
    }

    /// <summary>
    /// First the row's own rules; then what holds for all: constants are computed, and a filled operand is its
    /// scalar.
    /// </summary>
    public static Func<SimplifyContext, Term?> Folding(
        Func<double[], double> function, Func<SimplifyContext, Term?>? rules) => context =>
    {
        if (context.Instruction.Attributes.Integers.Count > 0 && !context.Type.IsFloating)
        {
            return null; // The rules do not know how it overflows.
        }

        if (rules?.Invoke(context) is { } simpler)
        {
            return simpler;
        }

        var count = context.Instruction.Operands.Length;
        if (context.Type.IsFloating && Enumerable.Range(0, count).All(i => context.Constant(i) is not null))
        {
            return context[0].Literal(function([.. Enumerable.Range(0, count).Select(i => context.Constant(i)!.Value)])).Fill(context.Type.Shape);
        }

        return Unfilled(context);
    };

    /// <summary>
    /// A filled operand is its scalar where another operand has the full shape; where none has, the result is filled.
    /// </summary>
    public static Term? Unfilled(SimplifyContext context)
    {
        var operands = context.Instruction.Operands;
        for (var i = 0; i < operands.Length; i++)
        {
            operands = operands.SetItem(i, context.Operand(i, Constants.Fill)?.Operands[0] ?? operands[i]);
        }

        return operands.SequenceEqual(context.Instruction.Operands)
            ? null
            : new Term(context.Builder, context.Builder.Add(context.Instruction.Operation, operands, context.Instruction.Attributes))
                .Fit(context.Type.Shape);
    }
}
