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
/// The type of a <see cref="Value"/>: entries and shape; an array of such values, as many as the program says when it
/// runs (<see cref="Operations.Arrays"/>); or a tape of any of them, what a loop's iterations leave for the reverse sweep
/// (<see cref="Operations.Tapes"/>).
/// </summary>
internal readonly record struct TensorType(ScalarType Scalar, Shape Shape, bool IsTape = false, bool IsArray = false)
{
    public static TensorType Int32 => new(ScalarType.Int32, Shape.Scalar);

    public static TensorType Boolean => new(ScalarType.Boolean, Shape.Scalar);

    /// <summary>Whether a derivative with respect to a value of this type can exist.</summary>
    public bool IsFloating => !IsTape && Scalar is (ScalarType.Float64 or ScalarType.Float32);

    /// <summary>Whether it is a scalar, a vector or a matrix: entries, as many as the shape says.</summary>
    public bool IsTensor => !IsTape && !IsArray;

    /// <summary>Whether it is one number or Boolean.</summary>
    public bool IsScalar => IsTensor && Shape.IsScalar;

    /// <summary>The type of an array's elements.</summary>
    public TensorType Element => this with { IsArray = false };

    /// <summary>The type of arrays of such values.</summary>
    public TensorType Array => this with { IsArray = true };

    /// <summary>"2×1", "scalar", "array", "array of 2×1": as people say it.</summary>
    public string ShapeText => !IsArray ? Shape.ToString() : Shape.IsScalar ? "array" : "array of " + Shape;

    public TensorType With(Shape shape) => new(Scalar, shape);

    public TensorType With(ScalarType scalar) => new(scalar, Shape);

    public override string ToString() => (IsTape ? "tape of " : "") + (IsArray ? "array of " : "") + Scalar switch
    {
        ScalarType.Float64 => "f64",
        ScalarType.Float32 => "f32",
        ScalarType.Int32 => "i32",
        _ => "bool",
    } + (Shape.IsScalar ? "" : $"[{Shape}]");
}
