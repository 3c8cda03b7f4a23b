using GradGen.Compiler.Emission;
using GradGen.Compiler.Reading;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// The sources that a program is compiled from. The text of the program is the same for GradGen and for dual numbers:
/// over the one Real is double or float, over the other it is a dual number, and what is called Matrix, Vector, Math
/// and MatrixFunctions lies in the namespace around it.
/// </summary>
internal static class ProgramGlue
{
    private const string DualSpace = "GradGen.GradientTests.RandomPrograms.Duals";

    /// <summary>The program as a user writes it, in a namespace of its own.</summary>
    public static string ForGradGen(RandomProgram program, int index) => $"""
        using System;
        using System.Numerics;
        using GradGen;
        using static GradGen.MatrixFunctions;
        using Real = {(program.IsFloat ? "System.Single" : "System.Double")};

        namespace {Space(index)};

        {ProgramPrinter.Print(program, "Programs")}
        """;

    /// <summary>The same over dual numbers, with the method that calls it.</summary>
    public static string ForDuals(RandomProgram program, int index) => $$"""
        using System;
        using GradGen;
        using static {{DualSpace}}.MatrixFunctions;
        using Real = {{DualSpace}}.Dual;
        using MathF = {{DualSpace}}.Math;

        namespace {{DualSpace}}.{{Space(index)}};

        {{ProgramPrinter.Print(program, "Programs")}}
        public static class Glue
        {
            public static Real[] Forward(Real[][] inputs, int[] integers)
            {
                {{Forward(program.Main)}}
            }
        }
        """;

    /// <summary>The calls of the program and of what GradGen made of it.</summary>
    public static string Calls(RandomProgram program, int index, GradientModel model)
    {
        var main = program.Main;
        var arguments = Arguments(main);
        var members = GradientMembers.Of(model).Select(m => m.Member).ToList();
        var gradients = main.Parameters.Where(p => p.IsDifferentiated).Zip(members, (p, m) => ToArray(p.Kind, "gradient." + m));
        var result = $"return ({ToArray(main.Result, "gradient." + GradientMembers.Value)}, new double[][] {{ {string.Join(", ", gradients)} }});";
        var upstream = FromArray(main.Result, "upstream");
        return $$"""
            using System;
            using GradGen;
            using Real = {{(program.IsFloat ? "System.Single" : "System.Double")}};

            namespace {{Space(index)}};

            public static class Glue
            {
                public static double[] Forward(double[][] inputs, int[] integers)
                {
                    {{Forward(main)}}
                }

                public static (double[], double[][]) Backward(double[][] inputs, int[] integers, double[] upstream)
                {
                    var gradient = Programs.{{model.BackwardName}}({{arguments}}, {{upstream}});
                    {{result}}
                }

                public static (double[], double[][]) Twice(double[][] inputs, int[] integers, double[] upstream)
                {
                    Programs.{{model.GradientName}} gradient = default;
                    Programs.{{model.BackwardName}}({{arguments}}, {{upstream}}, ref gradient);
                    Programs.{{model.BackwardName}}({{arguments}}, {{upstream}}, ref gradient, true);
                    {{result}}
                }
            }
            """;
    }

    public static string Space(int index) => "Tested.P" + index;

    public static string TypeOfDuals(int index) => $"{DualSpace}.{Space(index)}.Glue";

    public static string TypeOfCalls(int index) => Space(index) + ".Glue";

    private static string Forward(Method main) => $"var value = Programs.F({Arguments(main)});\n        return {ToArray(main.Result, "value")};";

    /// <summary>The arguments, from the arrays inputs (what has entries) and integers (integers and Booleans).</summary>
    private static string Arguments(Method main)
    {
        var (reals, integers) = (0, 0);
        return string.Join(", ", main.Parameters.Select(p => p.Kind.Form switch
        {
            Form.Integer => $"integers[{integers++}]",
            Form.Boolean => $"integers[{integers++}] % 2 == 1",
            _ => FromArray(p.Kind, $"inputs[{reals++}]"),
        }));
    }

    private static string FromArray(Kind kind, string array) => kind.Form == Form.Real
        ? $"(Real){array}[0]"
        : $"new {kind.Text}(Array.ConvertAll({array}, e => (Real)e))";

    private static string ToArray(Kind kind, string value) => kind.Form == Form.Real
        ? $"[{value}]"
        : $"[.. {value}.AsSpan()]";
}
