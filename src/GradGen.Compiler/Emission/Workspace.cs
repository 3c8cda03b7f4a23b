using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// The memory for the values that are in no local: one block a scalar type, in which values that are not used at the same time
/// have the same place; on the stack where it is small, else rented
/// from the array pool and given back whatever happens.
/// </summary>
internal sealed class Workspace
{
    private readonly List<(string Name, string Array, string Keyword, int Count)> _blocks = [];
    private readonly List<string> _spans = [];
    private readonly List<(string Name, string Type)> _growing = [];

    private Workspace()
    {
    }

    public static Workspace None { get; } = new();

    private int Bytes { get; set; }

    private bool IsOnStack => Bytes <= Limits.StackBytes;

    /// <summary>The workspace of the values that are read from it, by the statements of the body.</summary>
    public static Workspace Of(IEnumerable<Value> buffers, string body, Storage storage, Names names)
    {
        var workspace = new Workspace();
        var lifetimes = Lifetimes.Of(body);
        foreach (var type in buffers.GroupBy(b => b.Type.Scalar).OrderBy(g => g.Key))
        {
            workspace.Add(type.Key, [.. type], lifetimes, storage, names);
        }

        workspace._growing.AddRange(storage.Stores.Select(s => (s.Name, $"global::GradGen.Kernels.ArrayStore<{Literals.Keyword(s.Type)}>")).OrderBy(s => s.Name, StringComparer.Ordinal));
        workspace._growing.AddRange(storage.TapesRead.Select(t => (t.Name, $"global::GradGen.Kernels.Tape<{TypeOf(t.Type)}>")).OrderBy(t => t.Name, StringComparer.Ordinal));
        return workspace;
    }

    /// <summary>Writes the body with the workspace around it.</summary>
    public void Write(CSharpWriter output, string body)
    {
        if (_blocks.Count == 0 && _growing.Count == 0)
        {
            output.Append(body);
            return;
        }

        foreach (var (name, array, keyword, count) in _blocks)
        {
            output.Line(IsOnStack
                ? $"global::System.Span<{keyword}> {name} = stackalloc {keyword}[{Literals.Integer(count)}];"
                : $"{keyword}[] {array} = global::System.Buffers.ArrayPool<{keyword}>.Shared.Rent({Literals.Integer(count)});");
        }

        if (IsOnStack)
        {
            output.Lines(_spans).Separate();
        }

        if (IsOnStack && _growing.Count == 0)
        {
            output.Append(body);
            return;
        }

        foreach (var (name, type) in _growing)
        {
            output.Line($"{type} {name} = default;");
        }

        output.Open("try");
        if (!IsOnStack)
        {
            foreach (var (name, array, keyword, _) in _blocks)
            {
                output.Line($"global::System.Span<{keyword}> {name} = {array};");
            }

            output.Lines(_spans).Line();
        }

        foreach (var line in body.TrimEnd('\n').Split('\n'))
        {
            output.Append(line.Length > 0 ? "    " + line + "\n" : "\n");
        }

        output.Close().Open("finally");
        foreach (var (_, array, keyword, _) in _blocks.Where(_ => !IsOnStack))
        {
            output.Line($"global::System.Buffers.ArrayPool<{keyword}>.Shared.Return({array});");
        }

        foreach (var (name, _) in _growing)
        {
            output.Line($"{name}.Release();");
        }

        output.Close();
    }

    /// <summary>"3,232 bytes of workspace from the array pool", for people.</summary>
    public override string ToString() =>
        (_blocks.Count == 0 ? "no workspace" : Cost.Count(Bytes, "byte") + " of workspace " + (IsOnStack ? "on the stack" : "from the array pool"))
        + (_growing.Count == 0 ? "" : ", and local arrays and what each iteration leaves for the way back in memory from the pool");

    private static string TypeOf(TensorType tape) =>
        tape.IsArray ? $"global::GradGen.Kernels.SavedArray<{Literals.Keyword(tape.Scalar)}>" : Literals.Keyword(tape.Scalar);

    private void Add(ScalarType type, IReadOnlyList<Value> buffers, Lifetimes lifetimes, Storage storage, Names names)
    {
        var name = names.Reserve("workspace");
        var keyword = Literals.Keyword(type);
        var places = Place([.. buffers.Select(b => (storage.SpanOf(b), b.Shape.Count))], lifetimes);
        foreach (var buffer in buffers)
        {
            var span = storage.SpanOf(buffer);
            _spans.Add($"global::System.Span<{keyword}> {span} = {name}.Slice({Literals.Integer(places[span])}, {Literals.Integer(buffer.Shape.Count)});");
        }

        var count = buffers.Max(b => places[storage.SpanOf(b)] + b.Shape.Count);
        _blocks.Add((name, names.Reserve("rented"), keyword, count));
        Bytes += count * (type == ScalarType.Float64 ? sizeof(double) : sizeof(float));
    }

    /// <summary>
    /// Where each buffer begins: the largest first, at the first place that none has that is used at the same time.
    /// </summary>
    private static Dictionary<string, int> Place(IReadOnlyList<(string Name, int Count)> buffers, Lifetimes lifetimes)
    {
        var placed = new List<(string Name, int Start, int End)>();
        foreach (var (name, count) in buffers.OrderByDescending(b => b.Count))
        {
            var start = 0;
            foreach (var (_, from, to) in placed.Where(p => lifetimes.Meet(p.Name, name)).OrderBy(p => p.Start))
            {
                if (from >= start + count)
                {
                    break;
                }

                start = Math.Max(start, to);
            }

            placed.Add((name, start, start + count));
        }

        return placed.ToDictionary(p => p.Name, p => p.Start);
    }
}
