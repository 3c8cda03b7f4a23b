using GradGen.Compiler.Operations;
using static GradGen.Compiler.Reading.NumericsTerms;

namespace GradGen.Compiler.Reading;

/// <content>What moves points, and quaternions: q = [u; w], u being its first three entries.</content>
internal static partial class NumericsOperations
{
    private static IEnumerable<NumericsOperation> Transforms() =>
    [
        // M[..n, ..k]ᵀ·v + M[last, ..k]ᵀ: the last row is the translation
        .. Row("Vector2.Transform(Vector2, Matrix3x2)", (v, m) => Turned(v, m, 2) + m.Row(2, 2)),
        .. Row("Vector2.Transform(Vector2, Matrix4x4)", (v, m) => Turned(v, m, 2) + m.Row(3, 2)),
        .. Row("Vector3.Transform(Vector3, Matrix4x4)", (v, m) => Turned(v, m, 3) + m.Row(3, 3)),
        .. Row("Vector4.Transform(Vector2, Matrix4x4) | Vector4.Transform(Vector3, Matrix4x4)", (v, m) => Turned(v, m, 4) + m.Row(3, 4)),
        .. Row("Vector4.Transform(Vector4, Matrix4x4)", (v, m) => m.T.MatMul(v)),

        // M[..n, ..n]ᵀ·v
        .. Row("Vector2.TransformNormal(Vector2, Matrix3x2) | Vector2.TransformNormal(Vector2, Matrix4x4)", (v, m) => Turned(v, m, 2)),
        .. Row("Vector3.TransformNormal(Vector3, Matrix4x4)", (v, m) => Turned(v, m, 3)),

        // q·[v; 0]·q*; of four entries, q·[v; w]·q* = [q·[v; 0]·q*; w·‖q‖²]
        .. Row("Vector2.Transform(Vector2, Quaternion)", (v, q) => Rotated(Stack(v, 0), q).Slice(0, 2)),
        .. Row("Vector3.Transform(Vector3, Quaternion)", Rotated),
        .. Row("Vector4.Transform(Vector2, Quaternion)", (v, q) => Stack(Rotated(Stack(v, 0), q), q.NormSquared())),
        .. Row("Vector4.Transform(Vector3, Quaternion)", (v, q) => Stack(Rotated(v, q), q.NormSquared())),
        .. Row("Vector4.Transform(Vector4, Quaternion) | Plane.Transform(Plane, Quaternion)", (v, q) => Stack(Rotated(v.Slice(0, 3), q), v.At(3) * q.NormSquared())),
    ];

    private static IEnumerable<NumericsOperation> Quaternions() =>
    [
        .. Row("Quaternion.Zero", one => one.Literal(0).Fill(NumericsTypes.Quaternion.Shape)),
        .. Row("Quaternion.Identity", one => Column(0, 0, 0, one)),

        // p·q; Concatenate turns by p first, which is q·p; p / q = p·q⁻¹
        .. Row("Quaternion * Quaternion | Quaternion.Multiply(Quaternion, Quaternion)", Product),
        .. Row("Quaternion.Concatenate(Quaternion, Quaternion)", (p, q) => Product(q, p)),
        .. Row("Quaternion / Quaternion | Quaternion.Divide(Quaternion, Quaternion)", (p, q) => Product(p, Inverse(q))),

        // q* = [−u; w], q⁻¹ = q* / ‖q‖²
        .. Row("Quaternion.Conjugate(Quaternion)", Conjugate),
        .. Row("Quaternion.Inverse(Quaternion)", Inverse),

        // (1 − t)·p ± t·q, normalised; minus where p and q point away from each other
        .. Row("Quaternion.Lerp(Quaternion, Quaternion, float)", (p, q, t) => (((1 - t) * p) + (Sign(p.Dot(q)) * t * q)).Normalized()),
        .. Row("Quaternion.Slerp(Quaternion, Quaternion, float)", Slerp),

        // [sin(θ/2)·a; cos(θ/2)]; about y by the yaw, times about x by the pitch, times about z by the roll
        .. Row("Quaternion.CreateFromAxisAngle(Vector3, float)", FromAxisAngle),
        .. Row("Quaternion.CreateFromYawPitchRoll(float, float, float)", FromYawPitchRoll),
        .. Row("Quaternion.CreateFromRotationMatrix(Matrix4x4)", FromRotationMatrix),
    ];

    // M[..n, ..k]ᵀ·v
    private static Term Turned(Term v, Term m, int size) => m.Block(0, 0, v.Shape.Rows, size).T.MatMul(v);

    // q·[v; 0]·q* = (w² − ‖u‖²)·v + 2(uᵀv)·u + 2w·(u × v)
    private static Term Rotated(Term v, Term q)
    {
        var (u, w) = (q.Slice(0, 3), q.At(3));
        return ((w.Apply(Elementary.Square) - u.NormSquared()) * v) + (2 * u.Dot(v) * u) + (2 * w * u.Cross(v));
    }

    // [u; w]·[v; z] = [w·v + z·u + u × v; wz − uᵀv]
    private static Term Product(Term p, Term q)
    {
        var (u, w, v, z) = (p.Slice(0, 3), p.At(3), q.Slice(0, 3), q.At(3));
        return Stack((w * v) + (z * u) + u.Cross(v), (w * z) - u.Dot(v));
    }

    private static Term Conjugate(Term q) => Stack(-q.Slice(0, 3), q.At(3));

    private static Term Inverse(Term q) => Conjugate(q) / q.NormSquared();

    // 1 where s ≥ 0, else −1
    private static Term Sign(Term s) => s.Literal(0).LessEqual(s).Choose(s.Literal(1), s.Literal(-1));

    // (sin((1 − t)ω)·p ± sin(tω)·q) / sin ω with cos ω = |pᵀq|; where they are nearly equal (1 − t)·p ± t·q
    private static Term Slerp(Term p, Term q, Term t)
    {
        var dot = p.Dot(q);
        var cosine = dot.Apply(Elementary.Abs);
        var isClose = cosine.Greater(1 - 1e-6f);

        // Where it is not used the quotient must still be finite, or its gradient would not be 0.
        var omega = isClose.Choose(cosine.Literal(0), cosine).Apply(Elementary.Acos);
        var (left, right) = (((1 - t) * omega).Sin() / omega.Sin(), (t * omega).Sin() / omega.Sin());
        return (isClose.Choose(1 - t, left) * p) + (Sign(dot) * isClose.Choose(t, right) * q);
    }

    private static Term FromAxisAngle(Term axis, Term angle) => Stack((0.5 * angle).Sin() * axis, (0.5 * angle).Cos());

    private static Term FromYawPitchRoll(Term yaw, Term pitch, Term roll)
    {
        var (y, x, z) = (0.5 * yaw, 0.5 * pitch, 0.5 * roll);
        var (sy, cy, sx, cx, sz, cz) = (y.Sin(), y.Cos(), x.Sin(), x.Cos(), z.Sin(), z.Cos());
        return Column(
            (cy * sx * cz) + (sy * cx * sz),
            (sy * cx * cz) - (cy * sx * sz),
            (cy * cx * sz) - (sy * sx * cz),
            (cy * cx * cz) + (sy * sx * sz));
    }

    // With r = 4w² = 1 + tr R: [a; r] / 2√r. Where the trace is not positive, by the largest of x², y², z² in the same way.
    private static Term FromRotationMatrix(Term m)
    {
        var (x, y, z) = (m.At(0, 0), m.At(1, 1), m.At(2, 2));
        var trace = x + y + z;
        Term Sum(int i, int j) => m.At(i, j) + m.At(j, i);
        Term Difference(int i, int j) => m.At(i, j) - m.At(j, i);
        var byW = Column(Difference(1, 2), Difference(2, 0), Difference(0, 1), 1 + trace);
        var byX = Column(1 + x - y - z, Sum(0, 1), Sum(0, 2), Difference(1, 2));
        var byY = Column(Sum(0, 1), 1 + y - x - z, Sum(1, 2), Difference(2, 0));
        var byZ = Column(Sum(0, 2), Sum(1, 2), 1 + z - x - y, Difference(0, 1));

        var isX = y.LessEqual(x).Apply(Comparisons.And, z.LessEqual(x));
        Term ByLargest(Term w, Term ofX, Term ofY, Term ofZ) =>
            trace.Greater(0).Choose(w, isX.Choose(ofX, z.Less(y).Choose(ofY, ofZ)));
        var radicand = ByLargest(byW.At(3), byX.At(0), byY.At(1), byZ.At(2));
        return ByLargest(byW, byX, byY, byZ) / (2 * radicand.Apply(Elementary.Sqrt));
    }
}
