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
    private readonly IReadOnlyList<(ParameterModel Parameter, string Member)> _members;

    private CoreWriter(Signatures signatures, Function function, CancellationToken cancellation)
    {
        _signatures = signatures;
        _function = function;
        _members = GradientMembers.Of(signatures.Model);
        _plan = Plan.Of(function, ResultsWithMemory());
        _names = signatures.MethodNames();
        _notation = new Notation(function, _plan.Steps, _plan.IsInlined);
        _storage = new Storage(function, _plan, _notation, _names, ParameterNames(), ScalarParameters());
        _entries = new EntryWriter(_plan, _storage, _names);
        _steps = new StepWriter(_plan, _storage, _names, _notation, _entries, cancellation);
    }

    private GradientModel Model => _signatures.Model;

    private Value UpstreamValue => _function.Parameters[_function.Parameters.Length - 1];

    /// <summary>Writes the statements of the body and gives the workspace that they need.</summary>
    public static Workspace Write(Signatures signatures, Function function, CSharpWriter output, CancellationToken cancellation) =>
        new CoreWriter(signatures, function, cancellation).Write(output);

    private Workspace Write(CSharpWriter output)
    {
        // From the end to the beginning: what is not read later is not computed.
        var level = output.Level;
        var stores = Stores(level);
        var (forward, backward) = Phases.Split(_function);
        var backwardText = _steps.Write(backward, level);
        var forwardText = _steps.Write(forward, level);

        var body = new CSharpWriter(level);
        foreach (var (title, text) in new[] { ("forward", forwardText), ("backward", backwardText), ("results", stores) })
        {
            if (text.Length > 0)
            {
                body.Separate().Line("// ── " + title + " " + new string('─', 68 - title.Length)).Append(text);
            }
        }

        var helper = _names.Reserve("RefuseSame");
        var checks = AliasChecks.Of(_signatures, helper);
        WriteChecks(output, checks);
        WritePreload(output);
        var workspace = Workspace.Of(_storage.Buffers.Where(b => !_plan.IsDeferred(b)), _storage, _names);
        workspace.Write(output, body.ToString());
        if (checks.Count > 0)
        {
            AliasChecks.Declare(output.Separate(), helper);
        }

        return workspace;
    }

    private void WriteChecks(CSharpWriter output, IReadOnlyList<string> checks)
    {
        foreach (var name in MatrixArguments())
        {
            output.Line($"global::System.ArgumentNullException.ThrowIfNull({name});");
        }

        output.Lines(checks).Separate();
    }

    private IEnumerable<string> MatrixArguments()
    {
        foreach (var parameter in Model.Parameters.Where(HasMemory))
        {
            yield return parameter.Name;
        }

        if (_signatures.UpstreamKind == UpstreamKind.Required && HasMemory(Model.Result))
        {
            yield return _signatures.Upstream;
        }
    }

    private void WritePreload(CSharpWriter output)
    {
        for (var i = 0; i < Model.Parameters.Count; i++)
        {
            if (Model.Parameters[i].Kind != ParameterKind.Scalar)
            {
                output.Lines(_storage.Preload(_function.Parameters[i], Model.Parameters[i]));
            }
        }

        if (_signatures.UpstreamKind == UpstreamKind.Required)
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
        var arguments = new List<string> { Created(Model.Result, GradientMembers.Value, _function.Results[0], accumulates: false) };
        var spans = new List<(Value Value, Value? Parameter, string Span)>();
        var declarations = new List<string>();
        var parameters = _function.Parameters.Where((_, i) => i < Model.Parameters.Count && Model.Parameters[i].IsDifferentiated).ToList();
        for (var i = 0; i <= _members.Count; i++)
        {
            var (parameter, member) = i == 0 ? (Model.Result, GradientMembers.Value) : _members[i - 1];
            if (i > 0)
            {
                arguments.Add(Created(parameter, member, _function.Results[i], accumulates: true));
            }

            if (HasMemory(parameter))
            {
                var span = _names.Reserve("into" + member);
                spans.Add((_function.Results[i], i == 0 ? null : parameters[i - 1], span));
                declarations.Add($"global::System.Span<{Literals.Keyword(parameter.Type.Scalar)}> {span} = {into}.{member}.AsSpan();");
            }
        }

        output.Line($"{into} = new {Model.GradientName}(");
        for (var i = 0; i < arguments.Count; i++)
        {
            output.Line("    " + arguments[i] + (i < arguments.Count - 1 ? "," : ");"));
        }

        output.Lines(declarations);
        var gradients = spans.Where(s => s.Parameter is not null).ToList();
        if (gradients.Count > 0)
        {
            output.Open($"if (!{_signatures.Accumulate})");
            foreach (var (_, _, span) in gradients)
            {
                output.Line($"{span}.Clear();");
            }

            output.Close();
        }

        for (var i = 0; i < spans.Count; i++)
        {
            var (value, parameter, span) = spans[i];
            Store(value, parameter, span, parameter is null ? "=" : "+=");
        }

        return output.ToString();
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

    /// <summary>Whether a parameter or member is a matrix: a class, with entries that can be written one by one.</summary>
    private static bool HasMemory(ParameterModel parameter) => parameter.Kind is ParameterKind.Matrix or ParameterKind.Vector;

    /// <summary>The member as it will be: what is there, or a new one; a scalar and a struct get their value at once.</summary>
    private string Created(ParameterModel parameter, string member, Value value, bool accumulates)
    {
        var present = $"{_signatures.Into}.{member}";
        if (HasMemory(parameter))
        {
            return $"{present} ?? new {parameter.TypeName}()";
        }

        _entries.IsUnrolled = true;
        if (NumericsTypes.Of(parameter.TypeName) is { } type)
        {
            var made = _names.Reserve(accumulates ? "d" + member : "value");
            WriteNew(type, made, [.. Enumerable.Range(0, type.Shape.Count).Select(e => _entries.Entry(value, Place.At(e)).Text)]);
            return accumulates ? $"{_signatures.Accumulate} ? {type.Add(present, made)} : {made}" : made;
        }

        var code = _entries.Entry(value, Place.At(0));
        return accumulates
            ? $"{_signatures.Accumulate} ? {present} + {code.In(Code.Additive + 1)} : {code.In(Code.Conditional + 1)}"
            : code.Text;
    }

    /// <summary>Declares a struct of its entries.</summary>
    private void WriteNew(NumericsType type, string name, IReadOnlyList<string> entries) =>
        _entries.Output.List($"{type.CSharpName} {name} = new(", type.Lines(entries), ");");

    private bool IsZero(Value value) => _plan.Steps.IsConstant(value) && _entries.Entry(value, Place.At(0)).Text is "0.0" or "0f";

    /// <summary>The results that are written where the caller keeps them, rather than into a value that is made of them.</summary>
    private HashSet<Value> ResultsWithMemory() =>
        [.. _members.Select(m => m.Parameter).Prepend(Model.Result).Zip(_function.Results, (p, v) => (p, v)).Where(r => HasMemory(r.p)).Select(r => r.v)];

    private Dictionary<Value, string> ParameterNames() => _function.Parameters
        .Zip(Model.Parameters.Select(p => p.Name).Concat([_signatures.Upstream]), (value, name) => (value, name))
        .ToDictionary(p => p.value, p => p.name);

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
