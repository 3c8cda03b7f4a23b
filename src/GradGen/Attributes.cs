namespace GradGen;

/// <summary>
/// Marks a method whose gradient GradGen writes when the program is compiled. The method stands in a
/// partial type; beside it appear <c>FBackward</c> (<c>Backward</c> for a method named <c>Forward</c>)
/// and the record <c>FGradient</c> it returns.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DifferentiableAttribute : Attribute
{
    /// <summary>
    /// The name of the generated method; <see langword="null"/> for the usual one, which is
    /// the method's own name followed by <c>Backward</c>, or with <c>Backward</c> in the place of <c>Forward</c>.
    /// </summary>
    public string? BackwardName { get; set; }

    /// <summary>
    /// Whether GradGen compares the gradient with differences of the method before it writes it, and writes nothing but
    /// GRAD9001 if they contradict each other; <see langword="true"/> if it is left out.
    /// </summary>
    public bool SelfCheck { get; set; } = true;
}

/// <summary>
/// Marks data that no gradient is wanted of: a parameter of a <see cref="DifferentiableAttribute">differentiable</see>
/// method, or a field or property that such a method reads. It is treated as a constant.
/// </summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property,
    Inherited = false)]
public sealed class NoDerivativeAttribute : Attribute;

/// <summary>
/// Gives a named dimension its size: <c>[Dimension(784)] public readonly partial struct Pixels : IDimension;</c>.
/// The generator writes <see cref="IDimension.Size"/> from it. The attribute is the one source of the size,
/// in other assemblies too.
/// </summary>
/// <param name="size">The number of rows or columns the dimension stands for, at least 1.</param>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class DimensionAttribute(int size) : Attribute
{
    /// <summary>The number of rows or columns the dimension stands for.</summary>
    public int Size { get; } = size;
}

/// <summary>
/// Marks a static method that gives the derivative of another by hand: where a differentiable method calls the other,
/// GradGen calls it forward and this one backward, and reads neither.
/// </summary>
/// <remarks>
/// It takes the other's parameters and then the adjoint of its result, and returns an adjoint for each differentiable
/// parameter (floating-point numbers, vectors, matrices, arrays, and records of these that are not marked
/// <see cref="NoDerivativeAttribute"/>), in their order: a tuple, or the one adjoint itself. An adjoint has its parameter's
/// type, of a span that of an array, and its length. Of a generic method the derivative is generic in the same way. Neither
/// method may change what it is given.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DerivativeOfAttribute : Attribute
{
    /// <summary>Marks the derivative of a method in the same type.</summary>
    /// <param name="methodName">The name of the method whose derivative this is, best written with <c>nameof</c>.</param>
    public DerivativeOfAttribute(string methodName) => MethodName = methodName;

    /// <summary>Marks the derivative of a method in another type, which may be another's.</summary>
    /// <param name="type">The type that the method stands in.</param>
    /// <param name="methodName">The name of the method whose derivative this is, best written with <c>nameof</c>.</param>
    public DerivativeOfAttribute(Type type, string methodName)
        : this(methodName) => Type = type;

    /// <summary>The type that the method stands in; <see langword="null"/> for the type of the derivative itself.</summary>
    public Type? Type { get; }

    /// <summary>The name of the method whose derivative this is.</summary>
    public string MethodName { get; }
}

/// <summary>
/// Marks a gradient that somebody wrote by hand and wants compared with the one GradGen derives: while it is typed, as a
/// formula and at random points. What is wrong is named where it stands, with the right factor.
/// </summary>
/// <remarks>
/// The method stands in the type of the differentiable method and takes its parameters, by their names and in any order,
/// then, where it wants, the adjoint of its result (<c>upstream</c>), which else is 1 and must be given where the result has
/// more than one entry. It returns the gradient in its parameter's type; of several parameters a tuple, or the generated
/// record.
/// <code>
/// [Differentiable]
/// public static double Loss(Matrix&lt;double, N3, N2&gt; w, [NoDerivative] Vector&lt;double, N2&gt; x) =&gt; Sum(Exp(w * x));
///
/// [GradientOf(nameof(Loss), "w")]
/// public static Matrix&lt;double, N3, N2&gt; Gradient(Matrix&lt;double, N3, N2&gt; w, Vector&lt;double, N2&gt; x) =&gt; Exp(w * x) * x.T;
/// </code>
/// </remarks>
/// <param name="methodName">The name of the method whose gradient this is, best written with <c>nameof</c>.</param>
/// <param name="parameters">
/// The parameters that the gradient is taken with respect to, in the order in which it returns them; none stands for all.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GradientOfAttribute(string methodName, params string[] parameters) : Attribute
{
    /// <summary>The name of the method whose gradient this is.</summary>
    public string MethodName { get; } = methodName;

    /// <summary>The parameters that the gradient is taken with respect to; none stands for all.</summary>
    public IReadOnlyList<string> Parameters { get; } = parameters;
}

/// <summary>
/// Names the compiler's operation that a public function, operator or property stands for. The compiler reads
/// it from metadata, so that the list of what can be differentiated lives on the functions themselves.
/// </summary>
/// <param name="name">The operation's name, such as <c>matmul</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
internal sealed class OperationAttribute(string name) : Attribute
{
    /// <summary>The operation's name.</summary>
    public string Name { get; } = name;
}
