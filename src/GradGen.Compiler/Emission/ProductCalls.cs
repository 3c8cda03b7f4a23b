using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Products of matrices large enough for the runtime's kernels, which keep tiles in registers. What else a step does to the
/// product (a bias, an activation's derivative) follows in a pass over the result, which is in the first-level cache then.
/// </summary>
internal sealed class ProductCalls(Plan plan, Storage storage, EntryWriter entries, DimensionNames dimensions)
{
    private const string Kernels = "global::GradGen.Kernels.Products.";

    /// <summary>Whether a step is such a product and nothing else.</summary>
    public bool IsProduct(Instruction instruction) => OwnerOf(instruction) == instruction && Plan.FormOf(instruction).Element is Reduce;

    /// <summary>Writes the product of a step into a span, if it has one.</summary>
    /// <param name="instruction">The step.</param>
    /// <param name="destination">The span.</param>
    /// <param name="accumulate">Whether to add to what is there: a C# expression.</param>
    /// <returns>The product, of which the step may be the whole or a part; null if it has none.</returns>
    public Instruction? TryWrite(Instruction instruction, string destination, string accumulate)
    {
        if (OwnerOf(instruction) is not { } product)
        {
            return null;
        }

        entries.Output.Line(CallOf(product, destination, accumulate));
        return product;
    }

    /// <summary>The product of a step that adds it to something else; null if it has none, or does something else with it.</summary>
    public Instruction? AddedTo(Instruction instruction) =>
        OwnerOf(instruction) is { } product && product != instruction && Adds(instruction, Plan.FormOf(instruction).Element, product) ? product : null;

    private bool Adds(Instruction instruction, Element element, Instruction product) => element switch
    {
        Reduce => instruction == product,
        Call call => (call.Function == ScalarFunctions.Add || call.Function.Precedence == 0) && call.Arguments.Any(a => Adds(instruction, a, product)),
        LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load => instruction.Operands[load.Operand] is var operand
            && operand.Shape == instruction.Result.Shape && plan.IsInlined(operand)
            && plan.DefinitionOf(operand) is { } definition && Adds(definition, Plan.FormOf(definition).Element, product),
        _ => false,
    };

    /// <summary>The product that a step computes its entries with, at each entry's own place.</summary>
    private Instruction? OwnerOf(Instruction instruction)
    {
        var products = new List<Instruction>();
        Find(instruction, Plan.FormOf(instruction).Element, products);
        return products.Count == 1 && IsWorthIt(products[0]) ? products[0] : null;
    }

    private void Find(Instruction instruction, Element element, List<Instruction> products)
    {
        switch (element)
        {
            case Reduce when instruction.Operation == Products.MatMul:
                products.Add(instruction);
                break;
            case Call call:
                foreach (var argument in call.Arguments)
                {
                    Find(instruction, argument, products);
                }

                break;
            case LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
                when instruction.Operands[load.Operand] is var operand && operand.Shape == instruction.Result.Shape && plan.IsInlined(operand):
                var definition = plan.DefinitionOf(operand)!;
                Find(definition, Plan.FormOf(definition).Element, products);
                break;
        }
    }

    private bool IsWorthIt(Instruction product) =>
        product.Operands.All(o => !plan.IsInlined(o) && plan.IsInBuffer(o) && !plan.IsInRegister(o))
        && (long)product.Result.Shape.Count * InnerSize(product) >= LeastProducts(product);

    private static int LeastProducts(Instruction product)
    {
        var (columns, scalar) = (product.Result.Shape.Columns, product.Result.Type.Scalar);
        var vector = LaneTypes.BytesOf(scalar, columns);
        return vector == 0 ? Limits.KernelProductsWide
            : columns * LaneTypes.SizeOf(scalar) == vector ? Limits.KernelProducts
            : Limits.KernelProductsUneven;
    }

    private static int InnerSize(Instruction product) =>
        Products.Flag(product.Attributes, 0) ? product.Operands[0].Shape.Rows : product.Operands[0].Shape.Columns;

    private string CallOf(Instruction product, string destination, string accumulate)
    {
        var (transposedLeft, transposedRight) = (Products.Flag(product.Attributes, 0), Products.Flag(product.Attributes, 1));
        var (rows, inner, columns) = (product.Result.Shape.Rows, InnerSize(product), product.Result.Shape.Columns);
        var (left, right) = (storage.ReadSpan(product.Operands[0]), storage.ReadSpan(product.Operands[1]));
        string Call(string kernel, string first, string second, params int[] sizes) =>
            $"{Kernels}{kernel}<{Literals.Keyword(product.Result.Type.Scalar)}, {string.Join(", ", sizes.Select(dimensions.Of))}>({first}, {second}, {destination}, {accumulate});";

        // A vector in memory is a row and a column alike.
        if (inner == 1)
        {
            return Call("Outer", left, right, rows, columns);
        }

        if (columns == 1)
        {
            return transposedLeft ? Call("TransposedMultiplyVector", left, right, inner, rows) : Call("MultiplyVector", left, right, rows, inner);
        }

        if (rows == 1)
        {
            return transposedRight ? Call("MultiplyVector", right, left, columns, inner) : Call("TransposedMultiplyVector", right, left, inner, columns);
        }

        return Call(
            (transposedLeft, transposedRight) switch
            {
                (false, false) => "Multiply",
                (false, true) => "MultiplyTransposed",
                (true, false) => "TransposedMultiply",
                _ => "TransposedMultiplyTransposed",
            },
            left, right, rows, inner, columns);
    }
}
