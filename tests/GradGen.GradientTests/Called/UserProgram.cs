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
        Assert.True(!problems.Any(), string.Join("\n", problems.Take(20).Select(d => d.ToString() + "\n" + d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line])));

        // The program and its libraries in a context of their own: there can be several programs over one library.
        var context = new AssemblyLoadContext(name, isCollectible: true);
        return new UserProgram(
            image.ToArray(), [.. libraries.Select(l => l._image).Prepend(image.ToArray()).Select(i => context.LoadFromStream(new MemoryStream(i)))], models);
    }

    public object? Invoke(string type, string method, params object?[] arguments) => Invoker.Invoke(Methods(type, method).Single(), null, arguments);

    /// <summary>The differentiable method, of its leaves.</summary>
    public Tensor Forward(GradientModel model, IReadOnlyList<Tensor> leaves)
    {
        var declared = model.Declared.Count(d => !d.IsMember);
        var method = Methods(TypeName(model), model.MethodName).Single(m => m.GetParameters().Length == declared);
        return Parts.Leaf(Invoker.Invoke(method, Receiver(model, leaves), Arguments(model, leaves, method))!);
    }

    /// <summary>Its generated method: the value, then the gradients of the leaves.</summary>
    public Tensor[] Backward(GradientModel model, IReadOnlyList<Tensor> leaves, Tensor upstream)
    {
        var method = Methods(TypeName(model), model.BackwardName).Single(m => m.ReturnType.Name.StartsWith(model.GradientName, StringComparison.Ordinal));
        object?[] arguments = [.. Arguments(model, leaves, method), Parts.Leaf(upstream, Invoker.ArgumentType(method.GetParameters()[^1]))];
        var gradient = Invoker.Invoke(method, Receiver(model, leaves), arguments)!;
        return
        [
            Parts.Leaf(Tensors.At(gradient, ["Value"])!),
            .. WrittenParts.Of(new Signatures(model)).OrderBy(w => w.Number)
                .Select(w => Parts.Leaf(Tensors.At(gradient, w.Present.Replace("?", "", StringComparison.Ordinal).Replace("@", "", StringComparison.Ordinal).Split('.')[1..])!)),
        ];
    }

    /// <summary>Runs, for the interpreter, the methods that the program calls.</summary>
    public ImmutableArray<Tensor> Resolve(Callee callee, bool isDerivative, ImmutableArray<Tensor> leaves)
    {
        var method = Find(callee, isDerivative);
        var operands = new Queue<Tensor>(leaves);
        var types = method.GetParameters().Select(Invoker.ArgumentType).ToList();
        if (callee.IsInstance)
        {
            types.Insert(0, method.DeclaringType!);
        }

        List<object> arguments = [.. callee.Parameters.Items.Concat(isDerivative ? [callee.Result] : []).Select((p, i) => Parts.Make(p, types[i], operands, HandedOn))];
        var returned = Invoker.Invoke(method, callee.IsInstance ? arguments[0] : null, [.. arguments.Skip(callee.IsInstance ? 1 : 0)])!;
        if (!isDerivative)
        {
            return [.. Parts.Take(callee.Result, returned)];
        }

        // A tuple's elements have lost their names: they are taken by their place.
        var position = 0;
        operands = new Queue<Tensor>(leaves);
        return
        [
            .. callee.Parameters.Items.SelectMany((p, i) => callee.IsInstance && i == 0 ? p.Members.Items : [p]).SelectMany(unit =>
            {
                List<Tensor> own = [.. unit.Leaves.Select(_ => operands.Dequeue())];
                return unit.Leaves.FirstOrDefault(l => l.Path is not null)?.Path is { } path
                    ? Parts.Take(unit, Adjoint(returned, path, position++)).ToList()
                    : own;
            }),
        ];
    }

    private static object Adjoint(object returned, string path, int position) =>
        returned is System.Runtime.CompilerServices.ITuple tuple && path.StartsWith('.') ? tuple[position]!
        : path.StartsWith('.') && !path.StartsWith("?.", StringComparison.Ordinal) && returned.GetType().GetProperty(path[1..].Split('.', '?')[0]) is { } member && IsGradient(returned.GetType())
        ? member.GetValue(returned)!
        : returned;

    private static bool IsGradient(Type type) => type.GetCustomAttributes<System.CodeDom.Compiler.GeneratedCodeAttribute>().Any();

    private MethodInfo Find(Callee callee, bool isDerivative)
    {
        var (type, name, arguments) = Split((isDerivative ? callee.Derivative : callee.Method).Replace("global::", "", StringComparison.Ordinal));
        var types = callee.Parameters.Items.Skip(callee.IsInstance ? 1 : 0).Concat(isDerivative ? [callee.Result] : []).ToList();
        return Methods(type, name).Where(m => m.IsGenericMethod == (arguments.Length > 0) && m.ReturnType != typeof(void))
            .Select(m => m.IsGenericMethod ? m.MakeGenericMethod([.. arguments.Select(Find)]) : m)
            .Single(m => m.GetParameters() is var parameters && parameters.Length == types.Count
                && parameters.Zip(types, (p, t) => t.Type is null || TypeOf(Invoker.ArgumentType(p)) == t.Type).All(same => same));
    }

    /// <summary>The type, the name and the type arguments of a method.</summary>
    private static (string Type, string Name, string[] Arguments) Split(string method)
    {
        var generic = method.EndsWith('>') ? method.LastIndexOf('<') : method.Length;
        var arguments = generic == method.Length ? [] : method[(generic + 1)..^1].Split(", ");
        var dot = method[..generic].LastIndexOf('.');
        return (method[..dot], method[(dot + 1)..generic], arguments);
    }

    private static TensorType? TypeOf(Type type)
    {
        if (type.IsArray)
        {
            return TypeOf(type.GetElementType()!)?.Array;
        }

        if (NumericsTypes.Of("global::" + type.FullName) is { } numerics)
        {
            return numerics.Type;
        }

        if (type.IsEnum)
        {
            return TensorType.Int32;
        }

        var scalar = Tensors.IsMatrix(type) ? type.GetGenericArguments()[0] : type;
        if (scalar != typeof(double) && scalar != typeof(float) && scalar != typeof(int) && scalar != typeof(bool))
        {
            return null;
        }

        var tensor = type.IsGenericType ? Objects.ToTensor(Activator.CreateInstance(type)!) : Tensor.Scalar(0);
        return new TensorType(
            scalar == typeof(double) ? ScalarType.Float64 : scalar == typeof(float) ? ScalarType.Float32 : scalar == typeof(int) ? ScalarType.Int32 : ScalarType.Boolean,
            tensor.Shape);
    }

    private object? Receiver(GradientModel model, IReadOnlyList<Tensor> leaves)
    {
        if (!model.IsInstance)
        {
            return null;
        }

        var members = model.Declared.Where(d => d.IsMember).Select(d => d.Part with { Name = d.Name }).ToList();
        return Parts.Make(new PartModel("this", "", Making.With, -1, true, true, true) { Members = new(members) }, Find(TypeName(model)), leaves);
    }

    private static object?[] Arguments(GradientModel model, IReadOnlyList<Tensor> leaves, MethodInfo method) => [.. model.Declared.Where(d => !d.IsMember)
        .Zip(method.GetParameters(), (d, p) => Parts.Make(d.Part, Invoker.ArgumentType(p), leaves))];

    public IEnumerable<MethodInfo> Methods(string type, string name) =>
        Find(type).GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.Name == name);

    /// <summary>A text, a static field, or a member that is a text.</summary>
    private object HandedOn(string expression)
    {
        const string Global = "global::";
        if (!expression.StartsWith(Global, StringComparison.Ordinal))
        {
            return expression.StartsWith('"') ? ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(expression)).Token.ValueText : Parts.Text;
        }

        var dot = expression.LastIndexOf('.');
        return Find(expression[Global.Length..dot]).GetField(expression[(dot + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;
    }

    /// <summary>A type by its name in C# or in the runtime: the program's, a library's or the framework's.</summary>
    private Type Find(string name) => Find(SyntaxFactory.ParseTypeName(name));

    private Type Find(TypeSyntax syntax)
    {
        if (syntax is ArrayTypeSyntax array)
        {
            return Find(array.ElementType).MakeArrayType();
        }

        if (syntax is PredefinedTypeSyntax { Keyword.Text: var keyword })
        {
            return keyword switch { "double" => typeof(double), "float" => typeof(float), "int" => typeof(int), _ => typeof(string) };
        }

        var parts = syntax.DescendantNodesAndSelf(n => n is not TypeArgumentListSyntax).OfType<SimpleNameSyntax>().ToList();
        List<TypeSyntax> arguments = [.. parts.OfType<GenericNameSyntax>().SelectMany(g => g.TypeArgumentList.Arguments)];
        List<string> names = [.. parts.Select(p => p.Identifier.ValueText + (p.Arity > 0 ? "`" + p.Arity : ""))];
        foreach (var nested in Enumerable.Range(0, names.Count))
        {
            var name = string.Join('.', names[..^nested]) + string.Concat(names[^nested..].Select(n => "+" + n));
            if (_assemblies.Append(typeof(object).Assembly).Append(typeof(N1).Assembly).Select(a => a.GetType(name)).FirstOrDefault(t => t is not null) is { } found)
            {
                return arguments.Count == 0 ? found : found.MakeGenericType([.. arguments.Select(Find)]);
            }
        }

        throw new InvalidOperationException($"There is no type '{syntax}'.");
    }

    private static string TypeName(GradientModel model) =>
        string.Join(".", new[] { model.Namespace }.Where(n => n.Length > 0).Concat(model.Types.Items.Select(t => t.Name)));

    private static ImmutableArray<GradientModel> Read(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var semantics = compilation.GetSemanticModel(tree);
        var models = ImmutableArray.CreateBuilder<GradientModel>();
        var problems = new List<string>();
        foreach (var syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() == "Differentiable")))
        {
            var read = ModelReader.Read(semantics.GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
            problems.AddRange(read.Problems.Select(p => p.Message).Append(read.Model?.Failure).Where(p => p is not null).Select(p => $"{p} in {syntax}"));
            if (read.Model?.Function is { } function)
            {
                models.Add(read.Model);
                _ = Verifier.Verify(function);
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems) + string.Join("\n", compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));

        return models.ToImmutable();
    }
}
