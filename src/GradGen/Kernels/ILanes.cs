using System.ComponentModel;

namespace GradGen.Kernels;

/// <summary>
/// A register of floating-point numbers, for generated code that is written once for every width of vector: what can be
/// said without naming the type of the numbers, so that functions like those of <see cref="VectorMath"/> infer their
/// type argument. Every member compiles to an instruction or a few, in the caller.
/// </summary>
/// <remarks>
/// A mask is a register whose lanes have all bits or none, as the comparisons give it. Operations on bits see the lanes
/// as integers of their size.
/// </remarks>
/// <typeparam name="TSelf">The register itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes; a constant to the JIT.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the lanes are of <see cref="float"/>, otherwise of <see cref="double"/>; a constant to the JIT.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>Whether <see cref="MultiplyAdd(TSelf, TSelf, TSelf)"/> rounds once; a constant to the JIT.</summary>
    static abstract bool IsFused { get; }

    /// <summary>0 in all lanes; as bits, none.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A number in all lanes, rounded to their type.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Constant(double value);

    /// <summary>A number in all lanes that differs with their type.</summary>
    /// <param name="value">The number for <see cref="double"/>.</param>
    /// <param name="single">The number for <see cref="float"/>, rounded to it.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Constant(double value, double single);

    /// <summary>Bits in all lanes, for their type.</summary>
    /// <param name="bits">The bits of a <see cref="double"/>.</param>
    /// <param name="singleBits">The bits of a <see cref="float"/>.</param>
    /// <returns>The register.</returns>
    static abstract TSelf FromBits(long bits, int singleBits);

    /// <summary>The mask of the first lanes.</summary>
    /// <param name="count">How many, from 0; more than there are counts as all.</param>
    /// <returns>All bits in these lanes, none in the others.</returns>
    static abstract TSelf First(int count);

    /// <summary>Sums, lane by lane.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left + right.</returns>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Differences, lane by lane.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left − right.</returns>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Products, lane by lane.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left · right.</returns>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Quotients, lane by lane.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    /// <returns>left / right.</returns>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Sums with a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The number.</param>
    /// <returns>left + right.</returns>
    static abstract TSelf operator +(TSelf left, double right);

    /// <summary>Differences with a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The number.</param>
    /// <returns>left − right.</returns>
    static abstract TSelf operator -(TSelf left, double right);

    /// <summary>Products with a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The number.</param>
    /// <returns>left · right.</returns>
    static abstract TSelf operator *(TSelf left, double right);

    /// <summary>Quotients with a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The number.</param>
    /// <returns>left / right.</returns>
    static abstract TSelf operator /(TSelf left, double right);

    /// <summary>Differences of a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left − right.</returns>
    static abstract TSelf operator -(double left, TSelf right);

    /// <summary>Quotients of a number, which is rounded to the type of the lanes.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left / right.</returns>
    static abstract TSelf operator /(double left, TSelf right);

    /// <summary>The opposite sign.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>−value.</returns>
    static abstract TSelf operator -(TSelf value);

    /// <summary>a·b + c, rounded once where the hardware has such an instruction, otherwise twice.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <param name="c">What is added.</param>
    /// <returns>a·b + c.</returns>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <inheritdoc cref="MultiplyAdd(TSelf, TSelf, TSelf)"/>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, double c);

    /// <inheritdoc cref="MultiplyAdd(TSelf, TSelf, TSelf)"/>
    static abstract TSelf MultiplyAdd(TSelf a, double b, TSelf c);

    /// <summary>Two steps of Horner's rule: (p·x + c₁)·x + c₀.</summary>
    /// <param name="p">The sum so far.</param>
    /// <param name="x">The argument.</param>
    /// <param name="c1">The next coefficient.</param>
    /// <param name="c0">The one after it.</param>
    /// <returns>The sum.</returns>
    static abstract TSelf Horner(TSelf p, TSelf x, double c1, double c0);

    /// <summary>Four steps of Horner's rule: (((p·x + c₃)·x + c₂)·x + c₁)·x + c₀.</summary>
    /// <param name="p">The sum so far.</param>
    /// <param name="x">The argument.</param>
    /// <param name="c3">The next coefficient.</param>
    /// <param name="c2">The second.</param>
    /// <param name="c1">The third.</param>
    /// <param name="c0">The fourth.</param>
    /// <returns>The sum.</returns>
    static abstract TSelf Horner(TSelf p, TSelf x, double c3, double c2, double c1, double c0);

    /// <summary>The larger, as <see cref="Math.Max(double, double)"/>: a NaN is the result, and +0 is above −0.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>max(left, right).</returns>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller, as <see cref="Math.Min(double, double)"/>: a NaN is the result, and −0 is below +0.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>min(left, right).</returns>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger, in one instruction: only where neither a NaN nor the sign of a zero matters.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>max(left, right).</returns>
    static abstract TSelf MaxNative(TSelf left, TSelf right);

    /// <summary>The smaller, in one instruction: only where neither a NaN nor the sign of a zero matters.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>min(left, right).</returns>
    static abstract TSelf MinNative(TSelf left, TSelf right);

    /// <summary>The absolute value: without the sign's bit.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>|value|.</returns>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The first with the sign of the second.</summary>
    /// <param name="size">The numbers.</param>
    /// <param name="sign">The signs; what else is there does not matter.</param>
    /// <returns>±|size|.</returns>
    static abstract TSelf CopySign(TSelf size, TSelf sign);

    /// <summary>The square root, correctly rounded.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>√value.</returns>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The largest whole number that is not above.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>⌊value⌋.</returns>
    static abstract TSelf Floor(TSelf value);

    /// <summary>The smallest whole number that is not below.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>⌈value⌉.</returns>
    static abstract TSelf Ceiling(TSelf value);

    /// <summary>The nearest whole number, halves to the even one.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The whole numbers.</returns>
    static abstract TSelf Round(TSelf value);

    /// <summary>The whole part, towards 0.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The whole numbers.</returns>
    static abstract TSelf Truncate(TSelf value);

    /// <summary>Where left is below right; not where one is NaN.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>A mask.</returns>
    static abstract TSelf Less(TSelf left, TSelf right);

    /// <summary>Where left is not above right; not where one is NaN.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>A mask.</returns>
    static abstract TSelf LessOrEqual(TSelf left, TSelf right);

    /// <summary>Where both are equal; not where one is NaN.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>A mask.</returns>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>The bits that both have.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left ∧ right.</returns>
    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>The bits that one has.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left ∨ right.</returns>
    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>The bits that the left side has and the right side has not.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left ∧ ¬right.</returns>
    static abstract TSelf AndNot(TSelf left, TSelf right);

    /// <summary>The bits that exactly one has.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left ⊕ right.</returns>
    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>A choice, lane by lane.</summary>
    /// <param name="mask">All bits or none, in each lane.</param>
    /// <param name="then">What is taken where the mask has all bits.</param>
    /// <param name="otherwise">What is taken where it has none.</param>
    /// <returns>One of both in each lane.</returns>
    static abstract TSelf Select(TSelf mask, TSelf then, TSelf otherwise);

    /// <summary>A choice by a comparison, lane by lane: cheaper than <see cref="Select"/> by the mask of one.</summary>
    /// <param name="left">The left side of the comparison.</param>
    /// <param name="right">The right side.</param>
    /// <param name="then">What is taken where left is below right.</param>
    /// <param name="otherwise">What is taken elsewhere.</param>
    /// <returns>One of both in each lane.</returns>
    static abstract TSelf SelectLess(TSelf left, TSelf right, TSelf then, TSelf otherwise);

    /// <summary>A choice by a comparison, lane by lane: cheaper than <see cref="Select"/> by the mask of one.</summary>
    /// <param name="left">The left side of the comparison.</param>
    /// <param name="right">The right side.</param>
    /// <param name="then">What is taken where left is not above right and neither is NaN.</param>
    /// <param name="otherwise">What is taken elsewhere.</param>
    /// <returns>One of both in each lane.</returns>
    static abstract TSelf SelectLessOrEqual(TSelf left, TSelf right, TSelf then, TSelf otherwise);

    /// <summary>A choice by a comparison, lane by lane: cheaper than <see cref="Select"/> by the mask of one.</summary>
    /// <param name="left">The left side of the comparison.</param>
    /// <param name="right">The right side.</param>
    /// <param name="then">What is taken where both are equal.</param>
    /// <param name="otherwise">What is taken elsewhere.</param>
    /// <returns>One of both in each lane.</returns>
    static abstract TSelf SelectEqual(TSelf left, TSelf right, TSelf then, TSelf otherwise);

    /// <summary>Whether a mask has bits in any lane.</summary>
    /// <param name="mask">All bits or none, in each lane.</param>
    /// <returns>True if one has.</returns>
    static abstract bool Any(TSelf mask);

    /// <summary>Sums of the lanes' bits as integers, without overflow checks.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left + right.</returns>
    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>Differences of the lanes' bits as integers, without overflow checks.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <returns>left − right.</returns>
    static abstract TSelf SubtractBits(TSelf left, TSelf right);

    /// <summary>The lanes' bits, moved up; zeros follow.</summary>
    /// <param name="value">The bits.</param>
    /// <param name="distance">By how many places, for <see cref="double"/>.</param>
    /// <param name="singleDistance">By how many places, for <see cref="float"/>.</param>
    /// <returns>value ≪ distance.</returns>
    static abstract TSelf ShiftLeftBits(TSelf value, int distance, int singleDistance);

    /// <summary>The lanes' bits, moved down; zeros follow.</summary>
    /// <param name="value">The bits.</param>
    /// <param name="distance">By how many places, for <see cref="double"/>.</param>
    /// <param name="singleDistance">By how many places, for <see cref="float"/>.</param>
    /// <returns>value ⋙ distance.</returns>
    static abstract TSelf ShiftRightBits(TSelf value, int distance, int singleDistance);

    /// <summary>
    /// value · 2ⁿ, with overflow to infinity and gradual underflow. n is a whole number between −2,100 and 2,100
    /// (between −300 and 300 for <see cref="float"/>).
    /// </summary>
    /// <param name="value">The numbers.</param>
    /// <param name="n">The exponents.</param>
    /// <returns>value · 2ⁿ.</returns>
    static abstract TSelf Scale(TSelf value, TSelf n);

    /// <summary>Mantissa and exponent of positive finite numbers, also subnormal ones: value = mantissa · 2ⁿ, exactly.</summary>
    /// <param name="value">The numbers. For others the result has no meaning.</param>
    /// <param name="n">The exponents, whole numbers.</param>
    /// <returns>The mantissas, from √½ to √2.</returns>
    static abstract TSelf Split(TSelf value, out TSelf n);

    /// <summary>The number of one lane.</summary>
    /// <param name="lane">The lane, from 0.</param>
    /// <returns>Its number.</returns>
    double Lane(int lane);

    /// <summary>The same register with another number in one lane.</summary>
    /// <param name="lane">The lane, from 0.</param>
    /// <param name="value">The number, rounded to the lanes' type.</param>
    /// <returns>The register.</returns>
    TSelf WithLane(int lane, double value);
}

/// <summary>A register of numbers of one type, loaded from memory and stored to it.</summary>
/// <typeparam name="TSelf">The register itself.</typeparam>
/// <typeparam name="T">The type of its lanes: <see cref="double"/> or <see cref="float"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial interface ILanes<TSelf, T> : ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>A number in all lanes.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Create(T value);

    /// <summary>Loads all lanes.</summary>
    /// <param name="source">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Load(ref readonly T source, nuint index);

    /// <summary>
    /// Loads the first lanes; the others are 0, and memory beyond is not touched. The count should be a constant to the
    /// JIT, which then makes one or two loads of the right sizes or one with a mask, whatever is fastest for it.
    /// </summary>
    /// <param name="source">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Load(ref readonly T source, nuint index, int count);

    /// <summary>As the partial <see cref="Load(ref readonly T, nuint, int)"/>, for a count that changes: with a mask.</summary>
    /// <param name="source">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    /// <returns>The register.</returns>
    static abstract TSelf LoadMasked(ref readonly T source, nuint index, int count);

    /// <summary>Stores all lanes.</summary>
    /// <param name="value">The register.</param>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    static abstract void Store(TSelf value, ref T destination, nuint index);

    /// <summary>Stores the first lanes, and nothing beyond. The count should be a constant to the JIT.</summary>
    /// <param name="value">The register.</param>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    static abstract void Store(TSelf value, ref T destination, nuint index, int count);

    /// <summary>As the partial <see cref="Store(TSelf, ref T, nuint, int)"/>, for a count that changes: with a mask.</summary>
    /// <param name="value">The register.</param>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    static abstract void StoreMasked(TSelf value, ref T destination, nuint index, int count);

    /// <summary>
    /// Stores all lanes. Like every method that is called on a register, it takes the register's address, and the JIT
    /// then copies the register wherever else it is used: the static form is better in long methods.
    /// </summary>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    void Store(ref T destination, nuint index);

    /// <summary>Stores the first lanes, and nothing beyond. The count should be a constant to the JIT.</summary>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    void Store(ref T destination, nuint index, int count);

    /// <summary>As the partial <see cref="Store(ref T, nuint, int)"/>, for a count that changes: with a mask.</summary>
    /// <param name="destination">Where entry 0 is.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, from 1; more than there are counts as all.</param>
    void StoreMasked(ref T destination, nuint index, int count);

    /// <summary>The sum of all lanes.</summary>
    /// <returns>The sum.</returns>
    T Sum();

    /// <summary>The sum of the first lanes.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <returns>The sum.</returns>
    T Sum(int count);

    /// <summary>The largest entry of all lanes; NaN if one is.</summary>
    /// <returns>The entry.</returns>
    T MaxEntry();

    /// <summary>The largest entry of the first lanes; NaN if one is.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <returns>The entry.</returns>
    T MaxEntry(int count);

    /// <summary>The smallest entry of all lanes; NaN if one is.</summary>
    /// <returns>The entry.</returns>
    T MinEntry();

    /// <summary>The smallest entry of the first lanes; NaN if one is.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <returns>The entry.</returns>
    T MinEntry(int count);
}
