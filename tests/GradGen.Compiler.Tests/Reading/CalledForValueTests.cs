using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>StopGradient(F(x)): F is called where it cannot be read, and read where it can.</summary>
public class CalledForValueTests
{
    private const string Helpers = """

        static double Opaque(double x) { try { return x * x; } finally { } }
        static Vector<double, N3> Opaque(Matrix<double, N3, N2> w, int n, string name) { try { return Row(w.T, 0).T.Flatten<N3>(); } finally { } }
        static T Through<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> { try { return x; } finally { } }
        static double Any<T>(double x) { try { return x; } finally { } }
        static double Out(double x, out int n) { try { n = 1; return x; } finally { } }
        static int Count(double x) { try { return (int)x; } finally { } }
        static double Recursive(double x) => x < 1 ? x : Recursive(x / 2);
        static double Readable(double x) => x * x;
        static double Inside(double x) => 2 * StopGradient(Opaque(x));
        static double OfType<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => double.CreateChecked(StopGradient(Through(x)));
        class Other { private static double Secret(double x) => x; public double Instance(double x) { try { return x; } finally { } } }

        """;

    [Theory]
    [InlineData("x * StopGradient(Opaque(x))", "Tested.Opaque")]
    [InlineData("x * StopGradient((float)Opaque(x))", "Tested.Opaque")]
    [InlineData("x * StopGradient(Math.IEEERemainder(x, 2))", "Math.IEEERemainder")]
    [InlineData("x * StopGradient(MatrixFunctions.StopGradient(Opaque(x)))", "Tested.Opaque")]
    [InlineData("x * StopGradient(Sum(Opaque(new(), 2, \"name\"))) * StopGradient(Opaque([[x, 1], [2, 3], [4, 5]], 2, \"name\"))[0]", null)]
    [InlineData("x * StopGradient(Opaque([[x, 1], [2, 3], [4, 5]], 2, \"name\"))[0]", "Tested.Opaque")]
    [InlineData("x * StopGradient(Recursive(x))", "Tested.Recursive")]
    [InlineData("x * StopGradient(Through(x))", "Tested.Through")]
    [InlineData("x * StopGradient(Any<string>(x))", "Tested.Any")]
    [InlineData("x * Inside(x)", "Tested.Opaque")]
    [InlineData("x * OfType(x)", "Tested.Through")]
    [InlineData("x * OfType((float)x)", "Tested.Through")]
    [InlineData("x * StopGradient(new Random(1).NextDouble() + x)", null)]
    public void Method_IsCalledAndNotRead(string expression, string? method)
    {
        var (read, compilation) = Read(expression);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        if (method is null)
        {
            Assert.Contains(read.Problems, p => p.Descriptor.Id == "GRAD2002");
            return;
        }

        Assert.Equal([], read.Problems.Select(p => p.Message));
        var call = Assert.Single(Verifier.Verify(read.Model!.Function!).Body.Instructions, i => i.Operation == Calls.Call);
        Assert.Equal(method, Callee.Qualified(call.Attributes.Callee!.Method));
        Assert.Equal("", call.Attributes.Callee.Derivative);
        Assert.All(call.Attributes.Callee.Leaves, l => Assert.Null(l.Path));
    }

    [Theory]
    [InlineData("x * StopGradient(Readable(x))")]
    [InlineData("x * StopGradient(Readable(StopGradient(Readable(x))))")]
    [InlineData("x * StopGradient(Math.Sqrt(x))")]
    public void WhatCanBeRead_IsRead(string expression)
    {
        var (read, _) = Read(expression);
        Assert.Equal([], read.Problems.Select(p => p.Message));
        Assert.DoesNotContain(read.Model!.Function!.Body.Instructions, i => i.Operation == Calls.Call);
    }

    /// <summary>What cannot be called, or does not stand directly in the stop, is refused as anywhere else.</summary>
    [Theory]
    [InlineData("x * Opaque(x)", "GRAD2002")]
    [InlineData("x * StopGradient(1 + Opaque(x))", "GRAD2002")]
    [InlineData("x * StopGradient(Out(x, out _))", "GRAD2002")]
    [InlineData("x * StopGradient(Count(x))", "GRAD2002")]
    [InlineData("x * StopGradient(new Other().Instance(x))", "GRAD2002")]
    [InlineData("x * StopGradient(Opaque(Opaque(x)))", "GRAD2002")]
    [InlineData("x * StopGradient(Opaque((int)x))", "GRAD2004")]
    public void WhatCannotBeCalled_IsRefused(string expression, string id) =>
        Assert.Equal(id, Assert.Single(Read(expression).Read.Problems).Descriptor.Id);

    [Theory]
    [InlineData("private static double Secret(double x)", "Secret(x)", "'Inner.Secret' is not accessible from 'Tested', where it would be called")]
    [InlineData("private enum E; public static double Secret<T>(double x)", "Secret<E>(x)", "'Inner.Secret' has the type argument 'E', which is not accessible from 'Tested', where it would be called")]
    public void MethodThatGeneratedCodeDoesNotReach_IsRefused_WithTheReason(string declaration, string call, string reason)
    {
        var compilation = Compilations.Create(Compilations.Usings + $$"""
            static partial class Tested
            {
                [Differentiable] static double F(double x) => x * Inner.G(x);
                static class Inner { public static double G(double x) => StopGradient({{call}}); {{declaration}} { try { return x; } finally { } } }
            }
            """);
        Assert.Contains(reason, Assert.Single(ReadF(compilation).Problems).Message, StringComparison.Ordinal);
    }

    private static (ReadMethod Read, Compilation Compilation) Read(string expression)
    {
        var compilation = Compilations.Create(Compilations.Usings + "static partial class Tested {\n[Differentiable] static double F(double x) => " + expression + ";" + Helpers + "}");
        return (ReadF(compilation), compilation);
    }

    private static ReadMethod ReadF(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.First();
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        return ModelReader.Read((IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
    }
}
