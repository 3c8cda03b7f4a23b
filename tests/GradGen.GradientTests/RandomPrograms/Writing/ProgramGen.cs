using System.Collections.Immutable;
using CsCheck;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Random programs, the same for the same seed; their size is the number of their parts.</summary>
internal sealed class ProgramGen : Gen<RandomProgram>
{
    public static readonly ProgramGen Instance = new();

    public override RandomProgram Generate(PCG pcg, Size? min, out Size size)
    {
        var program = new ProgramWriter(new Draw(pcg)).Write();
        size = new Size((ulong)program.Size);
        return program;
    }
}

/// <summary>Writes a program: what it may use, its types and fields, its helpers, then the differentiable method.</summary>
internal sealed class ProgramWriter
{
    private static readonly string[] Keywords = ["partial class", "sealed partial class", "partial record", "partial struct", "partial record struct"];

    private readonly Draw _draw;
    private readonly Features _features;
    private readonly Dimension[] _dimensions;
    private readonly ImmutableArray<Kind> _types;
    private readonly ImmutableArray<Parameter> _fields;
    private readonly string _keyword;
    private readonly List<Method> _helpers = [];

    public ProgramWriter(Draw draw)
    {
        _draw = draw;
        _features = Enum.GetValues<Features>().Where(_ => draw.Chance(50)).Aggregate(Features.None, (all, one) => all | one);
        if (draw.Chance(70))
        {
            _features &= ~Features.LongLoops; // They take long to run, in the interpreter above all.
        }

        if (draw.Chance(70))
        {
            _features &= ~Features.Objects;
        }

        _dimensions = [.. Enumerable.Range(0, 3).Select(_ => Dimension.Of(draw.Of(1, 2, 2, 3, 3, 4, 5))).Distinct()];
        _types = Has(Features.Records) ? Types() : [];
        _keyword = Has(Features.Objects) ? draw.Of(Keywords) : "static partial class";
        _fields = Has(Features.Objects) ? [.. Enumerable.Range(0, draw.Between(1, 3)).Select(i => Field(i))] : default;
    }

    public RandomProgram Write()
    {
        if (Has(Features.Helpers))
        {
            for (var count = _draw.Between(1, 3); count > 0; count--)
            {
                _helpers.Add(WriteHelper());
            }
        }

        if (Has(Features.OutParameters))
        {
            _helpers.Add(WriteHelperWithOut());
        }

        var writer = NewWriter(_features, _dimensions, isInstance: true);
        var parameters = Parameters(writer, _dimensions, _draw.Between(1, 5), isMain: true);
        var result = _draw.Below(10) switch
        {
            < 7 => Kind.Real,
            < 9 => Kind.Vector(_draw.Of(_dimensions)),
            _ => Kind.Matrix(_draw.Of(_dimensions), _draw.Of(_dimensions)),
        };
        return new RandomProgram(writer.Write("F", parameters, result, _draw.Between(1, 10), _fields, IsClass), [.. _helpers], IsFloat: _draw.Chance(20))
        {
            Types = _types,
            Fields = _fields.IsDefault ? [] : _fields,
            Keyword = _keyword,
            Members = Has(Features.Lambdas) ? "\n    private static Real Twice(Func<Real, Real> function, Real x) => function(function(x)) / 2;\n" : "",
        };
    }

    private bool IsClass => !_keyword.EndsWith("struct", StringComparison.Ordinal);

    private bool Has(Features features) => (_features & features) == features;

    private MethodWriter NewWriter(Features features, Dimension[] dimensions, bool isInstance, bool isGenericInScalar = false)
    {
        var writer = new MethodWriter(_draw, features, dimensions, [.. _helpers.Where(h => isInstance || !h.IsInstance)], isGenericInScalar);
        foreach (var name in _fields.IsDefault ? [] : _fields.Select(f => f.Name))
        {
            writer.Reserve(name);
        }

        return writer;
    }

    /// <summary>One or two types, the second perhaps with a member of the first.</summary>
    private ImmutableArray<Kind> Types()
    {
        var types = ImmutableArray.CreateBuilder<Kind>();
        for (var i = _draw.Of(1, 1, 2); i > 0; i--)
        {
            var style = _draw.Of(Style.Record, Style.RecordStruct, Style.Struct, Style.Class);
            var members = Enumerable.Range(0, _draw.Between(1, 3)).Select(m => ("WSV"[m].ToString(), AnyEntries(_dimensions))).ToList();
            if (types.Count > 0 && _draw.Chance(60))
            {
                members.Add(("Inner", types[0]));
            }

            if (_draw.Chance(25))
            {
                members.Add(("Count", Kind.Integer));
            }

            types.Add(new Kind(Form.Record) { Declared = ("Model" + types.Count, style), Members = [.. members] });
        }

        return types.ToImmutable();
    }

    private Parameter Field(int number)
    {
        var kind = _types.Length > 0 && _draw.Chance(30) ? _draw.In(_types) : _draw.Chance(12) ? Kind.Integer : AnyEntries(_dimensions);
        return new Parameter(_draw.Of("W", "_scale", "bias") + number, kind, kind.Form != Form.Integer && number > 0 && _draw.Chance(15) ? "[NoDerivative] " : "");
    }

    private Kind AnyEntries(Dimension[] dimensions) => _draw.Below(3) switch
    {
        0 => Kind.Real,
        1 => Kind.Vector(_draw.Of(dimensions)),
        _ => Kind.Matrix(_draw.Of(dimensions), _draw.Of(dimensions)),
    };

    private Method WriteHelper()
    {
        var isGeneric = Has(Features.GenericHelpers) && _draw.Chance(60);
        var isGenericInScalar = isGeneric && _draw.Chance(40);
        Dimension[] open = isGeneric ? [new("TRows", 1), new("TColumns", 1)] : _dimensions;
        // A generic helper's sizes differ from call to call: what needs to know them is not for it.
        var features = _features & ~(isGeneric ? Features.EarlyReturns : Features.None);
        var isInstance = !_fields.IsDefault && !isGeneric && _draw.Chance(50);
        var writer = NewWriter(features, open, isInstance, isGenericInScalar);
        var parameters = Parameters(writer, open, _draw.Between(1, 3), isMain: false, isGenericInScalar);
        if (isGeneric)
        {
            // Every type parameter is the size of a parameter, so that C# can infer it.
            parameters = parameters.Add(new Parameter(writer.NewName("w"), Kind.Matrix(open[0], open[1])));
        }

        var result = _draw.Of([Kind.Real, Kind.Real, Kind.Vector(_draw.Of(open)), Kind.Vector(_draw.Of(open)), Kind.Matrix(_draw.Of(open), _draw.Of(open))]);
        if (!isGeneric && Has(Features.Tuples) && _draw.Chance(40))
        {
            result = Kind.Tuple(("P", Kind.Real), ("Q", result));
        }

        var statements = _draw.Chance(50) ? 0 : _draw.Between(1, 4);
        var method = writer.Write("H" + _helpers.Count, parameters, result, statements, isInstance ? _fields : default, IsClass);
        return method with
        {
            TypeParameters = isGeneric ? [.. open.Select(d => d.Text)] : [],
            IsGenericInScalar = isGenericInScalar,
            HasExpressionBody = statements == 0 && _draw.Chance(70),
        };
    }

    /// <summary>A helper that gives a part of its result by out or ref.</summary>
    private Method WriteHelperWithOut()
    {
        var writer = NewWriter(_features & ~Features.EarlyReturns, _dimensions, isInstance: false);
        // A variable passed by 'in' and by 'out' at once would be two names of one.
        ImmutableArray<Parameter> parameters = [.. Parameters(writer, _dimensions, _draw.Between(1, 2), isMain: false).Select(p => p with { Modifier = "" })];
        parameters = parameters.Add(_draw.Chance(40)
            ? new Parameter(writer.NewName(), Kind.Real, "ref ")
            : new Parameter(writer.NewName(), AnyEntries(_dimensions), "out "));
        if (_draw.Chance(40))
        {
            parameters = parameters.Add(new Parameter(writer.NewName(), AnyEntries(_dimensions), "out "));
        }

        return writer.Write("H" + _helpers.Count, parameters, _draw.Chance(50) ? Kind.Nothing : Kind.Real, _draw.Between(0, 2));
    }

    private ImmutableArray<Parameter> Parameters(MethodWriter writer, Dimension[] dimensions, int count, bool isMain, bool isGenericInScalar = false)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        for (var i = 0; i < count; i++)
        {
            var kind = AnyEntries(dimensions);
            if (Has(Features.Arrays) && _draw.Chance(35))
            {
                var element = _draw.Chance(70) ? Kind.Real : kind;
                kind = element == Kind.Real && _draw.Chance(35) ? Kind.Span(element) : Kind.Array(element);
            }
            else if (_types.Length > 0 && !isGenericInScalar && _draw.Chance(40))
            {
                kind = _draw.In(_types);
            }
            else if (isMain && Has(Features.Tuples) && _draw.Chance(10))
            {
                kind = Kind.Tuple(("P", Kind.Real), ("Q", kind));
            }

            var modifier = isMain && i > 0 && _draw.Chance(12) ? "[NoDerivative] " : !kind.IsArray && _draw.Chance(6) ? "in " : "";
            parameters.Add(new Parameter(writer.NewName(), kind, modifier));
        }

        for (var i = _draw.Of(0, 1, 1, 2); i > 0; i--)
        {
            parameters.Add(new Parameter(writer.NewName("n", "label", "steps"), Kind.Integer, isMain ? "[NoDerivative] " : "") { Largest = isMain ? 4 : 2 });
        }

        if (_draw.Chance(20))
        {
            parameters.Add(new Parameter(writer.NewName("flag"), Kind.Boolean, isMain ? "[NoDerivative] " : ""));
        }

        if (Has(Features.Arrays) && _draw.Chance(25))
        {
            parameters.Add(new Parameter(writer.NewName("places"), Kind.Array(Kind.Integer), isMain ? "[NoDerivative] " : "") { Largest = 2 });
        }

        return parameters.ToImmutable();
    }
}
