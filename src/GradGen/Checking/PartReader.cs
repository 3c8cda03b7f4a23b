using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradGen;

/// <summary>Finds what can be varied in a value, and puts a copy in the place of each part if that is wanted.</summary>
internal sealed class PartReader(bool isCopied)
{
    private const int MaximumDepth = 200;

    private readonly HashSet<object> _ancestors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, IReadOnlyList<Member>> _members = [];
    private int _depth;

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public DifferentiablePart Read(Place place, PointNames names) => Read(place, names.Name ?? PointNames.Default, names);

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private DifferentiablePart Read(Place place, string name, PointNames? names)
    {
        var value = place.Get();
        if (value is null)
            return new(name, null);
        var type = value.GetType();
        if (value is not IEntries && !Members.IsOpen(type))
            return new(name, type);

        var original = value;
        if (isCopied)
        {
            value = ShallowCopy(original);
            place.Set(value);
        }

        if (Leaf(place, value, name) is { } leaf)
            return new(name, type) { Leaf = leaf };
        Enter(original, name);
        var part = value switch
        {
            Array array => new DifferentiablePart(name, type) { Lengths = Lengths(array), Parts = Elements(array, name) },
            IList list when Members.IsList(type) => new(name, type) { Lengths = [list.Count], Parts = Elements(list, name) },
            ITuple tuple when Members.IsTuple(type) => new(name, type) { Parts = Elements(place, tuple, name, names) },
            _ => new(name, type) { Parts = ReadMembers(place, value, name) },
        };
        Leave(original);
        return part;
    }

    private static DifferentiableLeaf? Leaf(Place place, object value, string name) => value switch
    {
        double => new(name, [], isSingle: false, _ => (double)place.Get()!, (_, x) => place.Set(x)),
        float => new(name, [], isSingle: true, _ => (float)place.Get()!, (_, x) => place.Set((float)x)),
        IEntries entries => new(name, entries.Lengths, entries.IsSingle, i => entries[i], (i, x) => entries[i] = x),
        Array array when value.GetType().GetElementType() == typeof(double) =>
            new(name, Lengths(array), isSingle: false, i => Entries<double>(array)[i], (i, x) => Entries<double>(array)[i] = x),
        Array array when value.GetType().GetElementType() == typeof(float) =>
            new(name, Lengths(array), isSingle: true, i => Entries<float>(array)[i], (i, x) => Entries<float>(array)[i] = (float)x),
        _ => null,
    };

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private List<DifferentiablePart> ReadMembers(Place owner, object value, string name) =>
        [.. MembersOf(value.GetType()).Select(m => Read(Field(owner, value, m), $"{name}.{m.Name}", null))];

    /// <summary>The elements of a tuple, also those that a tuple of eight and more keeps in a tuple of its own.</summary>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private List<DifferentiablePart> Elements(Place owner, ITuple tuple, string name, PointNames? names)
    {
        var places = new List<Place>();
        for (var holder = owner; ;)
        {
            var value = holder.Get()!;
            var members = MembersOf(value.GetType());
            places.AddRange(members.Take(7).Select(m => Field(holder, value, m)));
            if (members.Count <= 7)
                break;
            holder = Field(holder, value, members[7]);
            if (!Members.IsTuple(holder.Get()!.GetType()))
            {
                places.Add(holder);
                break;
            }

            if (isCopied)
                holder.Set(ShallowCopy(holder.Get()!));
        }

        var named = names?.Elements.Count == tuple.Length ? names.Elements : null;
        var prefix = named is null || names?.Name is not null ? name + "." : "";
        return
        [
            .. places.Select((place, i) => Read(
                place, prefix + (named?[i].Name ?? "Item" + (i + 1).ToString(CultureInfo.InvariantCulture)), named?[i])),
        ];
    }

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private List<DifferentiablePart> Elements(Array array, string name)
    {
        var lengths = Lengths(array);
        return
        [
            .. Enumerable.Range(0, array.Length).Select(i =>
            {
                var places = DifferentiableLeaf.Places(lengths, i);
                return Read(
                    new(() => array.GetValue(places), v => array.SetValue(v, places)),
                    name + DifferentiableLeaf.Subscript(lengths, i),
                    null);
            }),
        ];
    }

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private List<DifferentiablePart> Elements(IList list, string name) =>
    [
        .. Enumerable.Range(0, list.Count).Select(i => Read(
            new(() => list[i], v => list[i] = v), name + DifferentiableLeaf.Subscript([list.Count], i), null)),
    ];

    /// <summary>A field of a struct is written by writing the struct where it stands.</summary>
    private static Place Field(Place owner, object value, Member member) => value.GetType().IsValueType
        ? new(() => member.Field.GetValue(owner.Get()), v =>
        {
            var box = owner.Get();
            member.Field.SetValue(box, v);
            owner.Set(box);
        })
        : new(() => member.Field.GetValue(value), v => member.Field.SetValue(value, v));

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private IReadOnlyList<Member> MembersOf(Type type)
    {
        if (!_members.TryGetValue(type, out var members))
            _members.Add(type, members = Members.Of(type));
        return members;
    }

    private void Enter(object value, string name)
    {
        if (++_depth > MaximumDepth)
            throw new ArgumentException($"'{name[..40]}…' is nested more than {MaximumDepth} deep.");
        if (!value.GetType().IsValueType && !_ancestors.Add(value))
        {
            throw new ArgumentException(
                $"'{name}' holds itself: a value that is differentiated is a tree. [NoDerivative] on a member leaves it out.");
        }
    }

    private void Leave(object value)
    {
        _depth--;
        _ = _ancestors.Remove(value);
    }

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private static object ShallowCopy(object value) => value switch
    {
        IEntries entries => entries.Copy(),
        Array array => array.Clone(),
        IList list when Members.IsList(value.GetType()) => Activator.CreateInstance(value.GetType(), list)!,
        _ => Clone(value),
    };

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "MemberwiseClone")]
    private static extern object Clone(object value);

    private static int[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];

    private static Span<TScalar> Entries<TScalar>(Array array) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<byte, TScalar>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
