using System.Collections.Immutable;
using CsCheck;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Random programs, the same for the same seed; their size is the number of their parts.</summary>
internal sealed class ProgramGen : Gen<RandomProgram>
{
    public static readonly ProgramGen Instance = new();

    public override RandomProgram Generate(PCG pcg, Size? min, out Size size)
    {
        var program = Write(new Draw(pcg));
        size = new Size((ulong)program.Size);
        return program;
    }

    private static RandomProgram Write(Draw draw)
    {
        var features = Enum.GetValues<Features>().Where(_ => draw.Chance(50)).Aggregate(Features.None, (all, one) => all | one);
        if (draw.Chance(70))
        {
            features &= ~Features.LongLoops; // They take long to run, in the interpreter above all.
        }

        Dimension[] dimensions = [.. Enumerable.Range(0, 3).Select(_ => Dimension.Of(draw.Of(1, 2, 2, 3, 3, 4, 5))).Distinct()];
        var helpers = new List<Method>();
        if (features.HasFlag(Features.Helpers))
        {
            for (var count = draw.Between(1, 3); count > 0; count--)
            {
                helpers.Add(WriteHelper(draw, features, dimensions, helpers));
            }
        }

        var writer = new MethodWriter(draw, features, dimensions, helpers);
        var parameters = Parameters(draw, writer, dimensions, draw.Between(1, 5), isMain: true);
        var result = draw.Below(10) switch
        {
            < 7 => Kind.Real,
            < 9 => Kind.Vector(draw.Of(dimensions)),
            _ => Kind.Matrix(draw.Of(dimensions), draw.Of(dimensions)),
        };
        return new RandomProgram(writer.Write("F", parameters, result, draw.Between(1, 10)), [.. helpers], IsFloat: draw.Chance(20));
    }

    private static Method WriteHelper(Draw draw, Features features, Dimension[] dimensions, List<Method> helpers)
    {
        var isGeneric = features.HasFlag(Features.GenericHelpers) && draw.Chance(60);
        var isGenericInScalar = isGeneric && draw.Chance(40);
        Dimension[] open = isGeneric ? [new("TRows", 1), new("TColumns", 1)] : dimensions;
        // A generic helper's sizes differ from call to call: what needs to know them is not for it.
        var own = features & ~(isGeneric ? Features.EarlyReturns : Features.None);
        var writer = new MethodWriter(draw, own, open, helpers.ToList(), isGenericInScalar);
        var parameters = Parameters(draw, writer, open, draw.Between(1, 3), isMain: false);
        var kinds = parameters.Select(p => p.Kind).ToList();
        if (isGeneric)
        {
            // Every type parameter is the size of a parameter, so that C# can infer it.
            parameters = parameters.Add(new Parameter(writer.NewName("w"), Kind.Matrix(open[0], open[1])));
        }

        var result = draw.Of([Kind.Real, Kind.Real, Kind.Vector(draw.Of(open)), Kind.Vector(draw.Of(open)), Kind.Matrix(draw.Of(open), draw.Of(open))]);
        var statements = draw.Chance(50) ? 0 : draw.Between(1, 4);
        var method = writer.Write("H" + helpers.Count, parameters, result, statements);
        return method with
        {
            TypeParameters = isGeneric ? [.. open.Select(d => d.Text)] : [],
            IsGenericInScalar = isGenericInScalar,
            HasExpressionBody = statements == 0 && draw.Chance(70),
        };
    }

    private static ImmutableArray<Parameter> Parameters(Draw draw, MethodWriter writer, Dimension[] dimensions, int count, bool isMain)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        for (var i = 0; i < count; i++)
        {
            var kind = draw.Below(3) switch
            {
                0 => Kind.Real,
                1 => Kind.Vector(draw.Of(dimensions)),
                _ => Kind.Matrix(draw.Of(dimensions), draw.Of(dimensions)),
            };
            var modifier = isMain && i > 0 && draw.Chance(12) ? "[NoDerivative] " : draw.Chance(6) ? "in " : "";
            parameters.Add(new Parameter(writer.NewName(), kind, modifier));
        }

        for (var i = draw.Of(0, 1, 1, 2); i > 0; i--)
        {
            parameters.Add(new Parameter(writer.NewName("n", "label", "steps"), Kind.Integer, isMain ? "[NoDerivative] " : "") { Largest = isMain ? 4 : 2 });
        }

        if (draw.Chance(20))
        {
            parameters.Add(new Parameter(writer.NewName("flag"), Kind.Boolean, isMain ? "[NoDerivative] " : ""));
        }

        return parameters.ToImmutable();
    }
}
