using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// An expression: a text in which {0}, {1}, … stand for its parts. One type for all of them, so that a new construct is
/// a template where it is drawn, and nothing else.
/// </summary>
/// <param name="Kind">Its type.</param>
/// <param name="Template">The text around the parts.</param>
/// <param name="Parts">The expressions inside.</param>
internal sealed record Expression(Kind Kind, string Template, ImmutableArray<Expression> Parts)
{
    /// <summary>What the absolute values of its entries hardly exceed: programs stay tame by it.</summary>
    public double Bound { get; init; } = 1;

    /// <summary>The least and the largest that an integer can be.</summary>
    public (int Low, int High) Range { get; init; }

    /// <summary>Whether it may be the very object that a variable holds, so that a write to an entry would show through both.</summary>
    public bool IsShared { get; init; }

    public int Size => 1 + Parts.Sum(p => p.Size);
}

/// <summary>
/// A statement: lines of text with {0} for its expressions and a line [0] for its blocks, which get braces.
/// </summary>
/// <param name="Template">The text, line by line.</param>
/// <param name="Parts">The expressions inside.</param>
/// <param name="Blocks">The blocks inside.</param>
internal sealed record Statement(string Template, ImmutableArray<Expression> Parts, ImmutableArray<Block> Blocks)
{
    public int Size => 1 + Parts.Sum(p => p.Size) + Blocks.Sum(b => b.Size);
}

/// <summary>Statements one after the other.</summary>
internal sealed record Block(ImmutableArray<Statement> Statements)
{
    public int Size => Statements.Sum(s => s.Size);
}

/// <summary>A parameter of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Modifier">An attribute, "in ", "out " or "ref ".</param>
internal sealed record Parameter(string Name, Kind Kind, string Modifier = "")
{
    /// <summary>The largest that an integer argument, or an integer inside, is; the least is 0.</summary>
    public int Largest { get; init; } = 4;

    /// <summary>The least number of elements of an array.</summary>
    public int Length { get; init; } = 2;
}

/// <summary>A method: the differentiable one, or a helper that is called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">Its result's type.</param>
/// <param name="Body">Its statements.</param>
internal sealed record Method(string Name, ImmutableArray<Parameter> Parameters, Kind Result, Block Body)
{
    /// <summary>The dimensions that a generic helper leaves open.</summary>
    public ImmutableArray<string> TypeParameters { get; init; } = [];

    /// <summary>Whether a helper is generic over the scalar type as well.</summary>
    public bool IsGenericInScalar { get; init; }

    /// <summary>Whether it is written as an expression body, if one statement is all.</summary>
    public bool HasExpressionBody { get; init; }

    /// <summary>What the absolute values of the result's entries hardly exceed.</summary>
    public double Bound { get; init; }

    /// <summary>Whether the result may be one of the arguments.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it is a local of a delegate's type, whose parameters have no names.</summary>
    public bool IsDelegate { get; init; }

    /// <summary>Whether it assigns variables around it: then it may not be called where it may not be reached.</summary>
    public bool HasEffects { get; init; }

    /// <summary>The arrays around it that it writes to or puts others in the place of: it may not be called while a loop walks over one.</summary>
    public ImmutableArray<Variable> Writes { get; init; } = [];

    /// <summary>Whether it belongs to the program's object, whose fields it reads.</summary>
    public bool IsInstance { get; init; }

    public int Size => Body.Size + Parameters.Length;
}

/// <summary>A program: a differentiable method and its helpers.</summary>
/// <param name="Main">The differentiable method.</param>
/// <param name="Helpers">The methods that it calls, each only those before it.</param>
/// <param name="IsFloat">Whether Real is float, else double.</param>
internal sealed record RandomProgram(Method Main, ImmutableArray<Method> Helpers, bool IsFloat)
{
    /// <summary>The types of its own.</summary>
    public ImmutableArray<Kind> Types { get; init; } = [];

    /// <summary>The fields of its object, if its methods belong to one.</summary>
    public ImmutableArray<Parameter> Fields { get; init; } = [];

    /// <summary>How the type around its methods is declared.</summary>
    public string Keyword { get; init; } = "static partial class";

    /// <summary>Further members, as text.</summary>
    public string Members { get; init; } = "";

    public bool IsInstance => Main.IsInstance;

    public int Size => Main.Size + Helpers.Sum(h => h.Size);

    public override string ToString() => ProgramPrinter.Print(this);
}
