using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Records, structs and objects: those of the parameters, and those that the method makes.</summary>
internal sealed partial class MethodReader
{
    private Value Input(ParameterModel leaf)
    {
        var value = _builder.Parameter(leaf.Type, leaf.Name.TrimStart('@'));
        _ = _parameters.Add(value);
        if (leaf.IsDifferentiated)
        {
            _active.Add(value);
        }

        return value;
    }

    /// <summary>A parameter as the method sees it: a leaf's value, or a bundle of them.</summary>
    private static Value ValueOf(PartModel part, ITypeSymbol type, IReadOnlyList<Value> leaves)
    {
        if (part.Making == Making.Leaf)
        {
            return leaves[part.Leaf];
        }

        var members = PartReader.DataMembersOf(type).ToLookup(NameOf);
        return new Bundle(type, [.. part.Members.Select(m => m.Name.TrimStart('@')).Zip(part.Members, (name, member) =>
            (name, ValueOf(member, TypeOfMember(members[name].Last()), leaves)))]);
    }

    private static ITypeSymbol TypeOfMember(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    /// <summary>model with { W1 = … }.</summary>
    private Value? ReadWith(IWithOperation with)
    {
        var value = ReadExpression(with.Operand);
        if (value is not null && NumericsTypes.Of(with.Type) is { } numerics)
        {
            return ReadInitializer(with.Initializer, numerics, value);
        }

        if (value is not Bundle { Members.IsEmpty: false } bundle)
        {
            return value is null ? Fail() : Refuse(with, $"'{Shorten(with.Syntax.ToString())}'");
        }

        return with.Initializer is null ? bundle : Initialized(bundle, with.Initializer);
    }

    /// <summary>An object with what its initializer, { W1 = …, B1 = … }, assigns.</summary>
    private Value? Initialized(Bundle made, IObjectOrCollectionInitializerOperation initializer)
    {
        foreach (var assignment in initializer.Initializers)
        {
            if (assignment is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var member } target } simple
                || !PartReader.IsData(member))
            {
                return assignment is IInvalidOperation ? Fail() : Refuse(assignment, $"'{Shorten(assignment.Syntax.ToString())}'");
            }

            var value = ReadExpression(simple.Value);
            if (value is not null && TypeOf(target.Type) is { } type)
            {
                value = ConvertTo(value, type, simple);
            }

            if (value is null)
            {
                return Fail();
            }

            made = Holding((Bundle)Current(made), NameOf(member), value);
        }

        return made;
    }

    /// <summary>Objects that are only handed on are not kept: a parameter's are not, either.</summary>
    private static Bundle Holding(Bundle bundle, string name, Value value) =>
        value is Bundle { Members.IsEmpty: true } ? bundle : bundle.With(name, value);

    /// <summary>new Layer(w, b) { Scale = s }: initializers, then the constructor's body, then the object initializer.</summary>
    private Value? ReadObject(IObjectCreationOperation creation, INamedTypeSymbol type)
    {
        var constructor = creation.Constructor!;
        var declaration = constructor.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation);
        if (!constructor.Parameters.All(p => p.RefKind is RefKind.None or RefKind.In) || declaration is ConstructorDeclarationSyntax { Initializer.ArgumentList.Arguments.Count: > 0 } or ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.Text: "this" }
            || type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }
            || (type.DeclaringSyntaxReferences.IsEmpty && !type.IsTupleType))
        {
            return Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', whose constructor cannot be read,");
        }

        var frame = new Frame(constructor, _frame, creation);
        BindTypeArguments(frame, constructor);
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter is not { } parameter || argument.ArgumentKind == ArgumentKind.ParamArray || ReadExpression(argument.Value) is not { } value)
            {
                return Fail();
            }

            arguments.Add(new Argument(parameter, value, null, null));
        }

        foreach (var argument in arguments)
        {
            frame.Variables[argument.Parameter.OriginalDefinition] = Current(argument.Value!);
        }

        if (MembersAtFirst(frame, type, declaration is TypeDeclarationSyntax) is not { } made)
        {
            return Fail();
        }

        if (declaration is ConstructorDeclarationSyntax && SourceOf(constructor) is { } body)
        {
            Value? constructed = null;
            _ = ReadInPlace(creation, constructor, body, null, made, arguments.ToImmutable(), value => constructed = value);
            if (constructed is not Bundle whole)
            {
                return Fail();
            }

            made = whole;
        }

        if ((creation.Initializer is null ? made : Initialized(made, creation.Initializer)) is not Bundle initialized)
        {
            return Fail();
        }

        // In the order of a parameter's members, whichever was assigned first.
        var order = PartReader.DataMembersOf(type).Select(NameOf).ToList();
        return new Bundle(_frame.Resolve(type), [.. initialized.Members.OrderBy(m => order.IndexOf(m.Name))]);
    }

    /// <summary>What the members hold before the constructor's body runs.</summary>
    private Bundle? MembersAtFirst(Frame frame, INamedTypeSymbol type, bool isPrimary)
    {
        var made = new Bundle(type, []);
        var caller = _frame;
        _frame = frame;
        try
        {
            foreach (var member in PartReader.DataMembersOf(type.OriginalDefinition))
            {
                var positional = isPrimary && type.IsRecord ? frame.Method.OriginalDefinition.Parameters.FirstOrDefault(
                    p => p.Name == member.Name && member.Locations.Any(l => p.Locations.Contains(l))) : null;
                var initializer = positional is null ? InitializerOf(member) : null;
                if (initializer is { ConstantValue: { HasValue: true, Value: null } })
                {
                    initializer = null; // null!: a promise to assign the member before it is read.
                }

                var value = positional is not null ? (frame.Variables.TryGetValue(positional, out var given) ? given : null)
                    : initializer is not null ? ReadExpression(initializer)
                    : TypeOf(TypeOfMember(member)) is { IsScalar: true } scalar ? _builder.Literal(scalar.Scalar, 0)
                    : NumericsTypes.Of(TypeOfMember(member)) is { } numerics ? Zeros(numerics)
                    : null;
                if (value is null && (positional is not null || initializer is not null))
                {
                    return null;
                }

                if (value is not null && TypeOf(TypeOfMember(member)) is { } known && initializer is not null)
                {
                    value = ConvertTo(value, known, initializer);
                }

                made = value is null ? made : Holding(made, member.Name, value);
            }

            // A class sees the parameters of its primary constructor in all its members.
            return !isPrimary || type.IsRecord ? made : frame.Method.OriginalDefinition.Parameters.Aggregate(
                made, (all, p) => frame.Variables.TryGetValue(p, out var value) && value is not null ? Holding(all, Captured(p), value) : all);
        }
        finally
        {
            _frame = caller;
        }
    }

    private static string Captured(IParameterSymbol parameter) => "<" + parameter.Name + ">";
}
