using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Expressions that are not calls.</summary>
internal sealed partial class MethodReader
{
    /// <summary>The value of an expression, or null if it has none; the reason has then been noted.</summary>
    private Value? ReadExpression(IOperation expression)
    {
        var value = ReadUnnoted(expression);
        Note(value, expression);
        return value;
    }

    private void Note(Value? value, IOperation expression)
    {
        if (value is { Type.IsTensor: true } && _frame.IsOwn)
        {
            _origins.Note(value, expression);
        }
    }

    private Value? ReadUnnoted(IOperation expression)
    {
        CheckBounds();
        if (expression.ConstantValue is { HasValue: true, Value: { } constant } && TypeOf(expression.Type) is { } type)
        {
            return _builder.Literal(type.Scalar, ToNumber(constant));
        }

        return expression switch
        {
            ILocalReferenceOperation local => ReadVariable(local.Local, local),
            IParameterReferenceOperation parameter => ReadVariable(parameter.Parameter, parameter),
            IFieldReferenceOperation field => ReadField(field),
            IPropertyReferenceOperation property => ReadProperty(property),
            IUnaryOperation unary => ReadUnary(unary),
            IBinaryOperation binary => ReadBinary(binary),
            IConversionOperation conversion => ReadConversion(conversion),
            IConditionalOperation { WhenFalse: not null } conditional => ReadConditional(conditional),
            ISwitchExpressionOperation choice => ReadSwitchExpression(choice),
            IIsPatternOperation pattern => ReadPattern(pattern.Pattern, ReadExpression(pattern.Value)),
            IInvocationOperation invocation => ReadInvocation(invocation),
            IObjectCreationOperation creation => ReadCreation(creation),
            ICollectionExpressionOperation collection when IsArray(collection.Type) => ReadArray(collection, collection.Elements),
            ICollectionExpressionOperation { Type: IArrayTypeSymbol { ElementType: IArrayTypeSymbol } } => RefuseJagged(expression),
            ICollectionExpressionOperation collection => ReadCollection(collection),
            ITupleOperation tuple => ReadTuple(tuple),
            IWithOperation with => ReadWith(with),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => _matched.Peek() ?? Fail(),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } instance => ReadThis(instance),
            IDeconstructionAssignmentOperation deconstruction => ReadDeconstruction(deconstruction),
            IAnonymousFunctionOperation or IDelegateCreationOperation => ReadFunction(expression),
            IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => ReadElement(expression),
            IArrayCreationOperation creation => ReadArrayCreation(creation),
            IThrowOperation => Throw(),
            ICoalesceOperation coalesce => ReadCoalesce(coalesce),
            ISimpleAssignmentOperation assignment => ReadAssignment(assignment),
            ICompoundAssignmentOperation assignment => ReadCompoundAssignment(assignment),
            IIncrementOrDecrementOperation increment => ReadIncrement(increment),
            IDefaultValueOperation when NumericsTypes.Of(expression.Type) is { } numerics => Zeros(numerics),
            IInvalidOperation => Fail(),
            ILiteralOperation { Type: { } handedOn } => new Bundle(handedOn, []) { Source = TextOf(expression.ConstantValue) },
            _ => RefuseExpression(expression),
        };
    }

    private Value? ReadVariable(ISymbol variable, IOperation use)
    {
        if (_frame.Variables.TryGetValue(variable, out var value))
        {
            return value is Bundle { Form: BundleForm.Element } reference ? ReadElement(reference) : value ?? Fail();
        }

        if (variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } captured)
        {
            return ReadCaptured(captured, use);
        }

        // Not assigned yet is C#'s to report; a parameter of an enclosing method or lambda is not ours to read.
        return variable is ILocalSymbol ? Fail() : Refuse(use, $"'{variable.Name}'");
    }

    private Value? ReadField(IFieldReferenceOperation field)
    {
        var symbol = field.Field;
        if (field.Instance is { } owner && NumericsTypes.Of(owner.Type) is { } numerics)
        {
            return ReadExpression(owner) is { } whole ? ReadPartOf(field, numerics, whole) : Fail();
        }

        if (!symbol.IsStatic)
        {
            return ReadMember(field);
        }

        if (!symbol.IsReadOnly || TypeOf(symbol.Type) is not { } type || (!type.IsScalar && NumericsTypes.Of(symbol.Type) is null))
        {
            return Refuse(field, symbol.IsReadOnly
                ? $"the static field '{symbol.Name}', which is not a number: pass it as a [NoDerivative] parameter, since it"
                : $"the static field '{symbol.Name}', which can change: pass it as a parameter, or make it const or static readonly, since it");
        }

        // The value is the initializer's: a static constructor could give another.
        if (symbol.ContainingType.StaticConstructors.All(c => c.IsImplicitlyDeclared)
            && InitializerOf(symbol) is { } initializer
            && initializer.DescendantsAndSelf().OfType<IFieldReferenceOperation>().All(f => f.Field.IsConst || IsInitializedBefore(f.Field, symbol)))
        {
            return ConvertTo(ReadExpression(initializer), type, field);
        }

        return Refuse(field, $"the static readonly field '{symbol.Name}', whose value is not known when the program is compiled: it");
    }

    /// <summary>Static fields get their values in the order of the text, type by type.</summary>
    private static bool IsInitializedBefore(IFieldSymbol first, IFieldSymbol second) =>
        SymbolEqualityComparer.Default.Equals(first.ContainingType, second.ContainingType)
        && first.Locations[0].SourceTree == second.Locations[0].SourceTree
        && first.Locations[0].SourceSpan.Start < second.Locations[0].SourceSpan.Start;

    private IOperation? InitializerOf(ISymbol member)
    {
        foreach (var reference in member.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(_cancellation) switch
            {
                Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax field => field.Initializer,
                Microsoft.CodeAnalysis.CSharp.Syntax.PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            } is { } initializer && _compilation.ContainsSyntaxTree(initializer.SyntaxTree))
            {
#pragma warning disable RS1030 // The member may stand in another file than the method that is being read.
                var operation = _compilation.GetSemanticModel(initializer.SyntaxTree).GetOperation(initializer, _cancellation);
#pragma warning restore RS1030
                return (operation as ISymbolInitializerOperation)?.Value;
            }
        }

        return null;
    }

    private Value? ReadProperty(IPropertyReferenceOperation property)
    {
        if (IsArray(property.Instance?.Type) || (property is { Instance: null, Property: { Name: "Empty", ContainingType: { } span } } && IsArray(span)))
        {
            return ReadArrayProperty(property);
        }

        if (property.Instance is { } grid && IsGrid(grid.Type))
        {
            return ReadSize(property, grid, property.Property.Name, null);
        }

        if (CallShapes.TryGetCall(property, _frame.Resolve, out var row, out var operands, out var attributes))
        {
            return ReadOperation(property, row, operands, attributes);
        }

        var symbol = property.Property;
        if (RuntimeSymbols.OperationOf(symbol) is { TakesConstantIntegers: true } entry && property.Instance is { } matrix)
        {
            return ReadExpression(matrix) is { } whole && ReadIndices(property.Arguments) is { } indices
                ? ReadEntry(property, entry, whole, indices)
                : Fail();
        }

        if (NumericsOperations.Of(symbol) is { } constant)
        {
            return ReadNumerics(symbol, constant, []);
        }

        if (property.Instance is { } owner && NumericsTypes.Of(owner.Type) is { } numerics)
        {
            return ReadExpression(owner) is { } value ? ReadPartOf(property, numerics, value) : Fail();
        }

        if (property.Instance is { Type: { } type } && TypeOf(type) is { IsTensor: true, Shape.IsScalar: false } shape)
        {
            switch (symbol.Name)
            {
                case "Rows" or "Size":
                    return _builder.Literal(ScalarType.Int32, shape.Shape.Rows);
                case "Columns":
                    return _builder.Literal(ScalarType.Int32, shape.Shape.Columns);
            }
        }

        // N3.Size and TSize.Size; T.One, T.Zero, T.Pi of generic helpers
        var container = _frame.Resolve(property.ConstrainedToType ?? symbol.ContainingType);
        if (symbol.IsStatic && symbol.Name == "Size" && RuntimeSymbols.SizeOf(container, _frame.Resolve) is { } size)
        {
            return _builder.Literal(ScalarType.Int32, size);
        }

        if (symbol.IsStatic && TypeOf(container) is { IsFloating: true, IsScalar: true } scalar && ConstantOf(symbol.Name) is { } number)
        {
            return _builder.Literal(scalar.Scalar, number);
        }

        return ReadMember(property);
    }

    private static double? ConstantOf(string name) => name switch
    {
        "One" or "MultiplicativeIdentity" => 1,
        "Zero" or "AdditiveIdentity" => 0,
        "NegativeOne" => -1,
        "Pi" => Math.PI,
        "Tau" => 2 * Math.PI,
        "E" => Math.E,
        _ => null,
    };

    /// <summary>c ? a : b: only the arm that is taken is computed, forward and backward.</summary>
    private Value? ReadConditional(IConditionalOperation conditional)
    {
        if (conditional.Condition.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return ReadExpression(constant ? conditional.WhenTrue : conditional.WhenFalse!);
        }

        var condition = Asked(ReadExpression(conditional.Condition), conditional.Condition);
        if (condition is not null && ConstantOf(condition) is { } known)
        {
            return ReadExpression(known != 0 ? conditional.WhenTrue : conditional.WhenFalse!);
        }

        return ReadChoice(
            condition, () => ReadExpression(conditional.WhenTrue), () => ReadExpression(conditional.WhenFalse!));
    }

    private Value? ReadChoice(Value? condition, Func<Value?> readThen, Func<Value?> readOtherwise)
    {
        if (_frame.HasThrown)
        {
            return null; // The condition always throws: no arm is reached.
        }

        var then = Arm(readThen);
        var otherwise = Arm(readOtherwise);
        return condition is null || condition.Type != TensorType.Boolean ? Fail()
            : then.HasThrown || otherwise.HasThrown ? GoOn(condition, then, otherwise)?.Result
            : Join(condition, then, otherwise, [(then.Result, otherwise.Result)])?[0];
    }

    private Branch Arm(Func<Value?> read)
    {
        Value? value = null;
        var latest = _frame.Latest;
        _frame.Arms++;
        var block = _builder.Region([], _ =>
        {
            value = read();
            return [];
        });
        _frame.Arms--;
        var branch = new Branch(block, _frame.Variables, false, value, _frame.HasThrown);
        (_frame.HasThrown, _frame.Latest) = (false, latest);
        return branch;
    }

    private Value? RefuseExpression(IOperation expression) => expression switch
    {
        _ when expression.ChildOperations.Any(IsFailedVariable) => Fail(), // The variable has been reported.
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation =>
            Refuse(expression, "'dynamic'", Descriptors.CannotBeRead),
        IAwaitOperation => Refuse(expression, "'await'", Descriptors.CannotBeRead),
        _ when expression.Syntax is StackAllocArrayCreationExpressionSyntax allocation && IsArray(expression.Type) && expression.ChildOperations.Count == 1 && allocation.Initializer is null =>
            ReadNewArray(expression, ReadExpression(expression.ChildOperations.First())),
        _ when expression.Kind == OperationKind.None && IsUnsafe(expression) => Refuse(expression, "unsafe code", Descriptors.CannotBeRead),
        IIsTypeOperation => Refuse(expression, "'is'"),
        IInstanceReferenceOperation => Refuse(expression, "'this'"),
        _ => Refuse(expression, $"'{Shorten(expression.Syntax.ToString())}'"),
    };

    private bool IsFailedVariable(IOperation operation) =>
        operation is ILocalReferenceOperation { Local: var local } && _frame.Variables.TryGetValue(local, out var value) && value is null;

    private Value? Refuse(IOperation operation, string what, DiagnosticDescriptor? descriptor = null)
    {
        if (operation.Type?.TypeKind == TypeKind.Error || operation.ChildOperations.Any(IsFailedVariable))
        {
            return Fail(); // C# reports it, or what it builds on has been reported.
        }

        Report(descriptor ?? Descriptors.NotSupported, operation, what + " is not supported in a differentiable method");
        return null;
    }

    /// <summary>A text as generated code writes it; null for what is no text.</summary>
    private static string? TextOf(Optional<object?> constant) => constant is { HasValue: true, Value: string text } ? Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true) : null;

    private static string Shorten(string text) => CodeText.Short(text, 40);

    private static double ToNumber(object constant) => constant switch
    {
        double number => number,
        float number => number,
        int number => number,
        bool value => value ? 1 : 0,
        _ => System.Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture), // of an enum
    };

    /// <summary>Adds an operation that is known to fit, and notes whether its result varies.</summary>
    private Value Add(Operation operation, ImmutableArray<Value> operands, Attributes? attributes = null)
    {
        CheckBounds();
        if (Folded(operation, operands, attributes ?? Attributes.None) is { } constant)
        {
            return constant;
        }

        if (operation == Elementary.Clamp && operands[1].Type.IsScalar && operands[2].Type.IsScalar)
        {
            ThrowIfBelow(operands[2], operands[1]);
        }

        var value = _builder.Add(operation, operands, attributes);
        var active = value.Type.IsFloating && operands.Any(_active.Contains)
            && operation != Gathers.StopGradient && operation != Arrays.Stop && !operation.IsPiecewiseConstant;
        if (active)
        {
            _active.Add(value);
        }

        NoteDecision(value, operands);

        return value;
    }
}
