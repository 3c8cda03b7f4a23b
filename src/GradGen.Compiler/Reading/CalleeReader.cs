using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>What goes to a method that is called, or comes from it, as the parts that generated code can reach and make.</summary>
/// <param name="compilation">For what generated code can reach.</param>
/// <param name="within">The type that it stands in.</param>
internal sealed class CalleeReader(Compilation compilation, INamedTypeSymbol within)
{
    /// <summary>Why the last type cannot be passed; null if it can.</summary>
    public string? Error { get; private set; }

    /// <summary>A parameter or a result; null where it is of no type that GradGen knows.</summary>
    public CalleePart? Read(ITypeSymbol type, string name, bool isDifferentiated)
    {
        Error = null;
        if (RuntimeSymbols.TypeOf(type) is not null)
        {
            return LeafOf(PartReader.LeafOf(type, name, isDifferentiated));
        }

        var parts = new PartReader(compilation, within);
        var part = parts.Read(type, name, name, isDifferentiated);
        Error = parts.Error;
        return part is null ? null : Convert(part, type, parts.Leaves);
    }

    /// <summary>What GradGen does not know, a text or a table, as what can only be handed on as it is; null if not even that.</summary>
    public CalleePart? HandedOn(IParameterSymbol parameter) => Error is not null || parameter.Type is { IsRefLikeType: true } or IPointerTypeSymbol or IFunctionPointerTypeSymbol ? null
        : new CalleePart(SignatureReader.EscapedName(parameter), SignatureReader.FullName(parameter.Type), null) { IsReference = parameter.Type.IsReferenceType };

    /// <summary>Why generated code cannot make such a value of its members alone; null if it can.</summary>
    public static string? ReasonNotMade(ITypeSymbol type, CalleePart part) => part.Type is not null ? null
        : part.Making != CalleeMaking.None ? part.Members.Items.Select(m => ReasonNotMade(TypeOf(Member(type, m)), m)).FirstOrDefault(r => r is not null)
        : Unknown(type, part) is { } unknown ? $"'{type.Name}.{unknown.Name}' is of a type that GradGen does not know"
        : $"'{type.Name}' is neither a record nor has it a constructor without parameters and members that can be set";

    private static CalleePart LeafOf(ParameterModel leaf) => new(leaf.Name, leaf.TypeName, leaf.Type)
    {
        IsDifferentiated = leaf.IsDifferentiated,
        ElementTypeName = leaf.ElementTypeName,
    };

    private CalleePart Convert(PartModel part, ITypeSymbol type, ImmutableArray<ParameterModel> leaves)
    {
        if (part.Making == Making.Leaf)
        {
            return LeafOf(leaves[part.Leaf] with { Name = part.Name });
        }

        var known = new CalleePart(part.Name, part.TypeName, null) { IsReference = part.IsReference, IsFixed = type is { IsReferenceType: true, IsRecord: false } };
        known = known with { Members = new(part.Members.Items.Select(m => Convert(m, TypeOf(Member(type, m.Name)), leaves))) };
        if (type.IsTupleType)
        {
            return known with { Making = known.Members.Count > 1 && Unknown(type, known) is null ? CalleeMaking.Tuple : CalleeMaking.None };
        }

        var constructor = Unknown(type, known) is null ? ConstructorOf((INamedTypeSymbol)type, known) : null;
        return constructor is null ? known : known with
        {
            Making = constructor.Value.IsEmpty ? CalleeMaking.Initializer : CalleeMaking.Constructor,
            Constructor = new(constructor.Value),
        };
    }

    /// <summary>A member that is none of the parts; null if there is none.</summary>
    private static ISymbol? Unknown(ITypeSymbol type, CalleePart part) =>
        PartReader.DataMembersOf(type).FirstOrDefault(d => !part.Members.Items.Any(m => m.Name.TrimStart('@') == NameOf(d)));

    /// <summary>The members that a constructor takes, all others being assigned: none, or those of a positional record.</summary>
    private ImmutableArray<string>? ConstructorOf(INamedTypeSymbol type, CalleePart known)
    {
        bool CanSet(CalleePart member) => Member(type, member) switch
        {
            IFieldSymbol field => !field.IsReadOnly && IsAccessible(field),
            IPropertySymbol property => property.SetMethod is { } set && IsAccessible(set),
            _ => false,
        };
        if (type.IsAbstract)
        {
            return null;
        }

        if (known.Members.Items.All(CanSet) && (type.IsValueType || type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && IsAccessible(c))))
        {
            return [];
        }

        foreach (var constructor in type.InstanceConstructors.Where(c => type.IsRecord && !c.Parameters.IsEmpty && IsAccessible(c)))
        {
            var members = constructor.Parameters
                .Select(p => known.Members.Items.FirstOrDefault(m => m.Name.TrimStart('@') == p.Name && SymbolEqualityComparer.Default.Equals(TypeOf(Member(type, m)), p.Type)))
                .ToList();
            if (members.All(m => m is not null) && IsPositional(constructor) && known.Members.Items.Where(m => !members.Contains(m)).All(CanSet))
            {
                return [.. members.Select(m => m!.Name)];
            }
        }

        return null;
    }

    /// <summary>Whether a record is deconstructed into what the constructor takes: then that is what it assigns.</summary>
    private static bool IsPositional(IMethodSymbol constructor) => constructor.ContainingType.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(
        d => d.Parameters.Length == constructor.Parameters.Length && d.Parameters.Zip(constructor.Parameters, (a, b) => a.Name == b.Name).All(same => same));

    private bool IsAccessible(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, within);

    private static ISymbol Member(ITypeSymbol type, CalleePart member) => Member(type, member.Name);

    private static ISymbol Member(ITypeSymbol type, string name) =>
        PartReader.DataMembersOf(type).Last(m => NameOf(m) == name.TrimStart('@'));

    private static string NameOf(ISymbol member) =>
        member is IFieldSymbol { CorrespondingTupleField: { } element } ? element.Name : member.Name;

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
}
