namespace GradGen;

/// <content>The entries as <see cref="GradientCheck"/> varies them.</content>
public sealed partial class Matrix<TScalar, TRows, TColumns> : IEntries
{
    IReadOnlyList<int> IEntries.Lengths => [TRows.Size, TColumns.Size];

    bool IEntries.IsSingle => typeof(TScalar) == typeof(float);

    double IEntries.this[int index]
    {
        get => double.CreateTruncating(_entries[index]);
        set => _entries[index] = TScalar.CreateTruncating(value);
    }

    IEntries IEntries.Copy() => Clone();
}
