using System.Reflection;

namespace GradGen.Tests;

public class MetadataTests
{
    private static readonly string[] Arithmetic =
        ["op_Addition", "op_Division", "op_Explicit", "op_Multiply", "op_Subtraction", "op_UnaryNegation"];

    public static TheoryData<string> OperatorNames => ["op_Addition", "op_Multiply", "op_Subtraction"];

    [Theory]
    [InlineData(typeof(MatrixFunctions))]
    [InlineData(typeof(MatrixOperators))]
    public void EveryPublicMethod_NamesItsOperation(Type type)
    {
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.False(
            string.IsNullOrEmpty(method.GetCustomAttribute<OperationAttribute>()?.Name), method.ToString()));
    }

    [Theory]
    [MemberData(nameof(OperatorNames))]
    public void ExtensionOperators_AreStaticMethodsOfTheirClass(string name)
    {
        var methods = typeof(MatrixOperators).GetMethods().Where(method => method.Name == name).ToArray();
        Assert.Equal(4, methods.Length);
    }

    [Theory]
    [InlineData(typeof(Matrix<,,>))]
    [InlineData(typeof(Vector<,>))]
    public void EveryOperatorOfOneMatrix_NamesItsOperation(Type type)
    {
        var operators = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.Name.StartsWith("op_", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(Arithmetic, operators.Select(method => method.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(operators, method => Assert.NotNull(method.GetCustomAttribute<OperationAttribute>()));
    }

    [Theory]
    [InlineData(typeof(Matrix<,,>), "T", "transpose")]
    [InlineData(typeof(Matrix<,,>), "Item", "element")]
    [InlineData(typeof(Matrix<,,>), "Block", "block")]
    [InlineData(typeof(Matrix<,,>), "Reshape", "reshape")]
    [InlineData(typeof(Matrix<,,>), "Flatten", "reshape")]
    [InlineData(typeof(Matrix<,,>), "Zeros", "zeros")]
    [InlineData(typeof(Matrix<,,>), "Ones", "ones")]
    [InlineData(typeof(Matrix<,,>), "Identity", "identity")]
    [InlineData(typeof(Vector<,>), "T", "transpose")]
    [InlineData(typeof(Vector<,>), "Item", "element")]
    [InlineData(typeof(Vector<,>), "Slice", "block")]
    [InlineData(typeof(Vector<,>), "Reshape", "reshape")]
    [InlineData(typeof(MatrixBuilder), "Create", "assemble")]
    [InlineData(typeof(MatrixBuilder), "CreateRow", "assemble")]
    [InlineData(typeof(VectorBuilder), "Create", "assemble")]
    public void Member_NamesItsOperation(Type type, string member, string operation)
    {
        var attribute = Assert.Single(type.GetMember(member)).GetCustomAttribute<OperationAttribute>();
        Assert.Equal(operation, attribute?.Name);
    }

    [Fact]
    public void ReadyMadeDimensions_SayTheirSizeTwice()
    {
        var dimensions = typeof(N1).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DimensionAttribute>() != null)
            .ToArray();
        Assert.Equal(131, dimensions.Length);
        Assert.All(dimensions, type =>
        {
            var size = type.GetCustomAttribute<DimensionAttribute>()!.Size;
            Assert.Equal("N" + size, type.Name);
            Assert.Equal(size, type.GetProperty("Size")!.GetValue(null));
        });
    }
}
