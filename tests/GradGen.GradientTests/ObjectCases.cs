namespace GradGen.GradientTests;

/// <summary>
/// Methods over the user's own types: each case is what stands in a namespace, with a differentiable method F, of one
/// scalar result, in a class C.
/// </summary>
public static class ObjectCases
{
    public static readonly string[] All =
    [
        // Records
        """
        public record Mlp(Matrix<double, N3, N2> W1, Vector<double, N3> B1, Matrix<double, N1, N3> W2, string Name, double Scale);
        public static partial class C
        {
            [Differentiable] public static double F(Mlp model, Vector<double, N2> x, [NoDerivative] int n)
            {
                var h = Tanh(model.W1 * x + model.B1) * model.Scale;
                return Sum(model.W2 * h) * n;
            }
        }
        """,
        """
        public record Layer<TIn, TOut>(Matrix<double, TOut, TIn> W, Vector<double, TOut> B) where TIn : struct, IDimension where TOut : struct, IDimension
        {
            public Vector<double, TOut> Predict(Vector<double, TIn> x) => Sigmoid(Pre(x));
            private Vector<double, TOut> Pre(Vector<double, TIn> x) => W * x + B;
        }
        public record Net(Layer<N2, N3> First, Layer<N3, N4> Second)
        {
            public int Layers => 2;
            public double Decay { get; init; }
            public double Penalty => Decay * (NormSquared(First.W) + NormSquared(Second.W));
            public Vector<double, N4> Predict(Vector<double, N2> x) => Second.Predict(First.Predict(x));
        }
        public static partial class C
        {
            [Differentiable] public static double F(Net model, [NoDerivative] Vector<double, N2> x, Vector<double, N4> y) =>
                NormSquared(model.Predict(x) - y) + model.Penalty * model.Layers;
        }
        """,
        // Structs, tuples, fields
        """
        public struct Pair { public Vector<double, N3> V; public double S; public int Count; }
        public readonly record struct Point(double X, double Y) { public double Length => Math.Sqrt(X * X + Y * Y); public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y); }
        public static partial class C
        {
            [Differentiable] public static double F(Pair p, Point a, in Point b, (Vector<double, N3> U, (double, double T) Others) t)
            {
                p.S *= p.Count;
                var (x, y) = a;
                var c = a + b with { X = 2 * x };
                return Dot(p.V, t.U) * p.S * t.Others.Item1 + c.Length * y * t.Others.T;
            }
        }
        """,
        // Classes with settable members, nested; numbers that are assigned, and what is carried over
        """
        public class Inner { public Vector<double, N2> V { get; set; } = new(); public double K { get; set; } public string Label = ""; }
        public class Model
        {
            public Matrix<double, N2, N2> W = new();
            public Inner Inner { get; set; } = new();
            public double Bias { get; set; }
            public bool Doubled { get; set; }
            [NoDerivative] public double Rate { get; set; }
            public double Twice() => 2 * Bias;
        }
        public static partial class C
        {
            [Differentiable] public static double F(Model model)
            {
                var v = model.W * model.Inner.V;
                if (model.Doubled) { v = 2 * v; }
                return Sum(Square(v)) * model.Inner.K + model.Twice() * model.Bias * model.Rate;
            }
        }
        """,
        // A record among what branches and loops carry
        """
        public record State(Vector<double, N2> Position, Vector<double, N2> Velocity, double Energy);
        public static partial class C
        {
            private static State Step(State s, double h, double k) => s with { Position = s.Position + h * s.Velocity, Velocity = s.Velocity - h * k * s.Position };
            [Differentiable] public static double F(State start, double k, [NoDerivative] int n)
            {
                var s = start;
                for (var i = 0; i < n + 3; i++)
                {
                    s = Step(s, 0.1, k);
                    if (s.Position[0] > 0) { s = s with { Energy = s.Energy + Sum(s.Velocity) }; }
                    else { s = new State(s.Position, s.Velocity * 0.9, Energy: s.Energy * k); }
                }
                var other = n > 5 ? start : s;
                return Sum(Square(other.Position)) + other.Energy;
            }
        }
        """,
        // Objects that the method makes: initializers, constructors, primary constructors
        """
        public class Affine(double a, double b) { private readonly double _twice = 2 * a; public double Offset { get; init; } = 1; public double At(double x) => a * x + b + _twice * Offset; }
        public struct Acc { public double Sum; public int Count; public Acc(double start) { Sum = start; Count = 1; } public void Add(double x) { if (x < 0) { return; } Sum += x; Count++; } public readonly double Mean => Sum / Count; }
        public static partial class C
        {
            [Differentiable] public static double F(double x, double y, [NoDerivative] int n)
            {
                var f = new Affine(x, y) { Offset = y * y };
                var acc = new Acc(f.At(3));
                acc.Add(x * x);
                for (var i = 0; i < n + 2; i++) { acc.Add(y * i - 1); }
                acc.Sum *= 2;
                var box = new { x };
                return acc.Mean * f.Offset;
            }
        }
        """.Replace("        var box = new { x };\n", "", StringComparison.Ordinal),
        // A struct that changes itself: by its own methods, in loops that ask for what changes, by a getter, as an argument
        """
        public struct Acc
        {
            public double S; public int N;
            public Acc(double s, int n) { S = s; N = n; }
            public void Add(double x) { S += x * x; }
            public void Twice(double x) { Add(x); Add(2 * x); }
            public void Run(double x) { for (var i = 0; i < N; i++) { S += x * i; Twice(x * i); N--; } }
            public double Next { get { S += 1; return S * S; } }
            public double Grow(double x) { S += x; return S; }
            public readonly double Times(double x) => S * x;
        }
        public static partial class C
        {
            private static double Product(in Acc acc, double x) => acc.S * x;
            [Differentiable] public static double F(double x, double y, [NoDerivative] int n)
            {
                var acc = new Acc(y, n + 4);
                acc.Run(x);
                var p = acc.Times(acc.Grow(x)) + Product(in acc, acc.Grow(y));
                for (var i = 0; i < n + 1; i++) { p += acc.Next * x; }
                return p * acc.S * (acc.N + 1);
            }
        }
        """,
        // Operators and conversions of the user's, in compound assignments too
        """
        public readonly record struct Complex(double Re, double Im)
        {
            public static Complex operator *(Complex a, Complex b) => new(a.Re * b.Re - a.Im * b.Im, a.Re * b.Im + a.Im * b.Re);
            public static Complex operator +(Complex a, Complex b) => new(a.Re + b.Re, a.Im + b.Im);
            public static Complex operator -(Complex a) => new(-a.Re, -a.Im);
            public static implicit operator Complex(double re) => new(re, 0);
            public static explicit operator double(Complex c) => c.Re;
        }
        public static partial class C
        {
            [Differentiable] public static double F(Complex c, double x, [NoDerivative] int n)
            {
                Complex z = x;
                for (var i = 0; i < n + 2; i++) { z = z * z * 0.5 + c; z += -c * 0.3; z *= 1.1; }
                return (double)z + z.Im * z.Im;
            }
        }
        """,
        // Data in a record that is not differentiated; members not read; a record of floats
        """
        public record Data(Matrix<float, N4, N2> Inputs, Vector<float, N4> Targets, int Offset);
        public sealed record Weights(Vector<float, N2> W, float B, Vector<float, N3> Unread, [NoDerivative] float Rate, [property: NoDerivative] Vector<float, N2> Prior);
        public static partial class C
        {
            [Differentiable] public static float F([NoDerivative] Data data, Weights w) =>
                MeanSquaredError(data.Inputs * w.W + w.B, data.Targets) + data.Offset * w.Rate * NormSquared(w.W - w.Prior);
        }
        """,

        // Instance methods
        """
        public partial class C
        {
            private Matrix<double, N3, N2> _w = new();
            public Vector<double, N3> Bias { get; private set; } = new();
            public double scale;
            [NoDerivative] public double Rate;
            private int _power = 1;
            public (Vector<double, N2> Shift, double Other) Pair;
            private Vector<double, N3> Pre(Vector<double, N2> x) { Vector<double, N3> Biased(Vector<double, N3> z) => z + Bias; return Biased(_w * (x - Pair.Shift)); }
            private double Penalty => Rate * NormSquared(_w) * this.scale;
            [Differentiable] public double F(Vector<double, N2> x, double w)
            {
                var self = this;
                var s = w;
                for (var i = 0; i < self._power; i++) { s *= scale; }
                return Sum(Tanh(Pre(x))) * s + Penalty + Twice(this);
            }
            private static double Twice(C c) => 2 * c.Pair.Other * c.scale;
        }
        """,
        """
        public record Layer(Matrix<double, N3, N2> W, Vector<double, N3> B);
        public readonly partial record struct C(Layer Layer, double S)
        {
            public double Unread { get; init; }
            [Differentiable] public double F(Layer layer) => Sum(Square(Layer.W) * 2 + layer.W) * S + Dot(Layer.B, layer.B);
        }
        """,
        // Types of System.Numerics in records, classes and structs, read, and assigned in structs
        """
        using System.Numerics;
        public record Pose(Quaternion Rotation, Vector3 Position) { public Vector3 Apply(Vector3 p) => Vector3.Transform(p, Quaternion.Normalize(Rotation)) + Position; }
        public class Body { public Vector3 Center { get; set; } public Plane Ground { get; set; } public Vector<float, N2> Weights { get; set; } = new(); }
        public struct Joint { public Vector3 Axis; public float Angle; public Vector3 Unused; }
        public static partial class C
        {
            [Differentiable] public static float F(Pose pose, Body body, Joint joint, [NoDerivative] Pose start, Matrix3x2 m)
            {
                joint.Axis.X += joint.Angle;
                joint.Axis.Z *= 2;
                var moved = (pose with { Position = pose.Position * 0.5f }).Apply(body.Center) - start.Apply(joint.Axis);
                return Plane.DotCoordinate(body.Ground, moved) + moved.Y * body.Weights[1] * m.M12 + joint.Angle;
            }
        }
        """,
        """
        using System.Numerics;
        public struct Pose
        {
            public Quaternion Rotation;
            public Vector3 Position;
            public readonly Vector3 Apply(Vector3 point) => Vector3.Transform(point, Rotation) + Position;
        }
        public record Ray(Vector3 Origin, Vector3 Direction, string Name);
        public class Rig { public Pose Pose; public Vector3 Offset { get; set; } public Matrix4x4 World = Matrix4x4.Identity; public Plane Floor { get; init; } public float Scale { get; set; } }
        public static partial class C
        {
            [Differentiable] public static float F(Rig rig, Ray ray, Pose pose, (Vector2 Shift, Quaternion, float K) t, [NoDerivative] int n)
            {
                pose.Position.X += t.Shift.Y;
                pose.Rotation[1] *= t.K;
                var body = new Pose { Position = rig.Offset * rig.Scale };
                body.Rotation = rig.Pose.Rotation * pose.Rotation * t.Item2;
                for (var i = 0; i < n; i++) { body.Position[i] += rig.Pose.Position.Y; body = body with { Position = body.Position * t.K }; }
                var hit = Vector3.Transform(pose.Apply(ray.Origin + ray.Direction), rig.World);
                return Plane.DotCoordinate(rig.Floor, hit) * (body.Apply(hit) - ray.Direction).LengthSquared();
            }
        }
        """,
        """
        using System.Numerics;
        public partial struct C
        {
            public Vector3 Velocity;
            public Vector3 _position;
            public Plane Wall { get; set; }
            private float Speed => Velocity.Length();
            private struct State { public Vector3 Position, Velocity; public void Move(float dt, Plane wall) { Position += Velocity * dt; if (Velocity.LengthSquared() > 0.01f) { Velocity.Y *= -0.5f; Position[1] += wall.D; } } }
            [Differentiable] public float F(float dt, [NoDerivative] int n)
            {
                var state = new State { Position = _position, Velocity = Velocity };
                for (var i = 0; i < n + 1; i++) { state.Move(dt, Wall); }
                return state.Position.LengthSquared() * Speed;
            }
        }
        """,
        """
        using System.Numerics;
        public sealed partial class C
        {
            private readonly Matrix3x2 _world = new(1, 2, 3, 4, 5, 6);
            public Vector2 Offset { get; set; }
            public C() { }
            public C(Matrix3x2 world, Vector2 offset) { _world = world; Offset = offset; }
            [Differentiable] public float F(Vector2 p) => Vector2.Transform(p, _world).LengthSquared() * Offset.X + Vector2.Dot(Offset, p);
        }
        """,
        // Parameters of primary constructors, patterns and guards over members; enums are carried over
        """
        public enum Kind { Plain, Squared }
        public record Layer(Matrix<double, N3, N2> W, double Scale, Kind Kind);
        public sealed partial class C(Layer layer, Vector<double, N3> bias, double into, [NoDerivative] int n, double rate)
        {
            private double Rate(int k) => k < 3 ? rate * k : throw new ArgumentOutOfRangeException(nameof(k));
            private Vector<double, N3> Hidden(Vector<double, N2> x) => Tanh(layer.W * x + bias) * into;
            [Differentiable] public double F(Vector<double, N2> x)
            {
                if (layer is null || n < 0) { throw new InvalidOperationException(); }
                var h = Hidden(x);
                for (var i = 0; i < n; i++) { h = h * Rate(i); }
                return layer switch { { Kind: Kind.Plain, Scale: > 100 } => throw new InvalidOperationException(), (_, var s, Kind.Plain) => Sum(h) * s, { Scale: var s } => NormSquared(h) * s };
            }
        }
        """,
        """
        public partial struct C(double a, double b)
        {
            public double Offset { get; set; }
            [Differentiable] public readonly double F(double x) => a > 1e6 ? throw new InvalidOperationException() : (a * x + b) * x + Offset * b;
        }
        """,
    ];
}
