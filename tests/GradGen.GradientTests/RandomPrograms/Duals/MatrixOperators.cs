namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The operators between matrices of any two shapes, by the definition of the product and the sum.</summary>
public static class MatrixOperators
{
    extension<TScalar, TRows, TColumns, TRightRows, TRightColumns>(Matrix<TScalar, TRows, TColumns>)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        // cᵢⱼ = Σₖ aᵢₖ bₖⱼ
        public static Matrix<TScalar, TRows, TRightColumns> operator *(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right) => new((i, j) =>
        {
            var sum = TScalar.Zero;
            for (var k = 0; k < TColumns.Size; k++)
            {
                sum += left[i, k] * right[k, j];
            }

            return sum;
        });

        public static Matrix<TScalar, TRows, TColumns> operator +(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right) => new((i, j) => left[i, j] + right[i, j]);

        public static Matrix<TScalar, TRows, TColumns> operator -(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right) => new((i, j) => left[i, j] - right[i, j]);
    }

    extension<TScalar, TRows, TColumns, TSize>(Matrix<TScalar, TRows, TColumns>)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TSize : struct, IDimension
    {
        public static Vector<TScalar, TRows> operator *(Matrix<TScalar, TRows, TColumns> left, Vector<TScalar, TSize> right) =>
            (left * (Matrix<TScalar, TSize, N1>)right).Flatten<TRows>();
    }

    extension<TScalar, TSize, TRows, TColumns>(Vector<TScalar, TSize>)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        public static Matrix<TScalar, TSize, TColumns> operator *(Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right) =>
            (Matrix<TScalar, TSize, N1>)left * right;

        public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right) =>
            new(p => left[p] + right[p, 0]);

        public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right) =>
            new(p => left[p] - right[p, 0]);
    }

    extension<TScalar, TSize, TRightSize>(Vector<TScalar, TSize>)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        public static Vector<TScalar, TSize> operator *(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right) =>
            new(p => left[p] * right[0]);

        public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right) =>
            new(p => left[p] + right[p]);

        public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right) =>
            new(p => left[p] - right[p]);
    }
}
