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

    /// <summary>From arrays of entries to the program's types.</summary>
    private const string Conversions = """
            private static Real[] Reals(Entry[] entries) => Array.ConvertAll(entries, e => (Real)e);

            private static TItem[] Many<TItem>(Entry[] entries, int size, Func<Real[], TItem> make) => [.. Reals(entries).Chunk(size).Select(make)];
        """;

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
                {{Receiver(program)}}
                var value = target.F({{Arguments(program)}});
                return {{ToArray(program.Main.Result, "value")}};
            }

        {{Conversions}}
        }
        """.Replace("target.F(", program.IsInstance ? "target.F(" : "Programs.F(", StringComparison.Ordinal);

    /// <summary>The calls of the program and of what GradGen made of it.</summary>
    public static string Calls(RandomProgram program, int index, GradientModel model)
    {
        var arguments = Arguments(program);
        var main = program.Main.Result;
        var result = $"return ({ToArray(main, "gradient." + GradientMembers.Value)}, new double[][] {{ {string.Join(", ", Gradients(program, model))} }});";
        var upstream = FromArray(main, "upstream");
        return $$"""
            using System;
            using System.Linq;
            using GradGen;
            using Entry = System.Double;
            using Real = {{(program.IsFloat ? "System.Single" : "System.Double")}};

            namespace {{Space(index)}};

            public static class Glue
            {
                public static double[] Forward(double[][] inputs, int[][] integers)
                {
                    {{Receiver(program)}}
                    var value = target.F({{arguments}});
                    return {{ToArray(main, "value")}};
                }

                public static (double[], double[][]) Backward(double[][] inputs, int[][] integers, double[] upstream)
                {
                    {{Receiver(program)}}
                    var gradient = target.{{model.BackwardName}}({{Listed(arguments, upstream)}});
                    {{result}}
                }

                public static (double[], double[][]) Twice(double[][] inputs, int[][] integers, double[] upstream)
                {
                    {{Receiver(program)}}
                    Programs.{{model.GradientName}} gradient = default;
                    target.{{model.BackwardName}}({{Listed(arguments, upstream)}}, ref gradient);
                    target.{{model.BackwardName}}({{Listed(arguments, upstream)}}, ref gradient, true);
                    {{result}}
                }

            {{Conversions}}
            }
            """.Replace("target.", program.IsInstance ? "target." : "Programs.", StringComparison.Ordinal);
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

    private static string Receiver(RandomProgram program)
    {
        if (!program.IsInstance)
        {
            return "";
        }

        var slots = new Slots();
        return $"var target = new Programs {{ {string.Join(", ", program.Fields.Select(f => $"{f.Name} = {slots.Value(f.Kind)}"))} }};";
    }

    private static string Arguments(RandomProgram program)
    {
        var slots = new Slots();
        foreach (var field in program.Fields)
        {
            _ = slots.Value(field.Kind);
        }

        return string.Join(", ", program.Main.Parameters.Select(p => slots.Value(p.Kind)));
    }

    private static string Listed(string first, string second) => first.Length == 0 ? second : first + ", " + second;

    private static string FromArray(Kind kind, string array) => kind.Form switch
    {
        Form.Real => $"(Real){array}[0]",
        Form.Array or Form.Span when kind.Element.Form == Form.Real => $"Reals({array})",
        Form.Array or Form.Span => $"Many({array}, {kind.Count}, e => new {kind.Element.Text}(e))",
        _ => $"new {kind.Text}(Reals({array}))",
    };

    private static string ToArray(Kind kind, string value) => kind.Form switch
    {
        Form.Real => $"[{value}]",
        Form.Array or Form.Span when kind.Element.Form == Form.Real => $"[.. {value}]",
        Form.Array or Form.Span => $"[.. {value}.SelectMany(e => e.AsSpan().ToArray())]",
        _ => $"[.. {value}.AsSpan()]",
    };

    /// <summary>Takes the arrays inputs and integers one after the other.</summary>
    private sealed class Slots
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
                    return FromArray(kind, $"inputs[{_reals++}]");
            }
        }
    }
}
