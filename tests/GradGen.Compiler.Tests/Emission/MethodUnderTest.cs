using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>
/// Builds the model of a differentiable method without reading C#: parameters, then a body over the IR's terms.
/// </summary>
internal sealed class MethodUnderTest(string name = "Forward", ScalarType scalar = ScalarType.Float64)
{
    private readonly Builder _builder = new();
    private readonly List<ParameterModel> _parameters = [];

    private string Keyword => scalar == ScalarType.Float64 ? "double" : "float";

    public Builder Builder => _builder;

    public Term Matrix(string parameter, int rows, int columns, bool differentiated = true) => Add(
        parameter, ParameterKind.Matrix, new TensorType(scalar, Shape.Of(rows, columns)), MatrixType(rows, columns), differentiated);

    public Term Vector(string parameter, int size, bool differentiated = true) => Add(
        parameter, ParameterKind.Vector, new TensorType(scalar, Shape.Of(size, 1)), VectorType(size), differentiated);

    public Term Numerics(string parameter, NumericsType type, bool differentiated = true) =>
        Add(parameter, ParameterKind.Numerics, type.Type, type.CSharpName, differentiated);

    public Term Scalar(string parameter, bool differentiated = true) => Add(
        parameter, ParameterKind.Scalar, new TensorType(scalar, Shape.Scalar), Keyword, differentiated);

    public Term Int32(string parameter) => Add(parameter, ParameterKind.Scalar, TensorType.Int32, "int", false);

    public Term Boolean(string parameter) => Add(parameter, ParameterKind.Scalar, TensorType.Boolean, "bool", false);

    /// <summary>A step with the name of a local.</summary>
    public static Term Named(Term term, string name)
    {
        Builder.Name(term.Value, name);
        return term;
    }

    /// <summary>if (condition) { then } else { otherwise }, one result.</summary>
    public Term If(Term condition, Func<Term> then, Func<Term> otherwise)
    {
        var regions = ImmutableArray.Create(
            _builder.Region([], _ => [then().Value]), _builder.Region([], _ => [otherwise().Value]));
        return new Term(_builder, _builder.AddControlFlow(
            ControlFlow.If, [condition.Value], regions, [regions[0].Results[0].Type])[0]);
    }

    /// <summary>The model; a column is a Vector, what has more columns a Matrix.</summary>
    /// <param name="result">What is returned.</param>
    /// <param name="numerics">Its type, if it is one of System.Numerics.</param>
    public GradientModel Returns(Term result, NumericsType? numerics = null)
    {
        var shape = result.Shape;
        var (kind, type) = numerics is not null ? (ParameterKind.Numerics, numerics.CSharpName)
            : shape.IsScalar ? (ParameterKind.Scalar, Keyword)
            : shape.Columns == 1 ? (ParameterKind.Vector, VectorType(shape.Rows))
            : (ParameterKind.Matrix, MatrixType(shape.Rows, shape.Columns));
        var function = Verifier.Verify(_builder.Build(name, [result.Value]));
        return Model(new ParameterModel("upstream", type, kind, result.Value.Type, true), function, null);
    }

    /// <summary>The model of a method that could not be read.</summary>
    public GradientModel Fails(ParameterModel result, string failure, params ParameterModel[] others)
    {
        _parameters.AddRange(others);
        return Model(result, null, failure);
    }

    private GradientModel Model(ParameterModel result, Function? function, string? failure) => new(
        "Tested",
        new EquatableArray<ContainingType>([new ContainingType("class", "Network")]),
        name,
        "public",
        name.Replace("Forward", "Backward"),
        name + "Gradient",
        new EquatableArray<ParameterModel>(_parameters),
        result,
        function,
        failure,
        "Network." + name + ".g.cs");

    private Term Add(string parameter, ParameterKind kind, TensorType type, string typeName, bool differentiated)
    {
        _parameters.Add(new ParameterModel(parameter, typeName, kind, type, differentiated));
        return new Term(_builder, _builder.Parameter(type, parameter));
    }

    private string MatrixType(int rows, int columns) =>
        $"global::GradGen.Matrix<{Keyword}, {Dimension(rows)}, {Dimension(columns)}>";

    private string VectorType(int size) => $"global::GradGen.Vector<{Keyword}, {Dimension(size)}>";

    private static string Dimension(int size) => size == 784 ? "global::Tested.Pixels" : $"global::GradGen.N{size}";
}
