using System.Globalization;
using System.Reflection;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Tests.Harness;

/// <summary>Between the interpreter's tensors and the objects that compiled code takes and gives.</summary>
internal static class Objects
{
    /// <summary>A tensor as a number, a Boolean, a vector, a matrix or a type of System.Numerics.</summary>
    public static object Of(Tensor tensor, Type type)
    {
        if (NumericsTypes.Of("global::" + type.FullName) is not null)
        {
            return Activator.CreateInstance(type, [.. tensor.Entries.Select(e => (object)(float)e)])!;
        }

        if (!type.IsGenericType)
        {
            return type == typeof(bool) ? tensor.Entries[0] != 0 : Convert.ChangeType(tensor.Entries[0], type, CultureInfo.InvariantCulture);
        }

        var matrix = Activator.CreateInstance(type)!;
        Generic(matrix, nameof(FillMatrix), nameof(FillVector)).Invoke(null, [matrix, tensor.Entries]);
        return matrix;
    }

    /// <summary>A number, a Boolean, a vector, a matrix or a type of System.Numerics as a tensor.</summary>
    public static Tensor ToTensor(object value) => NumericsTypes.Of("global::" + value.GetType().FullName) is { } numerics
        ? new Tensor(numerics.Shape, [.. numerics.Fields.Select(f => Convert.ToDouble(
            f.Split('.').Aggregate(value, (part, name) => part.GetType().GetField(name)!.GetValue(part)!), CultureInfo.InvariantCulture))])
        : value.GetType().IsGenericType
        ? (Tensor)Generic(value, nameof(MatrixEntries), nameof(VectorEntries)).Invoke(null, [value])!
        : Tensor.Scalar(Convert.ToDouble(value, CultureInfo.InvariantCulture));

    private static MethodInfo Generic(object value, string forMatrix, string forVector)
    {
        var types = value.GetType().GetGenericArguments();
        return typeof(Objects).GetMethod(types.Length == 3 ? forMatrix : forVector, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(types);
    }

    private static void FillMatrix<T, TRows, TColumns>(Matrix<T, TRows, TColumns> matrix, double[] entries)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => matrix.CopyFrom([.. entries.Select(T.CreateSaturating)]);

    private static void FillVector<T, TSize>(Vector<T, TSize> vector, double[] entries)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TSize : struct, IDimension => vector.CopyFrom([.. entries.Select(T.CreateSaturating)]);

    private static Tensor MatrixEntries<T, TRows, TColumns>(Matrix<T, TRows, TColumns> matrix)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        new(Shape.Of(matrix.Rows, matrix.Columns), [.. matrix.AsSpan().ToArray().Select(double.CreateSaturating)]);

    private static Tensor VectorEntries<T, TSize>(Vector<T, TSize> vector)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TSize : struct, IDimension =>
        new(Shape.Of(vector.Size, 1), [.. vector.AsSpan().ToArray().Select(double.CreateSaturating)]);
}
