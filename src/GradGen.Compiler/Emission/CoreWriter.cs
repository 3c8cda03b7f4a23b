using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Writes the body of the one method that does the arithmetic: checks, forward, backward, and last the stores, so that
/// an exception leaves the caller's gradient as it was.
/// </summary>
internal sealed class CoreWriter
{
    private readonly Signatures _signatures;
    private readonly Function _function;
    private readonly Plan _plan;
    private readonly Names _names;
    private readonly Notation _notation;
    private readonly Storage _storage;
    private readonly EntryWriter _entries;
    private readonly StepWriter _steps;
    private readonly LaneTypes _lanes;
    private readonly Outlines? _outlines;
    private readonly IReadOnlyList<WrittenPart> _written;

    private CoreWriter(Signatures signatures, Function function, bool outlines, CancellationToken cancellation)
    {
        _signatures = signatures;
        _function = function;
        _written = WrittenParts.Of(signatures);
        _plan = Plan.Of(function, ResultsWithMemory(), ParametersApart(), rows: !outlines);
        _names = signatures.MethodNames();
        _notation = new Notation(function, _plan.Steps, _plan.IsInlined);
        _storage = new Storage(function, _plan, _notation, _names, ParameterNames(), ScalarParameters(),
            new HashSet<Value>(function.Parameters.Where((_, i) => i < Model.Parameters.Count && Model.Parameters[i].IsLoaded)))
        {
            RegisterType = value => _lanes!.For(value.Type.Scalar, value.Shape.Count).Name,
            LoadRow = (value, row, name) => _entries!.LoadRow(value, row, name),
        };
        _storage.NoteFlag(_signatures.Accumulate);
        _lanes = new LaneTypes(_names);
        _outlines = outlines ? new Outlines(_storage, _names) : null;
        _entries = new EntryWriter(_plan, _storage, _names, _lanes);
        var products = new ProductCalls(_plan, _storage, _entries, new DimensionNames(Model));
        _steps = new StepWriter(_plan, _storage, _names, _notation, _entries, products, _lanes, cancellation) { Objects = Objects(), Structs = Structs(), Throws = Throws(), Outlines = _outlines };
    }

    private GradientModel Model => _signatures.Model;

    private Value UpstreamValue => _function.Parameters[_function.Parameters.Length - 1];

    /// <summary>Writes the statements of the body and gives the workspace and the vectors that they need.</summary>
    public static (Workspace Workspace, LaneTypes Lanes) Write(Signatures signatures, Function function, CSharpWriter output, CancellationToken cancellation)
    {
        var writer = new CoreWriter(signatures, function, outlines: false, cancellation);
        var text = new CSharpWriter(output.Level);
        var workspace = writer.Write(text);
        if (writer._entries.LaneOperations > Limits.InlinedOperations)
        {
            writer = new CoreWriter(signatures, function, outlines: true, cancellation);
            text = new CSharpWriter(output.Level);
            workspace = writer.Write(text);
        }

        output.Append(text.ToString());
        return (workspace, writer._lanes);
    }

    private Workspace Write(CSharpWriter output)
    {
        // From the end to the beginning: what is not read later is not computed.
        var level = output.Level;
        var stores = Stores(level);
        var (forward, backward) = Phases.Split(_function);
        var backwardText = _steps.Write(backward, level);
        var forwardText = _steps.Write(forward, level);

        var body = new CSharpWriter(level);
        if (Model.Result.Kind == ParameterKind.Array)
        {
            forwardText += ArrayStores.CheckUpstream(level, _signatures.Upstream, _storage.ReadArray(_function.Results[0]));
        }

        foreach (var (title, text) in new[] { ("forward", forwardText), ("backward", backwardText), ("results", stores) })
        {
            if (text.Length > 0)
            {
                body.Separate().Line("// ── " + title + " " + new string('─', 68 - title.Length)).Append(text);
            }
        }

        WriteChecks(output, AliasChecks.Of(_signatures, IsChecked));
        if (GradientMembers.ArePlain(Model) && !_plan.CanThrow)
        {
            // Before anything is in registers, which a call would have to save.
            Complete(output);
        }

        WritePreload(output);
        var workspace = Workspace.Of(_storage.Buffers.Where(b => !_plan.IsDeferred(b)), body.ToString(), _storage, _names);
        workspace.Write(output, body.ToString());
        _outlines?.Declare(output);
        return workspace;
    }

    private void WriteChecks(CSharpWriter output, IReadOnlyList<string> checks)
    {
        foreach (var name in MatrixArguments())
        {
            output.Line($"global::System.ArgumentNullException.ThrowIfNull({name});");
        }

        output.Lines(checks);
        foreach (var written in _written.Where(w => w.Leaf.Kind == ParameterKind.Array))
        {
            if (_signatures.SpanOf(written.Leaf) is null)
            {
                ArrayStores.CheckLength(output, written.Leaf, written.Present, _signatures.Into);
            }
        }

        foreach (var target in _signatures.Spans)
        {
            ArrayStores.CheckLength(output, target);
        }

        output.Separate();
    }

    private IEnumerable<string> MatrixArguments()
    {
        foreach (var name in Model.Declared.SelectMany(d => Referred(d.Part, d.Expression, isParameter: !d.IsMember)))
        {
            yield return name;
        }

        if (_signatures.UpstreamKind == UpstreamKind.Required && (HasMemory(Model.Result) || Model.Result.Kind == ParameterKind.Array))
        {
            yield return _signatures.Upstream;
        }
    }

    /// <summary>What must not be null: the parameters, and in records what is differentiated or read.</summary>
    private IEnumerable<string> Referred(PartModel part, string expression, bool isParameter)
    {
        if (part.IsReference && (isParameter || part.Leaves.Any(IsChecked)))
        {
            yield return expression;
        }

        foreach (var name in part.Members.SelectMany(m => Referred(m, expression + "." + m.Name, isParameter: false)))
        {
            yield return name;
        }
    }

    private bool IsChecked(int leaf) =>
        Model.Parameters[leaf] is var parameter && (parameter.Path is null || parameter.IsDifferentiated || _storage.IsRead(_function.Parameters[leaf]));

    private void WritePreload(CSharpWriter output)
    {
        for (var i = 0; i < Model.Parameters.Count; i++)
        {
            if (Model.Parameters[i] is { Kind: ParameterKind.Array, Path: { } path } array && IsChecked(i))
            {
                output.Line($"{array.TypeName} {_storage.ArrayOf(_function.Parameters[i])} = {path};");
            }
            else if (Model.Parameters[i] is { Kind: not (ParameterKind.Scalar or ParameterKind.Array) } or { Kind: not ParameterKind.Array, IsLoaded: true })
            {
                output.Lines(_storage.Preload(_function.Parameters[i], Model.Parameters[i]));
            }
        }

        if (_signatures.UpstreamKind == UpstreamKind.Required && Model.Result.Kind != ParameterKind.Array)
        {
            output.Lines(_storage.Preload(UpstreamValue, Model.Result with { Name = _signatures.Upstream }));
        }

        output.Separate();
    }

    /// <summary>Nothing here throws but for lack of memory, and that before the first entry is written.</summary>
    private string Stores(int level)
    {
        var output = _entries.Output = new CSharpWriter(level);
        var into = _signatures.Into;
        var array = Model.Result.Kind == ParameterKind.Array ? _storage.ReadArray(_function.Results[0]) : null;
        var first = array is not null ? ArrayStores.Created(Model.Result, into + "." + GradientMembers.Value, array, _names)
            : HasMemory(Model.Result) ? Created(Model.Result, into + "." + GradientMembers.Value) : Direct(Model.Result, _function.Results[0], "value").Text;
        var spans = new List<(Value Value, Value? Parameter, string Span)>();
        var declarations = new List<string>();
        void Declare(ParameterModel leaf, Value result, Value? parameter, string name, string present)
        {
            if (HasMemory(leaf))
            {
                var span = _names.Reserve("into" + name);
                spans.Add((result, parameter, span));
                _storage.NoteOutside(result, span);
                declarations.Add($"global::System.Span<{Literals.Keyword(leaf.Type.Scalar)}> {span} = {present}.AsSpan();");
            }
        }

        Declare(Model.Result, _function.Results[0], null, GradientMembers.Value, into + "." + GradientMembers.Value);
        var parts = new PartWriter(
            _signatures, _names, Created, leaf => Direct(Model.Parameters[leaf], ResultOf(leaf), "d" + _written.First(w => w.Number == leaf).Name));
        var arguments = new List<IReadOnlyList<string>> { new[] { first } };
        arguments.AddRange(GradientMembers.Of(Model).Select(m => parts.Made(m.Parameter, m.Member)));
        foreach (var written in _written)
        {
            Declare(written.Leaf, ResultOf(written.Number), _function.Parameters[written.Number], written.Name, written.Present.Replace("?.", "."));
        }

        if (!GradientMembers.ArePlain(Model))
        {
            WriteGradient(output, arguments);
        }
        else
        {
            if (_plan.CanThrow)
            {
                Complete(output);
            }

            if (GradientMembers.AreNumbersApart(Model))
            {
                var values = GradientMembers.Of(Model).Select((m, i) => (m.Member, Value: arguments[i + 1][0])).Prepend((Member: GradientMembers.Value, Value: first)).ToDictionary(m => m.Member, m => m.Value);
                output.Lines(GradientMembers.Numbers(Model).Select(n => $"{GradientMembers.AccessorOf(Model, n.Member)}(ref {into}) = {values[n.Member]};"));
            }
        }

        output.Lines(GradientMembers.Of(Model).SelectMany(m => parts.Assignments(m.Parameter.Part, into + "." + m.Member)));
        if (array is not null)
        {
            output.Line($"{array}.AsSpan().CopyTo({into}.{GradientMembers.Value});");
        }

        output.Lines(declarations);
        // Kernels and vectors add or overwrite as they are told; all else adds to zeros.
        var gradients = spans.Where(s => s.Parameter is not null && !_steps.WritesAsTold(s.Value)).ToList();
        if (gradients.Count > 0)
        {
            output.Open($"if (!{_signatures.Accumulate})");
            foreach (var (_, _, span) in gradients)
            {
                output.Line($"{span}.Clear();");
            }

            output.Close();
        }

        foreach (var (value, parameter, span) in spans)
        {
            Store(value, parameter, span, parameter is null ? "=" : _steps.WritesAsTold(value) ? _signatures.Accumulate : "+=");
        }

        foreach (var written in _written.Where(w => w.Leaf.Kind == ParameterKind.Array))
        {
            var gradient = ResultOf(written.Number);
            ArrayStores.Store(
                output.Separate(), written.Leaf, _signatures.SpanOf(written.Leaf) ?? written.Present.Replace("?.", "."), _names,
                IsZero(gradient) ? null : _storage.ReadArray(gradient), _signatures.Accumulate);
        }

        return output.ToString();
    }

    /// <summary>Makes the matrices that are missing; the numbers stay as they are.</summary>
    private void Complete(CSharpWriter output)
    {
        var into = _signatures.Into;
        output.Open("if (" + string.Join(" || ", GradientMembers.InMemory(Model).Select(m => $"{into}.{m} is null")) + ")");
        string Member(ParameterModel leaf, string member) => HasMemory(leaf) ? Created(leaf, $"{into}.{member}") : $"{into}.{member}";
        WriteGradient(
            output,
            [
                [Member(Model.Result, GradientMembers.Value)],
                .. GradientMembers.Of(Model).Select(m => new[] { Member(Model.Parameters[m.Parameter.Part.Leaf], m.Member) }),
            ]);
        output.Close().Separate();
    }

    private void WriteGradient(CSharpWriter output, IReadOnlyList<IReadOnlyList<string>> arguments)
    {
        output.Line($"{_signatures.Into} = new {Model.GradientName}(");
        for (var i = 0; i < arguments.Count; i++)
        {
            for (var l = 0; l < arguments[i].Count; l++)
            {
                output.Line("    " + arguments[i][l] + (l < arguments[i].Count - 1 ? "" : i < arguments.Count - 1 ? "," : ");"));
            }
        }
    }

    private void Store(Value value, Value? parameter, string span, string assignment)
    {
        if (assignment == "+=" && IsZero(value))
        {
            return;
        }

        _entries.Output.Separate();
        if (_plan.IsDeferred(value))
        {
            var definition = _plan.DefinitionOf(value)!;
            _steps.Comment(definition);
            _steps.WriteLoops(definition, span, assignment);
        }
        else
        {
            if (parameter is not null && Notation.GradientOf(parameter) is var name && name != _notation.NameOf(value))
            {
                _entries.Output.Line($"// {name} = {_notation.Write(value)}");
            }

            _steps.Copy(value, span, assignment);
        }
    }

    private static bool HasMemory(ParameterModel parameter) => GradientMembers.HasMemory(parameter);

    /// <summary>A matrix or an array as it will be: what is there, or a new one.</summary>
    private string Created(ParameterModel leaf, string present) => _signatures.SpanOf(leaf) is not null ? present
        : leaf.Kind == ParameterKind.Array
        ? $"{present} ?? new {leaf.ElementTypeName}[{leaf.Expression}.Length]"
        : $"{present} ?? new {leaf.TypeName}()";

    /// <summary>What gets its value at once: a scalar, or a struct, which is declared of its entries.</summary>
    private Code Direct(ParameterModel leaf, Value value, string name)
    {
        _entries.IsUnrolled = true;
        if (leaf.Kind != ParameterKind.Numerics)
        {
            return _entries.Entry(value, Place.At(0));
        }

        var made = _names.Reserve(name);
        WriteNew(NumericsTypes.Of(leaf.TypeName)!, made, [.. Enumerable.Range(0, value.Shape.Count).Select(e => _entries.Entry(value, Place.At(e)).Text)]);
        return Code.Atom(made);
    }

    /// <summary>Declares a struct of its entries.</summary>
    private void WriteNew(NumericsType type, string name, IReadOnlyList<string> entries) =>
        _entries.Output.List($"{type.CSharpName} {name} = new(", type.Lines(entries), ");");

    /// <summary>The gradient of a parameter of the function.</summary>
    private Value ResultOf(int leaf) => _function.Results[1 + Model.Parameters.Take(leaf).Count(p => p.IsDifferentiated)];

    private bool IsZero(Value value) => value.Type.IsArray ? _plan.DefinitionOf(value)?.Operation == Operations.Arrays.ZerosLike : _plan.Steps.IsConstant(value) && _entries.Entry(value, Place.At(0)).Text is "0.0" or "0f";

    /// <summary>The results that are written where the caller keeps them, rather than into a value that is made of them.</summary>
    private HashSet<Value> ResultsWithMemory() =>
        [.. _written.Where(w => HasMemory(w.Leaf)).Select(w => ResultOf(w.Number)), .. HasMemory(Model.Result) ? new[] { _function.Results[0] } : []];

    private Dictionary<Value, string> ParameterNames() => _function.Parameters
        .Zip(Model.Parameters.Select(p => p.Name).Concat([_signatures.Upstream]), (value, name) => (value, name))
        .ToDictionary(p => p.value, p => p.name);

    /// <summary>The parameters, which can be passed on as they are, and the gradient flowing in where it is passed as a matrix.</summary>
    private Dictionary<Value, ParameterModel> Objects()
    {
        var objects = _function.Parameters.Zip(Model.Parameters, (value, parameter) => (value, parameter))
            .ToDictionary(p => p.value, p => p.parameter with { Name = p.parameter.Path ?? p.parameter.Name });
        if (_signatures.UpstreamKind == UpstreamKind.Required)
        {
            objects[UpstreamValue] = Model.Result with { Name = _signatures.Upstream };
        }

        return objects;
    }

    /// <summary>The user's method, called with the same arguments, throws what it throws: nothing has been written yet.</summary>
    private IReadOnlyList<string> Throws()
    {
        var name = $"{Model.Types[Model.Types.Count - 1].Name}.{Model.MethodName}";
        return
        [
            $"{(Model.IsInstance ? "this." + Model.MethodName : name)}({_signatures.Arguments()}); // throws",
            $"throw new global::System.InvalidOperationException({Literals.Text($"'{name}' did not throw, called with the same arguments.")});",
        ];
    }

    private IEnumerable<Value> Parameters(ParameterKind kind) => _function.Parameters.Where((_, i) => i < Model.Parameters.Count && Model.Parameters[i].Kind == kind);

    /// <summary>What is given as a struct: its entries do not lie one after the other in memory.</summary>
    private HashSet<Value> ParametersApart() =>
        [.. Parameters(ParameterKind.Numerics), .. _signatures.UpstreamKind == UpstreamKind.Required && Model.Result.Kind == ParameterKind.Numerics ? new[] { UpstreamValue } : []];

    /// <summary>The arrays of System.Numerics among the parameters, with their elements' type.</summary>
    private Dictionary<Value, NumericsType> Structs() => _function.Parameters.Zip(Model.Parameters, (value, parameter) => (value, Type: NumericsTypes.Of(parameter.ElementTypeName)))
        .Where(p => p.Type is not null).ToDictionary(p => p.value, p => p.Type!);

    /// <summary>The parameters that are C# scalars: there is no matrix to take the entry from.</summary>
    private HashSet<Value> ScalarParameters()
    {
        var scalars = new HashSet<Value>(_function.Parameters.Where((_, i) => i < Model.Parameters.Count && Model.Parameters[i].Kind == ParameterKind.Scalar));
        if (_signatures.UpstreamKind != UpstreamKind.Required)
        {
            scalars.Add(UpstreamValue);
        }

        return scalars;
    }
}
