using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Where each value's entries are in the generated method: in which local, or at which index of which span. Keeps track
/// of what is read, so that nothing is declared that is not (the method is written from its end).
/// </summary>
internal sealed partial class Storage
{
    private readonly Plan _plan;
    private readonly Dictionary<Value, IReadOnlyList<string>> _locals = [];
    private readonly Dictionary<Value, string> _spans = [];
    private readonly Dictionary<Value, Value> _yields = [];
    private readonly Dictionary<Value, Value> _carried = [];
    private readonly Dictionary<Value, string> _tapes = [];
    private readonly Dictionary<Value, string> _arrays = [];
    private readonly Dictionary<ScalarType, string> _stores = [];
    private readonly HashSet<ScalarType> _usedStores = [];
    private readonly List<KeyValuePair<Value, string>> _outside = [];
    private readonly HashSet<string> _flags = [];
    private readonly Names _names;
    private readonly IReadOnlyDictionary<Value, string> _parameters;
    private readonly HashSet<(Value Value, int Entry)> _readLocals = [];
    private readonly HashSet<Value> _readSpans = [];

    /// <param name="function">The function that is emitted.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="notation">The names of its values.</param>
    /// <param name="names">The names of the method.</param>
    /// <param name="parameters">The parameters' names in C#.</param>
    /// <param name="scalars">The parameters that are C# scalars.</param>
    /// <param name="members">Those that are members of objects, which are read into locals.</param>
    public Storage(
        Function function, Plan plan, Notation notation, Names names, IReadOnlyDictionary<Value, string> parameters, ISet<Value> scalars,
        ISet<Value> members)
    {
        _plan = plan;
        _names = names;
        _parameters = parameters;
        foreach (var parameter in function.Parameters)
        {
            var identifier = parameters[parameter];
            if (parameter.Type.IsArray)
            {
                _arrays[parameter] = members.Contains(parameter) ? names.Reserve(identifier) : identifier;
                continue;
            }

            if (scalars.Contains(parameter))
            {
                _locals[parameter] = [members.Contains(parameter) ? names.Reserve(identifier) : identifier];
                continue;
            }

            _spans[parameter] = names.Reserve(identifier + "Entries");
            if (!plan.IsInBuffer(parameter))
            {
                _locals[parameter] = names.Reserve(identifier, [.. Suffixes(parameter.Shape, isParameter: true)]);
            }
        }

        Reserve(function.Body, notation, names);
    }

    /// <summary>The values in the workspace that are read, in the order of definition.</summary>
    public IEnumerable<Value> Buffers => _spans.Keys
        .Where(v => _plan.DefinitionOf(v) is { } definition && definition.Operation != Tapes.At && !IsView(definition) && _readSpans.Contains(v) && !_yields.ContainsKey(v) && !_plan.IsInRegister(v))
        .OrderBy(v => v.Id);

    /// <summary>The tapes that are read: their names and types.</summary>
    public IEnumerable<(string Name, TensorType Type)> TapesRead => _tapes.Where(t => _readSpans.Contains(t.Key)).Select(t => (t.Value, t.Key.Type));

    /// <summary>The stores that arrays are in, and the types of their entries.</summary>
    public IEnumerable<(string Name, ScalarType Type)> Stores => _stores.Where(s => _usedStores.Contains(s.Key)).Select(s => (s.Value, s.Key));

    /// <summary>The store of the arrays of a type.</summary>
    public string StoreOf(ScalarType type)
    {
        if (!_stores.TryGetValue(type, out var name))
        {
            _stores[type] = name = _names.Reserve(type switch
            {
                ScalarType.Float64 => "doubles",
                ScalarType.Float32 => "floats",
                ScalarType.Int32 => "integers",
                _ => "booleans",
            });
        }

        _usedStores.Add(type);
        return name;
    }

    /// <summary>The variable that holds an array, to be read.</summary>
    public string ReadArray(Value array)
    {
        _readSpans.Add(_plan.Arrays.PlaceOf(array));
        return _arrays[_plan.Arrays.PlaceOf(array)];
    }

    public string ArrayOf(Value array) => _arrays[_plan.Arrays.PlaceOf(array)];

    /// <summary>Whether a value is an element of a parameter: it is read where it is.</summary>
    public bool IsView(Instruction instruction) =>
        instruction.Operation == Operations.Arrays.At && _plan.Arrays.IsParameter(instruction.Operands[0]);

    /// <summary>One entry, to be read.</summary>
    public string Read(Value value, EntryIndex index)
    {
        if (_plan.IsInBuffer(value))
        {
            return ReadSpan(value) + "[" + index + "]";
        }

        var entry = value.Shape.Count == 1 ? 0
            : index.IsConstant ? index.Offset
            : throw new InvalidOperationException($"{value} is in locals and indexed by {index}.");
        _readLocals.Add((PlaceOf(value), entry));
        return _locals[value][entry];
    }

    /// <summary>All entries as a span, to be read.</summary>
    public string ReadSpan(Value value)
    {
        _readSpans.Add(PlaceOf(value));
        return _spans[value];
    }

    /// <summary>The tape that a value is a state of, to be read.</summary>
    public string ReadTape(Value value)
    {
        _readSpans.Add(PlaceOf(value));
        return _tapes[PlaceOf(value)];
    }

    public string TapeOf(Value value) => _tapes[PlaceOf(value)];

    /// <summary>Notes that all of a value is read: the next iteration may.</summary>
    public void ReadAll(Value value)
    {
        if (value.Type.IsArray)
        {
            _ = ReadArray(value);
            return;
        }

        _readSpans.Add(PlaceOf(value));
        _readLocals.UnionWith(Enumerable.Range(0, value.Shape.Count).Select(e => (PlaceOf(value), e)));
    }

    /// <summary>Whether a name is that of a span.</summary>
    public bool IsSpan(string name) => _spans.Any(s => s.Value == name && !_plan.IsInRegister(s.Key));

    /// <summary>The type in C# of a variable that holds a value or an entry of one; null for any other name.</summary>
    public string? TypeOf(string name)
    {
        foreach (var (value, span) in _spans.Concat(_outside).Select(s => (s.Key, s.Value)))
        {
            if (span == name)
            {
                return _plan.IsInRegister(value) ? RegisterType!(value) : $"global::System.Span<{Literals.Keyword(value.Type.Scalar)}>";
            }
        }

        foreach (var (value, locals) in _locals.Select(l => (l.Key, l.Value)))
        {
            if (locals.Contains(name))
            {
                return Literals.Keyword(value.Type.Scalar);
            }
        }

        return _flags.Contains(name) ? "bool" : null;
    }

    /// <summary>Whether a name is that of an array, a tape or a store of arrays.</summary>
    public bool IsGrowing(string name) => _arrays.ContainsValue(name) || _tapes.ContainsValue(name) || _stores.ContainsValue(name);

    /// <summary>The type of a value that is in a vector.</summary>
    public Func<Value, string>? RegisterType { get; init; }

    /// <summary>Notes a span of the caller's that a value is written to.</summary>
    public void NoteOutside(Value value, string span) => _outside.Add(new(value, span));

    /// <summary>Notes a variable that is a Boolean.</summary>
    public void NoteFlag(string name) => _flags.Add(name);

    /// <summary>The span to write a value's entries to.</summary>
    public string SpanOf(Value value) => _spans[value];

    public string LocalOf(Value value, int entry) => _locals[value][entry];

    /// <summary>Whether the value is computed where a value that it reads is, entry by entry.</summary>
    public bool IsInPlace(Value value) => ResultOf(value) is { } result && ControlFlow.IsLoop(_plan.DefinitionOf(result)!.Operation);

    /// <summary>The result of an if or a loop that the value is computed straight into, or null.</summary>
    public Value? ResultOf(Value value) => _yields.TryGetValue(value, out var result) ? result : null;

    public bool IsRead(Value value, int entry) =>
        ResultOf(value) is { } result ? IsRead(result, entry)
        : _plan.IsInBuffer(value) ? _readSpans.Contains(PlaceOf(value)) : _readLocals.Contains((PlaceOf(value), entry));

    public bool IsRead(Value value) =>
        ResultOf(value) is { } result ? IsRead(result)
        : value.Type is { IsArray: true, IsTape: false } ? _readSpans.Contains(_plan.Arrays.PlaceOf(value))
        : _plan.IsInBuffer(value) || value.Type.IsTape ? _readSpans.Contains(PlaceOf(value)) || IsAnyRowRead(value) : Enumerable.Range(0, value.Shape.Count).Any(e => IsRead(value, e));

    /// <summary>
    /// Lines that declare the span of a matrix parameter, or what stands for it, and its entries in locals, or the local of
    /// a number in a record, as far as they are read.
    /// </summary>
    public IEnumerable<string> Preload(Value parameter, ParameterModel model)
    {
        var shape = parameter.Shape;
        var keyword = Literals.Keyword(parameter.Type.Scalar);
        var read = Enumerable.Range(0, shape.Count).Where(e => _readLocals.Contains((parameter, e))).ToList();
        if (read.Count == 0 && !_readSpans.Contains(parameter))
        {
            yield break;
        }

        if (shape.IsScalar)
        {
            yield return $"{keyword} {_locals[parameter][0]} = {model.Expression};";
            yield break;
        }

        var type = NumericsTypes.Of(model.TypeName);
        if (type is null)
        {
            yield return $"global::System.Span<{keyword}> {_spans[parameter]} = {model.Expression}.AsSpan();";
            foreach (var line in PreloadRows(parameter))
            {
                yield return line;
            }
        }
        else if (_readSpans.Contains(parameter))
        {
            var lines = type.Lines([.. Enumerable.Range(0, shape.Count).Select(e => type.Read(model.Expression, e))]);
            foreach (var line in CSharpWriter.InBrackets($"global::System.Span<{keyword}> {_spans[parameter]} = [", lines, "];"))
            {
                yield return line;
            }
        }

        foreach (var row in read.GroupBy(e => shape.IsColumn ? 0 : e / shape.Columns))
        {
            yield return keyword + " " + string.Join(
                ", ", row.Select(e => $"{_locals[parameter][e]} = {type?.Read(model.Expression, e) ?? $"{_spans[parameter]}[{Literals.Integer(e)}]"}")) + ";";
        }
    }

    /// <summary>
    /// What tells the entries of a value apart: nothing where there is one, its number in a row or a column (_3), else
    /// row and column (_03, or _0_13 where a number has two digits).
    /// </summary>
    private static IEnumerable<string> Suffixes(Shape shape, bool isParameter)
    {
        if (shape.Count == 1 && !isParameter)
        {
            return [""];
        }

        var isLine = shape.Rows == 1 || shape.Columns == 1;
        var separator = shape.Rows > 10 || shape.Columns > 10 ? "_" : "";
        return Enumerable.Range(0, shape.Count).Select(e => isLine
            ? "_" + Literals.Integer(e)
            : "_" + Literals.Integer(e / shape.Columns) + separator + Literals.Integer(e % shape.Columns));
    }

    /// <summary>Where a loop's results are, its carried values are; and a tape is where it was made.</summary>
    private Value PlaceOf(Value value) => _carried.TryGetValue(value, out var place) ? place : value;

    private void Reserve(Block block, Notation notation, Names names)
    {
        foreach (var instruction in block.Instructions)
        {
            var isLoop = ControlFlow.IsLoop(instruction.Operation);
            for (var r = 0; r < instruction.Results.Length; r++)
            {
                var result = instruction.Results[r];
                if (result.Type.IsTape)
                {
                    ReserveTape(instruction, result, isLoop ? ControlFlow.Carried(instruction).Initial[r] : null, notation, names);
                }
                else if (result.Type.IsArray)
                {
                    if (_plan.Arrays.IsVariable(result))
                    {
                        _arrays[result] = names.Reserve(notation.IdentifierOf(result));
                    }
                }
                else if (!_plan.IsInlined(result))
                {
                    Reserve(result, notation, names);
                }
            }

            if (isLoop)
            {
                ReserveCarried(instruction, notation, names);
            }

            foreach (var region in instruction.Regions)
            {
                ReserveYields(instruction, region);
                Reserve(region, notation, names);
            }
        }
    }

    private void Reserve(Value result, Notation notation, Names names)
    {
        if (_yields.TryGetValue(result, out var target))
        {
            Share(result, target);
            return;
        }

        var identifier = notation.IdentifierOf(result);
        if (_plan.IsInBuffer(result))
        {
            _spans[result] = names.Reserve(identifier);
        }
        else
        {
            _locals[result] = names.Reserve(identifier, [.. Suffixes(result.Shape, isParameter: false)]);
        }
    }

    private void Share(Value value, Value place)
    {
        if (_plan.IsInBuffer(value))
        {
            _spans[value] = _spans[place];
        }
        else
        {
            _locals[value] = _locals[place];
        }
    }

    private void ReserveTape(Instruction instruction, Value result, Value? initial, Notation notation, Names names)
    {
        if (instruction.Operation == Tapes.New)
        {
            _tapes[result] = names.Reserve("saved" + Notation.Pascal(notation.IdentifierOf(result)));
        }
        else
        {
            _carried[result] = PlaceOf(initial ?? instruction.Operands[0]);
        }
    }

    private void ReserveCarried(Instruction loop, Notation notation, Names names)
    {
        foreach (var parameters in ControlFlow.Carried(loop).Parameters)
        {
            for (var j = 0; j < parameters.Length; j++)
            {
                _carried[parameters[j]] = PlaceOf(loop.Results[j]);
                if (parameters[j].Type.IsTensor)
                {
                    Share(parameters[j], loop.Results[j]);
                }
            }
        }

        if (loop.Operation == ControlFlow.Loop)
        {
            Reserve(loop.Regions[0].Parameters[0], notation, names);
        }
    }

    /// <summary>What is computed only to be the result of a branch, or to be added to what a loop carries, is computed there.</summary>
    private void ReserveYields(Instruction instruction, Block region)
    {
        var isLoop = ControlFlow.IsLoop(instruction.Operation);
        for (var r = 0; r < instruction.Results.Length; r++)
        {
            var value = region.Results[region.Results.Length - instruction.Results.Length + r];
            if (_plan.IsYieldOnly(region, value) && _plan.IsInBuffer(value) == _plan.IsInBuffer(instruction.Results[r])
                && (!isLoop || (region == instruction.Regions[instruction.Regions.Length - 1] && _plan.IsAddedTo(value, region.Parameters[region.Parameters.Length - instruction.Results.Length + r]))))
            {
                _yields[value] = instruction.Results[r];
            }
        }
    }
}
