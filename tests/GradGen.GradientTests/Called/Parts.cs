using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.Called;

/// <summary>Between the interpreter's tensors, one a leaf, and the objects of the user's types that consist of them.</summary>
internal static class Parts
{
    /// <summary>All members that are texts.</summary>
    public const string Text = "carried over";

    /// <summary>An object of a parameter's type; what the compiler does not know of it is a text.</summary>
    public static object Make(PartModel part, Type type, IReadOnlyList<Tensor> leaves) => part.Making == Making.Leaf
        ? Leaf(leaves[part.Leaf], type)
        : Make(type, [.. part.Members.Items.Select(m => (m.Name, (Func<Type, object>)(t => Make(m, t, leaves))))]);

    /// <summary>An argument of a method that is called.</summary>
    /// <param name="part">What the compiler knows of it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="leaves">The values of its leaves, taken from the front.</param>
    /// <param name="handedOn">What the compiler knows only by an expression.</param>
    public static object Make(CalleePart part, Type type, Queue<Tensor> leaves, Func<string, object> handedOn) =>
        part.Type is not null ? Leaf(leaves.Dequeue(), type)
        : part.Members.Count == 0 ? handedOn(part.Source!)
        : Make(type, [.. part.Members.Items.Select(m => (m.Name, (Func<Type, object>)(t => Make(m, t, leaves, handedOn))))]);

    /// <summary>The leaves of what a method returned.</summary>
    public static IEnumerable<Tensor> Take(CalleePart part, object value) => part.Type is not null
        ? [Leaf(value)]
        : part.Members.Items.SelectMany(m => Take(m, Tensors.At(value, [m.Name.TrimStart('@')])!));

    /// <summary>A tensor or an array of such.</summary>
    public static object Leaf(Tensor tensor, Type type)
    {
        if (tensor is not ArrayTensor array)
        {
            return type.IsEnum ? Enum.ToObject(type, (int)tensor.Entries[0]) : Objects.Of(tensor, type);
        }

        var made = Array.CreateInstance(type.GetElementType()!, array.Items.Count);
        for (var k = 0; k < array.Items.Count; k++)
        {
            made.SetValue(Objects.Of(array.Items[k], type.GetElementType()!), k);
        }

        return made;
    }

    public static Tensor Leaf(object value)
    {
        if (value is not Array array)
        {
            return Objects.ToTensor(value);
        }

        ImmutableList<Tensor> items = [.. array.Cast<object>().Select(Objects.ToTensor)];
        return new ArrayTensor(items.IsEmpty ? Shape.Scalar : items[0].Shape, items);
    }

    /// <summary>Some numbers of a type, none of them the same; of an array three elements.</summary>
    public static Tensor Filled(TensorType type, int seed) => type.IsArray
        ? new ArrayTensor(type.Shape, [.. Enumerable.Range(0, 3).Select(k => Filled(type.Element, seed + (7 * k)))])
        : new Tensor(type.Shape, [.. Enumerable.Range(0, type.Shape.Count).Select(e => type.IsFloating ? (float)Math.Sin((1.7 * seed) + e + 0.6) : 1)]);

    /// <summary>The entries, of an array those of its elements.</summary>
    public static double[] Entries(Tensor tensor) => tensor is ArrayTensor array ? [.. array.Items.SelectMany(i => i.Entries)] : tensor.Entries;

    /// <summary>The same with other entries.</summary>
    public static Tensor With(Tensor tensor, double[] entries) => tensor is ArrayTensor array
        ? new ArrayTensor(array.Shape, [.. array.Items.Select((_, k) => new Tensor(array.Shape, entries[(k * array.Shape.Count)..((k + 1) * array.Shape.Count)]))])
        : new Tensor(tensor.Shape, entries);

    private static object Make(Type type, IReadOnlyList<(string Name, Func<Type, object> Make)> members)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var text in Tensors.DataOf(type).Where(m => Tensors.TypeOf(m) == typeof(string)))
        {
            Tensors.Assign(text, made, Text);
        }

        foreach (var (name, make) in members)
        {
            var member = Tensors.Member(type, name.TrimStart('@'));
            var value = make(Tensors.TypeOf(member));
            if (member is PropertyInfo { SetMethod: null })
            {
                type.GetField($"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(made, value);
            }
            else
            {
                Tensors.Assign(member, made, value);
            }
        }

        return made;
    }
}
