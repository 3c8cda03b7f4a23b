using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>An emitted file, compiled under the strictest settings, loaded and called.</summary>
internal sealed class Generated
{
    /// <summary>With fewer passes the code is often the same: it is compiled once.</summary>
    private static readonly ConcurrentDictionary<string, Generated> Loaded = new();

    private readonly GradientModel _model;
    private readonly ParameterInfo[] _members;

    private Generated(GradientModel model, string source, Assembly assembly)
    {
        _model = model;
        Source = source;
        Type = assembly.GetType("Tested.Network")!;
        GradientType = Type.GetNestedType(model.GradientName)!;
        _members = GradientType.GetConstructors().Single().GetParameters();
    }

    public string Source { get; }

    public Type Type { get; }

    public Type GradientType { get; }

    /// <param name="model">What to emit.</param>
    /// <param name="passes">The optimizer's passes.</param>
    /// <param name="besides">Further members of the user's type.</param>
    public static Generated Of(GradientModel model, Passes passes = Passes.All, string besides = "")
    {
        var source = GradientEmitter.Emit(model, passes);
        return Loaded.GetOrAdd(source + besides, _ => Load(model, source, besides));
    }

    private static Generated Load(GradientModel model, string source, string besides)
    {
        using var image = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = Compile(source, model, besides: besides).Emit(image, xmlDocumentationStream: documentation);
        Assert.Equal([], ProblemsAmong(result.Diagnostics));
        image.Position = 0;
        documentation.Position = 0;
        _ = System.Xml.Linq.XDocument.Load(documentation);
        return new Generated(model, source, new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image));
    }

    public static IReadOnlyList<string> Problems(
        string source, GradientModel model, NullableContextOptions nullable = NullableContextOptions.Enable, string besides = "") =>
        ProblemsAmong(Compile(source, model, nullable, besides).GetDiagnostics());

    private static IReadOnlyList<string> ProblemsAmong(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];

    /// <summary>The value and the gradients, by the plain method; without an upstream it is left out.</summary>
    public Tensor[] Backward(IReadOnlyList<Tensor> arguments, Tensor? upstream)
    {
        var method = Type.GetMethods().Single(m => m.Name == _model.BackwardName && m.ReturnType == GradientType);
        object?[] all = [.. Arguments(arguments), upstream is null ? System.Type.Missing : Objects.Of(upstream, _members[0].ParameterType)];
        return ToTensors(Invoke(method, all)!);
    }

    /// <summary>The overload of training loops with as many arguments as are given.</summary>
    public void Into(object?[] arguments, ref object into, bool accumulate = false)
    {
        object?[] all = [.. arguments, into, accumulate];
        var method = Type.GetMethods().Single(
            m => m.Name == _model.BackwardName && m.ReturnType == typeof(void) && m.GetParameters().Length == all.Length);
        try
        {
            Invoke(method, all);
        }
        finally
        {
            into = all[^2]!;
        }
    }

    public object?[] Arguments(IReadOnlyList<Tensor> arguments) => [.. arguments.Zip(
        Type.GetMethods().Single(m => m.Name == _model.MethodName && m.GetParameters().Length > 0).GetParameters(), (tensor, parameter) => Objects.Of(tensor, parameter.ParameterType))];

    public object?[] Arguments(IReadOnlyList<Tensor> arguments, Tensor upstream) =>
        [.. Arguments(arguments), Objects.Of(upstream, _members[0].ParameterType)];

    /// <summary>A gradient without matrices, as default gives it.</summary>
    public object Empty() => Activator.CreateInstance(GradientType)!;

    public object Gradient(params object?[] members) => Activator.CreateInstance(GradientType, members)!;

    public object?[] Members(object gradient) => [.. _members.Select(m => GradientType.GetProperty(m.Name!)!.GetValue(gradient))];

    /// <summary>The members of a gradient in their order.</summary>
    public Tensor[] ToTensors(object gradient) => [.. Members(gradient).Select(m => Objects.ToTensor(m!))];

    public static object? Invoke(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, BindingFlags.OptionalParamBinding, null, arguments, CultureInfo.InvariantCulture);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    /// <summary>Every warning counts; types called System, Math and GradGen stand in the way.</summary>
    private static CSharpCompilation Compile(
        string source, GradientModel model, NullableContextOptions nullable = NullableContextOptions.Enable, string besides = "")
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        var stub = $$"""
            namespace Tested;

            /// <summary>In the way.</summary>
            public static class System { }

            /// <summary>In the way.</summary>
            public static class Math { }

            /// <summary>In the way.</summary>
            public static class GradGen { }

            /// <summary>The dimension of 784.</summary>
            public readonly struct Pixels : global::GradGen.IDimension
            {
                /// <summary>784.</summary>
                public static int Size => 784;
            }

            /// <summary>A type of the user's.</summary>
            public static partial class Network
            {
                /// <summary>The differentiable method.</summary>
                public static {{model.Result.TypeName}} {{model.MethodName}}({{string.Join(", ", model.Parameters.Select(p => p.TypeName + " " + p.Name))}}) =>
                    throw new global::System.NotSupportedException();

                /// <summary>Another of that name.</summary>
                public static void {{model.MethodName}}() { }

                {{besides}}
            }
            """;
        return CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText(stub, parse, "Stub.cs"), CSharpSyntaxTree.ParseText(source, parse, "Generated.cs")],
            Compilations.References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                checkOverflow: true,
                warningLevel: 9999,
                nullableContextOptions: nullable,
                optimizationLevel: OptimizationLevel.Release));
    }
}
