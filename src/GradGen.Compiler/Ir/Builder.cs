using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Builds a function, instruction by instruction. Types are inferred by the operations' rows; composed operations
/// are replaced by their definitions; blocks nest.
/// </summary>
internal sealed class Builder
{
    private readonly Stack<Scope> _scopes = new();
    private readonly Dictionary<Value, Instruction> _definitions = [];
    private readonly Dictionary<Instruction, Instruction> _origins = [];
    private int _nextId;

    public Builder() => _scopes.Push(new Scope([]));

    /// <summary>A parameter of the function.</summary>
    public Value Parameter(TensorType type, string? name)
    {
        var value = NewValue(type, name);
        _scopes.Last().Parameters.Add(value);
        return value;
    }

    /// <summary>The type that the operation would have, or why it has none; nothing is added.</summary>
    public static TypeResult Infer(Operation operation, ImmutableArray<TensorType> operands, Attributes attributes) =>
        operation.Infer(new Signature(operands, attributes));

    /// <summary>Adds an operation with one result, or its definition if it is composed.</summary>
    /// <exception cref="ShapeException">The operands do not fit.</exception>
    public Value Add(Operation operation, ImmutableArray<Value> operands, Attributes? attributes = null)
    {
        attributes ??= Attributes.None;
        if (operation.Arity >= 0 && operands.Length != operation.Arity)
        {
            throw new InvalidOperationException($"{operation} takes {operation.Arity} operands, got {operands.Length}.");
        }

        var result = Infer(operation, [.. operands.Select(o => o.Type)], attributes);
        if (result.Error is { } error)
        {
            throw new ShapeException(error);
        }

        if (operation.Definition is { } definition)
        {
            return definition([.. operands.Select(o => new Term(this, o))], attributes).Value;
        }

        var value = NewValue(result.Type, null);
        Append(new Instruction(operation, operands, attributes, [value], []));
        return value;
    }

    /// <summary>Adds an operation whose row gives several results.</summary>
    public ImmutableArray<Value> AddMany(Operation operation, ImmutableArray<Value> operands, Attributes attributes)
    {
        var types = operation.ResultTypes!(new Signature([.. operands.Select(o => o.Type)], attributes));
        ImmutableArray<Value> results = [.. types.Select(t => NewValue(t, null))];
        Append(new Instruction(operation, operands, attributes, results, []));
        return results;
    }

    /// <summary>A scalar constant; a float's is what a float can hold, so that it prints and computes alike.</summary>
    public Value Literal(ScalarType type, double number) => Add(
        Constants.Literal,
        [],
        new Attributes(type == ScalarType.Float32 ? (float)number : number, new EquatableArray<int>([(int)type])));

    /// <summary>Adds control flow; the regions are built by <see cref="Region"/>.</summary>
    public ImmutableArray<Value> AddControlFlow(
        Operation operation, ImmutableArray<Value> operands, ImmutableArray<Block> regions, ImmutableArray<TensorType> resultTypes)
    {
        ImmutableArray<Value> results = [.. resultTypes.Select(t => NewValue(t, null))];
        Append(new Instruction(operation, operands, Attributes.None, results, regions));
        return results;
    }

    /// <summary>What <paramref name="build"/> adds is thrown away: to see what something would be.</summary>
    public void Discard(Action build) => Region([], _ =>
    {
        build();
        return [];
    });

    /// <summary>Builds a block with the given parameters; <paramref name="body"/> adds to this builder and returns the results.</summary>
    public Block Region(ImmutableArray<TensorType> parameterTypes, Func<ImmutableArray<Value>, ImmutableArray<Value>> body)
    {
        ImmutableArray<Value> parameters = [.. parameterTypes.Select(t => NewValue(t, null))];
        _scopes.Push(new Scope([.. parameters]));
        var results = body(parameters);
        return _scopes.Pop().ToBlock(results);
    }

    /// <summary>Adds a block's instructions as they are: what it computes is known from here on.</summary>
    public void Splice(Block block) => _scopes.Peek().Instructions.AddRange(block.Instructions);

    /// <summary>How many values there are so far.</summary>
    public int ValueCount => _nextId;

    /// <summary>The instruction that defines a value; null for a parameter.</summary>
    public Instruction? DefinitionOf(Value value) => _definitions.TryGetValue(value, out var definition) ? definition : null;

    /// <summary>The instruction of another function that an instruction is a copy of, or a copy of a copy; itself if it is none.</summary>
    public Instruction OriginOf(Instruction instruction) => _origins.TryGetValue(instruction, out var origin) ? origin : instruction;

    /// <summary>Notes that an instruction stands for another.</summary>
    public void NoteOrigin(Instruction copy, Instruction original) => _origins[copy] = OriginOf(original);

    /// <summary>
    /// Copies a block's instructions into the open one. <paramref name="map"/> holds the values in place of the
    /// block's parameters and gets those in place of its results; what is not in it stands for itself.
    /// </summary>
    public ImmutableArray<Instruction> Copy(Block block, Dictionary<Value, Value> map) =>
        [.. Copied(block).Select(instruction => Copy(instruction, map))];

    /// <summary>The instructions of a block that are copied.</summary>
    public IEnumerable<Instruction> Copied(Block block) =>
        block.Instructions.Where(i => !SkipsGuards || !Guards.IsOnlyGuard(i));

    /// <summary>Whether what is copied from here on has passed its guards before: they are left out.</summary>
    public bool SkipsGuards { get; set; }

    /// <summary>Copies one instruction.</summary>
    public Instruction Copy(Instruction instruction, Dictionary<Value, Value> map)
    {
        Value Mapped(Value value) => map.TryGetValue(value, out var copy) ? copy : value;
        ImmutableArray<Block> regions = [.. instruction.Regions.Select(region => Region(
            [.. region.Parameters.Select(p => p.Type)],
            parameters =>
            {
                for (var i = 0; i < parameters.Length; i++)
                {
                    map[region.Parameters[i]] = parameters[i];
                    Name(parameters[i], region.Parameters[i].Name, region.Parameters[i].Role);
                }

                Copy(region, map);
                return [.. region.Results.Select(Mapped)];
            }))];
        ImmutableArray<Value> results = [.. instruction.Results.Select(r => NewValue(r.Type, r.Name))];
        var copied = new Instruction(
            instruction.Operation, [.. instruction.Operands.Select(Mapped)], instruction.Attributes, results, regions);
        NoteOrigin(copied, instruction);
        for (var i = 0; i < results.Length; i++)
        {
            results[i].Role = instruction.Results[i].Role;
            map[instruction.Results[i]] = results[i];
        }

        Append(copied);
        return copied;
    }

    /// <summary>Names a value after the user's local, unless it has a name already.</summary>
    public static void Name(Value value, string? name, ValueRole role = ValueRole.Primal)
    {
        if (value.Name is null && name is not null)
        {
            value.Name = name;
            value.Role = role;
        }
    }

    public Function Build(string name, ImmutableArray<Value> results)
    {
        if (_scopes.Count != 1)
        {
            throw new InvalidOperationException("A region is still open.");
        }

        return new Function(name, _scopes.Peek().ToBlock(results));
    }

    private Value NewValue(TensorType type, string? name) => new(_nextId++, type) { Name = name };

    private void Append(Instruction instruction)
    {
        _scopes.Peek().Instructions.Add(instruction);
        foreach (var result in instruction.Results)
        {
            _definitions[result] = instruction;
        }
    }

    private sealed class Scope(List<Value> parameters)
    {
        public List<Value> Parameters { get; } = parameters;

        public List<Instruction> Instructions { get; } = [];

        public Block ToBlock(ImmutableArray<Value> results) => new([.. Parameters], [.. Instructions], results);
    }
}

/// <summary>Operands that do not fit an operation: the reader reports it; anywhere else it is our own mistake.</summary>
internal sealed class ShapeException(ShapeError error) : Exception(error.Message)
{
    public ShapeError Error { get; } = error;
}
