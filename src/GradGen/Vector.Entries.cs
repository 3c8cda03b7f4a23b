namespace GradGen;

/// <content>The entries as <see cref="GradientCheck"/> varies them.</content>
public sealed partial class Vector<TScalar, TSize> : IEntries
{
    IReadOnlyList<int> IEntries.Lengths => [TSize.Size];

    bool IEntries.IsSingle => typeof(TScalar) == typeof(float);

    double IEntries.this[int index]
    {
        get => double.CreateTruncating(_entries[index]);
        set => _entries[index] = TScalar.CreateTruncating(value);
    }

    IEntries IEntries.Copy() => Clone();
}
