using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// Arrays whose length is known when the program runs. They are values like any other: writing an element makes another
/// array. Emitted code writes in place, which is right because no array is used after another has been made of it, except
/// on the way back, where it is restored first (<see cref="Restore"/>). The adjoint of an array is an array of the
/// same length.
/// </summary>
internal static class Arrays
{
    /// <summary>n elements, all zero; scalar type, rows, columns and whether they are C# scalars are its integers.</summary>
    public static readonly Operation New = new("arrayNew", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0] == TensorType.Int32, "arrayNew", s);
            return new TensorType(
                (ScalarType)s.Attributes[0], new Shape(s.Attributes[1], s.Attributes[2], s.Attributes[3] != 0), IsArray: true);
        },
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Name($"{o[0].Text} zeros"),
    };

    /// <summary>Zeros, as many as another array has elements, which need not be of the same shape.</summary>
    public static readonly Operation ZerosLike = new("arrayZeros", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsArray, "arrayZeros", s);
            return s[0];
        },
        Pullbacks = [Operation.Zero],
        Write = (_, _) => Formula.Name("0"),
    };

    public static readonly Operation Length = new("arrayLength", 1)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsArray, "arrayLength", s);
            return TensorType.Int32;
        },
        Element = _ => new ElementForm(true, new LoadLength(0)),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Name(o[0].In(Binding.Atom) + ".Length"),
        // The length is that of the array from which this one came about.
        Simplify = c => c.Instruction.Operands[0] is var array && OriginOf(array, c.DefinitionOf) is var origin && origin != array
            ? new Term(c.Builder, origin).Apply(Length!)
            : c.Operand(0, New) is { } made ? new Term(c.Builder, made.Operands[0]) : null,
    };

    // ω = a[k]      ā[k] += ω̄
    public static readonly Operation At = new("arrayAt", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsArray && s[1] == TensorType.Int32, "arrayAt", s);
            return s[0].Element;
        },
        Element = _ => new ElementForm(true, new LoadArray(0, 1)),
        Pullbacks = [p => Adding(p[0], p[1], p.Upstream), Operation.Zero],
        Write = (o, _) => Formula.Name($"{o[0].In(Binding.Atom)}[{o[1].Text}]"),
    };

    // Ω = a, but ω at k      ω̄ = Ω̄[k]      ā = Ω̄, but 0 at k (in this order: it is the same memory)
    public static readonly Operation With = new("arrayWith", 3)
    {
        Infer = s =>
        {
            Entrywise.Require(s[2].IsArray && s[0] == s[2].Element && s[1] == TensorType.Int32, "arrayWith", s);
            return s[2];
        },
        Pullbacks =
        [
            p => p.Upstream.Apply(At, p[1]),
            Operation.Zero,
            p => p.Upstream.Literal(0).Fill(p[0].Shape).Apply(With!, p[1], p.Upstream),
        ],
        Write = (o, _) => Formula.Name($"{o[2].In(Binding.Atom)} with [{o[1].Text}] = {o[0].Text}"),
    };

    // Ω = a, but ω more at k: what reading a[k] makes of the adjoint      ω̄ = Ω̄[k]      ā = Ω̄
    public static readonly Operation AddAt = new("arrayAddAt", 3)
    {
        Infer = With.Infer,
        Pullbacks = [p => p.Upstream.Apply(At, p[1]), Operation.Zero, p => p.Upstream],
        Write = (o, _) => Formula.Name($"{o[2].In(Binding.Atom)} with [{o[1].Text}] + {o[0].Text}"),
    };

    // Ω = a, in memory of its own      ā = Ω̄
    public static readonly Operation Copy = new("arrayCopy", 1)
    {
        Infer = ZerosLike.Infer,
        Pullbacks = [p => p.Upstream],
        Write = (o, _) => o[0],
    };

    // Ω = a + b, element by element
    public static readonly Operation Sum = new("arraySum", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsArray && s[0] == s[1], "arraySum", s);
            return s[0];
        },
        Pullbacks = [p => p.Upstream, p => p.Upstream],
        Write = (o, _) => Formula.Sum(o[0], "+", o[1]),
    };

    /// <summary>
    /// The state that arrays are in where this stands: how much has been written. For the interpreter, whose arrays never
    /// change, nothing.
    /// </summary>
    public static readonly Operation State = new("arrayState", 1)
    {
        Infer = Length.Infer,
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Name("the state of " + o[0].In(Binding.Atom)),
    };

    /// <summary>The array, brought back to the state that the other operand is: what has been written since is undone.</summary>
    public static readonly Operation Restore = new("arrayRestore", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].IsArray && s[1] == TensorType.Int32, "arrayRestore", s);
            return s[0];
        },
        Pullbacks = [p => p.Upstream, Operation.Zero],
        Write = (o, _) => Formula.Name(o[0].In(Binding.Atom) + " as it was"),
    };

    /// <summary>An index that has been found to be one of a part of an array, which has so many elements.</summary>
    public static readonly Operation Within = Checked("arrayWithin", ScalarFunctions.Within, (index, length) => index >= 0 && index < length);

    /// <summary>A start or a length that has been found to be no more than another.</summary>
    public static readonly Operation UpTo = Checked("arrayUpTo", ScalarFunctions.UpTo, (count, length) => count >= 0 && count <= length);

    public static readonly ImmutableArray<Operation> All = [Within, UpTo, New, ZerosLike, Length, At, With, AddAt, Copy, Sum, State, Restore];

    /// <summary>The sum of two adjoints of an array: what only adds to an element adds it to the other.</summary>
    public static Term Add(Term sum, Term contribution)
    {
        var added = new Stack<Instruction>();
        var value = contribution.Value;
        while (contribution.Builder.DefinitionOf(value) is { } definition && definition.Operation == AddAt)
        {
            added.Push(definition);
            value = definition.Operands[2];
        }

        if (contribution.Builder.DefinitionOf(value)?.Operation != ZerosLike)
        {
            return sum.Apply(Sum, contribution);
        }

        return added.Aggregate(sum, (all, one) => new Term(sum.Builder, sum.Builder.Add(AddAt, [one.Operands[0], one.Operands[1], all.Value])));
    }

    /// <summary>The integers of <see cref="New"/>.</summary>
    public static Attributes AttributesOf(TensorType element) =>
        Attributes.Of((int)element.Scalar, element.Shape.Rows, element.Shape.Columns, element.Shape.IsScalar ? 1 : 0);

    /// <summary>The array that another one came about from by writing to it.</summary>
    public static Value OriginOf(Value array, Func<Value, Instruction?> definitionOf)
    {
        while (definitionOf(array) is { } definition)
        {
            if (definition.Operation == With || definition.Operation == AddAt)
            {
                array = definition.Operands[2];
            }
            else if (definition.Operation == Restore || definition.Operation == Copy)
            {
                array = definition.Operands[0];
            }
            else
            {
                break;
            }
        }

        return array;
    }

    private static Operation Checked(string name, ScalarFunction function, Func<double, double, bool> holds) => new(name, 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0] == TensorType.Int32 && s[1] == TensorType.Int32, name, s);
            return s[0];
        },
        Element = _ => new ElementForm(true, function.Of(Entrywise.Entry(0), Entrywise.Entry(1))),
        Pullbacks = [Operation.Zero, Operation.Zero],
        Write = (o, _) => o[0],
        Simplify = c => c.Constant(0) is { } number && c.Constant(1) is { } length && holds(number, length) ? c[0] : null,
    };

    private static Term Adding(Term array, Term index, Term element) =>
        element.Apply(AddAt, index, array.Apply(ZerosLike));
}
