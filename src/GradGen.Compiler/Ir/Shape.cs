namespace GradGen.Compiler.Ir;

/// <summary>The scalar type of a value's entries.</summary>
internal enum ScalarType
{
    Float64,
    Float32,
    Int32,
    Boolean,
}

/// <summary>
/// Rows × columns. A vector is a column, n×1. A C# scalar is 1×1 and marked so, because a 1×1 matrix is a
/// different type to the user and takes part in products.
/// </summary>
internal readonly record struct Shape(int Rows, int Columns, bool IsScalar)
{
    public static Shape Scalar => new(1, 1, true);

    public static Shape Of(int rows, int columns) => new(rows, columns, false);

    public int Count => Rows * Columns;

    public bool IsColumn => Columns == 1 && !IsScalar;

    public Shape Transposed => new(Columns, Rows, IsScalar);

    /// <summary>"2×1", as people say it; a scalar is "scalar".</summary>
    public override string ToString() => IsScalar ? "scalar" : ShapeMessages.Shape(Rows, Columns);
}

/// <summary>
/// The type of a <see cref="Value"/>: entries and shape; or a tape of such values, what a loop's iterations leave for
/// the reverse sweep (<see cref="Operations.Tapes"/>).
/// </summary>
internal readonly record struct TensorType(ScalarType Scalar, Shape Shape, bool IsTape = false)
{
    public static TensorType Int32 => new(ScalarType.Int32, Shape.Scalar);

    public static TensorType Boolean => new(ScalarType.Boolean, Shape.Scalar);

    /// <summary>Whether a derivative with respect to a value of this type can exist.</summary>
    public bool IsFloating => !IsTape && Scalar is (ScalarType.Float64 or ScalarType.Float32);

    public TensorType With(Shape shape) => new(Scalar, shape);

    public TensorType With(ScalarType scalar) => new(scalar, Shape);

    public override string ToString() => (IsTape ? "tape of " : "") + Scalar switch
    {
        ScalarType.Float64 => "f64",
        ScalarType.Float32 => "f32",
        ScalarType.Int32 => "i32",
        _ => "bool",
    } + (Shape.IsScalar ? "" : $"[{Shape}]");
}
