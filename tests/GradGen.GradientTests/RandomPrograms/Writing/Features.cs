namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// What a program may use. Each program is given about half of it: a program of few kinds of constructs, in many
/// combinations, finds more than one of all kinds.
/// </summary>
[Flags]
internal enum Features : long
{
    None = 0,
    Branches = 1,
    Switches = 1 << 1,
    Conditionals = 1 << 2,
    KnownLoops = 1 << 3,
    RunTimeLoops = 1 << 4,
    WhileLoops = 1 << 5,
    Jumps = 1 << 6,
    EarlyReturns = 1 << 7,
    EntryWrites = 1 << 8,
    RunTimeIndices = 1 << 9,
    Helpers = 1 << 10,
    GenericHelpers = 1 << 11,
    Integers = 1 << 12,
    Kinks = 1 << 13,
    Parts = 1 << 14,
    Losses = 1 << 15,
    Literals = 1 << 16,
    StrangeNames = 1 << 17,
    Functions = 1 << 18,
    Assignments = 1 << 19,
    Constants = 1 << 20,
    LongLoops = 1 << 21,
    Arrays = 1 << 22,
    ArrayWrites = 1 << 23,
    Walks = 1 << 24,
    Tuples = 1 << 25,
    LocalFunctions = 1 << 26,
    Lambdas = 1 << 27,
    OutParameters = 1 << 28,
    Records = 1 << 29,
    Objects = 1 << 30,
    Guards = 1L << 31,
    Patterns = 1L << 32,
}
