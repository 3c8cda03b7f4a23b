using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Reads the signature of a method marked [Differentiable]: what the generated members are called, where they go, and
/// which parameters are differentiated.
/// </summary>
internal sealed partial class SignatureReader
{
    private readonly IMethodSymbol _method;
    private readonly PartReader _parts;
    private readonly List<Problem> _problems = [];
    private bool _canGenerate = true;

    private SignatureReader(IMethodSymbol method, PartReader? parts) => (_method, _parts) = (method, parts!);

    /// <summary>
    /// The model without its function, or null if nothing can be generated at all; and the problems. A model with
    /// problems keeps its surface, with bodies that throw.
    /// </summary>
    public static (GradientModel? Model, ImmutableArray<Problem> Problems) Read(
        IMethodSymbol method, PartReader parts, CancellationToken cancellation)
    {
        var reader = new SignatureReader(method, parts);
        var model = reader.ReadModel(cancellation);
        return (reader._canGenerate ? model : null, [.. reader._problems]);
    }

    /// <summary>The parameters and the result of a method that nothing is generated for, whatever its types are.</summary>
    public static GradientModel ReadUnchecked(IMethodSymbol method, PartReader parts, CancellationToken cancellation) =>
        new SignatureReader(method, parts).ReadModel(cancellation);

    private GradientModel ReadModel(CancellationToken cancellation)
    {
        var types = ContainingTypes(cancellation);
        CheckMethod(cancellation);
        ImmutableArray<DeclaredModel> declared = [.. _method.Parameters.Select(ReadParameter)];
        var result = ReadResult();
        var (backward, gradient) = Names();
        if (_canGenerate)
        {
            CheckNames(backward, gradient);
        }

        var ns = _method.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(NamespaceFormat) : "";
        var parts = types.Select(t => t.Name.Replace('<', '{').Replace('>', '}')).Prepend(ns).Append(backward).Where(p => p.Length > 0);
        return new GradientModel(
            ns, new(types), EscapedName(_method), AccessibilityOf(_method.DeclaredAccessibility), Escaped(backward), Escaped(gradient),
            new(_parts.Leaves), result, null, null, HintName(parts, ".g.cs"))
        {
            Pragmas = new(Pragmas(backward, gradient)),
            Records = new(declared.Any(d => d.Part.Making != Making.Leaf) ? declared : []),
            IsInstance = !_method.IsStatic,
            IsSelfChecked = NamedArgument("SelfCheck") is not false,
        };
    }

    /// <summary>
    /// A file's name. Names that differ only in case are the same file to Roslyn, so the exact spelling follows as a number.
    /// </summary>
    public static string HintName(IEnumerable<string> parts, string ending)
    {
        var name = string.Join(".", parts.Where(p => p.Length > 0)).Replace("@", "");
        var hash = name.Aggregate(2166136261u, (h, c) => unchecked((h ^ c) * 16777619u));
        return name + "." + hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + ending;
    }

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>C# with global:: names and nullability, for generated code.</summary>
    public static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Every type around the method, outermost first; each must be partial.</summary>
    private ImmutableArray<ContainingType> ContainingTypes(CancellationToken cancellation)
    {
        var types = ContainingTypesOf(_method.ContainingType, cancellation, out var notPartial);
        if (notPartial is not null)
        {
            _canGenerate = false;
            var name = _method.ContainingType.Name + "." + _method.Name;
            _problems.Add(new Problem(
                Descriptors.MustBePartial, _method.Locations[0], name, notPartial.Name));
        }
        else if (TypesAround(_method.ContainingType).Any(t => t.TypeParameters.Any(p => p.Variance != VarianceKind.None)))
        {
            Refuse(_method.Locations[0], $"'{_method.Name}' stands in an interface with 'in' or 'out' type parameters, in which nothing can be nested: it");
        }
        else if (TypesAround(_method.ContainingType).Any(t => t.IsFileLocal))
        {
            Refuse(_method.Locations[0], $"'{_method.Name}' stands in a file-local type, which generated code cannot reach: it");
        }

        return types;
    }

    private static IEnumerable<INamedTypeSymbol> TypesAround(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    /// <summary>The types from the outermost to <paramref name="type"/>, and the innermost that is not partial.</summary>
    public static ImmutableArray<ContainingType> ContainingTypesOf(
        INamedTypeSymbol? type, CancellationToken cancellation, out INamedTypeSymbol? notPartial)
    {
        var types = ImmutableArray.CreateBuilder<ContainingType>();
        notPartial = null;
        for (; type is not null; type = type.ContainingType)
        {
            var isPartial = type.DeclaringSyntaxReferences.Any(
                r => r.GetSyntax(cancellation) is TypeDeclarationSyntax t && t.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (!isPartial)
            {
                notPartial ??= type;
            }

            var keyword = (type.TypeKind, type.IsRecord) switch
            {
                (TypeKind.Struct, true) => "record struct",
                (TypeKind.Struct, _) => "struct",
                (TypeKind.Interface, _) => "interface",
                (_, true) => "record",
                _ => "class",
            };
            var parameters = type.TypeParameters.IsEmpty ? "" : "<" + string.Join(", ", type.TypeParameters.Select(EscapedName)) + ">";
            types.Insert(0, new ContainingType(keyword, EscapedName(type) + parameters));
        }

        return types.ToImmutable();
    }

    private void CheckMethod(CancellationToken cancellation)
    {
        var location = _method.Locations[0];
        if (!_method.IsStatic && _method.ContainingType is { TypeKind: not (TypeKind.Class or TypeKind.Struct) } or { IsRefLikeType: true })
        {
            Refuse(location, $"'{_method.Name}' is an instance method of an interface or a ref struct, which");
        }
        else if (_method.IsVirtual || (_method.IsOverride && !_method.IsSealed && !_method.ContainingType.IsSealed))
        {
            Refuse(location, $"'{_method.Name}' can be overridden, so that its gradient could be that of another method: seal it; a virtual method");
        }
        else if (_method.IsGenericMethod)
        {
            Refuse(location, $"'{_method.Name}' is generic, so that its sizes are not known: call it from a method with fixed sizes, and mark that one; a generic method");
        }
        else if (_method.IsExtern || _method.IsAbstract || (_method.IsPartialDefinition && _method.PartialImplementationPart is null))
        {
            Refuse(location, $"'{_method.Name}' has no body: a method without one");
        }

        var modifiers = _method.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<MethodDeclarationSyntax>()
            .SelectMany(m => m.Modifiers).ToList();
        if (modifiers.Find(m => m.IsKind(SyntaxKind.AsyncKeyword) || m.IsKind(SyntaxKind.UnsafeKeyword)) is { RawKind: not 0 } modifier)
        {
            _problems.Add(new Problem(
                Descriptors.CannotBeRead, modifier.GetLocation(), $"'{modifier.Text}' is not supported in a differentiable method"));
        }
    }

    private DeclaredModel ReadParameter(IParameterSymbol parameter)
    {
        var location = parameter.Locations.FirstOrDefault() ?? _method.Locations[0];
        var (kind, type) = KindOf(parameter.Type);
        if (parameter.Name.Length == 0 || _method.Parameters.Count(p => p.Name == parameter.Name) > 1 || parameter.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol)
        {
            _canGenerate = false; // Half-typed, or nothing that a generated signature can repeat.
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In))
        {
            Refuse(location, $"the '{parameter.RefKind.ToString().ToLowerInvariant()}' parameter '{parameter.Name}'");
        }

        var isMarked = RuntimeSymbols.HasAttribute(parameter, "NoDerivativeAttribute");
        var (name, typeName, modifier) = (EscapedName(parameter), parameter.Type.ToDisplayString(TypeFormat), parameter.RefKind == RefKind.In ? "in " : "");
        if (kind == ParameterKind.Other && PartReader.HasParts(parameter.Type))
        {
            var part = _parts.Read(parameter.Type, name, name, !isMarked);
            if (part is not null && (part.IsDifferentiated || isMarked))
            {
                return new DeclaredModel(name, typeName, modifier, false, part);
            }

            if (ContainsError(parameter.Type))
            {
                _canGenerate = false; // C# reports it.
            }

            _problems.Add(new Problem(
                Descriptors.TypeNotDifferentiable, location,
                $"'{TypeText(parameter.Type)} {parameter.Name}' cannot be differentiated: "
                + (_parts.Error ?? (part is null ? "it holds nothing that GradGen knows: matrices, vectors, numbers" : "it holds nothing that has a gradient: mark it [NoDerivative]"))));
        }
        else if (kind == ParameterKind.Other)
        {
            ReportType(location, parameter.Type, $"'{TypeText(parameter.Type)} {parameter.Name}'");
        }
        else if (!type.IsFloating && !isMarked)
        {
            _problems.Add(new Problem(
                Descriptors.TypeNotDifferentiable, location,
                $"'{TypeText(parameter.Type)} {parameter.Name}' is not a floating-point or matrix type: mark it [NoDerivative]"));
        }

        var leaf = _parts.Add(PartReader.LeafOf(parameter.Type, name, !isMarked && kind != ParameterKind.Other) with { Modifier = modifier });
        return new DeclaredModel(name, typeName, modifier, false, leaf) { GradientTypeName = _parts.GradientTypeOf(leaf) };
    }

    private ParameterModel ReadResult()
    {
        var (kind, type) = KindOf(_method.ReturnType);
        var location = _method.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault()
            ?.ReturnType.GetLocation() ?? _method.Locations[0];
        if (_method.IsAsync)
        {
            _canGenerate = false; // That it is async has been reported.
        }
        else if (kind == ParameterKind.Other || !type.IsFloating || (type.IsArray && !(type.Shape.IsScalar && _method.ReturnType is IArrayTypeSymbol)))
        {
            _canGenerate = false;
            ReportType(location, _method.ReturnType, $"The result of '{_method.Name}', '{TypeText(_method.ReturnType)}',");
        }
        else if (_method.ReturnsByRef || _method.ReturnsByRefReadonly)
        {
            Refuse(location, "returning by reference");
        }

        var upstream = "upstream";
        while (_method.Parameters.Any(p => p.Name == upstream))
        {
            upstream += "2"; // Their own parameter is called so.
        }

        return PartReader.LeafOf(_method.ReturnType, upstream, true) with { Kind = kind, Type = type, IsDifferentiated = true };
    }

    private (ParameterKind Kind, TensorType Type) KindOf(ITypeSymbol type)
    {
        if (RuntimeSymbols.IsMatrixOrVector(type)
            && ((INamedTypeSymbol)type).TypeArguments.Skip(1).Any(d => d is INamedTypeSymbol && !d.AllInterfaces.Any(i => i.Name == "IDimension")))
        {
            _canGenerate = false; // The type cannot be named without an error; GRAD0004 says where it is to be mended.
        }

        return KindOfKnown(type);
    }

    public static (ParameterKind Kind, TensorType Type) KindOfKnown(ITypeSymbol type) => RuntimeSymbols.TypeOf(type) switch
    {
        null => (ParameterKind.Other, default),
        { IsArray: true } known => (ParameterKind.Array, known),
        { } known when RuntimeSymbols.IsMatrix(type) => (ParameterKind.Matrix, known),
        { } known when RuntimeSymbols.IsVector(type) => (ParameterKind.Vector, known),
        { } known when NumericsTypes.Of(type) is not null => (ParameterKind.Numerics, known),
        { } known => (ParameterKind.Scalar, known),
    };

    private void ReportType(Location location, ITypeSymbol type, string what)
    {
        if (ContainsError(type))
        {
            _canGenerate = false; // C# reports it.
            return;
        }

        if (RuntimeSymbols.IsMatrixOrVector(type) && type is INamedTypeSymbol { TypeArguments: var arguments })
        {
            var dimension = arguments.Skip(1).FirstOrDefault(a => RuntimeSymbols.SizeOf(a) is null);
            if (dimension is INamedTypeSymbol)
            {
                // The dimension itself is wrong, and GRAD0004 says so there. The surface stays.
                _problems.Add(new Problem(Descriptors.InvalidDimension, location, $"the size of '{dimension.Name}' is not known") { IsReportedElsewhere = true });
                return;
            }

            var reason = dimension is null ? "is too large" : $"has a dimension '{dimension.Name}' whose size is not known";
            _problems.Add(new Problem(Descriptors.TypeNotDifferentiable, location, $"{what} {reason}"));
            return;
        }

        if (type is IArrayTypeSymbol { Rank: > 1 } or IArrayTypeSymbol { ElementType: IArrayTypeSymbol })
        {
            _problems.Add(new Problem(
                Descriptors.TypeNotDifferentiable, location,
                $"{what} has more than one dimension: pass one array and compute the index, or a Matrix"));
            return;
        }

        _problems.Add(new Problem(
            Descriptors.TypeNotDifferentiable, location,
            $"{what} is not a floating-point or matrix type: use double, float, Vector, Matrix or a type of System.Numerics"
            + (what.StartsWith("The result", StringComparison.Ordinal) ? ", or an array of numbers" : ", or an array of them")));
    }

    /// <summary>Whether C# does not know the type, or one that it is made of.</summary>
    public static bool ContainsError(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error || (type is INamedTypeSymbol named && named.TypeArguments.Any(ContainsError));

    private void Refuse(Location location, string what)
    {
        _canGenerate = false;
        _problems.Add(new Problem(Descriptors.NotSupported, location, what + " cannot be differentiated"));
    }

    private static string TypeText(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>A method in C#, by its full name, with its type arguments.</summary>
    public static string FullName(IMethodSymbol method) => FullName(method.ContainingType) + "." + EscapedName(method)
        + (method.IsGenericMethod ? "<" + string.Join(", ", method.TypeArguments.Select(FullName)) + ">" : "");

    /// <summary>A type in C#, by its full name.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    public static string EscapedName(ISymbol symbol) => Escaped(symbol.Name);

    private static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string AccessibilityOf(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedOrInternal => "protected internal",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "private",
    };
}
