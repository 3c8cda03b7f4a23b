using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// Makes a failing program smaller for as long as it fails alike: statements are dropped or replaced by what is inside,
/// expressions by one of their parts or a constant, parameters and helpers that nobody names go. What is no C# any
/// more fails otherwise, and is not taken.
/// </summary>
internal static class Shrinker
{
    /// <param name="program">The program that fails.</param>
    /// <param name="fails">Whether a smaller one fails alike.</param>
    /// <param name="patience">How long to try.</param>
    public static RandomProgram Run(RandomProgram program, Func<RandomProgram, bool> fails, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var candidate in Candidates(program))
            {
                if (watch.Elapsed > patience)
                {
                    return program;
                }

                if (fails(candidate))
                {
                    (program, isSmaller) = (candidate, true);
                    break;
                }
            }
        }

        return program;
    }

    private static IEnumerable<RandomProgram> Candidates(RandomProgram program)
    {
        foreach (var body in Smaller(program.Main.Body))
        {
            yield return Pruned(program with { Main = program.Main with { Body = body } });
        }

        for (var i = 0; i < program.Helpers.Length; i++)
        {
            var helper = program.Helpers[i];
            foreach (var body in Smaller(helper.Body))
            {
                yield return Pruned(program with { Helpers = program.Helpers.SetItem(i, helper with { Body = body }) });
            }
        }

        for (var i = 0; i < program.Fields.Length; i++)
        {
            yield return program with { Fields = program.Fields.RemoveAt(i) };
        }

        foreach (var type in program.Types)
        {
            yield return program with { Types = program.Types.Remove(type) };
        }

        var text = ProgramPrinter.Print(program);
        foreach (var parameter in program.Main.Parameters.Where(p => Regex.Count(text, $@"(?<!\w){Regex.Escape(p.Name)}\b") == 1))
        {
            yield return program with { Main = program.Main with { Parameters = program.Main.Parameters.Remove(parameter) } };
        }

        if (program.IsFloat)
        {
            yield return program with { IsFloat = false };
        }
    }

    /// <summary>Without the helpers that are not called.</summary>
    private static RandomProgram Pruned(RandomProgram program)
    {
        bool IsCalled(Method helper) => Regex.Count(ProgramPrinter.Print(program), $@"\b{helper.Name}\b") > 1;
        while (program.Helpers.FirstOrDefault(h => !IsCalled(h)) is { } unused)
        {
            program = program with { Helpers = program.Helpers.Remove(unused) };
        }

        return program;
    }

    private static IEnumerable<Block> Smaller(Block block)
    {
        var statements = block.Statements;
        for (var count = statements.Length; count > 0; count /= 2)
        {
            for (var first = 0; first + count <= statements.Length; first += count)
            {
                yield return new Block(statements.RemoveRange(first, count));
            }
        }

        for (var i = 0; i < statements.Length; i++)
        {
            foreach (var inner in statements[i].Blocks)
            {
                yield return new Block(statements.RemoveAt(i).InsertRange(i, inner.Statements));
            }

            foreach (var smaller in Smaller(statements[i]))
            {
                yield return new Block(statements.SetItem(i, smaller));
            }
        }
    }

    private static IEnumerable<Statement> Smaller(Statement statement)
    {
        for (var i = 0; i < statement.Blocks.Length; i++)
        {
            foreach (var block in Smaller(statement.Blocks[i]))
            {
                yield return statement with { Blocks = statement.Blocks.SetItem(i, block) };
            }
        }

        for (var i = 0; i < statement.Parts.Length; i++)
        {
            foreach (var part in Smaller(statement.Parts[i]))
            {
                yield return statement with { Parts = statement.Parts.SetItem(i, part) };
            }
        }
    }

    private static IEnumerable<Expression> Smaller(Expression expression)
    {
        if (expression.Parts.IsEmpty)
        {
            yield break;
        }

        yield return Constant(expression.Kind);
        foreach (var inner in Inside(expression).Where(e => e.Kind == expression.Kind))
        {
            yield return inner;
        }

        for (var i = 0; i < expression.Parts.Length; i++)
        {
            foreach (var part in Smaller(expression.Parts[i]))
            {
                yield return expression with { Parts = expression.Parts.SetItem(i, part) };
            }
        }
    }

    private static IEnumerable<Expression> Inside(Expression expression) => expression.Parts.SelectMany(p => Inside(p).Prepend(p));

    private static Expression Constant(Kind kind) => new(kind, kind.Form switch
    {
        Form.Real => ProgramPrinter.Literal(0.5),
        Form.Integer => "1",
        Form.Boolean => "true",
        Form.Array or Form.Span => "[]",
        Form.Vector or Form.Matrix => kind.Text + ".Ones()",
        _ => "default",
    }, []);
}
