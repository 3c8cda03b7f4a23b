namespace GradGen.Compiler.Emission;

/// <summary>
/// Where straight-line code ends and loops begin. Straight-line code keeps entries in registers and reads like the
/// formula; beyond these sizes it grows faster than it speeds up, and nobody reads it.
/// </summary>
internal static class Limits
{
    /// <summary>Operations of a step that is unrolled: a product of 8×8 by 8×1 (64 products, 56 sums) is the largest.</summary>
    public const int UnrolledOperations = 128;

    /// <summary>Entries of a step, or of a stored result, that is unrolled: beyond, locals no longer fit the registers anyway.</summary>
    public const int UnrolledEntries = 64;

    /// <summary>Terms of a sum in one statement: what still reads as one formula, over two or three lines.</summary>
    public const int UnrolledTerms = 16;

    /// <summary>Cases of an entry from which on a step is never a loop, however many entries it has: two come from stacks and blocks.</summary>
    public const int List = 3;

    /// <summary>Entries of an unrolled step that are in memory anyway: a loop over more of them is as fast and shorter.</summary>
    public const int UnrolledInMemory = 4;

    /// <summary>An extreme takes a statement an entry, as much room as four terms of a sum.</summary>
    public const int TermsOfComparison = 4;

    /// <summary>Statements of a whole method: a few screens. The step with the most entries becomes a loop first.</summary>
    public const int UnrolledStatements = 400;

    /// <summary>Bytes of workspace on the stack: renting from the pool takes longer than such a small computation.</summary>
    public const int StackBytes = 1024;

    /// <summary>
    /// Entries apart that make a walk through memory slow: one cache line of 64 bytes. A product whose inner sum walks
    /// further is turned around, so that the inner loop goes along a row.
    /// </summary>
    public const int LargeStride = 8;
}
