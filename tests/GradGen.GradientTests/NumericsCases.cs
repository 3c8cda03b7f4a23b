using System.Text.RegularExpressions;
using static GradGen.GradientTests.Domain;

namespace GradGen.GradientTests;

/// <summary>
/// Methods over System.Numerics. A test fails when a row of its table occurs in none of them. V stands for each of the
/// vectors, M for each of the matrices, W for all of them and the quaternion.
/// </summary>
public static class NumericsCases
{
    public static readonly GradientCase[] All =
    [
        // Entry by entry
        .. Each("W a, W b", "W", "a + b"),
        .. Each("W a, W b", "W", "W.Add(a, a) - b"),
        .. Each("W a, W b", "W", "W.Subtract(a, b)"),
        .. Each("W a", "W", "-a"),
        .. Each("W a", "W", "W.Negate(a)"),
        .. Each("W a, float s", "W", "a * s"),
        .. Each("W a, float s", "W", "W.Multiply(a, s)"),
        .. Each("V a, float s", "V", "+(s * a) + V.Multiply(s, a)"),
        .. Each("V a, V b", "V", "a * b"),
        .. Each("V a, V b", "V", "V.Multiply(a, b)"),
        .. Each("V a, V b", "V", "a / b", Positive),
        .. Each("V a, V b", "V", "V.Divide(a, b)", Positive),
        .. Each("V a, float s", "V", "a / s - V.Divide(a, s * s)", Positive),
        .. Each("V a, V b, V c", "V", "V.FusedMultiplyAdd(a, b, c)"),
        .. Each("V a, V b, V c", "V", "V.MultiplyAddEstimate(a, b, c)"),
        .. Each("V a", "V", "V.Abs(a)"),
        .. Each("V a", "V", "V.SquareRoot(a)", Positive),
        .. Each("V a", "V", "V.Sin(a) * V.Cos(a)"),
        .. Each("V a", "V", "V.Exp(a)"),
        .. Each("V a", "V", "V.Log(a) - V.Log2(a)", Positive),
        .. Each("V a", "V", "V.Round(3 * a) * a - V.Truncate(a) * a"),
        .. Each("V a", "V", "V.DegreesToRadians(a)"),
        .. Each("V a", "V", "V.RadiansToDegrees(a)"),
        .. Each("V a, V b", "V", "V.Min(a, b) - 2 * V.Max(a, b)"),
        .. Each("V a, V b", "V", "V.Clamp(a, -b, b)", Positive),
        .. Each("V a, V b, float t", "V", "V.Lerp(a, b, t)"),
        .. Each("V a, V b, V t", "V", "V.Lerp(a, b, t)"),
        .. Each("M a, M b, float t", "M", "M.Lerp(a, b, t)"),
        .. Each("W a, W b", "W", "{ var c = a; return a == b || a.Equals(b) ? b : a == c && c.Equals(a) ? a + a : a; }"),
        .. Each("W a, W b", "W", "{ var c = a; return a != c ? b : a != b ? a + a : b; }"),
        new("", "Plane a, Plane b", "Plane", "{ var c = a; return a == b || a.Equals(b) || a != c ? b : a; }"),

        // Lengths, products
        .. Each("V a, V b", "float", "V.Dot(a, b)"),
        .. Each("V a", "float", "a.LengthSquared()"),
        .. Each("V a", "float", "a.Length()"),
        .. Each("V a", "V", "V.Normalize(a)"),
        .. Each("V a, V b", "float", "V.DistanceSquared(a, b)"),
        .. Each("V a, V b", "float", "V.Distance(a, b)"),
        .. Each("V a", "float", "V.Sum(a)"),
        new("", "Vector2 a, Vector2 b", "float", "Vector2.Cross(a, b)"),
        new("", "Vector3 a, Vector3 b", "Vector3", "Vector3.Cross(a, b)"),
        new("", "Vector4 a, Vector4 b", "Vector4", "Vector4.Cross(a, b)"),
        new("", "Vector2 a, Vector2 n", "Vector2", "Vector2.Reflect(a, n)"),
        new("", "Vector3 a, Vector3 n", "Vector3", "Vector3.Reflect(a, n)"),

        // Made of numbers and of one another
        new("", "float x, float y", "Vector2", "new Vector2(x * y, x) - Vector2.Create(y, x * x)"),
        new("", "float x, float y", "Vector3", "new Vector3(x * y, x, 1) - Vector3.Create(y, x * x, y)"),
        new("", "float x, float y", "Vector4", "new Vector4(x * y, x, 1, y) - Vector4.Create(y, x * x, y, x)"),
        new("", "float x, float y", "Quaternion", "new Quaternion(x * y, x, 1, y) - Quaternion.Create(y, x * x, y, x)"),
        new("", "float x, float y", "Plane", "new Plane(x * y, x, 1, y)"),
        new("", "float x, float y", "Plane", "Plane.Create(y, x * x, y, x)"),
        new("", "Vector2 a, float z", "Vector3", "new Vector3(a, z) - z * Vector3.Create(a, z)"),
        new("", "Vector3 a, float w", "Vector4", "new Vector4(a, w) - w * Vector4.Create(a, w)"),
        new("", "Vector3 a, float w", "Quaternion", "new Quaternion(a, w) - Quaternion.Create(a * w, w)"),
        new("", "Vector3 a, float w", "Plane", "new Plane(a, w)"),
        new("", "Vector3 a, float w", "Plane", "Plane.Create(w * a, w)"),
        new("", "Vector2 a, float w", "Vector4", "new Vector4(a, w, 2) - Vector4.Create(a, w * w, w)"),
        new("", "Vector4 a", "Plane", "new Plane(a * a)"),
        new("", "Vector4 a", "Plane", "Plane.Create(a + a)"),
        new("", "Vector3 a, Vector4 b", "Vector2", "a.AsVector2() - b.AsVector2()"),
        new("", "Vector2 a, Vector4 b", "Vector3", "a.AsVector3() - b.AsVector3()"),
        new("", "Vector2 a, Vector3 b", "Vector4", "a.AsVector4() - b.AsVector4()"),
        new("", "Quaternion a, Plane b", "Vector4", "a.AsVector4() * b.AsVector4()"),
        new("", "Vector4 a", "Quaternion", "(a * a).AsQuaternion()"),
        new("", "Vector4 a", "Plane", "(a * a).AsPlane()"),
        .. Each("float s, V a", "V", "a * new V(s) + V.Create(s * s) - V.CreateScalar(s)"),
        .. Each("V a", "V", "a * V.One + V.Zero - a * V.E + V.Pi * a - V.Tau"),
        new("", "Vector2 a", "Vector2", "a.X * Vector2.UnitY + a * Vector2.UnitX"),
        new("", "Vector3 a", "Vector3", "a.X * Vector3.UnitY + a.Y * Vector3.UnitZ - a * Vector3.UnitX"),
        new("", "Vector4 a", "Vector4", "a.X * Vector4.UnitY + a.Y * Vector4.UnitZ - a.Z * Vector4.UnitW + a * Vector4.UnitX"),

        // Points that move
        new("", "Vector2 a, Matrix3x2 m", "Vector2", "Vector2.Transform(a, m)"),
        new("", "Vector2 a, Matrix4x4 m", "Vector2", "Vector2.Transform(a, m)"),
        new("", "Vector3 a, Matrix4x4 m", "Vector3", "Vector3.Transform(a, m)"),
        new("", "Vector2 a, Matrix4x4 m", "Vector4", "Vector4.Transform(a, m)"),
        new("", "Vector3 a, Matrix4x4 m", "Vector4", "Vector4.Transform(a, m)"),
        new("", "Vector4 a, Matrix4x4 m", "Vector4", "Vector4.Transform(a, m)"),
        new("", "Vector2 a, Matrix3x2 m", "Vector2", "Vector2.TransformNormal(a, m)"),
        new("", "Vector2 a, Matrix4x4 m", "Vector2", "Vector2.TransformNormal(a, m)"),
        new("", "Vector3 a, Matrix4x4 m", "Vector3", "Vector3.TransformNormal(a, m)"),
        new("", "Vector2 a, Quaternion q", "Vector2", "Vector2.Transform(a, q)"),
        new("", "Vector3 a, Quaternion q", "Vector3", "Vector3.Transform(a, q)"),
        new("", "Vector2 a, Quaternion q", "Vector4", "Vector4.Transform(a, q)"),
        new("", "Vector3 a, Quaternion q", "Vector4", "Vector4.Transform(a, q)"),
        new("", "Vector4 a, Quaternion q", "Vector4", "Vector4.Transform(a, q)"),

        // Quaternions
        new("", "Quaternion p, Quaternion q", "Quaternion", "p * q"),
        new("", "Quaternion p, Quaternion q", "Quaternion", "Quaternion.Multiply(p, q)"),
        new("", "Quaternion p, Quaternion q", "Quaternion", "Quaternion.Concatenate(p, q)"),
        new("", "Quaternion p, Quaternion q", "Quaternion", "p / q"),
        new("", "Quaternion p, Quaternion q", "Quaternion", "Quaternion.Divide(p, q)"),
        new("", "Quaternion q", "Quaternion", "Quaternion.Conjugate(q)"),
        new("", "Quaternion q", "Quaternion", "Quaternion.Inverse(q)"),
        new("", "Quaternion q", "Quaternion", "Quaternion.Normalize(q)"),
        new("", "Quaternion p, Quaternion q", "float", "Quaternion.Dot(p, q) + p.Length() * q.LengthSquared()"),
        new("", "Quaternion q", "Quaternion", "q * Quaternion.Identity + Quaternion.Zero"),
        new("", "Quaternion p, Quaternion q, float t", "Quaternion", "Quaternion.Lerp(p, q, t) - Quaternion.Lerp(p, -q, t)"),
        new("", "Quaternion p, Quaternion q, float t", "Quaternion", "Quaternion.Slerp(Quaternion.Normalize(p), Quaternion.Normalize(q), t)"),
        new("", "Quaternion p, Quaternion q, float t", "Quaternion", "Quaternion.Slerp(Quaternion.Normalize(p), Quaternion.Normalize(-q), t)"),
        new("", "Quaternion p, Quaternion q, float t", "Quaternion", "Quaternion.Slerp(q * 2, q * 3 + p * 0.01f, t)", Positive),
        new("", "Vector3 axis, float angle", "Quaternion", "Quaternion.CreateFromAxisAngle(axis, angle)"),
        new("", "float yaw, float pitch, float roll", "Quaternion", "Quaternion.CreateFromYawPitchRoll(yaw, pitch, roll)"),
        .. new[] { "1, 1, 1", "2, -2, -2", "-2, 2, -2", "-2, -2, 2" }.Select(d => new GradientCase(
            "", "Matrix4x4 m", "Quaternion", $"Quaternion.CreateFromRotationMatrix(m + Matrix4x4.CreateScale({d}))", Unit)),

        // Planes
        new("", "Plane p, Vector3 x", "float", "Plane.DotCoordinate(p, x)"),
        new("", "Plane p, Vector3 x", "float", "Plane.DotNormal(p, x)"),
        new("", "Plane p, Vector4 x", "float", "Plane.Dot(p, x)"),
        new("", "Plane p", "Plane", "Plane.Normalize(p)"),
        new("", "Vector3 a, Vector3 b, Vector3 c", "Plane", "Plane.CreateFromVertices(a, b, c)"),
        new("", "Plane p, Quaternion q", "Plane", "Plane.Transform(p, q)"),

        // Matrices
        .. Each("M a, M b", "M", "a * b"),
        .. Each("M a, M b", "M", "M.Multiply(a, b)"),
        .. Each("M a", "M", "M.Identity * a"),
        .. Each("M a", "float", "a.GetDeterminant()"),
        .. Each("M a, float s", "M", "M.Create(s) + a"),
        new("", "Matrix4x4 a, Quaternion q", "Matrix4x4", "Matrix4x4.Transform(a, q)"),
        new("", "Matrix4x4 a, Matrix4x4 b", "Matrix4x4", "Matrix4x4.Transpose(a) * b"),
        new("", "float x, float y", "Matrix3x2", "new Matrix3x2(x, y, 1, x * y, y, 2) + Matrix3x2.Create(x, y, x, 0, y * y, y)"),
        new("", "Vector2 a, Vector2 b", "Matrix3x2", "Matrix3x2.Create(a) - Matrix3x2.Create(b, a, a * b)"),
        new("", "Vector2 t, float x, float y", "Matrix3x2", "Matrix3x2.CreateTranslation(t) * Matrix3x2.CreateTranslation(x, y)"),
        new("", "float angle, Vector2 c", "Matrix3x2", "Matrix3x2.CreateRotation(angle) * Matrix3x2.CreateRotation(angle, c)"),
        new("", "float s, float x, float y, Vector2 a", "Matrix3x2", "Matrix3x2.CreateScale(s) * Matrix3x2.CreateScale(x, y) + Matrix3x2.CreateScale(a)"),
        new("", "float s, float x, float y, Vector2 a, Vector2 c", "Matrix3x2", "Matrix3x2.CreateScale(s, c) * Matrix3x2.CreateScale(x, y, c) + Matrix3x2.CreateScale(a, c)"),
        new("", "float x, float y, Vector2 c", "Matrix3x2", "Matrix3x2.CreateSkew(x, y) * Matrix3x2.CreateSkew(x, y, c)", Unit),
        new("", "float x, float y", "Matrix4x4", "new Matrix4x4(x, y, 1, x * y, y, 2, x, y, 3, 4, 5, x, x, y, 6, 7) + Matrix4x4.Create(x, y, x, 0, y * y, y, 1, 2, 3, x, y, y, x, 8, 9, y)"),
        new("", "Matrix3x2 m", "Matrix4x4", "new Matrix4x4(m) * Matrix4x4.Create(m)"),
        new("", "Vector4 a, Vector4 b", "Matrix4x4", "Matrix4x4.Create(a) - Matrix4x4.Create(b, a, a * b, a)"),
        new("", "Vector3 t, float x, float y, float z", "Matrix4x4", "Matrix4x4.CreateTranslation(t) * Matrix4x4.CreateTranslation(x, y, z)"),
        new("", "float s, Vector3 c", "Matrix4x4", "Matrix4x4.CreateScale(s) * Matrix4x4.CreateScale(s, c)"),
        new("", "float x, float y, float z, Vector3 c", "Matrix4x4", "Matrix4x4.CreateScale(x, y, z) * Matrix4x4.CreateScale(z, y, x, c)"),
        new("", "Vector3 s, Vector3 c", "Matrix4x4", "Matrix4x4.CreateScale(s) * Matrix4x4.CreateScale(s, c)"),
        .. "XYZ".Select(axis => new GradientCase("", "float angle", "Matrix4x4", $"Matrix4x4.CreateRotation{axis}(angle)")),
        .. "XYZ".Select(axis => new GradientCase("", "float angle, Vector3 c", "Matrix4x4", $"Matrix4x4.CreateRotation{axis}(angle, c)")),
        new("", "Quaternion q", "Matrix4x4", "Matrix4x4.CreateFromQuaternion(q)"),
        new("", "float yaw, float pitch, float roll", "Matrix4x4", "Matrix4x4.CreateFromYawPitchRoll(yaw, pitch, roll)"),
        new("", "Vector3 axis, float angle", "Matrix4x4", "Matrix4x4.CreateFromAxisAngle(axis, angle)"),
        new("", "Plane p", "Matrix4x4", "Matrix4x4.CreateReflection(p)"),
        new("", "Vector3 position, Vector3 forward, Vector3 up", "Matrix4x4", "Matrix4x4.CreateWorld(position, forward, up)"),

        // Cameras
        new("", "Vector3 position, Vector3 target, Vector3 up", "Matrix4x4", "Matrix4x4.CreateLookAt(position, target, up)"),
        new("", "Vector3 position, Vector3 target, Vector3 up", "Matrix4x4", "Matrix4x4.CreateLookAtLeftHanded(position, target, up)"),
        new("", "Vector3 position, Vector3 direction, Vector3 up", "Matrix4x4", "Matrix4x4.CreateLookTo(position, direction, up)"),
        new("", "Vector3 position, Vector3 direction, Vector3 up", "Matrix4x4", "Matrix4x4.CreateLookToLeftHanded(position, direction, up)"),
        .. from hand in new[] { "", "LeftHanded" }
           from far in new[] { "near + depth", "float.PositiveInfinity" }
           from first in new[] { "FieldOfView{0}(angle, aspect", "{0}(angle, aspect" }
           select new GradientCase(
               "", "float angle, float aspect, float near, float depth", "Matrix4x4",
               $"Matrix4x4.CreatePerspective{string.Format(System.Globalization.CultureInfo.InvariantCulture, first, hand)}, near, {far})", Positive),
        new("", "float width, float height, float near, float depth", "Matrix4x4", "Matrix4x4.CreateOrthographic(width, height, near, near + depth)", Positive),
        new("", "float width, float height, float near, float depth", "Matrix4x4", "Matrix4x4.CreateOrthographicLeftHanded(width, height, near, near + depth)", Positive),

        // Members, read and assigned
        new("", "Vector2 a, Vector3 b, Vector4 c", "Vector3", "{ var v = new Vector3(); v.X = a.Y * b.Z; v.Y += c.W * v.X + c.X; v.Z = v[1] - a[0]; v.Z *= b.Y + b.X; v[1] += a.X; v.X++; return v + c.Y * b * c.Z; }"),
        new("", "Quaternion q, Plane p", "Plane", "{ Plane r; r.Normal = p.Normal * q.X; r.D = q.W + p.D * q[2]; r.Normal.Y -= q.Y * r.Normal.X; return r; }"),
        new("", "Matrix4x4 m, Vector3 t, Vector4 r", "Matrix4x4", "{ var a = m; a.Translation += t * m.M11; a.M23 = m[1, 0] * a.M41; a[3, 3] *= 2; a.Y = r * m.W - a.Z; a[0] += a[2] * m.X.W; return a + m; }"),
        new("", "Matrix3x2 m, Vector2 t", "Matrix3x2", "{ m.Translation = t + m.Translation * m.M12; m.M22 = m[2, 1]; m.X = m.Y + m.Z; m[1] -= t * m[0, 1]; return m; }"),
        new("", "Vector3 a, [NoDerivative] int n", "Vector3", "{ for (var i = 0; i < n + 2; i++) { a[i] = a[n] * a[i] + a.X; a.Z += a[i] * 0.5f; } return a; }"),
        new("", "Matrix4x4 m, [NoDerivative] int n", "float", "{ var sum = 0f; for (var i = 0; i < n + 3; i++) { m[i, n] *= m.M22; sum += m[i, 3 - i] * m[n, n]; } return sum + m.M12; }"),
        new("", "Vector3 a, Vector3 b", "Vector3", "new Vector3 { X = a.Y, Z = b.X * a.X } * (b with { Y = a.Z * b.Z }) + default(Vector3)"),
        new("", "in Vector3 a, float s", "Vector3", "{ var b = a; var c = b; if (a.X > s) { b.X = s * a.Y; } else { b *= s; c.Y = 2; } c.Z -= b.X; return b - c * a.Z; }"),

        // Arrays and spans, of 4 elements where they are passed
        new("", "Vector3[] points, Vector3 c, [NoDerivative] int n", "float", "{ var s = 0f; foreach (var p in points) { s += Vector3.Dot(p, c) * p.X; } return s * points[n].Z + points[^1].Y; }"),
        new("", "System.ReadOnlySpan<Vector2> points, Matrix3x2 m", "Vector2", "{ var sum = Vector2.Zero; for (var i = 0; i + 1 < points.Length; i++) { sum += Vector2.Transform(points[i + 1], m) * points[i]; } return sum; }"),
        new("", "Plane[] planes, Matrix4x4[] m, Vector3 v, [NoDerivative] int n", "Vector3", "{ var sum = v; for (var i = 0; i < m.Length; i++) { sum = Vector3.Transform(sum * 0.5f, m[i]) + planes[i].Normal * planes[n].D; sum[n] *= m[i][i, n]; } return sum; }"),
        new("", "Vector3[] points, [NoDerivative] int n", "Vector3", "{ var b = points.ToArray(); var v = new Vector3[b.Length]; for (var t = 0; t < n + 2; t++) { for (var i = 0; i < b.Length; i++) { v[i] += Vector3.Cross(b[i], b[(i + 1) % b.Length]) * 0.3f; b[i] += v[i] * 0.1f; } } return b[0] + v[1] * b[2]; }"),
        new("", "Vector3[] points, float s, [NoDerivative] int n", "Vector3", "{ var p = points.ToArray(); var d = new Vector3[p.Length]; for (var i = 0; i < p.Length - 1; i++) { d[i] = p[i + 1] - p[i] * s; d[i].Y *= p[n].X; p[i].Z += d[i].X; p[^1][i % 3] = s; p[i] *= 0.5f; } var q = d[n]; q.X = 2; return q + d[0] * d[1] + p[^1]; }"),
        new("", "Plane[] planes, Vector2 a, Vector2 b, [NoDerivative] int n", "float", "{ Vector2[] q = [a, b, a * b]; q[1].Y -= planes[n].D; var walls = planes.ToArray(); walls[n].Normal.X *= q[n].X; return q[1].LengthSquared() + q[2].X + walls[n].Normal.LengthSquared() + walls[n + 1].D; }"),
        new("", "Vector4[] x, [NoDerivative] int n", "Vector4", "{ var a = x; for (var i = 0; i < n + 2; i++) { var b = new Vector4[2]; b[0] = x[i]; b[1][i] = x[i + 1].W; a = b[0].X > 0 ? x : a; var c = a.ToArray(); c[n] *= b[1] + Vector4.One; a = c; } return x[n] + a[n] * a[0]; }"),
        new("", "Quaternion[] a, Quaternion[] b, float s", "Quaternion", "{ var c = s > 0.2f ? a : b; var d = new[] { c[0] * a[1], b[2] }; d[1] = d[0] * d[1] + c[3]; return d[1] - d[0]; }"),
    ];

    /// <summary>Models that are put together as people do it: these are run with all combinations of passes.</summary>
    public static readonly GradientCase[] Models =
    [
        // Points that a rigid body carries, against where they were seen
        new("", "Quaternion rotation, Vector3 translation, [NoDerivative] Vector3 a, [NoDerivative] Vector3 b, [NoDerivative] Vector3 c", "float",
            "{ var q = Quaternion.Normalize(rotation); return Vector3.DistanceSquared(Vector3.Transform(a, q) + translation, b) + Vector3.DistanceSquared(Vector3.Transform(b, q) + translation, c); }"),

        // Where a camera sees a point
        new("", "Vector3 eye, Vector3 target, float angle, Vector3 point", "Vector2",
            "{ var view = Matrix4x4.CreateLookAt(3 * eye, target, Vector3.UnitY) * Matrix4x4.CreatePerspectiveFieldOfView(angle, 1.5f, 0.1f, 100); var clip = Vector4.Transform(point, view); return new Vector2(clip.X, clip.Y) / clip.W; }", Positive),

        // The tip of an arm of three joints
        new("", "float a, float b, float c, Vector3 lengths, Vector3 goal", "float",
            "{ var arm = Joint(c, lengths.Z) * Joint(b, lengths.Y) * Joint(a, lengths.X); return (arm.Translation - goal).LengthSquared(); } internal static Matrix4x4 Joint(float angle, float length) => Matrix4x4.CreateTranslation(length, 0, 0) * Matrix4x4.CreateRotationZ(angle);"),

        // An attitude that turns with the program
        new("", "Quaternion attitude, Vector3 rate, [NoDerivative] int n", "Quaternion",
            "{ for (var i = 0; i < n + 4; i++) { attitude = Quaternion.Normalize(attitude + new Quaternion(rate, 0) * attitude * 0.05f); rate.X *= 0.9f; } return attitude; }"),

        // A sprite that turns about its middle, where the plane is sheared or not
        new("", "Vector2 point, float angle, Vector2 middle, Matrix3x2 world", "Vector2",
            "{ var m = Matrix3x2.CreateRotation(angle, middle) * world; if (m.GetDeterminant() > 0) { m *= Matrix3x2.CreateSkew(angle, 0.25f); } else { m.M31 += angle; } return Vector2.Transform(point, m); }"),
    ];

    private static IEnumerable<GradientCase> Each(string parameters, string result, string body, Domain domain = Any)
    {
        foreach (var letter in new[] { "V", "M", "W" }.Where(l => Regex.IsMatch(parameters, $@"\b{l}\b")))
        {
            string[] vectors = ["Vector2", "Vector3", "Vector4"], matrices = ["Matrix3x2", "Matrix4x4"];
            foreach (var type in letter == "V" ? vectors : letter == "M" ? matrices : [.. vectors, "Quaternion", .. matrices])
            {
                string For(string text) => Regex.Replace(text, $@"(?<!\.)\b{letter}\b", type);
                yield return new GradientCase("", For(parameters), For(result), For(body), domain);
            }
        }
    }
}
