using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Statements, and what changes variables.</summary>
internal sealed partial class MethodReader
{
    private void ReadStatement(IOperation statement)
    {
        if (HasLeft)
        {
            return;
        }

        CheckBounds();
        _place = statement;
        switch (statement)
        {
            case IBlockOperation block:
                ReadSequence(block.Operations, 0, () => { });
                break;
            case IConditionalOperation conditional:
                ReadIf(conditional, null);
                break;
            case ISwitchOperation choice:
                ReadSwitch(choice, null);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators))
                {
                    Declare(declarator);
                }

                break;
            case IExpressionStatementOperation expression:
                _ = ReadExpression(expression.Operation);
                break;
            case IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value }:
                var result = ReadExpression(value);
                Return(result is not null && HoldsFunction(result) ? Refuse(value, "returning a delegate") : result);
                break;
            case IReturnOperation { Kind: OperationKind.Return } when _frame.Method.ReturnsVoid:
                Return(Bundle.Nothing);
                break;
            case ILoopOperation loop:
                ReadLoop(loop, () => { });
                break;
            case IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } jump:
                ReadJump(jump);
                break;
            case IThrowOperation:
                _ = Throw();
                break;
            case ILabeledOperation { Operation: { } labeled }:
                ReadStatement(labeled);
                break;
            case IEmptyOperation or ILabeledOperation or ILocalFunctionOperation: // A local function is read where it is called.
                break;
            default:
                RefuseStatement(statement);
                break;
        }
    }

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Symbol.RefKind != RefKind.None && declarator.GetVariableInitializer()?.Value is { } element && IsElement(element))
        {
            _frame.Variables[declarator.Symbol] = ReadReference(element);
            return;
        }

        if (declarator.Symbol.RefKind != RefKind.None)
        {
            Report(Descriptors.NotSupported, declarator, $"'{declarator.Symbol.Name}' is a ref local, which is not supported in a differentiable method");
            return;
        }

        if (declarator.Symbol.Type.TypeKind == TypeKind.Dynamic)
        {
            Report(Descriptors.CannotBeRead, declarator, $"'{declarator.Symbol.Name}' is 'dynamic', which is not supported in a differentiable method");
            _frame.Variables[declarator.Symbol] = null;
            return;
        }

        if (declarator.GetVariableInitializer() is { } initializer)
        {
            Assign(declarator.Symbol, ReadExpression(initializer.Value));
        }
    }

    private Value? Assign(ISymbol variable, Value? value, IOperation? target = null)
    {
        if (value is not ReaderValue && _frame.Variables.TryGetValue(variable, out var held) && held is Bundle { Form: BundleForm.Element } reference)
        {
            return value is null ? Fail() : WriteElement(new ElementPlace(reference.Members[0].Value, reference.Members[1].Value), value, target ?? _place!);
        }

        if (value is not null && variable is ILocalSymbol)
        {
            NameAfter(variable.Name, value);
        }

        _frame.Variables[variable] = value;
        return value;
    }

    /// <summary>What assigns to the target, which is a local or a parameter of the method that is being read or a part of one; else null.</summary>
    private Func<Value?, Value?>? ReadTarget(IOperation target)
    {
        var variable = target switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IParameterReferenceOperation { Parameter.RefKind: RefKind.None or RefKind.Out or RefKind.Ref } parameter => parameter.Parameter,
            _ => null,
        };
        switch (target)
        {
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } captured } when !_frame.Variables.ContainsKey(captured):
                Report(Descriptors.WritesState, target, $"'{target.Syntax}' is written, which the object keeps like a field: a differentiable method must not change state; make it a local or return it");
                return null;
            case var _ when (variable ?? RootOf(target)) is { } assigned && _frame.Arms > 0:
                Report(Descriptors.NotSupported, target, $"'{assigned.Name}' is assigned inside a conditional expression, which is not supported in a differentiable method");
                return null;
            case var _ when variable is not null:
                return value => Assign(variable, value, target);
            case var _ when IsPartOfStruct(target) && (OwnerOf(target) ?? RootOf(target)) is not null:
                return value => WritePart(target, _ => value);
            case IMemberReferenceOperation member when MemberTarget(member) is { } assign:
                return assign;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } or IEventReferenceOperation or IParameterReferenceOperation:
                Report(Descriptors.WritesState, target, $"'{target.Syntax}' is written: a differentiable method must not change state; make it a local or return it");
                return null;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IParameterReferenceOperation } when !IsElement(target):
                Report(Descriptors.WritesState, target, $"'{target.Syntax}' is written: a differentiable method must not change its arguments");
                return null;
            case IInvalidOperation:
                Fail();
                return null;
            default:
                Report(Descriptors.NotSupported, target, $"assigning to '{target.Syntax}' is not supported in a differentiable method");
                return null;
        }
    }

    private Value? ReadAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IDiscardOperation)
        {
            return ReadExpression(assignment.Value);
        }

        if (assignment.IsRef)
        {
            return Refuse(assignment, $"'{Shorten(assignment.Syntax.ToString())}'");
        }

        if (IsPartOfStruct(assignment.Target))
        {
            return WritePart(assignment.Target, _ => ReadExpression(assignment.Value));
        }

        if (EntryOfLocal(assignment.Target) is { } entry)
        {
            return WriteEntry(entry, _ => ReadExpression(assignment.Value));
        }

        return ReadTarget(assignment.Target) is { } assign ? assign(ReadExpression(assignment.Value)) : null;
    }

    private Value? ReadCompoundAssignment(ICompoundAssignmentOperation assignment)
    {
        Value? Computed(Func<Value?> old) => ReadOperator(
            assignment, assignment.OperatorKind, assignment.OperatorMethod, old(), ReadExpression(assignment.Value));
        if (IsPartOfStruct(assignment.Target))
        {
            return WritePart(assignment.Target, Computed);
        }

        if (EntryOfLocal(assignment.Target) is { } entry)
        {
            return WriteEntry(entry, Computed);
        }

        if (ReadTarget(assignment.Target) is not { } assign)
        {
            return null;
        }

        // target = (T)((converted)target op value)
        var left = Convert(ReadExpression(assignment.Target), TypeOf(assignment.Target.Type), assignment.InConversion, assignment);
        var right = ReadExpression(assignment.Value);
        var value = ReadOperator(assignment, assignment.OperatorKind, assignment.OperatorMethod, left, right);
        return assign(ConvertBack(value, assignment.Target.Type, assignment));
    }

    private Value? ReadIncrement(IIncrementOrDecrementOperation increment)
    {
        var operation = increment.Kind == OperationKind.Increment ? Operations.Arithmetic.Add : Operations.Arithmetic.Subtract;
        Value? before = null;
        Value? Next(Func<Value?> read) =>
            (before = read()) is { Shape.IsScalar: true } number ? Add(operation, [number, _builder.Literal(number.Type.Scalar, 1)], ContextOf(increment, number)) : null;
        if (IsPartOfStruct(increment.Target))
        {
            var after = WritePart(increment.Target, Next);
            return increment.IsPostfix ? before : after;
        }

        if (EntryOfLocal(increment.Target) is { } entry)
        {
            var after = WriteEntry(entry, Next);
            return increment.IsPostfix ? before : after;
        }

        if (ReadTarget(increment.Target) is not { } assign || ReadExpression(increment.Target) is not { } old)
        {
            return null;
        }

        if (!old.Type.IsScalar)
        {
            Report(Descriptors.NotSupported, increment, $"'{increment.Syntax}' is not supported in a differentiable method");
            return null;
        }

        var one = _builder.Literal(old.Type.Scalar, 1);
        var next = Add(operation, [old, one], ContextOf(increment, old));
        assign(next);
        return increment.IsPostfix ? old : next;
    }

    /// <summary>The fence: everything that is not read is named in the user's words.</summary>
    private void RefuseStatement(IOperation statement)
    {
        var (descriptor, what) = statement switch
        {
            IInvalidOperation => (null, ""),
            IForEachLoopOperation => (Descriptors.NotSupported, "a 'foreach' loop over anything but arrays, spans and what Select, Zip, Skip, Take, Reverse, Index and Range make of them"),
            ITryOperation => (Descriptors.NotSupported, "'try'"),
            IUsingOperation or IUsingDeclarationOperation => (Descriptors.NotSupported, "'using'"),
            ILockOperation => (Descriptors.NotSupported, "'lock'"),
            IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } => (Descriptors.CannotBeRead, "'yield'"),
            IReturnOperation => (null, ""),
            IBranchOperation { BranchKind: BranchKind.Break } => (Descriptors.NotSupported, "a 'break' that is not the end of its section"),
            IBranchOperation { BranchKind: BranchKind.GoTo } => (Descriptors.CannotBeRead, "'goto'"),
            _ when IsUnsafe(statement) => (Descriptors.CannotBeRead, "unsafe code"),
            _ => (Descriptors.NotSupported, "this statement"),
        };
        if (descriptor is null)
        {
            Fail();
            return;
        }

        // Under the keyword, not under the whole body of a loop.
        Report(descriptor, statement.Syntax.GetFirstToken().GetLocation(), what + " is not supported in a differentiable method");
    }

    private static bool IsUnsafe(IOperation operation) => operation.Syntax.Kind() is
        SyntaxKind.UnsafeStatement or SyntaxKind.FixedStatement;
}
