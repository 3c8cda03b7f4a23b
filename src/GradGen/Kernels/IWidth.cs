namespace GradGen.Kernels;

/// <summary>
/// What the kernels of products need of a vector register, so that one source serves every width. <typeparamref name="TV"/>
/// is the bare vector: the JIT keeps it in a register as if the kernel had named it.
/// </summary>
internal interface IWidth<T, TV>
    where T : unmanaged
    where TV : struct
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TV Load(ref T source);

    static abstract void Store(TV value, ref T target);

    static abstract TV Broadcast(T value);

    static abstract TV Add(TV left, TV right);

    static abstract TV Multiply(TV left, TV right);

    /// <summary>left·right + sum, rounded once where the processor has such an instruction.</summary>
    static abstract TV MultiplyAdd(TV left, TV right, TV sum);

    /// <summary>The value with zeros in the lanes before <paramref name="first"/>.</summary>
    static abstract TV From(TV value, int first);

    /// <summary>The value with zeros in the lanes from <paramref name="count"/> on.</summary>
    static abstract TV Before(TV value, int count);

    static abstract T Sum(TV value);

    /// <summary>The sums of four vectors, to four entries one after the other; added to <paramref name="added"/> if asked for.</summary>
    static abstract void StoreSums(TV s0, TV s1, TV s2, TV s3, ref T added, bool add, ref T target);
}
