using System.Globalization;
using System.Reflection;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.GradientTests;

/// <summary>A case over the user's types, compiled with what GradGen emits; its objects are reached by reflection.</summary>
internal sealed record CompiledObject(GradientModel Model, Type Type)
{
    public MethodInfo Forward => Type.GetMethod("F")!;

    public MethodInfo Backward => Type.GetMethods().Single(m => m.Name == "FBackward" && m.ReturnType != typeof(void));

    public MethodInfo Into => Type.GetMethods().Single(
        m => m.Name == "FBackward" && m.ReturnType == typeof(void) && m.GetParameters().Count(p => p.Name == "upstream") == 0);

    public static CompiledObject[] Compile(IReadOnlyList<string> sources, Passes passes)
    {
        var compilation = Compilations.Create(
            [.. sources.Select((s, i) => Compilations.Usings + $"namespace Case{i};\n{s}\n")],
            o => o.WithOptimizationLevel(OptimizationLevel.Release).WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));
        var models = compilation.SyntaxTrees.Select(tree => Read(compilation, tree)).ToList();
        compilation = compilation.AddSyntaxTrees(models.Select(
            m => CSharpSyntaxTree.ParseText(GradientEmitter.Emit(m, passes), Compilations.ParseOptions, path: m.HintName)));
        using var stream = new MemoryStream();
        var problems = compilation.Emit(stream).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal("", string.Join("\n", problems.Select(d => d.ToString()).Take(10)));
        var assembly = Assembly.Load(stream.ToArray());
        return [.. models.Select((m, i) => new CompiledObject(m, assembly.GetType($"Case{i}.C")!))];
    }

    /// <summary>A receiver, or null for a static method, and arguments; the numbers the same in every run.</summary>
    public (object? Receiver, object?[] Arguments) Inputs()
    {
        var random = new Random(99);
        var receiver = Forward.IsStatic ? null : Make(Type, random);
        return (receiver, [.. Forward.GetParameters().Select(p => Make(p.ParameterType, random))]);
    }

    /// <summary>The root of a leaf, receiver or argument, and the members down to it.</summary>
    public (int Root, string[] Members) Find(ParameterModel leaf)
    {
        var parts = (leaf.Path ?? leaf.Name).Split('.');
        var argument = Array.FindIndex(Forward.GetParameters(), p => p.Name == parts[0]);
        return parts[0] == "this" ? (-1, parts[1..])
            : argument >= 0 ? (argument, parts[1..])
            : (-1, [$"<{parts[0].TrimStart('@')}>P", .. parts[1..]]); // where C# keeps a parameter of the primary constructor
    }

    private static GradientModel Read(CSharpCompilation compilation, SyntaxTree tree)
    {
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        var read = ModelReader.Read(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
        Assert.Equal([], read.Problems.Select(p => p.Message));
        Assert.True(read.Model?.Function is not null, read.Model?.Failure + "\n" + string.Join("\n", compilation.GetDiagnostics()));
        _ = Verifier.Verify(read.Model!.Function!);
        return read.Model;
    }

    public static object? Make(Type type, Random random)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        double Next() => (float)((0.3 + (0.7 * random.NextDouble())) * (random.Next(4) == 0 ? -1 : 1));
        if (type == typeof(int) || type == typeof(bool) || type == typeof(double) || type == typeof(float))
        {
            return type == typeof(bool) ? true : type == typeof(int) ? 2 : Convert.ChangeType(Next(), type, CultureInfo.InvariantCulture);
        }

        if (type == typeof(string))
        {
            return "carried over";
        }

        if (Tensors.IsMatrix(type))
        {
            var matrix = Activator.CreateInstance(type)!;
            Tensors.Write(matrix, [.. Tensors.Read(matrix).Select(_ => Next())]);
            return matrix;
        }

        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type)
            .OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, random))]);
        foreach (var member in Tensors.DataOf(type))
        {
            if (constructor is null || constructor.GetParameters().Length == 0)
            {
                Tensors.Assign(member, made, Make(Tensors.TypeOf(member), random));
            }
        }

        return made;
    }
}

/// <summary>Matrices, vectors and numbers, and the members of objects, by reflection.</summary>
internal static class Tensors
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    public static bool IsMatrix(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Matrix<,,>) || type.GetGenericTypeDefinition() == typeof(Vector<,>));

    public static double[] Read(object value) => IsMatrix(value.GetType())
        ? (double[])Generic(value, nameof(EntriesOfMatrix), nameof(EntriesOfVector)).Invoke(null, [value])!
        : Objects.ToTensor(value).Entries;

    public static void Write(object matrix, double[] entries) => Generic(matrix, nameof(FillOfMatrix), nameof(FillOfVector)).Invoke(null, [matrix, entries]);

    public static MemberInfo Member(Type type, string name) =>
        (MemberInfo?)type.GetProperty(name, Members) ?? type.GetField(name, Members) ?? throw new MissingMemberException(type.Name, name);

    public static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    public static object? Value(MemberInfo member, object owner) => member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);

    public static void Assign(MemberInfo member, object owner, object? value)
    {
        if (member is PropertyInfo property)
        {
            property.SetValue(owner, value);
        }
        else
        {
            ((FieldInfo)member).SetValue(owner, value);
        }
    }

    public static IEnumerable<MemberInfo> DataOf(Type type) =>
        [.. type.GetProperties(Members).Where(p => p.SetMethod is not null), .. type.GetFields(Members).Where(f => !f.Name.StartsWith('<'))];

    public static object? At(object? root, IEnumerable<string> members) => members.Aggregate(root, (owner, name) => Value(Member(owner!.GetType(), name), owner));

    /// <summary>The root with another value at the end of the path: itself, unless it is a struct.</summary>
    public static object? With(object? root, ReadOnlySpan<string> members, object? value)
    {
        if (members.IsEmpty)
        {
            return value;
        }

        var member = Member(root!.GetType(), members[0]);
        Assign(member, root, With(Value(member, root), members[1..], value));
        return root;
    }

    private static MethodInfo Generic(object matrix, string forMatrix, string forVector)
    {
        var types = matrix.GetType().GetGenericArguments();
        return typeof(Tensors).GetMethod(types.Length == 3 ? forMatrix : forVector, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(types);
    }

    private static double[] EntriesOfMatrix<T, TRows, TColumns>(Matrix<T, TRows, TColumns> matrix)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => [.. matrix.AsSpan().ToArray().Select(double.CreateSaturating)];

    private static double[] EntriesOfVector<T, TSize>(Vector<T, TSize> vector)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TSize : struct, IDimension => [.. vector.AsSpan().ToArray().Select(double.CreateSaturating)];

    private static void FillOfMatrix<T, TRows, TColumns>(Matrix<T, TRows, TColumns> matrix, double[] entries)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => matrix.CopyFrom([.. entries.Select(T.CreateSaturating)]);

    private static void FillOfVector<T, TSize>(Vector<T, TSize> vector, double[] entries)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TSize : struct, IDimension => vector.CopyFrom([.. entries.Select(T.CreateSaturating)]);
}
