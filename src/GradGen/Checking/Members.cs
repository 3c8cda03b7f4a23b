using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GradGen;

/// <summary>A field, under the name that it or its property has in the source.</summary>
internal sealed record Member(FieldInfo Field, string Name);

/// <summary>
/// Which members of a type hold what is differentiated: its fields, also those behind properties, because they are all
/// of its state and can be set whether or not a property has a setter.
/// </summary>
internal static class Members
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Whether to look into a type: numbers, arrays, lists, tuples, the types of System.Numerics and those of users.
    /// Of other types of the platform the fields are nobody's parameters.
    /// </summary>
    public static bool IsOpen(Type type)
    {
        if (type.IsArray)
            return IsElementOpen(type.GetElementType()!);
        if (type == typeof(double) || type == typeof(float))
            return true;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsDefined(typeof(InlineArrayAttribute), inherit: false))
            return false;
        if (IsTuple(type) || IsList(type) || type.Namespace == "System.Numerics")
            return true;
        return !type.IsAssignableTo(typeof(Delegate)) && !IsOfPlatform(type.Namespace ?? "");
    }

    public static bool IsTuple(Type type) => type.IsAssignableTo(typeof(ITuple)) && type.Namespace == "System";

    public static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    /// <summary>The fields of a type, those of its base types first, as far as users wrote them.</summary>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static IReadOnlyList<Member> Of(Type type)
    {
        var members = new List<Member>();
        for (var t = type; t is not null && (t == type || !IsOfPlatform(t.Namespace ?? "")); t = t.BaseType)
        {
            members.InsertRange(0, from field in t.GetFields(Declared)
                                   let name = Name(t, field)
                                   where !IsExcluded(t, field, name)
                                   select new Member(field, name));
        }

        return members;
    }

    // An element of a class, an interface or a nullable type may hold anything.
    private static bool IsElementOpen(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null
        ? IsOpen(type)
        : type != typeof(string);

    private static bool IsOfPlatform(string name) =>
        name is "System" or "Microsoft"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    // The compiler's fields are called <W1>k__BackingField or <w1>P; m_w1 and _w1 go by the name of their property.
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private static string Name(Type type, FieldInfo field)
    {
        if (field.Name[0] == '<')
            return field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)];
        var name = field.Name.StartsWith("m_", StringComparison.Ordinal) ? field.Name[2..] : field.Name.TrimStart('_');
        return field.IsPublic ? field.Name : Property(type, name)?.Name ?? field.Name;
    }

    /// <summary>Marked itself, or through its property, or as a positional record's parameter.</summary>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private static bool IsExcluded(Type type, FieldInfo field, string name) =>
        field.IsDefined(typeof(NoDerivativeAttribute))
        || Property(type, name)?.IsDefined(typeof(NoDerivativeAttribute)) == true
        || type.GetConstructors(Declared).SelectMany(c => c.GetParameters()).Any(p =>
            string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase) && p.IsDefined(typeof(NoDerivativeAttribute)));

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private static PropertyInfo? Property(Type type, string name) =>
        Array.Find(type.GetProperties(Declared), p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase) && p.GetIndexParameters().Length == 0);
}
