namespace GradGen.Kernels;

/// <summary>A width of whole parts of 128 bits.</summary>
internal interface IPartedWidth<T, TV> : IWidth<T, TV>
    where T : unmanaged
    where TV : struct
{
    /// <summary>A part from each of several places, so many entries apart.</summary>
    static abstract TV LoadParts(ref T first, nint stride);

    /// <summary>The lower halves of the parts, lane by lane in turn.</summary>
    static abstract TV InterleaveLow(TV left, TV right);

    /// <summary>The upper halves of the parts, lane by lane in turn.</summary>
    static abstract TV InterleaveHigh(TV left, TV right);
}
