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
        using System.Linq;
        using System.Numerics;
        using GradGen;
        using static GradGen.MatrixFunctions;
        using Real = {(program.IsFloat ? "System.Single" : "System.Double")};

        namespace {Space(index)};

        {ProgramPrinter.Print(program)}
        """;

    /// <summary>The same over dual numbers, with the method that calls it.</summary>
    public static string ForDuals(RandomProgram program, int index) => $$"""
        using System;
        using System.Linq;
        using GradGen;
        using GradGen.GradientTests.RandomPrograms;
        using static {{DualSpace}}.MatrixFunctions;
        using Entry = {{DualSpace}}.Dual;
        using Real = {{DualSpace}}.Dual;
        using MathF = {{DualSpace}}.Math;

        namespace {{DualSpace}}.{{Space(index)}};

        {{ProgramPrinter.Print(program)}}
        public static class Glue
        {
            public static Entry[] Forward(Entry[][] inputs, int[][] integers)
            {
                {{Setup(program, "Duals")}}
                return {{ToArray(program.Main.Result, $"{Target(program)}.F({Arguments(program)})")}};
            }
        }
        """;

    /// <summary>The calls of the program and of what GradGen made of it.</summary>
    public static string Calls(RandomProgram program, int index, GradientModel model)
    {
        var (target, backward) = (Target(program), model.BackwardName);
        var setup = Setup(program, program.IsFloat ? "Floats" : "Doubles");
        var arguments = Listed(Arguments(program), FromArray(program.Main.Result, "upstream", program.IsFloat ? "Floats" : "Doubles"));
        return $$"""
            using System;
            using GradGen;
            using GradGen.GradientTests.RandomPrograms;
            using Real = {{(program.IsFloat ? "System.Single" : "System.Double")}};

            namespace {{Space(index)}};

            public static class Glue
            {
                public static double[] Forward(double[][] inputs, int[][] integers)
                {
                    {{setup}}
                    return {{ToArray(program.Main.Result, $"{target}.F({Arguments(program)})")}};
                }

                public static (double[], double[][]) Gradient(double[][] inputs, int[][] integers, double[] upstream, bool twice)
                {
                    {{setup}}
                    Programs.{{model.GradientName}} gradient = default;
                    if (twice)
                    {
                        {{target}}.{{backward}}({{arguments}}, ref gradient);
                        {{target}}.{{backward}}({{arguments}}, ref gradient, true);
                    }
                    else
                    {
                        gradient = {{target}}.{{backward}}({{arguments}});
                    }

                    return ({{ToArray(program.Main.Result, "gradient." + GradientMembers.Value)}}, new double[][] { {{string.Join(", ", Gradients(program, model))}} });
                }
            }
            """;
    }

    public static string Space(int index) => "Tested.P" + index;

    public static string TypeOfDuals(int index) => $"{DualSpace}.{Space(index)}.Glue";

    public static string TypeOfCalls(int index) => Space(index) + ".Glue";

    /// <summary>The gradient of each differentiated leaf; of a field that the method does not read there is none.</summary>
    private static IEnumerable<string> Gradients(RandomProgram program, GradientModel model)
    {
        var members = GradientMembers.Of(model);
        foreach (var leaf in Leaf.Of(program).Where(l => l.IsDifferentiated))
        {
            var member = members.FirstOrDefault(m => m.Parameter.Name.TrimStart('@') == leaf.Root.Name.TrimStart('@') && m.Parameter.IsMember == leaf.IsField).Member;
            yield return member is null ? $"new double[{leaf.Kind.Count}]" : ToArray(leaf.Kind, $"gradient.{member}{leaf.Below}");
        }
    }

    /// <summary>The object and the arguments, in variables.</summary>
    private static string Setup(RandomProgram program, string reals)
    {
        var slots = new Slots(reals);
        IEnumerable<string> target = program.IsInstance
            ? [$"var target = new Programs {{ {string.Join(", ", program.Fields.Select(f => $"{f.Name} = {slots.Value(f.Kind)}"))} }};"]
            : [];
        return string.Join(" ", [.. target, .. program.Main.Parameters.Select((p, i) => $"var argument{i} = {slots.Value(p.Kind)};")]);
    }

    private static string Target(RandomProgram program) => program.IsInstance ? "target" : "Programs";

    private static string Arguments(RandomProgram program) => string.Join(", ", program.Main.Parameters.Select((_, i) => $"argument{i}"));

    private static string Listed(string first, string second) => first.Length == 0 ? second : first + ", " + second;

    private static string FromArray(Kind kind, string array, string reals) => kind.Form switch
    {
        Form.Real => $"(Real){array}[0]",
        Form.Array or Form.Span when kind.Element.Form == Form.Real => $"Entries.{reals}({array})",
        Form.Array or Form.Span => $"Entries.Many(Entries.{reals}({array}), {kind.Count}, e => new {kind.Element.Text}(e))",
        _ => $"new {kind.Text}(Entries.{reals}({array}))",
    };

    private static string ToArray(Kind kind, string value) => kind.Form switch
    {
        Form.Array or Form.Span when kind.Element.IsMatrix => $"Entries.Of({value}, e => e.AsSpan().ToArray())",
        Form.Vector or Form.Matrix => $"Entries.Of({value}.AsSpan())",
        _ => $"Entries.Of({value})",
    };

    /// <summary>Takes the arrays inputs and integers one after the other.</summary>
    private sealed class Slots(string reals)
    {
        private int _reals;
        private int _integers;

        public string Value(Kind kind)
        {
            switch (kind.Form)
            {
                case Form.Integer:
                    return $"integers[{_integers++}][0]";
                case Form.Boolean:
                    return $"integers[{_integers++}][0] % 2 == 1";
                case Form.Array or Form.Span when kind.Element.Form == Form.Integer:
                    return $"integers[{_integers++}]";
                case Form.Tuple:
                    return $"({string.Join(", ", kind.Members.Select(m => Value(m.Kind)))})";
                case Form.Record when kind.Declared.Style is Style.Record or Style.RecordStruct:
                    return $"new {kind.Text}({string.Join(", ", kind.Members.Select(m => Value(m.Kind)))})";
                case Form.Record:
                    return $"new {kind.Text} {{ {string.Join(", ", kind.Members.Select(m => $"{m.Name} = {Value(m.Kind)}"))} }}";
                default:
                    return FromArray(kind, $"inputs[{_reals++}]", reals);
            }
        }
    }
}
