using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>Arrays of two dimensions that the method makes: an array of their elements, row by row, and the two lengths.</content>
internal sealed partial class MethodReader
{
    /// <summary>new double[m, n], new double[,] { { … }, { … } }.</summary>
    private Value? ReadNewGrid(IArrayCreationOperation creation)
    {
        var element = TypeOf(((IArrayTypeSymbol)_frame.Resolve(creation.Type!)).ElementType)!.Value;
        var sizes = creation.DimensionSizes.Select(ReadExpression).ToList();
        if (sizes.Any(s => s is null))
        {
            return Fail();
        }

        if (sizes.Any(s => s!.Type != TensorType.Int32) || !element.Shape.IsScalar)
        {
            return Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}'");
        }

        // A negative size must not be hidden by another one that is 0 or negative, too.
        var (rows, columns) = (sizes[0]!, sizes[1]!);
        var array = Add(Arrays.New, [Add(Arithmetic.Multiply, [rows, columns])], Arrays.AttributesOf(element));
        if (creation.Initializer is { } initializer)
        {
            var entries = initializer.ElementValues.SelectMany(r => r is IArrayInitializerOperation row ? row.ElementValues : [r]).ToList();
            for (var k = 0; k < entries.Count; k++)
            {
                if (ConvertTo(ReadExpression(entries[k]), element, entries[k]) is not { } value)
                {
                    return Fail();
                }

                array = Add(Arrays.With, [value, _builder.Literal(ScalarType.Int32, k), array]);
            }
        }

        return new Bundle(creation.Type, [("array", array), ("rows", rows), ("columns", columns)], BundleForm.Grid);
    }

    /// <summary>The place of an element, both of its indices having been found in their range.</summary>
    private Value IndexIn(Bundle grid, Value row, Value column) => Add(Arithmetic.Add,
        [Add(Arithmetic.Multiply, [Add(Arrays.Within, [row, grid.Members[1].Value]), grid.Members[2].Value]), Add(Arrays.Within, [column, grid.Members[2].Value])]);

    /// <summary>m.Length, m.GetLength(d); null for any other member.</summary>
    private Value? ReadSize(IOperation access, IOperation owner, string member, IOperation? dimension)
    {
        if (ReadExpression(owner) is not Bundle { Form: BundleForm.Grid } grid)
        {
            return Fail();
        }

        var number = dimension is null ? null : ReadExpression(dimension) is { } read ? ConstantOf(read) : null;
        return (member, number) switch
        {
            ("GetLength", 0 or 1) => grid.Members[1 + (int)number].Value,
            ("GetUpperBound", 0 or 1) => Add(Arithmetic.Subtract, [grid.Members[1 + (int)number].Value, _builder.Literal(ScalarType.Int32, 1)]),
            ("Length", null) => Add(Arrays.Length, [grid.Members[0].Value]),
            ("Rank", null) => _builder.Literal(ScalarType.Int32, 2),
            _ => Refuse(access, $"'{Shorten(access.Syntax.ToString())}'"),
        };
    }
}
