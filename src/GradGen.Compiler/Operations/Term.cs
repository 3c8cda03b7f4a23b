using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// A value with the builder it belongs to, so that pullbacks and definitions read as formulas. <c>*</c> and <c>/</c>
/// act entry by entry (a scalar stands for as many entries as needed); the matrix product is <see cref="MatMul"/>.
/// The default is the structural zero.
/// </summary>
internal readonly struct Term(Builder builder, Value value)
{
    public Builder Builder { get; } = builder;

    public Value Value { get; } = value;

    public bool IsZero => Value is null;

    public Shape Shape => Value.Shape;

    public ScalarType Scalar => Value.Type.Scalar;

    public Term T => Shape.IsScalar ? this : Apply(Products.Transpose);

    public static Term operator +(Term left, Term right) => left.Apply(Arithmetic.Add, right);

    public static Term operator -(Term left, Term right) => left.Apply(Arithmetic.Subtract, right);

    public static Term operator *(Term left, Term right) => left.Apply(Arithmetic.Multiply, right);

    public static Term operator /(Term left, Term right) => left.Apply(Arithmetic.Divide, right);

    public static Term operator -(Term operand) => operand.Apply(Arithmetic.Negate);

    public static Term operator +(Term left, double right) => left + left.Literal(right);

    public static Term operator +(double left, Term right) => right.Literal(left) + right;

    public static Term operator -(Term left, double right) => left - left.Literal(right);

    public static Term operator -(double left, Term right) => right.Literal(left) - right;

    public static Term operator *(double left, Term right) => right.Literal(left) * right;

    public static Term operator /(Term left, double right) => left / left.Literal(right);

    public static Term operator /(double left, Term right) => right.Literal(left) / right;

    public Term MatMul(Term right) => Apply(Products.MatMul, right);

    public Term Cross(Term right) => Apply(Products.Cross, right);

    public Term Dot(Term right) => Apply(Reductions.Dot, right);

    public Term Sum() => Shape.IsScalar ? this : Apply(Reductions.Sum);

    /// <summary>1 where this is less than <paramref name="right"/>, as a Boolean.</summary>
    public Term Less(Term right) => Apply(Comparisons.Less, right);

    public Term Less(double right) => Less(Literal(right));

    public Term Greater(double right) => Literal(right).Less(this);

    public Term LessEqual(Term right) => Apply(Comparisons.LessEqual, right);

    public Term EqualTo(Term right) => Apply(Comparisons.Equal, right);

    public Term EqualTo(double right) => EqualTo(Literal(right));

    /// <summary>This Boolean as a choice between two values, entry by entry.</summary>
    public Term Choose(Term then, Term otherwise) => Apply(Comparisons.Choose, then, otherwise);

    /// <summary>A constant of this term's scalar type.</summary>
    public Term Literal(double number) => new(Builder, Builder.Literal(Scalar, number));

    /// <summary>This scalar in every entry of a shape.</summary>
    public Term Fill(Shape shape) =>
        shape.IsScalar ? this : Apply(Constants.Fill, Attributes.Of(shape.Rows, shape.Columns));

    /// <summary>
    /// This as a value of another shape, where one of the two is a scalar: the adjoint of spreading a scalar over a
    /// shape is the sum, and the other way round.
    /// </summary>
    public Term Fit(Shape shape) => Shape == shape ? this : shape.IsScalar ? Sum() : Fill(shape);

    public Term Apply(Operation operation, params Term[] others) => Apply(operation, Attributes.None, others);

    public Term Apply(Operation operation, Attributes attributes, params Term[] others) =>
        new(Builder, Builder.Add(operation, [Value, .. others.Select(o => o.Value)], attributes));
}
