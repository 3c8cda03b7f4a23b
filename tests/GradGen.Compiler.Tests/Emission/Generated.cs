using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>An emitted file, compiled under the strictest settings and loaded.</summary>
internal sealed class Generated
{
    private readonly GradientModel _model;
    private readonly Type _type;

    private Generated(GradientModel model, string source, Assembly assembly)
    {
        _model = model;
        Source = source;
        _type = assembly.GetType("Tested.Network")!;
        GradientType = _type.GetNestedType(model.GradientName)!;
    }

    public string Source { get; }

    public Type GradientType { get; }

    public static Generated Of(GradientModel model, Passes passes = Passes.All)
    {
        var source = GradientEmitter.Emit(model, passes);
        using var image = new MemoryStream();
        var result = Compile(source, model).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics) + "\n" + source);
        Assert.True(result.Diagnostics.All(d => d.Severity < DiagnosticSeverity.Warning), string.Join("\n", result.Diagnostics) + "\n" + source);
        image.Position = 0;
        return new Generated(model, source, new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image));
    }

    /// <summary>Every warning counts; types called System, Math and GradGen stand in the way.</summary>
    public static CSharpCompilation Compile(string source, GradientModel model, NullableContextOptions nullable = NullableContextOptions.Enable)
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
            }
            """;
        return CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText(stub, parse, "Stub.cs"), CSharpSyntaxTree.ParseText(source, parse, "Generated.cs")],
            Harness.Compilations.References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                checkOverflow: true,
                warningLevel: 9999,
                nullableContextOptions: nullable,
                optimizationLevel: OptimizationLevel.Release));
    }

    /// <summary>Calls the plain method: the value, then the gradients, as tensors.</summary>
    public Tensor[] Backward(IEnumerable<Tensor> arguments, Tensor? upstream) => ToTensors(
        Method(parameter => !parameter.ParameterType.IsByRef)
            .Invoke(null, [.. Arguments(arguments), upstream is null ? Type.Missing : ToObject(upstream, _model.Result)])!);

    /// <summary>Calls the overload of training loops with an upstream; <paramref name="into"/> is what it gave.</summary>
    public void BackwardInto(IEnumerable<Tensor> arguments, Tensor upstream, ref object into, bool accumulate) =>
        BackwardInto([.. Arguments(arguments), ToObject(upstream, _model.Result)], ref into, accumulate);

    public void BackwardInto(object?[] arguments, ref object into, bool accumulate)
    {
        object?[] all = [.. arguments, into, accumulate];
        var method = _type.GetMethods().Single(m => m.Name == _model.BackwardName && m.ReturnType == typeof(void) && m.GetParameters().Length == all.Length);
        try
        {
            method.Invoke(null, all);
        }
        catch (TargetInvocationException e)
        {
            into = all[^2]!;
            throw e.InnerException!;
        }

        into = all[^2]!;
    }

    public MethodInfo Method(Func<ParameterInfo, bool> last) =>
        _type.GetMethods().Single(m => m.Name == _model.BackwardName && m.GetParameters().Length > 0 && last(m.GetParameters()[^1]) && m.ReturnType != typeof(void));

    public Delegate Delegate(Type type, int parameters) => _type.GetMethods()
        .Single(m => m.Name == _model.BackwardName && m.ReturnType == typeof(void) && m.GetParameters().Length == parameters)
        .CreateDelegate(type);

    public object?[] Arguments(IEnumerable<Tensor> arguments) => [.. arguments.Zip(_model.Parameters, ToObject)];

    public object Empty() => Activator.CreateInstance(GradientType)!;

    public object? Member(object gradient, string name) => GradientType.GetProperty(name)!.GetValue(gradient);

    public object With(object gradient, string name, object? value)
    {
        GradientType.GetProperty(name)!.SetValue(gradient, value);
        return gradient;
    }

    /// <summary>The members of a gradient in their order.</summary>
    public Tensor[] ToTensors(object gradient) =>
        [.. new[] { _model.Result }.Concat(_model.Parameters.Where(p => p.IsDifferentiated))
            .Zip(GradientType.GetConstructors().Single(c => c.GetParameters().Length > 0).GetParameters())
            .Select(p => ToTensor(Member(gradient, p.Second.Name!)!, p.First))];

    public object ToObject(Tensor tensor, ParameterModel parameter)
    {
        if (parameter.Kind == ParameterKind.Scalar)
        {
            return parameter.Type.Scalar switch
            {
                ScalarType.Float64 => tensor.Entries[0],
                ScalarType.Float32 => (float)tensor.Entries[0],
                ScalarType.Int32 => (int)tensor.Entries[0],
                _ => tensor.Entries[0] != 0,
            };
        }

        // The closed type of the generated method's own parameter.
        var type = _type.GetMethods().First(m => m.Name == _model.BackwardName && m.ReturnType == typeof(void))
            .GetParameters().First(p => p.Name == parameter.Name.TrimStart('@')
                || (ReferenceEquals(parameter, _model.Result) && p.Name == "upstream")).ParameterType;
        var constructor = type.GetConstructor(Type.EmptyTypes)!;
        dynamic matrix = constructor.Invoke([]);
        Fill(matrix, tensor.Entries);
        return matrix;
    }

    private static void Fill(object matrix, double[] entries)
    {
        var span = matrix.GetType().GetMethod("CopyFrom", [matrix.GetType()])!;
        var array = Entries(matrix);
        if (array is double[] doubles)
        {
            entries.CopyTo(doubles, 0);
        }
        else
        {
            entries.Select(e => (float)e).ToArray().CopyTo((float[])array, 0);
        }

        _ = span;
    }

    private static Array Entries(object matrix) =>
        (Array)matrix.GetType().GetField("_entries", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(matrix)!;

    private static Tensor ToTensor(object value, ParameterModel parameter) => parameter.Kind == ParameterKind.Scalar
        ? Tensor.Scalar(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture))
        : new Tensor(parameter.Type.Shape, [.. Entries(value).Cast<object>().Select(e => Convert.ToDouble(e, System.Globalization.CultureInfo.InvariantCulture))]);
}
