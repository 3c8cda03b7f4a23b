using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>The methods that the emitter's tests differentiate.</summary>
internal static class Functions
{
    /// <summary>y = σ(w3·σ(w2·σ(w1·x))), the network of the question.</summary>
    public static GradientModel Question()
    {
        var m = new MethodUnderTest();
        var (w1, w2, w3) = (m.Matrix("w1", 2, 2), m.Matrix("w2", 2, 2), m.Matrix("w3", 1, 2));
        var x = m.Vector("x", 2, differentiated: false);
        return m.Returns(Sigmoid(w3.MatMul(Sigmoid(w2.MatMul(Sigmoid(w1.MatMul(x)))))));
    }

    /// <summary>tanh(a·b) with 2×3 by 3×5: a lost transpose cannot hide.</summary>
    public static GradientModel UnequalShapes(ScalarType scalar = ScalarType.Float64)
    {
        var m = new MethodUnderTest(scalar: scalar);
        return m.Returns(m.Matrix("a", 2, 3).MatMul(m.Matrix("b", 3, 5)).Apply(Elementary.Tanh));
    }

    /// <summary>A layer over a batch of 16 columns, with a bias and a loss: in loops.</summary>
    public static GradientModel Batch(ScalarType scalar = ScalarType.Float64)
    {
        var m = new MethodUnderTest(scalar: scalar);
        var (w, b) = (m.Matrix("w", 12, 20), m.Vector("b", 12));
        var (x, t) = (m.Matrix("x", 20, 16), m.Matrix("t", 12, 16, differentiated: false));
        var z = w.MatMul(x) + b.Apply(Gathers.RepeatColumn, Attributes.Of(16));
        return m.Returns((z.Apply(Elementary.Relu) - t).Apply(Operation("normSquared")) / 16);
    }

    /// <summary>A scalar of scalars: exp(s·u) / (1 + u²) + sign(s)·s.</summary>
    public static GradientModel Scalars(ScalarType scalar = ScalarType.Float64)
    {
        var m = new MethodUnderTest(scalar: scalar);
        var (s, u) = (m.Scalar("s"), m.Scalar("u"));
        return m.Returns(((s * u).Apply(Elementary.Exp) / (1 + u.Apply(Elementary.Square))) + (s.Apply(Elementary.Sign) * s));
    }

    /// <summary>Softmax cross-entropy against a class number.</summary>
    public static GradientModel Classifier(int classes = 4, int features = 3)
    {
        var m = new MethodUnderTest();
        var (w, b) = (m.Matrix("w", classes, features), m.Vector("b", classes));
        var (x, label) = (m.Vector("x", features, differentiated: false), m.Int32("label"));
        return m.Returns((w.MatMul(x) + b).Apply(Operation("softmaxCrossEntropyAt"), label));
    }

    /// <summary>A chain of two turns and a shift in the plane, [R 0; tᵀ 1]: most entries are 0 or 1. And a branch on some of them.</summary>
    public static GradientModel Chain()
    {
        var m = new MethodUnderTest();
        var (a, b, x) = (m.Scalar("a"), m.Scalar("b"), m.Vector("x", 3));
        var (zero, one) = (a.Literal(0), a.Literal(1));
        Term Turn(Term angle)
        {
            var (s, c) = (angle.Apply(Elementary.Sin), angle.Apply(Elementary.Cos));
            return c.Apply(Gathers.Assemble, Attributes.Of(3, 3), s, zero, -s, c, zero, zero, zero, one);
        }

        var shift = one.Apply(Gathers.Assemble, Attributes.Of(3, 3), zero, zero, zero, one, zero, one, zero, one);
        var chain = Turn(a).MatMul(shift).MatMul(Turn(b));
        var corner = chain.Apply(Gathers.Element, Attributes.Of(2, 2));
        return m.Returns(m.If(corner.Greater(0), () => chain.T.MatMul(x), () => x) + (chain + chain.T).MatMul(x));
    }

    /// <summary>if (xᵀ·v > 0) x ⊙ v + w else w / x, over entries in locals or in a buffer.</summary>
    public static GradientModel Choice(int size = 3)
    {
        var m = new MethodUnderTest();
        var (x, v, w) = (m.Vector("x", size), m.Vector("v", size), m.Vector("w", size));
        var chosen = m.If(x.Dot(v).Greater(0), () => MethodUnderTest.Named(x * v, "p") + w, () => w / x);
        return m.Returns(MethodUnderTest.Named(chosen, "h").Apply(Elementary.Sin));
    }

    /// <summary>Pixels to classes by way of 128 hidden units: relu, softmax cross-entropy.</summary>
    public static GradientModel Digits(ScalarType scalar = ScalarType.Float64)
    {
        var m = new MethodUnderTest(scalar: scalar);
        var (w1, b1) = (m.Matrix("w1", 128, 784), m.Vector("b1", 128));
        var (w2, b2) = (m.Matrix("w2", 10, 128), m.Vector("b2", 10));
        var (x, label) = (m.Vector("x", 784, differentiated: false), m.Int32("label"));
        var h = (w1.MatMul(x) + b1).Apply(Elementary.Relu);
        return m.Returns((w2.MatMul(h) + b2).Apply(Operation("softmaxCrossEntropyAt"), label));
    }

    /// <summary>Gathers: [a b; c] with a block, a transpose and an extreme of it.</summary>
    public static GradientModel Parts(int n = 2)
    {
        var m = new MethodUnderTest();
        var (a, b, c) = (m.Matrix("a", n, n), m.Matrix("b", n, n), m.Matrix("c", 1, 2 * n));
        var stacked = a.Apply(Gathers.HStack, b).Apply(Gathers.VStack, c);
        var block = stacked.Apply(Gathers.Block, Attributes.Of(1, 1, n, n)).T;
        return m.Returns(block * stacked.Apply(Operation("maxEntry")) + a.Apply(Operation("trace")));
    }

    /// <summary>A matrix made of scalars, larger than anything that is unrolled.</summary>
    public static GradientModel List()
    {
        var m = new MethodUnderTest();
        var (s, v) = (m.Scalar("s"), m.Vector("v", 10));
        var entries = Enumerable.Range(0, 100).Select(i => s * v.Apply(Gathers.Element, Attributes.Of(i % 10)) + i).ToArray();
        var matrix = entries[0].Apply(Operation("assemble"), Attributes.Of(10, 10), entries[1..]);
        return m.Returns(matrix.MatMul(v));
    }

    /// <summary>A result that is one of the parameters, and a parameter that nothing depends on.</summary>
    public static GradientModel Identity()
    {
        var m = new MethodUnderTest();
        var (a, _) = (m.Vector("a", 3), m.Vector("unused", 2));
        return m.Returns(a);
    }

    /// <summary>Conditions entry by entry, used twice, over a product; and the question whether an entry is NaN.</summary>
    public static GradientModel Masks(int n = 2)
    {
        var m = new MethodUnderTest();
        var (a, b) = (m.Matrix("a", n, n + 1), m.Matrix("b", n + 1, n));
        var product = a.MatMul(b) - 0.1;
        var (positive, isNaN) = (product.Greater(0), a.Apply(Comparisons.NotEqual, a));
        var chosen = positive.Choose(a.MatMul(b), 2 * a.MatMul(b)) * positive.Choose(b.Apply(Gathers.Block, Attributes.Of(0, 0, n, n)), a.MatMul(b));
        return m.Returns(chosen.MatMul(isNaN.Choose(a.Literal(0), a)));
    }

    /// <summary>What only moves entries, over something computed, read more than once.</summary>
    public static GradientModel Moves(int n = 3)
    {
        var m = new MethodUnderTest();
        var (a, b) = (m.Matrix("a", n, n + 2), m.Matrix("b", n, n + 2));
        var moved = (a * b).T;
        var reshaped = moved.Apply(Gathers.Reshape, Attributes.Of(n, n + 2));
        var diagonal = moved.Apply(Gathers.Block, Attributes.Of(1, 0, n, n)).Apply(Gathers.Diagonal);
        return m.Returns(reshaped.MatMul(moved) + diagonal.Apply(Gathers.DiagonalMatrix) + diagonal.Apply(Gathers.RepeatColumn, Attributes.Of(n)));
    }

    /// <summary>An int and a bool among the parameters: k % 3 times x, or the norm of x.</summary>
    public static GradientModel Flags(ScalarType scalar = ScalarType.Float64)
    {
        var m = new MethodUnderTest(scalar: scalar);
        var (x, s, k, flag) = (m.Vector("x", 5), m.Scalar("s"), m.Int32("k"), m.Boolean("flag"));
        var three = new Term(m.Builder, m.Builder.Literal(ScalarType.Int32, 3));
        var factor = k.Apply(Arithmetic.Remainder, three).Apply(Arithmetic.To(scalar)) * s;
        var norm = m.If(flag, () => factor * x.Apply(Operation("norm")), () => x.Apply(Operation("norm")) + s);
        return m.Returns(norm.Apply(Elementary.Pow, norm.Literal(5)) + (x.Apply(Operation("softmax")) * x).Sum());
    }

    /// <summary>Names that clash with keywords, with what is generated and with one another.</summary>
    public static GradientModel Clashes()
    {
        var m = new MethodUnderTest();
        var (into, value, @class) = (m.Vector("into", 2), m.Vector("value", 2), m.Vector("@class", 2));
        var (t1, dInto, gradient) = (m.Scalar("upstream"), m.Scalar("dInto"), m.Vector("Value", 2));
        var z1 = MethodUnderTest.Named(into * value + @class, "i");
        return m.Returns((z1 * t1 + gradient * dInto).Apply(Elementary.Softplus).Apply(Operation("normSquared")));
    }

    /// <summary>A point that is turned and shifted, and the same with a camera in between: structs in, a struct out.</summary>
    public static GradientModel Rigid()
    {
        var m = new MethodUnderTest(scalar: ScalarType.Float32);
        var (x, q) = (m.Numerics("x", NumericsTypes.Vector3), m.Numerics("q", NumericsTypes.Quaternion));
        var (t, camera) = (m.Numerics("@in", NumericsTypes.Vector3), m.Numerics("camera", NumericsTypes.Matrix4x4, differentiated: false));
        return m.Returns(Numerics("Vector3.Transform(Vector3, Matrix4x4)", Numerics("Vector3.Transform(Vector3, Quaternion)", x, q) + t, camera), NumericsTypes.Vector3);
    }

    /// <summary>A plane, an entry of it at a place known at run time, and a matrix beside a struct.</summary>
    public static GradientModel Plane()
    {
        var m = new MethodUnderTest(scalar: ScalarType.Float32);
        var (plane, w, place) = (m.Numerics("plane", NumericsTypes.Plane), m.Matrix("w", 4, 4), m.Int32("place"));
        var entry = plane.Apply(Gathers.EntryAt, place.Apply(Gathers.InRange, Attributes.Of(4)));
        return m.Returns(entry * w.MatMul(plane).Apply(Elementary.Tanh), NumericsTypes.Plane);
    }

    /// <summary>More products than are unrolled: what the structs are made of is in memory.</summary>
    public static GradientModel LongChain()
    {
        var m = new MethodUnderTest(scalar: ScalarType.Float32);
        var (a, b) = (m.Numerics("a", NumericsTypes.Matrix4x4), m.Numerics("b", NumericsTypes.Matrix4x4));
        return m.Returns(Enumerable.Range(0, 12).Aggregate(a, (product, _) => product.MatMul(b).Apply(Elementary.Sin)), NumericsTypes.Matrix4x4);
    }

    public static GradientModel Named(string name) => All().Single(f => f.Name == name).Model;

    public static IEnumerable<(string Name, GradientModel Model)> All() =>
    [
        ("question", Question()),
        ("unequal shapes", UnequalShapes()),
        ("unequal shapes in float", UnequalShapes(ScalarType.Float32)),
        ("batch", Batch()),
        ("batch in float", Batch(ScalarType.Float32)),
        ("scalars", Scalars()),
        ("scalars in float", Scalars(ScalarType.Float32)),
        ("classifier", Classifier()),
        ("classifier in loops", Classifier(10, 32)),
        ("chain", Chain()),
        ("choice", Choice()),
        ("choice in loops", Choice(100)),
        ("parts", Parts()),
        ("parts in loops", Parts(8)),
        ("masks", Masks()),
        ("masks in loops", Masks(12)),
        ("moves", Moves()),
        ("moves in loops", Moves(9)),
        ("flags", Flags()),
        ("flags in float", Flags(ScalarType.Float32)),
        ("list", List()),
        ("identity", Identity()),
        ("clashes", Clashes()),
        ("rigid", Rigid()),
        ("plane", Plane()),
        ("long chain", LongChain()),
    ];

    private static Term Numerics(string signature, params Term[] operands) =>
        NumericsOperations.All.Single(o => o.Signature == signature).Formula([.. operands]);

    private static Operation Operation(string name) => OperationTable.Find(name)!;

    private static Term Sigmoid(Term x) => x.Apply(Elementary.Sigmoid);
}
