using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Types that stand for sizes, for the kernels' type arguments: the user's own where a parameter has one of that size, the
/// library's N1, N2, … where there is one, else a sum of those.
/// </summary>
internal sealed class DimensionNames
{
    private const string Library = "global::GradGen.";
    private const int LastOfAll = 128;
    private static readonly int[] Larger = [1024, 512, 256];
    private readonly Dictionary<int, string> _named = [];

    public DimensionNames(GradientModel model)
    {
        foreach (var parameter in model.Parameters.Append(model.Result).Where(p => p.Kind is ParameterKind.Matrix or ParameterKind.Vector))
        {
            var arguments = ArgumentsOf(parameter.TypeName);
            var sizes = new[] { parameter.Type.Shape.Rows, parameter.Type.Shape.Columns };
            for (var i = 1; i < arguments.Count; i++)
            {
                _named[sizes[i - 1]] = _named.TryGetValue(sizes[i - 1], out var name) ? name : arguments[i];
            }
        }
    }

    /// <summary>A dimension of the size.</summary>
    public string Of(int size)
    {
        if (_named.TryGetValue(size, out var name))
        {
            return name;
        }

        if (size <= LastOfAll)
        {
            return Ready(size);
        }

        var part = Larger.First(l => l <= size || l == Larger[Larger.Length - 1]);
        part = part > size ? LastOfAll : part;
        return size == part ? Ready(size) : $"{Library}Plus<{Ready(part)}, {Of(size - part)}>";
    }

    private static string Ready(int size) => $"{Library}N{Literals.Integer(size)}";

    /// <summary>The type arguments of "Matrix&lt;double, A, Plus&lt;B, C&gt;&gt;".</summary>
    private static List<string> ArgumentsOf(string type)
    {
        var arguments = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < type.Length; i++)
        {
            if (type[i] == '<' && depth++ == 0)
            {
                start = i + 1;
            }
            else if ((type[i] == ',' && depth == 1) || (type[i] == '>' && --depth == 0))
            {
                arguments.Add(type.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        return arguments;
    }
}
