using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>'this', and what its methods read of it.</summary>
internal sealed partial class MethodReader
{
    private readonly PartReader _parts;

    /// <summary>'this' of the user's own method: its members become inputs when they are read.</summary>
    private readonly Bundle _receiver;

    /// <summary>The function's parameters in the order in which they were found: the method's own, then members.</summary>
    private readonly List<Value> _leaves = [];

    private readonly Dictionary<ISymbol, (DeclaredModel Model, Value Value)> _members = new(SymbolEqualityComparer.Default);

    /// <summary>A field or property of the user's own object, which is an input from here on.</summary>
    private Value? ReadInput(IMemberReferenceOperation reference, string what) => ReadInput(reference.Member, reference, what);

    private Value? ReadInput(ISymbol member, IOperation reference, string what)
    {
        if (_members.TryGetValue(member.OriginalDefinition, out var known))
        {
            return known.Value;
        }

        if (!_compilation.IsSymbolAccessibleWithin(member, _receiver.CSharpType!))
        {
            return Refuse(reference, $"{what}, which '{_receiver.CSharpType!.Name}' cannot reach,");
        }

        return AddInput(member, TypeOfMember(member), "this." + SignatureReader.EscapedName(member), reference, what);
    }

    /// <summary>What generated code reads by a path of the user's own object.</summary>
    private Value? AddInput(ISymbol member, ITypeSymbol type, string path, IOperation reference, string what)
    {
        var name = SignatureReader.EscapedName(member);
        var isDifferentiated = !PartReader.IsMarked(member);
        var part = TypeOf(type) is not null
            ? _parts.Add(PartReader.LeafOf(type, name, isDifferentiated) with { Path = path }, isMember: true)
            : _parts.Read(type, name, path, isDifferentiated);
        if (part is null)
        {
            return _parts.Error is { } error ? Refuse(reference, $"{what}, of which there is no gradient: {error}; it")
                : PartReader.HasParts(type) || RuntimeSymbols.IsMatrixOrVector(type) ? Refuse(reference, what)
                : new Bundle(type, []) { Source = path }; // A text, a list: it can be handed on.
        }

        _leaves.AddRange(_parts.Leaves.Skip(_leaves.Count).Select(Input));
        var value = ValueOf(part, type, _leaves, path);
        _members[member.OriginalDefinition] = (new DeclaredModel(name, type.ToDisplayString(SignatureReader.TypeFormat), "", true, part) { IsCaptured = member is IParameterSymbol }, value);
        return value;
    }

    /// <summary>What was read of 'this', in the order of the declarations.</summary>
    private ImmutableArray<DeclaredModel> MembersRead()
    {
        var order = _receiver.CSharpType is { } type ? PartReader.DataMembersOf(type).Select(m => m.OriginalDefinition).ToList() : [];
        return
        [
            .. _members.OrderBy(m => order.FindIndex(o => SymbolEqualityComparer.Default.Equals(o, m.Key)))
                .ThenBy(m => (m.Key as IParameterSymbol)?.Ordinal ?? 0).Select(m => m.Value.Model),
        ];
    }

    /// <summary>The function, the members of 'this' being its first parameters.</summary>
    private Function Build(string name, ImmutableArray<Value> results)
    {
        foreach (var (leaf, value) in _parts.Leaves.Zip(_leaves, (leaf, value) => (leaf, value)))
        {
            value.Name = leaf.Name.TrimStart('@');
        }

        var function = _builder.Build(name, results);
        ImmutableArray<Value> members = [.. MembersRead().SelectMany(m => m.Part.Leaves).Select(l => _leaves[l])];
        return members.IsEmpty ? function : new Function(
            name, new Block([.. members, .. _leaves.Where(l => !members.Contains(l))], function.Body.Instructions, function.Results));
    }

    private Value? ReadThis(IInstanceReferenceOperation instance) => instance.Type is { } type
        && _frame.Variables.TryGetValue(type.OriginalDefinition, out var receiver) ? receiver ?? Fail()
        : ReceiverAs(instance.Type) ?? Refuse(instance, "'this'");

    /// <summary>A method of a base type speaks of 'this' as of the base type, whichever it was called on.</summary>
    private Value? ReceiverAs(ITypeSymbol? type) => type is null ? null : _frame.Variables.FirstOrDefault(
        v => v.Key is INamedTypeSymbol && v.Value is Bundle { CSharpType: { } own } && IsOrDerives(own, type)).Value;

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (var above = type; above is not null; above = above.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(above.OriginalDefinition, from.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A parameter of the primary constructor, which a class keeps like a field.</summary>
    private Value? ReadCaptured(IParameterSymbol parameter, IOperation use)
    {
        var what = $"the constructor's parameter '{parameter.Name}'";
        if (ReceiverAs(parameter.ContainingType) is not Bundle bundle)
        {
            return Refuse(use, what);
        }

        if (bundle != _receiver)
        {
            return bundle.Find(Captured(parameter)) ?? Refuse(use, what + ", which is no field: keep it in one; it");
        }

        if (_members.TryGetValue(parameter.OriginalDefinition, out var known))
        {
            return known.Value;
        }

        return !SymbolEqualityComparer.Default.Equals(parameter.ContainingType.OriginalDefinition, _receiver.CSharpType!.OriginalDefinition)
            ? Refuse(use, what + $" of '{parameter.ContainingType.Name}', which '{_receiver.CSharpType.Name}' cannot reach,")
            : Own.Method.Parameters.Any(p => p.Name == parameter.Name)
            ? Refuse(use, what + $", whose name '{Own.Method.Name}' has a parameter of,")
            : parameter.RefKind != RefKind.None ? Refuse(use, what + ", which is passed by reference,")
            : AddInput(parameter.OriginalDefinition, parameter.Type, SignatureReader.EscapedName(parameter), use, what);
    }

    /// <summary>The frame of the user's own method.</summary>
    private Frame Own
    {
        get
        {
            var frame = _frame;
            while (frame.Caller is { } caller)
            {
                frame = caller;
            }

            return frame;
        }
    }
}
