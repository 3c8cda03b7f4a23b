using System.Globalization;

namespace GradGen;

/// <summary>Counts, shapes and types as the report of a check writes them.</summary>
internal static class CheckTexts
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    /// <summary><c>1 entry</c>, <c>7,850 entries</c>.</summary>
    public static string Count(long count, string one, string many) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);

    /// <summary><c>2×3</c>, or <c>4 entries</c>.</summary>
    public static string Shape(IReadOnlyList<int> lengths, string one, string many) => lengths.Count == 1
        ? Count(lengths[0], one, many)
        : string.Join('×', lengths.Select(l => l.ToString(CultureInfo.InvariantCulture))) + " " + many;

    /// <summary>A type as it is written in C#: <c>Matrix&lt;double, N2, N3&gt;</c>.</summary>
    public static string Type(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return Type(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Type));
        if (Members.IsTuple(type) && type.IsValueType)
            return "(" + arguments + ")";
        return type.IsGenericType ? type.Name.Split('`')[0] + "<" + arguments + ">" : type.Name;
    }
}
