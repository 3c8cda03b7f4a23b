using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Tuples and members: what has parts is kept as its parts.</summary>
internal sealed partial class MethodReader
{
    private Value? ReadTuple(ITupleOperation tuple)
    {
        ImmutableArray<Value?> items = [.. tuple.Elements.Select(ReadExpression)];
        return items.Any(i => i is null) ? Fail() : Bundle.Tuple(tuple.Type ?? tuple.NaturalType, items.Select(i => Current(i!)));
    }

    /// <summary>(a, b) = …, var (a, b) = …: the right side is read before the first assignment.</summary>
    private Value? ReadDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        List<IOperation> elements = _frame.Arms > 0 || !IsStatement(deconstruction) ? [] : [.. ElementsIn(deconstruction.Target)];
        foreach (var element in elements)
        {
            if (PlaceOf(element) is not { } place)
            {
                return Fail();
            }

            _places[element] = place;
        }

        // C# finds the places of entries first; found later they must be the same.
        var entries = Single(deconstruction.Target).Where(t => OwnerOf(t) is not null && !elements.Contains(t)).ToList();
        if (entries.FirstOrDefault(e => IsPlaceChanged(e, deconstruction)) is { } changed)
        {
            return Refuse(changed, $"'{Shorten(changed.Syntax.ToString())}', whose index changes in the same assignment,");
        }

        var value = ReadExpression(deconstruction.Value);
        AssignTo(deconstruction.Target, value, deconstruction);
        elements.ForEach(e => _places.Remove(e));
        return value;
    }

    private IEnumerable<IOperation> ElementsIn(IOperation target) =>
        target is ITupleOperation tuple ? tuple.Elements.SelectMany(ElementsIn) : IsElement(target) ? [target] : [];

    /// <summary>Whether an assignment changes, or may change, what the indices of one of its targets say.</summary>
    private bool IsPlaceChanged(IOperation entry, IOperation assignment)
    {
        var indices = entry.ChildOperations.Skip(1).SelectMany(i => i.DescendantsAndSelf()).ToList();
        return indices.Any(o => o is IInvocationOperation or IAssignmentOperation or IIncrementOrDecrementOperation
            || (VariableOf(o) is { } variable && IsChanged(o, variable, assignment)));
    }

    /// <summary>Assigns to a local, a discard, a declaration, a member of a struct, or each element of a tuple of such.</summary>
    private void AssignTo(IOperation target, Value? value, IOperation site)
    {
        switch (target)
        {
            case IDiscardOperation:
                break;
            case IDeclarationExpressionOperation declaration:
                AssignTo(declaration.Expression, value, site);
                break;
            case ITupleOperation tuple:
                var parts = value is null ? null : PartsOf(value, tuple.Elements.Length, site);
                for (var i = 0; i < tuple.Elements.Length; i++)
                {
                    AssignTo(tuple.Elements[i], parts?[i], site);
                }

                break;
            case IInvalidOperation:
                Fail();
                break;
            case var _ when _places.TryGetValue(target, out var place):
                if (value is not null && ConvertTo(value, TypeOf(target.Type)!.Value, site) is { } converted)
                {
                    _ = WriteElement(place, converted, target);
                }

                break;
            default:
                if (site is IDeconstructionAssignmentOperation && _frame.Arms == 0 && OwnerOf(target) is not null && !IsPartOfStruct(target) && site.Parent is IExpressionStatementOperation)
                {
                    _ = WriteEntry(target, _ => value);
                }
                else if (ReadTarget(target) is { } assign)
                {
                    assign(value is not (null or ReaderValue) && TypeOf(target.Type) is { } type ? ConvertTo(value, type, site) : value);
                }

                break;
        }
    }

    /// <summary>What a value is deconstructed into: a tuple's elements, a positional record's members; null if that is not known.</summary>
    private ImmutableArray<Value>? PartsOf(Value value, int count, IOperation site)
    {
        if (value is Bundle { CSharpType: INamedTypeSymbol type } bundle)
        {
            if (type.IsTupleType && bundle.Members.Length == count)
            {
                return [.. bundle.Members.Select(m => m.Value)];
            }

            var method = type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(
                m => !m.IsStatic && m.Parameters.Length == count && m.Parameters.All(p => p.RefKind == RefKind.Out));
            if (method is { IsImplicitlyDeclared: true } && method.Parameters.All(p => bundle.Find(p.Name) is not null))
            {
                return [.. method.Parameters.Select(p => bundle.Find(p.Name)!)];
            }

            if (method is not null && SourceOf(method) is { } body)
            {
                var locals = new Value?[count];
                _ = ReadInPlace(site, method, body, null, bundle, [.. method.Parameters.Select((p, i) => new Argument(p, null, null, v => locals[i] = v))]);
                return locals.Any(l => l is null) ? null : [.. locals.Select(l => l!)];
            }
        }

        Refuse(site, $"deconstructing {(value as ReaderValue)?.Description ?? "this value"}");
        return null;
    }

    /// <summary>t.Item1, model.W1, and properties that are computed, which are read in place.</summary>
    private Value? ReadMember(IMemberReferenceOperation reference)
    {
        var member = reference.Member;
        var what = (reference is IPropertyReferenceOperation ? "the property" : "the field") + $" '{member.Name}'";
        if (reference.Instance is null)
        {
            return reference is IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } shared } } && SourceOf(shared) is { } source
                ? ReadInPlace(reference, shared, source, null, null, [])
                : Refuse(reference, what);
        }

        if (TypeOf(reference.Instance.Type) is not null || reference is IPropertyReferenceOperation { Property.IsIndexer: true } or IEventReferenceOperation)
        {
            return Refuse(reference, what);
        }

        var owner = ReadExpression(reference.Instance);
        if (owner is not Bundle bundle)
        {
            return owner is null ? Fail() : Refuse(reference, what);
        }

        if (bundle.Find(NameOf(member)) is { } value)
        {
            return value;
        }

        if (bundle == _receiver && PartReader.IsData(member))
        {
            return ReadInput(reference, what);
        }

        if (reference is IPropertyReferenceOperation { Property.GetMethod: { } getter })
        {
            if (TargetOf(getter, reference.Instance) is not { } target)
            {
                return ReportUnknownTarget(reference, getter);
            }

            if (SourceOf(target) is { } body)
            {
                return ReadInPlace(reference, target, body, null, bundle, []);
            }
        }

        // A text, a list: it can be handed on.
        return PartReader.IsData(member) && reference.Type is { } type && TypeOf(type) is null && !PartReader.HasParts(type)
            ? new Bundle(type, []) { Source = bundle.Source is { } from ? from + "." + SignatureReader.EscapedName(member) : null }
            : Refuse(reference, what);
    }

    private static string NameOf(ISymbol member) =>
        member is IFieldSymbol { CorrespondingTupleField: { } element } ? element.Name : member.Name;

    /// <summary>
    /// What assigns to a member of a local or a parameter that is a struct, however deep: the variable holds another
    /// value then, and no other changes. An object's member is seen through all its names.
    /// </summary>
    private Func<Value?, Value?>? MemberTarget(IMemberReferenceOperation target) =>
        RootOf(target) switch
        {
            null => null,
            ITypeSymbol key when !(_frame.Variables.TryGetValue(key, out var receiver) && receiver is Bundle && receiver != _receiver && _frame.MayWriteReceiver) => null,
            var root => value => AssignMember(target, root, value),
        };

    private Value? AssignMember(IMemberReferenceOperation target, ISymbol root, Value? value)
    {
        if (value is not null && TypeOf(target.Type) is { } type)
        {
            value = ConvertTo(value, type, target);
        }

        var owner = OwnerOfMember(target.Instance!);
        if (value is null || owner is not Bundle bundle)
        {
            _frame.Variables[root] = null;
            return Fail();
        }

        if (bundle.Find(NameOf(target.Member)) is null && !PartReader.IsData(target.Member))
        {
            Report(Descriptors.NotSupported, target, $"assigning to '{target.Syntax}', which runs the property's own code, is not supported in a differentiable method");
            return null;
        }

        var after = bundle.With(NameOf(target.Member), value);
        if (target.Instance is IMemberReferenceOperation outer)
        {
            AssignMember(outer, root, after);
        }
        else
        {
            Assign(root, after);
        }

        return value;
    }

    /// <summary>What a member is assigned of; without members yet where they are assigned one by one.</summary>
    private Value? OwnerOfMember(IOperation owner) => owner switch
    {
        ILocalReferenceOperation { Local: var local } when !_frame.Variables.ContainsKey(local) => Unassigned(local.Type),
        IMemberReferenceOperation { Instance: { } outer } member => OwnerOfMember(outer) is not Bundle bundle ? Fail()
            : bundle.Find(NameOf(member.Member)) ?? Unassigned(member.Type),
        _ => ReadExpression(owner),
    };

    /// <summary>A struct whose members are to be assigned.</summary>
    private Value Unassigned(ITypeSymbol? type) => NumericsTypes.Of(type) is { } numerics ? Zeros(numerics) : new Bundle(type, []);

    /// <summary>The variable that assigning to a member of a struct changes: its local, its parameter, or the type for 'this'.</summary>
    private static ISymbol? RootOf(IOperation target)
    {
        target = HolderOf(target);
        if (VariableOf(target) is { } own)
        {
            return Assignable(own);
        }

        while (target is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false })
        {
            if (((IMemberReferenceOperation)target).Instance is not { } instance || (instance is not IInstanceReferenceOperation && instance.Type is not { IsValueType: true }))
            {
                return null;
            }

            if (VariableOf(instance) is { } variable)
            {
                return Assignable(variable);
            }

            if (instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { } type })
            {
                return type.OriginalDefinition;
            }

            target = instance;
        }

        return null;
    }

    private static ISymbol? Assignable(ISymbol variable) =>
        variable is IParameterSymbol { RefKind: not (RefKind.None or RefKind.Out or RefKind.Ref) } ? null : variable;

    /// <summary>A tuple or an object in another type: element by element, or as another name of the same.</summary>
    private Value? ConvertWhole(ReaderValue value, ITypeSymbol? type, CommonConversion conversion, IOperation operation)
    {
        if (value is Bundle { CSharpType: { IsTupleType: true } } bundle && type is INamedTypeSymbol { IsTupleType: true } tuple
            && tuple.TupleElements.Length == bundle.Members.Length)
        {
            ImmutableArray<Value?> items =
            [
                .. bundle.Members.Zip(tuple.TupleElements, (m, e) => m.Value is ReaderValue inner
                    ? ConvertWhole(inner, e.Type, conversion, operation)
                    : TypeOf(e.Type) is { } to ? ConvertTo(m.Value, to, operation) : Refuse(operation, $"the conversion to '{e.Type.ToDisplayString()}'")),
            ];
            return items.Any(i => i is null) ? Fail() : Bundle.Tuple(type, items.Select(i => i!));
        }

        if (PartIn(value) is not null && IsArray(type))
        {
            return value;
        }

        return conversion.IsIdentity || (conversion.IsReference && conversion.IsImplicit)
            || (value is Bundle { CSharpType: { } own } && SymbolEqualityComparer.Default.Equals(own, type)) ? value
            : type?.TypeKind == TypeKind.Error ? Fail()
            : Refuse(operation, $"the conversion to '{type?.ToDisplayString()}'");
    }

    /// <summary>Names values after the variable that holds them, those of a bundle after its members.</summary>
    private void NameAfter(string name, Value value)
    {
        if (value is Bundle { Form: not BundleForm.Whole } shown)
        {
            foreach (var (member, part) in shown.Members)
            {
                NameAfter(part.Type.IsArray ? name : name + Notation.Pascal(member), part);
            }
        }
        else if (value is Bundle bundle)
        {
            var elements = bundle.CSharpType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements : [];
            for (var i = 0; i < bundle.Members.Length; i++)
            {
                var (member, part) = bundle.Members[i];
                NameAfter(
                    bundle.CSharpType is { IsTupleType: false } ? PartReader.Camel(member)
                    : i < elements.Length && elements[i].IsExplicitlyNamedTupleElement ? elements[i].Name
                    : name + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), part);
            }
        }
        else if (value is not ReaderValue && ConstantOf(value) is null)
        {
            Builder.Name(value, name);
        }
    }

    /// <summary>A value for what C# sees to it that it is not read; null where there is none.</summary>
    private Value? ZeroOf(ITypeSymbol type, int depth = 0)
    {
        if (TypeOf(type) is { } known)
        {
            var zero = _builder.Literal(known.Scalar, 0);
            return known.IsArray ? Add(Arrays.New, [_builder.Literal(ScalarType.Int32, 0)], Arrays.AttributesOf(known.Element))
                : known.Shape.IsScalar ? zero : Add(Constants.Fill, [zero], Attributes.Of(known.Shape.Rows, known.Shape.Columns));
        }

        type = _frame.Resolve(type);
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            ImmutableArray<Value?> items = [.. tuple.TupleElements.Select(e => ZeroOf(e.Type))];
            return items.Any(i => i is null) ? null : Bundle.Tuple(tuple, items.Select(i => i!));
        }

        if (!PartReader.HasParts(type) || depth == MaximalNesting)
        {
            return null;
        }

        // What is no number and holds none is only handed on, and not kept.
        ImmutableArray<(string Name, Value? Value)> members =
        [
            .. PartReader.DataMembersOf(type).Select(m => (Name: NameOf(m), Type: TypeOfMember(m)))
                .Where(m => TypeOf(m.Type) is not null || PartReader.HasParts(m.Type)).Select(m => (m.Name, ZeroOf(m.Type, depth + 1))),
        ];
        return members.Any(m => m.Value is null) ? null : new Bundle(type, [.. members.Select(m => (m.Name, m.Value!))]);
    }
}
