using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>What reading a method gave: a function, or the problems that stand in its way (or both are empty: C# itself reports errors).</summary>
internal sealed record ReadResult(Function? Function, ImmutableArray<Problem> Problems)
{
    /// <summary>The warnings that calling what it calls would give in the generated file.</summary>
    public EquatableArray<string> Pragmas { get; init; }

    /// <summary>What stands in nobody's way and is worth a word.</summary>
    public ImmutableArray<Problem> Advice { get; init; } = [];

    /// <summary>The declarations whose bodies were read: the method's own, and those of helpers.</summary>
    public ImmutableArray<SyntaxNode> Bodies { get; init; } = [];

    /// <summary>The members of 'this' that it reads, in the order of their declarations.</summary>
    public ImmutableArray<DeclaredModel> Members { get; init; } = [];

    /// <summary>Of a tuple or record that is returned, the path to each result.</summary>
    public ImmutableArray<string> ResultNames { get; init; } = [];

    /// <summary>Where the function's values stand in the method.</summary>
    public Origins Origins { get; init; } = new();
}

/// <summary>
/// Reads the body of a differentiable method, as IOperation, into a <see cref="Function"/>. Locals become SSA values;
/// calls of methods with source are read in place. Generator and analyzer read with the same reader: where something
/// cannot be read it leaves a <see cref="Problem"/> and goes on without a value, so that one mistake gives one
/// problem.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>More instructions than a method that people write has: a bound for helpers that call helpers that call …</summary>
    private const int MaximalInstructions = 200_000;

    private static readonly ImmutableHashSet<DiagnosticDescriptor> ShapeDescriptors =
        [.. Enum.GetValues(typeof(ShapeErrorKind)).Cast<ShapeErrorKind>().Select(Problem.DescriptorOf)];

    /// <summary>
    /// What follows a branch that may return is read once for each way to it; so many ways are no program that people
    /// follow, and their number can double with each statement.
    /// </summary>
    private const int MaximalWays = 200;

    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly Builder _builder = new();
    private readonly List<Problem> _problems = [];
    private readonly HashSet<SyntaxNode> _bodies = [];
    private readonly Origins _origins;
    private readonly HashSet<Value> _active = [];
    private readonly HashSet<Value> _parameters = [];

    /// <summary>Matrices that are elements of an array: a write to one of them would be a write to the array.</summary>
    private readonly HashSet<Value> _stored = [];
    private Frame _frame;
    private int _instructions;
    private int _ways;
    private bool _failed;
    private IOperation? _place;

    private MethodReader(Compilation compilation, IMethodSymbol method, PartReader parts, CancellationToken cancellation)
    {
        _parts = parts;
        _receiver = new Bundle(method.ContainingType, []) { Source = Bundle.This };
        _compilation = compilation;
        _cancellation = cancellation;
        _frame = new Frame(method, null, null);
        _origins = new Origins((method.PartialImplementationPart ?? method).Locations[0].SourceTree);
    }

    /// <summary>Reads a method whose signature has been found good; <paramref name="takesParts"/>: also one that returns a tuple or a record.</summary>
    public static ReadResult Read(
        IMethodSymbol method, GradientModel model, PartReader parts, Compilation compilation, CancellationToken cancellation, bool takesParts = false)
    {
        var reader = new MethodReader(compilation, method, parts, cancellation);
        Value? result = null;
        try
        {
            // The body of a partial method speaks of its own part's parameters.
            var declared = (method.PartialImplementationPart ?? method).Parameters;
            reader._leaves.AddRange(model.Parameters.Select(reader.Input));
            foreach (var (parameter, i) in model.Declared.Select((d, i) => (d, i)))
            {
                reader._frame.Variables[declared[i]] = ValueOf(parameter.Part, declared[i].Type, reader._leaves, parameter.Expression);
            }

            if (!method.IsStatic)
            {
                reader._frame.Variables[method.ContainingType.OriginalDefinition] = reader._receiver;
            }

            result = reader.GivenOf(method) is { } given
                ? reader.ReadOwnCall(given, [.. declared.Select(p => reader._frame.Variables[p]!)])
                : reader.ReadBody(method);
        }
        catch (InsufficientExecutionStackException)
        {
            reader.Report(Descriptors.NotSupported, method.Locations[0], $"'{method.Name}' nests its expressions too deeply to be read");
        }
        catch (TooManyWaysException)
        {
            reader.Report(Descriptors.NotSupported, method.Locations[0], $"'{method.Name}' has over {MaximalWays} ways through its branches that may return: assign a variable in the branches and return once, at the end");
        }
        catch (TooLargeException)
        {
            reader.Report(Descriptors.NotSupported, method.Locations[0], $"'{method.Name}' is too large to be differentiated: over {MaximalInstructions} operations once its calls are read in place");
        }

        var complete = result is not null && !reader._failed && reader._problems.Count == 0;
        var results = !complete ? [] : result is Bundle { Form: BundleForm.Whole } bundle && takesParts ? LeavesOf(bundle, "") : [("", result!)];
        var isKnown = results.Length > 0 && results.All(r => r.Value is not ReaderValue);
        return new ReadResult(isKnown ? reader.Build(method.Name, [.. results.Select(r => r.Value)]) : null, [.. reader._problems])
        {
            Members = reader.MembersRead(),
            Pragmas = new(reader.WarningsOfCalled()),
            Advice = [.. reader._advice.Values],
            Bodies = [.. reader._bodies],
            Origins = reader._origins,
            ResultNames = [.. results.Select(r => r.Name)],
        };
    }

    /// <summary>What a tuple or record consists of, by the names of its members.</summary>
    private static ImmutableArray<(string Name, Value Value)> LeavesOf(Bundle bundle, string prefix) =>
        [.. bundle.Members.SelectMany(m => m.Value is Bundle { Form: BundleForm.Whole } inner ? LeavesOf(inner, prefix + m.Name + ".") : [(prefix + m.Name, m.Value)])];

    /// <summary>The value that a body returns, or null.</summary>
    private Value? ReadBody(IMethodSymbol method)
    {
        if (SourceOf(method) is not { } body)
        {
            Fail();
            return null;
        }

        return ReadBody(body);
    }

    private Value? ReadBody(IOperation body)
    {
        NoteLocalFunctions(body);
        ReadSequence(body is Microsoft.CodeAnalysis.Operations.IBlockOperation block ? block.Operations : [body], 0, () =>
        {
            if (_frame.Method.ReturnsVoid)
            {
                Return(Bundle.Nothing);
            }
        });
        if (_frame.Result is null && _frame.IsMain && _frame.HasThrown && (!_failed || _problems.Count == 0))
        {
            _frame.HasThrown = false;
            Report(Descriptors.NotSupported, _frame.Method.Locations[0], $"'{_frame.Method.Name}' always throws: it has nothing that could be differentiated");
        }
        else if (_frame.Result is null)
        {
            Fail();
        }

        return _frame.Result;
    }

    /// <summary>The block of a method declared in source.</summary>
    private IOperation? SourceOf(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(_cancellation);
            if (!_compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            {
                continue;
            }

            _bodies.Add(syntax);
#pragma warning disable RS1030 // A helper's body may stand in another file than the method that is being read.
            var operation = _compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, _cancellation);
#pragma warning restore RS1030
            if (operation switch
            {
                Microsoft.CodeAnalysis.Operations.IMethodBodyBaseOperation body => body.BlockBody ?? body.ExpressionBody,
                Microsoft.CodeAnalysis.Operations.IBlockOperation block => block, // of a property's => …
                _ => null,
            } is { } source)
            {
                return source;
            }
        }

        return method.OriginalDefinition.PartialImplementationPart is { } implementation ? SourceOf(implementation) : null;
    }

    private TensorType? TypeOf(ITypeSymbol? type) => RuntimeSymbols.TypeOf(type, _frame.Resolve);

    /// <summary>
    /// Notes a problem where the user can see it: in the method itself under the construct, in a helper that is read
    /// in place under its call.
    /// </summary>
    /// <param name="descriptor">The diagnostic; in a helper it is that of the call, unless the user's own method is at fault.</param>
    /// <param name="location">The construct.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="isOwn">Whether it is the user's own method that must not do what a helper does.</param>
    private void Report(DiagnosticDescriptor descriptor, Location location, string message, bool isOwn = false)
    {
        if (IsUnreachable)
        {
            return;
        }

        if (!_frame.IsOwn)
        {
            var outer = _frame;
            while (outer.Caller is { IsOwn: false } caller)
            {
                outer = caller;
            }

            var call = outer.Call!;
            var line = location.GetLineSpan();
            var place = System.IO.Path.GetFileName(line.Path) + ":" + (line.StartLinePosition.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _problems.Add(new Problem(
                isOwn || ShapeDescriptors.Contains(descriptor) || descriptor == Descriptors.Recursion ? descriptor : Descriptors.NoDerivative, call.Syntax.GetLocation(),
                $"'{NameOf(outer.Method)}' cannot be differentiated: {message} ({NameOf(_frame.Method)}, {place})"));
        }
        else
        {
            _problems.Add(new Problem(descriptor, location, message));
        }

        Fail();
    }

    /// <summary>What people call a method: a property, a type whose constructor it is.</summary>
    private static string NameOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.AnonymousFunction => "a lambda",
        MethodKind.Constructor => method.ContainingType.Name,
        MethodKind.UserDefinedOperator or MethodKind.Conversion => "operator of " + method.ContainingType.Name,
        _ => method.AssociatedSymbol?.Name ?? method.Name,
    };

    private void Report(DiagnosticDescriptor descriptor, IOperation operation, string message) =>
        Report(descriptor, operation.Syntax.GetLocation(), message);

    /// <summary>Something is wrong that C# or the shape analyzer reports.</summary>
    private Value? Fail()
    {
        _failed |= !IsUnreachable;
        return null;
    }

    private void CheckBounds()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _cancellation.ThrowIfCancellationRequested();
        if (++_instructions > MaximalInstructions)
        {
            throw new TooLargeException();
        }
    }

    /// <summary>A method being read: the user's own, or a helper that is read in place of its call.</summary>
    private sealed class Frame(IMethodSymbol method, Frame? caller, IOperation? call, Frame? enclosing = null)
    {
        private readonly Dictionary<ITypeSymbol, ITypeSymbol> _arguments = new(SymbolEqualityComparer.Default);

        public IMethodSymbol Method { get; } = method;

        public Frame? Caller { get; } = caller;

        /// <summary>The call in the caller; null for the user's own method.</summary>
        public IOperation? Call { get; } = call;

        /// <summary>The frame in which a local function or a lambda is declared; null for a method.</summary>
        public Frame? Enclosing { get; } = enclosing;

        /// <summary>Whether it is the user's own method itself.</summary>
        public bool IsMain => Call is null;

        /// <summary>Whether the text that is read stands in the user's own method, where a problem can be shown.</summary>
        public bool IsOwn => Call is null || Enclosing is { IsOwn: true };

        /// <summary>The variables whose values go back to the caller: out and ref parameters, and captured ones that are assigned.</summary>
        public ImmutableArray<ISymbol> Exports { get; set; } = [];

        /// <summary>Locals and parameters, of the enclosing method too; null where the value could not be read.</summary>
        public Dictionary<ISymbol, Value?> Variables { get; set; } = new(SymbolEqualityComparer.Default);

        /// <summary>What arrays have become since they were read, for what has been read of them and is used later in the same expression.</summary>
        public ImmutableDictionary<Value, Value> Latest { get; set; } = ImmutableDictionary<Value, Value>.Empty;

        /// <summary>The arrays that are known in the method and outside it, as they were when it was called; what it makes of them goes back.</summary>
        public ImmutableArray<Value> Given { get; set; } = [];

        /// <summary>Arrays from outside of a method that has been found not to write to arrays.</summary>
        public ImmutableArray<Value> Untracked { get; set; } = [];

        public Value? Result { get; set; }

        public bool HasReturned { get; set; }

        /// <summary>Whether what has been read always throws: nothing after it is reached.</summary>
        public bool HasThrown { get; set; }

        /// <summary>Whether a break or continue ended what is being read of an iteration.</summary>
        public bool HasJumped { get; set; }

        /// <summary>
        /// Whether a return is a jump out of the loops around it, which leaves the result in a variable, because a loop
        /// among them runs when the program does: then the loops around the outermost of these, else null.
        /// </summary>
        public ImmutableStack<(Microsoft.CodeAnalysis.Operations.ILoopOperation Loop, Action OnContinue, Action OnBreak)>? ReturnsTo { get; set; }

        public bool ReturnsByJump => ReturnsTo is not null;

        /// <summary>The loops around what is being read, innermost first, with what continue and break go on with.</summary>
        public ImmutableStack<(Microsoft.CodeAnalysis.Operations.ILoopOperation Loop, Action OnContinue, Action OnBreak)> Loops { get; set; } = [];

        /// <summary>What a break goes on with that leaves one of the switches around what is being read.</summary>
        public ImmutableDictionary<ISymbol, Action> Switches { get; set; } = ImmutableDictionary.Create<ISymbol, Action>(SymbolEqualityComparer.Default);

        /// <summary>Whether the members of 'this' may be assigned: in a constructor, and in a method of a struct.</summary>
        public bool MayWriteReceiver => Call is not null && (Method.MethodKind == MethodKind.Constructor || Method.ContainingType is { IsValueType: true });

        /// <summary>How many arms of conditionals surround what is being read.</summary>
        public int Arms { get; set; }

        /// <summary>Whether a helper is generic: its shapes are only known here.</summary>
        public bool IsGeneric => _arguments.Count > 0 || Caller is { IsGeneric: true };

        /// <summary>Whether this is the frame, or one of a function declared in it.</summary>
        public bool IsIn(Frame frame) => this == frame || (Enclosing?.IsIn(frame) ?? false);

        public void Bind(ITypeParameterSymbol parameter, ITypeSymbol argument) => _arguments[parameter] = argument;

        /// <summary>The type with the helper's type parameters replaced by the call's arguments.</summary>
        public ITypeSymbol Resolve(ITypeSymbol type)
        {
            if (_arguments.TryGetValue(type.OriginalDefinition, out var argument))
            {
                return argument;
            }

            if (Enclosing is not null)
            {
                type = Enclosing.Resolve(type);
            }

            return type is INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named
                && named.TypeArguments.Any(a => !SymbolEqualityComparer.Default.Equals(a, Resolve(a)))
                ? named.ConstructedFrom.Construct([.. named.TypeArguments.Select(Resolve)])
                : type;
        }
    }

    private sealed class TooLargeException : Exception;

    private sealed class TooManyWaysException : Exception;
}
