namespace GradGen.Compiler.Emission;

/// <summary>A C# expression and how tightly it binds (9 a primary expression, as in ScalarFunction.Precedence).</summary>
internal readonly record struct Code(string Text, int Precedence)
{
    public const int Primary = 9;
    public const int Unary = 8;
    public const int Additive = 6;
    public const int Relational = 5;
    public const int Equality = 4;
    public const int Conditional = 1;

    public static Code Atom(string text) => new(text, Primary);

    public static Code Number(string literal) => new(literal, literal[0] == '-' ? Unary : Primary);

    /// <summary>The text, in parentheses if it binds less tightly than its surroundings ask.</summary>
    public string In(int precedence) => Precedence >= precedence ? Text : "(" + Text + ")";

    public override string ToString() => Text;
}
