namespace GradGen;

/// <summary>Gathers what came of comparing, until all points are done.</summary>
internal sealed class GradientCheckFindings
{
    private readonly List<GradientCheckEntry> _wrong = [];
    private GradientCheckEntry? _worst;
    private long _compared;
    private long _directions;
    private long _unseen;

    /// <summary>How many points there are so far; the last is being compared.</summary>
    public int Points { get; set; }

    public long EntryCount { get; set; }

    public GradientCheckResult Result() => new([.. _wrong.OrderByDescending(e => e.Excess)], _worst!)
    {
        Points = Points,
        EntryCount = EntryCount,
        ComparedCount = _compared,
        DirectionCount = _directions,
        UnseenCount = _unseen,
    };

    public void AddEntry(string name, double given, Verdict verdict)
    {
        _compared++;
        _unseen += verdict.IsRight && !verdict.IsSeen ? 1 : 0;
        Add(name, given, verdict);
    }

    public void AddDirection(string name, double given, Verdict verdict)
    {
        _directions++;
        Add(name, given, verdict);
    }

    public void AddProblem(string name, string problem) => Add(new(name) { Problem = problem, Point = Points });

    private void Add(string name, double given, Verdict verdict) => Add(new(name)
    {
        Given = given,
        Expected = verdict.Expected,
        Error = verdict.Error,
        AllowedError = verdict.Allowed,
        Problem = verdict.IsRight ? null : verdict.Problem,
        Point = Points,
    });

    private void Add(GradientCheckEntry entry)
    {
        if (!entry.IsRight)
            _wrong.Add(entry);
        if (_worst is null || entry.Excess > _worst.Excess)
            _worst = entry;
    }
}
