using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.GradientTests.Called;

/// <summary>A program in C#, perhaps over libraries, compiled with what GradGen emits for it, without a warning, and loaded.</summary>
internal sealed class UserProgram
{
    private readonly byte[] _image;
    private readonly ImmutableArray<Assembly> _assemblies;

    private UserProgram(byte[] image, ImmutableArray<Assembly> assemblies, ImmutableArray<GradientModel> models) =>
        (_image, _assemblies, Models) = (image, assemblies, models);

    /// <summary>The differentiable methods.</summary>
    public ImmutableArray<GradientModel> Models { get; }

    public static UserProgram Compile(string source, Passes passes = Passes.All) => Compile("Program", source, passes);

    public static UserProgram Compile(string name, string source, Passes passes, params UserProgram[] libraries)
    {
        var compilation = Compilations.Create([Compilations.Usings + source], o => o
                .WithOptimizationLevel(OptimizationLevel.Release)
                .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]))
            .WithAssemblyName(name)
            .AddReferences(libraries.Select(l => MetadataReference.CreateFromImage(l._image)));
        var models = Read(compilation);
        compilation = compilation.AddSyntaxTrees(models.Select(m =>
            CSharpSyntaxTree.ParseText(GradientEmitter.Emit(m, passes), Compilations.ParseOptions, path: m.HintName)));
        using var image = new MemoryStream();
        var problems = compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal("", string.Join("\n", problems.Select(d => d.ToString())));

        // The program and its libraries in a context of their own: there can be several programs over one library.
        var context = new AssemblyLoadContext(name, isCollectible: true);
        return new UserProgram(
            image.ToArray(), [.. libraries.Select(l => l._image).Prepend(image.ToArray()).Select(i => context.LoadFromStream(new MemoryStream(i)))], models);
    }

    public object? Invoke(string type, string method, params object?[] arguments) => Invoke(Methods(type, method).Single(), arguments);

    /// <summary>The differentiable method.</summary>
    public Tensor Forward(GradientModel model, IReadOnlyList<Tensor> arguments)
    {
        var method = Methods(TypeName(model), model.MethodName).Single(m => m.GetParameters().Length == arguments.Count);
        return Objects.ToTensor(Invoke(method, Of(arguments, method))!);
    }

    /// <summary>Its generated method: the value, then the gradients.</summary>
    public Tensor[] Backward(GradientModel model, IReadOnlyList<Tensor> arguments, Tensor upstream)
    {
        var method = Methods(TypeName(model), model.BackwardName).Single(m => m.ReturnType.Name == model.GradientName);
        var gradient = Invoke(method, Of([.. arguments, upstream], method))!;
        return [.. gradient.GetType().GetConstructors().Single().GetParameters()
            .Select(p => Objects.ToTensor(gradient.GetType().GetProperty(p.Name!)!.GetValue(gradient)!))];
    }

    /// <summary>Runs, for the interpreter, the methods that the program calls.</summary>
    public ImmutableArray<Tensor> Resolve(Callee callee, bool isDerivative, ImmutableArray<Tensor> arguments)
    {
        var name = (isDerivative ? callee.Derivative : callee.Method).Replace("global::", "", StringComparison.Ordinal);
        var split = name.LastIndexOf('.');
        var types = arguments.Select((a, i) => i < callee.Parameters.Count ? callee.Parameters[i].Type : callee.Result).ToList();
        var method = Methods(name[..split], name[(split + 1)..]).Single(m => m.GetParameters() is var parameters
            && parameters.Length == arguments.Length && m.ReturnType != typeof(void)
            && parameters.Zip(types, (p, t) => TypeOf(p.ParameterType) == t).All(same => same));
        var returned = Invoke(method, Of(arguments, method))!;
        if (!isDerivative)
        {
            return [Objects.ToTensor(returned)];
        }

        var position = 0;
        return [.. callee.Parameters.Items.Select(p => p.Adjoint is null ? arguments[0] : Objects.ToTensor(Adjoint(returned, p.Adjoint, position++)))];
    }

    /// <summary>A tuple's elements have lost their names: they are taken by their place.</summary>
    private static object Adjoint(object returned, string member, int position) =>
        member.Length == 0 ? returned
        : returned is System.Runtime.CompilerServices.ITuple tuple ? tuple[position]!
        : returned.GetType().GetProperty(member)!.GetValue(returned)!;

    private static TensorType TypeOf(Type type)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        if (NumericsTypes.Of("global::" + type.FullName) is { } numerics)
        {
            return numerics.Type;
        }

        var scalar = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        var tensor = type.IsGenericType ? Objects.ToTensor(Activator.CreateInstance(type)!) : Tensor.Scalar(0);
        return new TensorType(
            scalar == typeof(double) ? ScalarType.Float64 : scalar == typeof(float) ? ScalarType.Float32 : scalar == typeof(int) ? ScalarType.Int32 : ScalarType.Boolean,
            tensor.Shape);
    }

    private static object?[] Of(IReadOnlyList<Tensor> tensors, MethodInfo method) => [.. tensors.Zip(
        method.GetParameters(), (t, p) => Objects.Of(t, p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType))];

    public static object? Invoke(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, arguments);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    public IEnumerable<MethodInfo> Methods(string type, string name) =>
        Find(type).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.Name == name);

    /// <summary>A type by its name in C# or in the runtime: the program's, a library's or the framework's.</summary>
    private Type Find(string name) =>
        _assemblies.Append(typeof(object).Assembly)
            .SelectMany(a => new[] { a.GetType(name), a.GetType(Nested(name)) }).FirstOrDefault(t => t is not null)
        ?? throw new InvalidOperationException($"There is no type '{name}'.");

    private static string Nested(string name) =>
        name.LastIndexOf('.') is var dot and >= 0 ? name[..dot] + "+" + name[(dot + 1)..] : name;

    private static string TypeName(GradientModel model) =>
        string.Join(".", new[] { model.Namespace }.Where(n => n.Length > 0).Append(string.Join("+", model.Types.Items.Select(t => t.Name))));

    private static ImmutableArray<GradientModel> Read(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var semantics = compilation.GetSemanticModel(tree);
        var models = ImmutableArray.CreateBuilder<GradientModel>();
        foreach (var syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() == "Differentiable")))
        {
            var read = ModelReader.Read(semantics.GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
            Assert.Equal("", string.Join("\n", read.Problems.Select(p => p.Message)) + read.Model!.Failure);
            models.Add(read.Model);
            _ = Verifier.Verify(read.Model.Function!);
        }

        return models.ToImmutable();
    }
}
