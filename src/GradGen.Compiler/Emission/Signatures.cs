using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>How the gradient flowing in is passed.</summary>
internal enum UpstreamKind
{
    /// <summary>A C# scalar, 1 if left out.</summary>
    Scalar,
    /// <summary>A matrix or vector with one entry, 1 if left out.</summary>
    OneEntry,
    /// <summary>More entries: it must be given.</summary>
    Required,
}

/// <summary>The parameter lists of the generated methods, and the arguments with which they call one another.</summary>
internal sealed class Signatures
{
    public Signatures(GradientModel model)
    {
        Model = model;
        Parameters = [.. model.Declared.Where(d => !d.IsMember)];
        Captured = [.. model.Declared.Where(d => d.IsCaptured).Select(d => d.Name)];
        var names = new Names(Parameters.Select(p => p.Name).Concat(Captured));
        Upstream = names.Reserve(model.Result.Name);
        Into = names.Reserve("into");
        Accumulate = names.Reserve("accumulate");
        Spans =
        [
            .. GradientMembers.Of(model).Where(m => m.Parameter.Part.Making == Making.Leaf && model.Parameters[m.Parameter.Part.Leaf].IsSpan)
                .Select(m => new SpanTarget(model.Parameters[m.Parameter.Part.Leaf], m.Member, names.Reserve("into" + m.Member))),
        ];
        UpstreamKind = model.Result switch
        {
            { Kind: ParameterKind.Scalar, Type.Scalar: not Ir.ScalarType.Boolean } => UpstreamKind.Scalar,
            { Kind: ParameterKind.Matrix or ParameterKind.Vector, Type.Shape.Count: 1 } => UpstreamKind.OneEntry,
            _ => UpstreamKind.Required,
        };
    }

    public GradientModel Model { get; }

    /// <summary>The method's own parameters.</summary>
    public IReadOnlyList<DeclaredModel> Parameters { get; }

    /// <summary>The parameters of the primary constructor that are read: no local may have their names.</summary>
    public IReadOnlyList<string> Captured { get; }

    public UpstreamKind UpstreamKind { get; }

    public string Upstream { get; }

    public string Into { get; }

    public string Accumulate { get; }

    /// <summary>The spans to which the gradients of span parameters are written.</summary>
    public IReadOnlyList<SpanTarget> Spans { get; }

    /// <summary>The type of the gradient flowing in where the arithmetic is: of one entry only the entry.</summary>
    public string CoreUpstreamType => UpstreamKind == UpstreamKind.OneEntry ? Literals.Keyword(Model.Result.Type.Scalar) : Model.Result.TypeName;

    public string One => Literals.Number(Model.Result.Type.Scalar, 1);

    public IReadOnlyList<string> Plain => List(UpstreamKind switch
    {
        UpstreamKind.Scalar => $"{Model.Result.TypeName} {Upstream} = {One}",
        UpstreamKind.OneEntry => $"{Model.Result.TypeName}? {Upstream} = null",
        _ => $"{Model.Result.TypeName} {Upstream}",
    });

    public IReadOnlyList<string> IntoWithUpstream => List($"{Model.Result.TypeName} {Upstream}", RefInto, $"bool {Accumulate} = false");

    public IReadOnlyList<string> IntoWithoutUpstream => List(RefInto, $"bool {Accumulate} = false");

    /// <summary>The same without the spans to write to.</summary>
    public IReadOnlyList<string> IntoOfOneEntry => List($"{CoreUpstreamType} {Upstream}", RefInto, $"bool {Accumulate}");

    /// <summary>With spans to write to.</summary>
    public IReadOnlyList<string> IntoSpans => List([$"{Model.Result.TypeName} {Upstream}", RefInto, .. SpanParameters, $"bool {Accumulate} = false"]);

    /// <summary>Where the arithmetic is.</summary>
    public IReadOnlyList<string> Core => List([$"{CoreUpstreamType} {Upstream}", RefInto, .. SpanParameters, $"bool {Accumulate}"]);

    /// <summary>The arguments for it.</summary>
    public string CoreArguments => Arguments([Upstream, "ref " + Into, .. Spans.Select(s => s.Name), Accumulate]);

    public IReadOnlyList<string> IntoSpansWithoutUpstream => List([RefInto, .. SpanParameters, $"bool {Accumulate} = false"]);

    /// <summary>The span that the gradient of a span parameter is written to; null for any other.</summary>
    public string? SpanOf(ParameterModel leaf) => Spans.FirstOrDefault(s => s.Leaf == leaf)?.Name;

    /// <summary>"static " unless the methods belong to an object.</summary>
    public string Static => Model.IsInstance ? "" : "static ";

    /// <summary>The method's own arguments, then others.</summary>
    public string Arguments(params string[] others) => string.Join(", ", Parameters.Select(p => p.Name).Concat(others));

    /// <summary>Names around the parameters of the method and of the generated ones.</summary>
    public Names MethodNames() =>
        new([.. Parameters.Select(p => p.Name), .. Captured, Upstream, Into, Accumulate, .. Spans.Select(s => s.Name)]);

    private IEnumerable<string> SpanParameters => Spans.Select(s => $"global::System.Span<{s.Leaf.ElementTypeName}> {s.Name}");

    private string RefInto => $"ref {Model.GradientName} {Into}";

    private IReadOnlyList<string> List(params string[] others) =>
        [.. Parameters.Select(p => $"{p.Modifier}{p.TypeName} {p.Name}"), .. others];
}

/// <summary>Where the gradient of a span goes.</summary>
/// <param name="Leaf">The span parameter.</param>
/// <param name="Member">The member of the gradient, an array.</param>
/// <param name="Name">The parameter that is a span to write to.</param>
internal sealed record SpanTarget(ParameterModel Leaf, string Member, string Name);
