using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using static GradGen.Compiler.Reading.NumericsTerms;

namespace GradGen.Compiler.Reading;

/// <content>Vectors and planes. V is any vector; T anything but a plane, Q a vector or quaternion.</content>
internal static partial class NumericsOperations
{
    private static IEnumerable<NumericsOperation> EntryByEntry() =>
    [
        // a + b, a − b, −a, s·a, a = b
        .. Row("T + T | T.Add(T, T)", (a, b) => a + b),
        .. Row("T - T | T.Subtract(T, T)", (a, b) => a - b),
        .. Row("-T | T.Negate(T)", a => -a),
        .. Row("+V", a => a),
        .. Row("T * float | T.Multiply(T, float)", (a, s) => a * s),
        .. Row("float * V | V.Multiply(float, V)", (s, a) => s * a),
        .. Row("T == T | T.Equals(T) | Plane == Plane | Plane.Equals(Plane)", AllEqual),
        .. Row("T != T | Plane != Plane", (a, b) => AllEqual(a, b).Apply(Comparisons.Not)),

        // a ⊙ b, a ⊘ b, a / s, a ⊙ b + c
        .. Row("V * V | V.Multiply(V, V)", (a, b) => a * b),
        .. Row("V / V | V.Divide(V, V)", (a, b) => a / b),
        .. Row("V / float | V.Divide(V, float)", (a, s) => a / s),
        .. Row("V.FusedMultiplyAdd(V, V, V) | V.MultiplyAddEstimate(V, V, V)", (a, b, c) => (a * b) + c),

        // f(a), entry by entry
        .. Row("V.Abs(V)", Elementary.Abs),
        .. Row("V.SquareRoot(V)", Elementary.Sqrt),
        .. Row("V.Sin(V)", Elementary.Sin),
        .. Row("V.Cos(V)", Elementary.Cos),
        .. Row("V.Exp(V)", Elementary.Exp),
        .. Row("V.Log(V)", Elementary.Log),
        .. Row("V.Log2(V)", Elementary.Log2),
        .. Row("V.Round(V)", Elementary.Round),
        .. Row("V.Truncate(V)", Elementary.Truncate),
        .. Row("V.DegreesToRadians(V)", a => Math.PI / 180 * a),
        .. Row("V.RadiansToDegrees(V)", a => 180 / Math.PI * a),
        .. Row("V.Min(V, V)", Elementary.Min),
        .. Row("V.Max(V, V)", Elementary.Max),
        .. Row("V.Clamp(V, V, V)", Elementary.Clamp),

        // (1 − t)·a + t·b, with t a scalar or a vector
        .. Row("V.Lerp(V, V, float) | V.Lerp(V, V, V) | M.Lerp(M, M, float)", (a, b, t) => ((1 - t) * a) + (t * b)),
    ];

    private static IEnumerable<NumericsOperation> Vectors() =>
    [
        // aᵀb, ‖a‖², ‖a‖, a / ‖a‖, ‖a − b‖², ‖a − b‖, Σa
        .. Row("Q.Dot(Q, Q)", (a, b) => a.Dot(b)),
        .. Row("Q.LengthSquared()", a => a.NormSquared()),
        .. Row("Q.Length()", a => a.Length()),
        .. Row("Q.Normalize(Q)", a => a.Normalized()),
        .. Row("V.DistanceSquared(V, V)", (a, b) => (a - b).NormSquared()),
        .. Row("V.Distance(V, V)", (a, b) => (a - b).Length()),
        .. Row("V.Sum(V)", a => a.Sum()),

        // a × b: in the plane a₀b₁ − a₁b₀; of four entries the last ones are multiplied
        .. Row("Vector2.Cross(Vector2, Vector2)", (a, b) => (a.At(0) * b.At(1)) - (a.At(1) * b.At(0))),
        .. Row("Vector3.Cross(Vector3, Vector3)", (a, b) => a.Cross(b)),
        .. Row("Vector4.Cross(Vector4, Vector4)", (a, b) => Stack(a.Slice(0, 3).Cross(b.Slice(0, 3)), a.At(3) * b.At(3))),

        // a − 2(aᵀn)·n
        .. Row("Vector2.Reflect(Vector2, Vector2) | Vector3.Reflect(Vector3, Vector3)", (a, n) => a - (2 * a.Dot(n) * n)),

        // [x, y, …], [a; z], s·1
        .. Row("new Vector2(float, float) | Vector2.Create(float, float)", (x, y) => Column(x, y)),
        .. Row("new Vector3(float, float, float) | Vector3.Create(float, float, float)", (x, y, z) => Column(x, y, z)),
        .. Row(FromFour("Vector4") + " | " + FromFour("Quaternion") + " | " + FromFour("Plane"), (x, y, z, w) => Column(x, y, z, w)),
        .. Row("new Vector3(Vector2, float) | Vector3.Create(Vector2, float)", (a, z) => Stack(a, z)),
        .. Row(FromThreeAndOne("Vector4") + " | " + FromThreeAndOne("Quaternion") + " | " + FromThreeAndOne("Plane"), (a, w) => Stack(a, w)),
        .. Row("new Vector4(Vector2, float, float) | Vector4.Create(Vector2, float, float)", (a, z, w) => Stack(a, z, w)),
        .. Row("new Plane(Vector4) | Plane.Create(Vector4)", a => a),

        // The first entries, and 0 for those that are more
        .. Row("Vector.AsVector2(Vector3) | Vector.AsVector2(Vector4)", a => a.Slice(0, 2)),
        .. Row("Vector.AsVector3(Vector4)", a => a.Slice(0, 3)),
        .. Row("Vector.AsVector3(Vector2) | Vector.AsVector4(Vector3)", a => Stack(a, 0)),
        .. Row("Vector.AsVector4(Vector2)", a => Stack(a, 0, 0)),
        .. Row("Vector.AsVector4(Quaternion) | Vector.AsVector4(Plane) | Vector.AsQuaternion(Vector4) | Vector.AsPlane(Vector4)", a => a),

        .. new[] { NumericsTypes.Vector2, NumericsTypes.Vector3, NumericsTypes.Vector4 }.SelectMany(ConstantsOf),
    ];

    private static IEnumerable<NumericsOperation> Planes() =>
    [
        // nᵀx + d, nᵀx, [n; d]ᵀx
        .. Row("Plane.DotCoordinate(Plane, Vector3)", (p, x) => p.Slice(0, 3).Dot(x) + p.At(3)),
        .. Row("Plane.DotNormal(Plane, Vector3)", (p, x) => p.Slice(0, 3).Dot(x)),
        .. Row("Plane.Dot(Plane, Vector4)", (p, x) => p.Dot(x)),

        // [n; d] / ‖n‖
        .. Row("Plane.Normalize(Plane)", p => p / p.Slice(0, 3).Length()),

        // n = (b − a) × (c − a) / ‖…‖, d = −nᵀa
        .. Row("Plane.CreateFromVertices(Vector3, Vector3, Vector3)", (a, b, c) =>
        {
            var normal = (b - a).Cross(c - a).Normalized();
            return Stack(normal, -normal.Dot(a));
        }),
    ];

    /// <summary>0, 1, e, π, τ in every entry, and the unit vectors; of a scalar.</summary>
    private static IEnumerable<NumericsOperation> ConstantsOf(NumericsType type) =>
    [
        .. Row($"new {type.Name}(float) | {type.Name}.Create(float)", s => s.Fill(type.Shape)),
        .. Row($"{type.Name}.CreateScalar(float)", s => Column([s, .. Enumerable.Repeat((Entry)0, type.Shape.Count - 1)])),
        .. Row($"{type.Name}.Zero", one => one.Literal(0).Fill(type.Shape)),
        .. Row($"{type.Name}.One", one => one.Fill(type.Shape)),
        .. Row($"{type.Name}.E", one => one.Literal(Math.E).Fill(type.Shape)),
        .. Row($"{type.Name}.Pi", one => one.Literal(Math.PI).Fill(type.Shape)),
        .. Row($"{type.Name}.Tau", one => one.Literal(2 * Math.PI).Fill(type.Shape)),
        .. type.Fields.SelectMany((field, entry) => Row($"{type.Name}.Unit{field}", one => Unit(one, type.Shape, entry))),
    ];

    private static Term Unit(Term one, Shape shape, int entry) =>
        Column([.. Enumerable.Range(0, shape.Count).Select(e => e == entry ? (Entry)one : 0)]);

    private static string FromFour(string type) => $"new {type}(float, float, float, float) | {type}.Create(float, float, float, float)";

    private static string FromThreeAndOne(string type) => $"new {type}(Vector3, float) | {type}.Create(Vector3, float)";
}
