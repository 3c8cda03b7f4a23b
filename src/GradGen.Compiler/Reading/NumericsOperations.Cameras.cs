using GradGen.Compiler.Operations;
using static GradGen.Compiler.Reading.NumericsTerms;

namespace GradGen.Compiler.Reading;

/// <content>Cameras and projections.</content>
internal static partial class NumericsOperations
{
    private static IEnumerable<NumericsOperation> Cameras() =>
    [
        // R = [x y z], t = −Rᵀ·position; the camera looks along −z, a left-handed one along z
        .. Row("Matrix4x4.CreateLookAt(Vector3, Vector3, Vector3)", (position, target, up) => Look(position, position - target, up)),
        .. Row("Matrix4x4.CreateLookTo(Vector3, Vector3, Vector3)", (position, direction, up) => Look(position, -direction, up)),
        .. Row("Matrix4x4.CreateLookAtLeftHanded(Vector3, Vector3, Vector3)", (position, target, up) => Look(position, target - position, up)),
        .. Row("Matrix4x4.CreateLookToLeftHanded(Vector3, Vector3, Vector3)", Look),

        // h = 1 / tan(angle / 2), r = far / (near − far): [h/aspect 0 0 0; 0 h 0 0; 0 0 r −1; 0 0 r·near 0]
        .. Row("Matrix4x4.CreatePerspectiveFieldOfView(float, float, float, float)", (angle, aspect, near, far) =>
            Perspective(1 / HalfTangent(angle) / aspect, 1 / HalfTangent(angle), near, far)),
        .. Row("Matrix4x4.CreatePerspectiveFieldOfViewLeftHanded(float, float, float, float)", (angle, aspect, near, far) =>
            PerspectiveLeftHanded(1 / HalfTangent(angle) / aspect, 1 / HalfTangent(angle), near, far)),
        .. Row("Matrix4x4.CreatePerspective(float, float, float, float)", (width, height, near, far) =>
            Perspective(2 * near / width, 2 * near / height, near, far)),
        .. Row("Matrix4x4.CreatePerspectiveLeftHanded(float, float, float, float)", (width, height, near, far) =>
            PerspectiveLeftHanded(2 * near / width, 2 * near / height, near, far)),

        // [2/width 0 0 0; 0 2/height 0 0; 0 0 1/(near − far) 0; 0 0 near/(near − far) 1]
        .. Row("Matrix4x4.CreateOrthographic(float, float, float, float)", (width, height, near, far) =>
            Orthographic(width, height, 1 / (near - far), near / (near - far))),
        .. Row("Matrix4x4.CreateOrthographicLeftHanded(float, float, float, float)", (width, height, near, far) =>
            Orthographic(width, height, 1 / (far - near), near / (near - far))),
    ];

    // [R 0; tᵀ 1] with R = [x y z], t = −Rᵀ·position
    private static Term Look(Term position, Term z, Term up)
    {
        var axes = Axes(z, up);
        return Affine(axes, -axes.T.MatMul(position));
    }

    // [x y z]: z as given, x = up × z, y = z × x, of unit length
    private static Term Axes(Term direction, Term up)
    {
        var z = direction.Normalized();
        var x = up.Cross(z).Normalized();
        return x.Apply(Gathers.HStack, z.Cross(x)).Apply(Gathers.HStack, z);
    }

    private static Term Perspective(Term x, Term y, Term near, Term far)
    {
        var r = -Range(near, far);
        return Matrix(4, 4, x, 0, 0, 0, 0, y, 0, 0, 0, 0, r, -1, 0, 0, r * near, 0);
    }

    private static Term PerspectiveLeftHanded(Term x, Term y, Term near, Term far)
    {
        var r = Range(near, far);
        return Matrix(4, 4, x, 0, 0, 0, 0, y, 0, 0, 0, 0, r, 1, 0, 0, -(r * near), 0);
    }

    private static Term Orthographic(Term width, Term height, Term depth, Term offset) => Matrix(
        4, 4, 2 / width, 0, 0, 0, 0, 2 / height, 0, 0, 0, 0, depth, 0, 0, 0, offset, 1);

    // far / (far − near), 1 where far is infinite
    private static Term Range(Term near, Term far)
    {
        var isFinite = far.Less(double.PositiveInfinity);
        var finite = isFinite.Choose(far, near.Literal(0)); // Where it is not used the quotient must still be finite.
        return isFinite.Choose(finite / (finite - near), far.Literal(1));
    }

    private static Term HalfTangent(Term angle) => (0.5 * angle).Apply(Elementary.Tan);
}
