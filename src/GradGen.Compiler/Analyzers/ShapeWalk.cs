using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>An operation whose operands' shapes do not fit, each of them being right in itself.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Wrong">The smallest expression that is wrong: the operation, a row of a literal, an index.</param>
/// <param name="Error">Why.</param>
internal sealed record ShapeMistake(IOperation Operation, IOperation Wrong, ShapeError Error);

/// <summary>
/// Finds the shape mistakes of a body or an initializer. What is computed from a mistake is not checked, so that one
/// mistake is found once: neither the operations around it nor those on a <c>var</c> local that it initializes.
/// </summary>
internal sealed class ShapeWalk
{
    private readonly Func<ITypeSymbol, ITypeSymbol> _resolve;
    private readonly HashSet<IOperation> _spoiled = [];
    private readonly HashSet<ILocalSymbol> _spoiledLocals = new(SymbolEqualityComparer.Default);

    private ShapeWalk(Func<ITypeSymbol, ITypeSymbol> resolve) => _resolve = resolve;

    public List<ShapeMistake> Mistakes { get; } = [];

    /// <summary>The operations that fit and mix two names of one size.</summary>
    public List<(IOperation Operation, MixedNames Names)> Mixed { get; } = [];

    public static ShapeWalk Over(IOperation root, Compilation compilation)
    {
        var walk = new ShapeWalk(EntriesOf(compilation));
        walk.Visit(root);
        return walk;
    }

    /// <summary>Whether a mistake lies in the operation or in what it is computed from.</summary>
    public bool IsSpoiled(IOperation operation) => _spoiled.Contains(operation);

    /// <summary>
    /// Generic code has shapes whatever its entries are: a type parameter stands for double. As a dimension double
    /// has no size, so sizes that are type parameters remain unknown.
    /// </summary>
    public static Func<ITypeSymbol, ITypeSymbol> EntriesOf(Compilation compilation)
    {
        var entries = compilation.GetSpecialType(SpecialType.System_Double);
        return type => type.TypeKind == TypeKind.TypeParameter ? entries : type;
    }

    /// <summary>Operands before operations, statements in their order; without recursion, for sums of any length.</summary>
    private void Visit(IOperation root)
    {
        var open = new Stack<(IOperation Operation, bool AreChildrenDone)>();
        open.Push((root, false));
        while (open.Count > 0)
        {
            var (operation, areChildrenDone) = open.Pop();
            if (areChildrenDone)
            {
                Leave(operation);
                continue;
            }

            open.Push((operation, true));
            foreach (var child in operation.ChildOperations.Reverse())
            {
                open.Push((child, false));
            }
        }
    }

    private void Leave(IOperation operation)
    {
        if (operation is INameOfOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
        {
            return;
        }

        if (operation is ILocalReferenceOperation reference
            ? _spoiledLocals.Contains(reference.Local)
            : operation.ChildOperations.Any(_spoiled.Contains))
        {
            Spoil(operation);
        }
        else if (CallShapes.ErrorOf(operation, _resolve, out var wrong) is { } error)
        {
            Mistakes.Add(new ShapeMistake(operation, wrong, error));
            Spoil(operation);
        }
        else if (DimensionNames.MixedIn(operation, _resolve) is { } names)
        {
            Mixed.Add((operation, names));
        }
    }

    private void Spoil(IOperation operation)
    {
        _spoiled.Add(operation);
        if (operation is IVariableDeclaratorOperation declarator && IsVar(declarator))
        {
            _spoiledLocals.Add(declarator.Symbol);
        }
    }

    /// <summary>Whether the local has the type of its initializer; a declared type is taken at its word.</summary>
    private static bool IsVar(IVariableDeclaratorOperation declarator) =>
        declarator.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclarationSyntax { Type.IsVar: true };
}
