using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Writes the file of one differentiable method: the backward method, its overloads for training loops, and the record
/// struct they give. All overloads lead to one core, where the mathematics is.
/// </summary>
internal static class GradientEmitter
{
    private const int MaximalWidth = 120;

    /// <summary>For methods with arithmetic: fast from the first call.</summary>
    public const string Optimized = $"[{MethodImpl}.AggressiveOptimization)]";

    private const string Services = "global::System.Runtime.CompilerServices";

    private const string MethodImpl = $"{Services}.MethodImpl({Services}.MethodImplOptions";

    public static string Emit(GradientModel model, Passes passes = Passes.All, CancellationToken cancellation = default)
    {
        ImmutableArray<bool> differentiated = [.. model.Parameters.Select(p => p.IsDifferentiated)];
        var gradient = model.Function is { } function ? GradientFunction.Run(function, differentiated, passes) : null;
        if (gradient is not null && model.IsSelfChecked && SelfCheck.Of(model.Function!, () => gradient.Expanded, differentiated, cancellation) is { Verdict: SelfCheckVerdict.Refuted } refuted)
        {
            // No gradient at all is better than a wrong one; the analyzer reports it.
            return Emit(model with { Function = null, Failure = "GRAD9001: " + refuted.Reason }, passes, cancellation);
        }

        var signatures = new Signatures(model);
        return FileShell.Write(model.Namespace, model.Types, output =>
        {
            var core = new CSharpWriter(output.Level + 1);
            var (workspace, lanes) = gradient is null ? (Workspace.None, null) : CoreWriter.Write(signatures, Layout.Run(gradient.Expanded), core, cancellation);
            var documentation = new Documentation(signatures, gradient, workspace);
            Methods(output, signatures, documentation, gradient is null ? null : core.ToString(), lanes);
            if (gradient is not null && GradientMembers.AreNumbersApart(model))
            {
                Numbers(output, model);
            }
            else
            {
                output.Line();
            }

            Record(output, signatures, documentation);
        }, model.Pragmas);
    }

    private static void Methods(CSharpWriter output, Signatures signatures, Documentation documentation, string? core, LaneTypes? lanes)
    {
        var model = signatures.Model;
        var gradient = signatures.MethodNames().Reserve("gradient");
        var refGradient = "ref " + gradient;
        var refInto = "ref " + signatures.Into;
        var entry = $"{signatures.Upstream}.AsSpan()[0]";

        documentation.Backward(output);
        Header(output, $"{model.Accessibility} {signatures.Static}{model.GradientName} {model.BackwardName}", signatures.Plain);
        Body(
            output, signatures, core is not null,
            $"{model.GradientName} {gradient} = default;",
            $"{model.BackwardName}(" + (signatures.UpstreamKind switch
            {
                UpstreamKind.OneEntry => signatures.Arguments(
                    $"{signatures.Upstream} is null ? {signatures.One} : {entry}", refGradient, "false"),
                _ => signatures.Arguments(signatures.Upstream, refGradient),
            }) + ");",
            $"return {gradient};");

        if (signatures.UpstreamKind != UpstreamKind.Required)
        {
            output.Line();
            documentation.Into(output, withUpstream: false);
            Header(output, $"{model.Accessibility} {signatures.Static}void {model.BackwardName}", signatures.IntoWithoutUpstream);
            Body(
                output, signatures, core is not null,
                $"{model.BackwardName}({signatures.Arguments(signatures.One, refInto, signatures.Accumulate)});");
        }

        output.Line();
        documentation.Into(output, withUpstream: true);
        if (signatures.UpstreamKind == UpstreamKind.OneEntry)
        {
            Header(output, $"{model.Accessibility} {signatures.Static}void {model.BackwardName}", signatures.IntoWithUpstream);
            Body(
                output, signatures, core is not null,
                $"global::System.ArgumentNullException.ThrowIfNull({signatures.Upstream});",
                $"{model.BackwardName}({signatures.Arguments(entry, refInto, signatures.Accumulate)});");
            if (core is null)
            {
                return;
            }

            output.Line();
            output.Line("// The gradient flowing in as a number, because it has one entry.");
        }

        if (signatures.Spans.Count > 0)
        {
            SpanMethods(output, signatures, documentation, core is not null);
        }

        var (access, parameters) = signatures.UpstreamKind == UpstreamKind.OneEntry
            ? ("private", signatures.Core)
            : (model.Accessibility, signatures.Spans.Count > 0 ? signatures.IntoSpans : signatures.IntoWithUpstream);
        if (core is null)
        {
            Header(output, $"{access} {signatures.Static}void {model.BackwardName}", parameters);
            Body(output, signatures, isRead: false);
            return;
        }

        if (lanes is { IsEmpty: false })
        {
            Choose(output, $"{access} {signatures.Static}void", parameters, signatures, lanes);
            output.Line().Line("// The arithmetic, over vectors as wide as the machine's and the rows' lengths ask.");
            access = "private";
        }

        output.Line(Optimized);
        Header(
            output, $"{access} {signatures.Static}void {model.BackwardName}{lanes?.Parameters}",
            lanes is { IsEmpty: false } ? signatures.Core : parameters, lanes?.Constraints);
        output.Open().Append(core).Close();
    }

    /// <summary>The method that calls the core for the machine: the conditions are constants when it is compiled for it.</summary>
    private static void Choose(CSharpWriter output, string method, IReadOnlyList<string> parameters, Signatures signatures, LaneTypes lanes)
    {
        var name = signatures.Model.BackwardName;
        output.Line($"[{MethodImpl}.AggressiveInlining)]");
        Header(output, $"{method} {name}", parameters);
        output.Open();
        var isFirst = true;
        foreach (var (condition, arguments) in lanes.Choices())
        {
            var call = $"{name}{arguments}({signatures.CoreArguments});";
            if (isFirst && condition.Length == 0)
            {
                output.Line(call);
                break;
            }

            output.Open(condition.Length == 0 ? "else" : $"{(isFirst ? "" : "else ")}if ({condition})").Line(call).Close();
            isFirst = false;
        }

        output.Close();
    }

    /// <summary>The overloads that find arrays for the gradients of spans, before the one that has spans to write to.</summary>
    private static void SpanMethods(CSharpWriter output, Signatures signatures, Documentation documentation, bool isRead)
    {
        var model = signatures.Model;
        var isPrivate = signatures.UpstreamKind == UpstreamKind.OneEntry;
        var method = $"{(isPrivate ? "private" : model.Accessibility)} {signatures.Static}void {model.BackwardName}";
        var refInto = "ref " + signatures.Into;
        Header(output, method, isPrivate ? signatures.IntoOfOneEntry : signatures.IntoWithUpstream);
        var names = signatures.MethodNames();
        var arrays = signatures.Spans.Select(s => (Target: s, Name: names.Reserve("array" + s.Member))).ToList();
        Body(
            output, signatures, isRead,
            [
                .. arrays.Select(a => $"{a.Target.Leaf.GradientTypeName} {a.Name} = {signatures.Into}.{a.Target.Member} ?? new {a.Target.Leaf.ElementTypeName}[{a.Target.Leaf.Name}.Length];"),
                $"{model.BackwardName}({signatures.Arguments([signatures.Upstream, refInto, .. arrays.Select(a => a.Name), signatures.Accumulate])});",
                $"{signatures.Into} = {signatures.Into} with {{ {string.Join(", ", arrays.Select(a => $"{a.Target.Member} = {a.Name}"))} }};",
            ]);
        if (signatures.UpstreamKind == UpstreamKind.Scalar)
        {
            output.Line();
            documentation.Into(output, withUpstream: false, withSpans: true);
            Header(output, method, signatures.IntoSpansWithoutUpstream);
            Body(
                output, signatures, isRead,
                $"{model.BackwardName}({signatures.Arguments([signatures.One, refInto, .. signatures.Spans.Select(s => s.Name), signatures.Accumulate])});");
        }

        output.Line();
        if (!isPrivate)
        {
            documentation.Into(output, withUpstream: true, withSpans: true);
        }
    }

    private static void Header(CSharpWriter output, string name, IReadOnlyList<string> parameters, IEnumerable<string>? constraints = null)
    {
        output.Line(FileShell.GeneratedCode);
        WriteList(output, name, parameters);
        output.Lines((constraints ?? []).Select(c => "    " + c));
    }

    /// <summary>The statements; where the method could not be read, an exception that says why.</summary>
    private static void Body(CSharpWriter output, Signatures signatures, bool isRead, params string[] statements)
    {
        output.Open();
        if (isRead)
        {
            output.Lines(statements);
        }
        else
        {
            var model = signatures.Model;
            var name = string.Join(".", model.Types.Select(t => t.Name).Concat([model.MethodName]));
            output.Line("throw new global::System.InvalidOperationException("
                + Literals.Text($"GradGen could not differentiate '{name}': {model.Failure}") + ");");
        }

        output.Close();
    }

    private static void Record(CSharpWriter output, Signatures signatures, Documentation documentation)
    {
        var model = signatures.Model;
        documentation.Record(output);
        output.Line(FileShell.GeneratedCode);
        WriteList(
            output,
            $"{model.Accessibility} readonly record struct {model.GradientName}",
            [$"{model.Result.TypeName} {GradientMembers.Value}", .. GradientMembers.Of(model).Select(m => $"{GradientMembers.TypeOf(model, m.Parameter)} {m.Member}")],
            ";");
    }

    /// <summary>References to the numbers of a gradient, in the fields that the compiler makes for the members of a record.</summary>
    private static void Numbers(CSharpWriter output, GradientModel model)
    {
        output.Line().Line("// The numbers of a gradient are written where they are: written as a whole, the collector would be told of each matrix in it.");
        foreach (var (leaf, member) in GradientMembers.Numbers(model))
        {
            output.Line($"[{Services}.UnsafeAccessor({Services}.UnsafeAccessorKind.Field, Name = \"<{member}>k__BackingField\")]");
            output.Line(FileShell.GeneratedCode);
            output.Line($"private static extern ref {leaf.GradientTypeName} {GradientMembers.AccessorOf(model, member)}(ref {model.GradientName} gradient);").Line();
        }
    }

    /// <summary>A name and its parameters: in one line, or one a line where that is too long.</summary>
    private static void WriteList(CSharpWriter output, string name, IReadOnlyList<string> parameters, string end = "")
    {
        var line = $"{name}({string.Join(", ", parameters)}){end}";
        if (line.Length <= MaximalWidth)
        {
            output.Line(line);
            return;
        }

        output.Line(name + "(");
        for (var i = 0; i < parameters.Count; i++)
        {
            output.Line("    " + parameters[i] + (i < parameters.Count - 1 ? "," : ")" + end));
        }
    }
}
