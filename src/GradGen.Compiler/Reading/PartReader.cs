using System.Collections.Immutable;
using GradGen.Compiler.Explanation;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Takes the types of parameters apart: down to matrices, vectors and numbers, which become the function's parameters;
/// and finds how generated code can make such a value again.
/// </summary>
/// <param name="compilation">For what generated code can reach.</param>
/// <param name="within">The type that it stands in.</param>
internal sealed class PartReader(Compilation compilation, INamedTypeSymbol within)
{
    /// <summary>Records in records: deeper is a type that contains itself, in ever new forms.</summary>
    private const int MaximalDepth = 12;

    /// <summary>More are no model that people declare member by member.</summary>
    private const int MaximalLeaves = 512;

    private readonly List<(ParameterModel Leaf, string[] Names)> _leaves = [];
    private readonly HashSet<string> _declared = [];

    /// <summary>Why the last type that was read cannot be differentiated; null if it can.</summary>
    public string? Error { get; private set; }

    /// <summary>
    /// The function's parameters. One of a record is called after its member, with as much before that as tells it
    /// apart: w1, or layer1W1 and layer2W1.
    /// </summary>
    public ImmutableArray<ParameterModel> Leaves
    {
        get
        {
            string NameOf(string[] names, int count) =>
                Camel(string.Join("_", names.Skip(names.Length - count)));
            var leaves = ImmutableArray.CreateBuilder<ParameterModel>();
            foreach (var (leaf, names) in _leaves)
            {
                var count = names.Length == 0 ? 0 : Enumerable.Range(1, names.Length).FirstOrDefault(c =>
                    !_declared.Contains(NameOf(names, c))
                    && _leaves.Count(l => l.Names.Length > 0 && NameOf(l.Names, Math.Min(c, l.Names.Length)) == NameOf(names, c)) == 1);
                leaves.Add(names.Length == 0 ? leaf : leaf with { Name = Free(leaves, NameOf(names, count == 0 ? names.Length : count)) });
            }

            return leaves.ToImmutable();
        }
    }

    /// <summary>A parameter or member of a type that is a leaf by itself.</summary>
    public PartModel Add(ParameterModel leaf, bool isMember = false)
    {
        if (!isMember)
        {
            _declared.Add(leaf.Name.TrimStart('@'));
        }

        _leaves.Add((leaf, isMember ? [leaf.Name.TrimStart('@')] : []));
        return PartModel.Of(leaf, _leaves.Count - 1);
    }

    /// <summary>A parameter of the function, of a type that is no record.</summary>
    public static ParameterModel LeafOf(ITypeSymbol type, string name, bool isDifferentiated)
    {
        var (kind, known) = SignatureReader.KindOfKnown(type);
        return new ParameterModel(name, type.ToDisplayString(SignatureReader.TypeFormat), kind, known, isDifferentiated && known.IsFloating)
        {
            ElementTypeName = kind == ParameterKind.Array ? RuntimeSymbols.ElementOf(type)!.ToDisplayString(SignatureReader.TypeFormat) : "",
            IsSpan = kind == ParameterKind.Array && type is INamedTypeSymbol,
            Cast = RuntimeSymbols.IsEnum(type) ? "(int)" : "",
        };
    }

    public string GradientTypeOf(PartModel leaf) => _leaves[leaf.Leaf].Leaf.GradientTypeName;

    /// <summary>A parameter, or a member of 'this', whose type has members; null where there is nothing in it to read.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name of the parameter or member, escaped.</param>
    /// <param name="path">How generated code reads it.</param>
    /// <param name="isDifferentiated">Whether a gradient is wanted of it.</param>
    public PartModel? Read(ITypeSymbol type, string name, string path, bool isDifferentiated)
    {
        Error = null;
        _declared.Add(name.TrimStart('@'));
        var start = _leaves.Count;
        var part = ReadPart(type, name, path, [name.TrimStart('@')], isDifferentiated, true, []);
        if (Error is not null || part is null)
        {
            _leaves.RemoveRange(start, _leaves.Count - start);
            return null;
        }

        return part;
    }

    /// <summary>Whether a type is taken apart: the user's own, and tuples.</summary>
    public static bool HasParts(ITypeSymbol type) => type is INamedTypeSymbol { IsRefLikeType: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct } named
        && (named.IsTupleType || (named.SpecialType == SpecialType.None && !RuntimeSymbols.IsMatrixOrVector(named) && !IsOfFramework(named)));

    /// <summary>The fields and automatic properties that make up a value, in the order of the text.</summary>
    public static ImmutableArray<ISymbol> DataMembersOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            return [.. tuple.TupleElements];
        }

        var types = new Stack<ITypeSymbol>();
        for (var above = type; above is { SpecialType: SpecialType.None }; above = above.BaseType)
        {
            types.Push(above);
        }

        return [.. types.SelectMany(t => t.GetMembers().Where(IsData).OrderBy(m => m.Locations.FirstOrDefault()?.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(m => m.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0))];
    }

    /// <summary>W1 → w1, _hidden → hidden.</summary>
    public static string Camel(string name)
    {
        var pascal = Notation.Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

    /// <summary>Whether a member holds what is assigned to it: a field, or a property without code of its own.</summary>
    public static bool IsData(ISymbol member) => !member.IsStatic && member switch
    {
        IFieldSymbol field => !field.IsImplicitlyDeclared && field.CanBeReferencedByName, // A referenced struct shows the fields behind its properties.
        IPropertySymbol { IsIndexer: true } => false,
        IPropertySymbol { DeclaringSyntaxReferences.IsEmpty: true, IsImplicitlyDeclared: false } property => property is { GetMethod: not null, SetMethod: not null },
        IPropertySymbol property => property.OriginalDefinition.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property.OriginalDefinition)),
        _ => false,
    };

    /// <summary>[NoDerivative] on a member, or on the parameter of a positional record that it is made of.</summary>
    public static bool IsMarked(ISymbol member) => RuntimeSymbols.HasAttribute(member, "NoDerivativeAttribute")
        || (member is IPropertySymbol && member.ContainingType is { IsRecord: true } record && record.InstanceConstructors.Any(c => c.Parameters.Any(
            p => p.Name == member.Name && p.Locations.Any(l => member.Locations.Contains(l)) && RuntimeSymbols.HasAttribute(p, "NoDerivativeAttribute"))));

    private PartModel? ReadPart(
        ITypeSymbol type, string name, string path, string[] names, bool isDifferentiated, bool isSettable, ImmutableStack<ITypeSymbol> around)
    {
        if (!HasParts(type) || Error is not null)
        {
            return null;
        }

        if (around.Contains(type, SymbolEqualityComparer.Default) || around.Count() == MaximalDepth || _leaves.Count > MaximalLeaves)
        {
            Error = _leaves.Count > MaximalLeaves ? $"it holds more than {MaximalLeaves} matrices and numbers"
                : $"'{type.Name}' contains itself, through '{name}': mark that member [NoDerivative]";
            return null;
        }

        around = around.Push(type);
        var members = ImmutableArray.CreateBuilder<PartModel>();
        var carriedOver = ImmutableArray.CreateBuilder<string>();
        var making = type is { IsValueType: true } or { IsRecord: true } ? Making.With : Making.New;
        foreach (var member in DataMembersOf(type))
        {
            var memberType = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
            var element = (member as IFieldSymbol)?.CorrespondingTupleField;
            var memberName = SignatureReader.EscapedName(element ?? member);
            var wants = isDifferentiated && !IsMarked(member);
            string[] memberNames = element is null || !SymbolEqualityComparer.Default.Equals(element, member) || !member.Name.StartsWith("Item", StringComparison.Ordinal)
                ? [.. names, member.Name]
                : [.. names.Take(names.Length - 1), names[names.Length - 1] + member.Name.Substring(4)];
            var part = !CanRead(member) && !wants ? null : ReadMember(member, memberType, memberName, path, memberNames, wants, around);
            if (Error is not null)
            {
                return null;
            }

            if (part is { IsDifferentiated: true } && (!CanRead(member) || !CanSet(member)))
            {
                Error = $"'{type.Name}.{member.Name}' cannot be {(CanRead(member) ? "set" : "reached")} by generated code, which makes a '{type.Name}' of its gradient: "
                    + (CanRead(member) ? "give it an 'init' accessor" : "make it accessible") + ", or mark it [NoDerivative]";
                return null;
            }

            if (part is not null)
            {
                members.Add(part);
            }

            if (part is not { IsDifferentiated: true } && making == Making.New && CanRead(member) && CanSet(member))
            {
                carriedOver.Add(memberName);
            }
        }

        var hasGradient = members.Any(m => m.IsDifferentiated);
        if (hasGradient && making == Making.New && !CanMake((INamedTypeSymbol)type))
        {
            Error = $"'{type.Name}' has no constructor without parameters that generated code can call to make its gradient: add one, or make it a record";
            return null;
        }

        return members.Count == 0 ? null : new PartModel(name, type.ToDisplayString(SignatureReader.TypeFormat), making, -1, hasGradient, type.IsReferenceType, isSettable)
        {
            Members = new(members.ToImmutable()),
            CarriedOver = new(carriedOver.ToImmutable()),
        };
    }

    private PartModel? ReadMember(
        ISymbol member, ITypeSymbol type, string name, string path, string[] names, bool wants, ImmutableStack<ITypeSymbol> around)
    {
        path += "." + name;
        var isSettable = member is not IPropertySymbol { SetMethod.IsInitOnly: true } && CanSet(member);
        var leaf = LeafOf(type, name, wants) with { Path = path };
        if (leaf.Kind == ParameterKind.Other)
        {
            return ReadPart(type, name, path, names, wants, isSettable, around);
        }

        _leaves.Add((leaf, names));
        return PartModel.Of(leaf, _leaves.Count - 1) with { IsSettable = isSettable };
    }

    private bool CanRead(ISymbol member) => IsAccessible(member) && (member is not IPropertySymbol property || (property.GetMethod is { } get && IsAccessible(get)));

    private bool CanSet(ISymbol member) => IsAccessible(member) && member switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is { } set && IsAccessible(set),
        _ => false,
    };

    private bool CanMake(INamedTypeSymbol type) =>
        !type.IsAbstract && type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && IsAccessible(c));

    private bool IsAccessible(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, within);

    /// <summary>A type of the framework that holds numbers, such as a timer, is no record of parameters.</summary>
    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is { Name: "System" or "Microsoft" } && type.DeclaringSyntaxReferences.IsEmpty;
    }

    private string Free(IEnumerable<ParameterModel> leaves, string name)
    {
        var free = name;
        for (var number = 2; leaves.Any(l => l.Name == free) || _declared.Contains(free); number++)
        {
            free = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return free;
    }
}
