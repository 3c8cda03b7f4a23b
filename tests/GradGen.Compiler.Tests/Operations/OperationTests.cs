using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests;

public class OperationTests
{
    public static TheoryData<string> Operations => [.. OperationTable.All.Except(ControlFlow.All).Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Row_HasCases(string name) =>
        Assert.True(CasesOf(name).Any(), $"'{name}' has no case in OperationCases: add some at unequal shapes.");

    [Theory]
    [MemberData(nameof(Operations))]
    public void Value_IsTheNaiveFormula(string name)
    {
        foreach (var @case in CasesOf(name))
        {
            var arguments = @case.Draw();
            var result = Interpreter.Run(@case.Function, arguments);
            Check.Close(@case.Expected(arguments), Assert.Single(result).Entries, 1e-13, @case.Label);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Pullback_IsTheDerivative_WithEachOperandActiveAloneAndAllTogether(string name)
    {
        foreach (var @case in CasesOf(name).Where(c => !c.IsStopped && c.Function.Results[0].Type.IsFloating))
        {
            var floating = @case.Operands.Select(o => o.Type.IsFloating).ToImmutableArray();
            IEnumerable<ImmutableArray<bool>> choices =
            [
                floating,
                .. Enumerable.Range(0, floating.Length).Where(i => floating[i]).Select(
                    i => Enumerable.Range(0, floating.Length).Select(j => i == j).ToImmutableArray()),
            ];
            foreach (var active in choices)
            {
                Differences.CheckGradient(@case.Function, @case.Draw(), active, @case.Tolerance, @case.Label);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void PullbackOfThePullback_IsTheSecondDerivative(string name)
    {
        foreach (var @case in CasesOf(name).Where(c => !c.IsStopped && c.Tolerance < 1e-6 && c.Function.Results[0].Type.IsFloating))
        {
            ImmutableArray<bool> active = [.. @case.Operands.Select(o => o.Type.IsFloating)];
            if (active.Any(a => a))
            {
                Differences.CheckSecondDerivative(@case.Function, @case.Draw(), active, what: @case.Label);
            }
        }
    }

    [Fact]
    public void NothingFlowsBack_ThroughWhatStopsIt()
    {
        foreach (var @case in OperationCases.All.Where(c => c.IsStopped))
        {
            var gradient = ReverseMode.Run(@case.Function, [true]);
            var result = Interpreter.Run(gradient, [.. @case.Draw(), Types.Random(@case.Function.Results[0].Type, new Random(1))]);
            Assert.All(result[1].Entries, e => Assert.Equal(0, e));
        }
    }

    [Fact]
    public void PiecewiseConstantRows_HaveNoOtherPullback()
    {
        foreach (var operation in OperationTable.All.Where(o => o.IsPiecewiseConstant && o.Pullbacks is not null))
        {
            Assert.All(operation.Pullbacks!, p => Assert.Same(Operation.Zero, p));
        }
    }

    [Fact]
    public void Rows_HaveAsManyPullbacksAsOperands()
    {
        foreach (var operation in OperationTable.All.Except(ControlFlow.All).Where(o => o.Definition is null && o.Arity >= 0))
        {
            Assert.Equal(operation.Arity, operation.Pullbacks?.Length);
            Assert.True(operation.Element is not null ^ operation.Expansion is not null, $"'{operation}' is computed in one way.");
        }
    }

    [Fact]
    public void NamesOfRows_AreDistinct() =>
        Assert.Equal(OperationTable.All.Length, OperationTable.All.Select(o => o.Name).Distinct().Count());

    private static IEnumerable<OperationCase> CasesOf(string name) => OperationCases.All.Where(c => c.Operation.Name == name);
}
