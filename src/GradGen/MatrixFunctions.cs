namespace GradGen;

/// <summary>
/// The functions of matrices, vectors and numbers that GradGen differentiates, for
/// <c>using static GradGen.MatrixFunctions;</c>. Those of two matrices accept any two shapes, as the operators do:
/// sizes that do not fit are reported by GradGen's analyzer and at run time by a <see cref="ShapeMismatchException"/>.
/// Of numbers there are only those that <see cref="Math"/> lacks. Each function returns a new matrix and leaves its
/// arguments as they are.
/// </summary>
public static partial class MatrixFunctions;
