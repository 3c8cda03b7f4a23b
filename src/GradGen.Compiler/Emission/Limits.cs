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
    public const int StackBytes = 2048;

    /// <summary>
    /// Multiplications of a product from which on a kernel is called. The gradient of tr(Aᵀ(BC + A)B) at 8×8 took 197 ns with its
    /// products (512) in rows and 243 by kernels, without AVX-512 221 and 256; at 16×16 (4,096) kernels are at 1.1 of C.
    /// </summary>
    public const int KernelProducts = 600;

    /// <summary>
    /// The same where rows fill no vector (3, 5, 6, 7 doubles), so that each load and store takes two or three: at 6×6 (216) it took
    /// 139 ns in rows and 246 by kernels. A product with a vector, 16×16 (256), took 36.4 ns by rows and 38.3 by the kernel.
    /// </summary>
    public const int KernelProductsUneven = 300;

    /// <summary>The same where a row is longer than a vector: an outer product of 16 and 16 doubles (256) took 29.8 ns in vectors and 21.9 by the kernel.</summary>
    public const int KernelProductsWide = 100;

    /// <summary>The vectors that exist, from the narrowest; so many bytes are computed without a loop.</summary>
    public static readonly int[] FixedVectorBytes = [16, 32, 64];

    /// <summary>Bytes of the widest vector of any machine: a row of a multiple of it has no rest.</summary>
    public const int WidestVectorBytes = 64;

    /// <summary>
    /// Operations on vectors in one method, as many as the JIT inlines for certain; beyond, steps get functions of their own.
    /// With 1,000 in place of this the trace above took 379 ns at 3×3 (83) and 3,464 at 8×8 (349): nothing was inlined any more.
    /// </summary>
    public const int InlinedOperations = 400;

    /// <summary>Operations on vectors from which on a step is worth a call.</summary>
    public const int OutlinedOperations = 8;

    /// <summary>What a load or a store of a part of a vector counts for, and what an elementary function does.</summary>
    public const int PartialAccessOperations = 6;

    /// <inheritdoc cref="PartialAccessOperations"/>
    public const int ElementaryOperations = 30;

    /// <summary>
    /// What each entry counts for that is gathered down a column: bounds are asked for each, in functions within functions. Two
    /// steps ½·w·x + x at 8×8 with 16 gathers of 8 took 614 ns in one method, which three steps in functions took 102 for.
    /// </summary>
    public const int GatheredEntryOperations = 2;

    /// <inheritdoc cref="PartialAccessOperations"/>
    public const int TransposeOperations = 16;

    /// <summary>What rows times a vector count for: a call.</summary>
    public const int DotsOperations = 4;

    /// <summary>Rows of a step in vectors that are written one after the other, and how many terms of sums they may have in all.</summary>
    public const int UnrolledRows = 8;

    /// <inheritdoc cref="UnrolledRows"/>
    public const int UnrolledRowTerms = 16;

    /// <summary>Entries from which on what a loop or a branch gives is kept in memory rather than in locals, to be read as vectors.</summary>
    public const int LanesInCarried = 8;

    /// <summary>Rows of a product's right side that are kept in vectors while the product's rows are written: as many as AVX-512 has registers for, besides sums.</summary>
    public const int SharedLoads = 8;

    /// <summary>Rows of a matrix up to which they are in vectors of their own: with more, the registers do not hold two matrices.</summary>
    public const int RegisterRows = 4;

    /// <summary>Entries of a row from which on a step is computed in vectors.</summary>
    public const int LanesInStep = 2;

    /// <summary>Terms of a sum from which on it is computed in vectors: adding up the lanes takes as long as a few terms.</summary>
    public const int LanesInReduction = 8;

    /// <summary>Entries of a step up to which its zeros and ones keep it out of vectors: 4×4, as transforms have.</summary>
    public const int EntriesThatMayBeNumbers = 16;
}
