using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using static GradGen.Compiler.Reading.NumericsTerms;

namespace GradGen.Compiler.Reading;

/// <content>
/// Matrices. One that moves points is [R; tᵀ] with, in space, a last column [0; 1]: a point x goes to Rᵀ·x + t.
/// </content>
internal static partial class NumericsOperations
{
    private static IEnumerable<NumericsOperation> Matrices() =>
    [
        // A·B; of 3×2, which lack their last column, A·B[..2] + [0; B[2]]
        .. Row("Matrix4x4 * Matrix4x4 | Matrix4x4.Multiply(Matrix4x4, Matrix4x4)", (a, b) => a.MatMul(b)),
        .. Row("Matrix3x2 * Matrix3x2 | Matrix3x2.Multiply(Matrix3x2, Matrix3x2)", (a, b) =>
            a.MatMul(b.Block(0, 0, 2, 2)) + b.Block(2, 0, 1, 2).Apply(Gathers.Pad, Attributes.Of(2, 0, 3, 2))),
        .. Row("Matrix4x4.Transpose(Matrix4x4)", a => a.T),

        // det A, of 3×2 that of the first two rows
        .. Row("Matrix3x2.GetDeterminant()", a => Minor(a, 0, 0, 1)),
        .. Row("Matrix4x4.GetDeterminant()", Determinant),

        // A·R(q)
        .. Row("Matrix4x4.Transform(Matrix4x4, Quaternion)", (a, q) => a.MatMul(Affine(RotationOf(q)))),
    ];

    private static IEnumerable<NumericsOperation> PlaneMatrices() =>
    [
        .. Row("Matrix3x2.Identity", one => Matrix(3, 2, one, 0, 0, one, 0, 0)),
        .. Rows("new Matrix3x2(float, float, float, float, float, float) | Matrix3x2.Create(float, float, float, float, float, float)", m =>
            Matrix(3, 2, [.. m.Select(e => (Entry)e)])),
        .. Row("Matrix3x2.Create(float)", s => s.Fill(Shape.Of(3, 2))),
        .. Row("Matrix3x2.Create(Vector2)", x => FromRows(x, x, x)),
        .. Row("Matrix3x2.Create(Vector2, Vector2, Vector2)", (x, y, z) => FromRows(x, y, z)),

        // [I; tᵀ]
        .. Row("Matrix3x2.CreateTranslation(Vector2)", t => Matrix(3, 2, 1, 0, 0, 1, t.At(0), t.At(1))),
        .. Row("Matrix3x2.CreateTranslation(float, float)", (x, y) => Matrix(3, 2, 1, 0, 0, 1, x, y)),

        // [R; tᵀ] with t = 0, or t = c − Rᵀ·c, which keeps the point c in its place
        .. Row("Matrix3x2.CreateRotation(float)", angle => InPlane(RotationInPlane(angle))),
        .. Row("Matrix3x2.CreateRotation(float, Vector2)", (angle, c) => InPlane(RotationInPlane(angle), c)),
        .. Row("Matrix3x2.CreateScale(float)", s => InPlane(Diagonal(s, s))),
        .. Row("Matrix3x2.CreateScale(float, float)", (x, y) => InPlane(Diagonal(x, y))),
        .. Row("Matrix3x2.CreateScale(Vector2)", s => InPlane(Diagonal(s.At(0), s.At(1)))),
        .. Row("Matrix3x2.CreateScale(float, Vector2)", (s, c) => InPlane(Diagonal(s, s), c)),
        .. Row("Matrix3x2.CreateScale(float, float, Vector2)", (x, y, c) => InPlane(Diagonal(x, y), c)),
        .. Row("Matrix3x2.CreateScale(Vector2, Vector2)", (s, c) => InPlane(Diagonal(s.At(0), s.At(1)), c)),
        .. Row("Matrix3x2.CreateSkew(float, float)", (x, y) => InPlane(Skew(x, y))),
        .. Row("Matrix3x2.CreateSkew(float, float, Vector2)", (x, y, c) => InPlane(Skew(x, y), c)),
    ];

    private static IEnumerable<NumericsOperation> SpaceMatrices() =>
    [
        .. Row("Matrix4x4.Identity", one => Identity(one, 4)),
        .. Rows(
            $"new Matrix4x4({string.Join(", ", Enumerable.Repeat("float", 16))}) | Matrix4x4.Create({string.Join(", ", Enumerable.Repeat("float", 16))})",
            m => Matrix(4, 4, [.. m.Select(e => (Entry)e)])),
        .. Row("new Matrix4x4(Matrix3x2) | Matrix4x4.Create(Matrix3x2)", m => Matrix(
            4, 4, m.At(0, 0), m.At(0, 1), 0, 0, m.At(1, 0), m.At(1, 1), 0, 0, 0, 0, 1, 0, m.At(2, 0), m.At(2, 1), 0, 1)),
        .. Row("Matrix4x4.Create(float)", s => s.Fill(Shape.Of(4, 4))),
        .. Row("Matrix4x4.Create(Vector4)", x => FromRows(x, x, x, x)),
        .. Row("Matrix4x4.Create(Vector4, Vector4, Vector4, Vector4)", (x, y, z, w) => FromRows(x, y, z, w)),

        // [I 0; tᵀ 1]
        .. Row("Matrix4x4.CreateTranslation(Vector3)", t => Affine(Identity(t.Literal(1), 3), t)),
        .. Row("Matrix4x4.CreateTranslation(float, float, float)", (x, y, z) => Affine(Identity(x.Literal(1), 3), Column(x, y, z))),

        // [R 0; tᵀ 1] with t = 0, or t = c − Rᵀ·c, which keeps the point c in its place
        .. Row("Matrix4x4.CreateScale(float)", s => Affine(Diagonal(s, s, s))),
        .. Row("Matrix4x4.CreateScale(float, float, float)", (x, y, z) => Affine(Diagonal(x, y, z))),
        .. Row("Matrix4x4.CreateScale(Vector3)", s => Affine(Diagonal(s.At(0), s.At(1), s.At(2)))),
        .. Row("Matrix4x4.CreateScale(float, Vector3)", (s, c) => About(c, Diagonal(s, s, s))),
        .. Row("Matrix4x4.CreateScale(float, float, float, Vector3)", (x, y, z, c) => About(c, Diagonal(x, y, z))),
        .. Row("Matrix4x4.CreateScale(Vector3, Vector3)", (s, c) => About(c, Diagonal(s.At(0), s.At(1), s.At(2)))),
        .. Row("Matrix4x4.CreateRotationX(float)", angle => Affine(RotationX(angle))),
        .. Row("Matrix4x4.CreateRotationY(float)", angle => Affine(RotationY(angle))),
        .. Row("Matrix4x4.CreateRotationZ(float)", angle => Affine(RotationZ(angle))),
        .. Row("Matrix4x4.CreateRotationX(float, Vector3)", (angle, c) => About(c, RotationX(angle))),
        .. Row("Matrix4x4.CreateRotationY(float, Vector3)", (angle, c) => About(c, RotationY(angle))),
        .. Row("Matrix4x4.CreateRotationZ(float, Vector3)", (angle, c) => About(c, RotationZ(angle))),
        .. Row("Matrix4x4.CreateFromQuaternion(Quaternion)", q => Affine(RotationOf(q))),
        .. Row("Matrix4x4.CreateFromYawPitchRoll(float, float, float)", (yaw, pitch, roll) => Affine(RotationOf(FromYawPitchRoll(yaw, pitch, roll)))),

        .. Row("Matrix4x4.CreateFromAxisAngle(Vector3, float)", (axis, angle) => Affine(RotationOf(FromAxisAngle(axis, angle)))),

        // With the plane normalised, R = I − 2nnᵀ, t = −2d·n
        .. Row("Matrix4x4.CreateReflection(Plane)", plane =>
        {
            var p = plane / plane.Slice(0, 3).Length();
            var (n, d) = (p.Slice(0, 3), p.At(3));
            return Affine(Identity(d.Literal(1), 3) - (2 * n.MatMul(n.T)), -2 * d * n);
        }),

        // The axes are the rows: z = −forward, x = up × z, y = z × x, of unit length
        .. Row("Matrix4x4.CreateWorld(Vector3, Vector3, Vector3)", (position, forward, up) => Affine(Axes(-forward, up).T, position)),
    ];

    // A[r, i]·A[r + 1, j] − A[r, j]·A[r + 1, i]
    private static Term Minor(Term a, int row, int i, int j) => (a.At(row, i) * a.At(row + 1, j)) - (a.At(row, j) * a.At(row + 1, i));

    // Laplace's expansion by the first two rows: the minors of their columns times those of the other rows and columns
    private static Term Determinant(Term a) =>
        (Minor(a, 0, 0, 1) * Minor(a, 2, 2, 3)) - (Minor(a, 0, 0, 2) * Minor(a, 2, 1, 3)) + (Minor(a, 0, 0, 3) * Minor(a, 2, 1, 2))
        + (Minor(a, 0, 1, 2) * Minor(a, 2, 0, 3)) - (Minor(a, 0, 1, 3) * Minor(a, 2, 0, 2)) + (Minor(a, 0, 2, 3) * Minor(a, 2, 0, 1));

    // [R; tᵀ], t = c − Rᵀ·c or 0
    private static Term InPlane(Term r, Term? centre = null)
    {
        Entry[] t = centre is { } c && c - r.T.MatMul(c) is var kept ? [kept.At(0), kept.At(1)] : [0, 0];
        return Matrix(3, 2, [r.At(0, 0), r.At(0, 1), r.At(1, 0), r.At(1, 1), .. t]);
    }

    // [R 0; tᵀ 1], t = 0 if it is not given
    private static Term Affine(Term r, Term? translation = null)
    {
        Entry[] Row(int i) => [r.At(i, 0), r.At(i, 1), r.At(i, 2), 0];
        Entry[] last = translation is { } t ? [t.At(0), t.At(1), t.At(2), 1] : [0, 0, 0, 1];
        return Matrix(4, 4, [.. Row(0), .. Row(1), .. Row(2), .. last]);
    }

    private static Term About(Term centre, Term r) => Affine(r, centre - r.T.MatMul(centre));

    private static Term Diagonal(Term x, Term y) => Matrix(2, 2, x, 0, 0, y);

    private static Term Diagonal(Term x, Term y, Term z) => Matrix(3, 3, x, 0, 0, 0, y, 0, 0, 0, z);

    private static Term RotationInPlane(Term angle)
    {
        var (s, c) = (angle.Sin(), angle.Cos());
        return Matrix(2, 2, c, s, -s, c);
    }

    private static Term Skew(Term x, Term y) => Matrix(2, 2, 1, y.Apply(Elementary.Tan), x.Apply(Elementary.Tan), 1);

    private static Term RotationX(Term angle)
    {
        var (s, c) = (angle.Sin(), angle.Cos());
        return Matrix(3, 3, 1, 0, 0, 0, c, s, 0, -s, c);
    }

    private static Term RotationY(Term angle)
    {
        var (s, c) = (angle.Sin(), angle.Cos());
        return Matrix(3, 3, c, 0, -s, 0, 1, 0, s, 0, c);
    }

    private static Term RotationZ(Term angle)
    {
        var (s, c) = (angle.Sin(), angle.Cos());
        return Matrix(3, 3, c, s, 0, -s, c, 0, 0, 0, 1);
    }

    // R(q) = I + 2(uuᵀ − ‖u‖²·I − w·[u]×), which is q·[x; 0]·q* for a unit quaternion
    private static Term RotationOf(Term q)
    {
        var (u, w) = (q.Slice(0, 3), q.At(3));
        return Identity(w.Literal(1), 3) + (2 * (u.MatMul(u.T) - Identity(u.NormSquared(), 3) - (w * CrossMatrix(u))));
    }

    // [a]×·b = a × b
    private static Term CrossMatrix(Term a) => Matrix(
        3, 3, 0, -a.At(2), a.At(1), a.At(2), 0, -a.At(0), -a.At(1), a.At(0), 0);

    // The rows one over the other
    private static Term FromRows(params Term[] rows) => rows.Select(r => r.T).Aggregate((top, next) => top.Apply(Gathers.VStack, next));
}
