using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <content>
/// What a loop carries: the variables that its body assigns, and arrays that it writes to under whatever name. Names of
/// one array are carried as one, as long as they stay that.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>
    /// The slots of a loop that is about to be read: a value that each begins with, and which parts of which variables it
    /// is.
    /// </summary>
    private List<Slot> LayOut(CarriedSet carried, Dictionary<ISymbol, Value?> before)
    {
        var slots = new List<Slot>();
        foreach (var variable in carried.Variables)
        {
            var part = 0;
            foreach (var leaf in before[variable]!.Leaves())
            {
                if (carried.Has(variable, part))
                {
                    var isShared = leaf.Type.IsArray && !carried.IsApart(variable, part);
                    if (!isShared || slots.Find(s => s.IsShared && s.Initial == leaf) is not { } slot)
                    {
                        slots.Add(slot = new Slot(leaf, isShared));
                    }

                    slot.Names.Add((variable, part));
                }

                part++;
            }
        }

        return slots;
    }

    /// <summary>Puts values into the places of the slots.</summary>
    private void Fill(List<Slot> slots, Dictionary<ISymbol, Value?> before, IReadOnlyList<Value> values)
    {
        foreach (var variable in slots.SelectMany(s => s.Names).Select(n => n.Variable).Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>().ToList())
        {
            var leaves = before[variable]!.Leaves().ToList();
            for (var s = 0; s < slots.Count; s++)
            {
                foreach (var name in slots[s].Names.Where(n => SymbolEqualityComparer.Default.Equals(n.Variable, variable)))
                {
                    leaves[name.Part] = values[s];
                }
            }

            _frame.Variables[variable] = before[variable]!.Over(new Queue<Value>(leaves));
        }
    }

    /// <summary>
    /// What the slots hold at the end of an iteration; null where a value is missing, or has another form than before. What
    /// turns out to be carried besides, or to come apart, is noted in <paramref name="carried"/>, which is to be read
    /// again then.
    /// </summary>
    private ImmutableArray<Value?> Yields(List<Slot> slots, CarriedSet carried, Dictionary<ISymbol, Value?> before)
    {
        var parts = new Dictionary<ISymbol, List<Value>?>(SymbolEqualityComparer.Default);
        foreach (var variable in before.Keys.Where(k => before[k] is not null).ToList())
        {
            var was = before[variable]!;
            _ = _frame.Variables.TryGetValue(variable, out var now);
            if (carried.Names(variable) && now is not null && was.Type.IsArray && was is not ReaderValue && PartIn(now) is not null && now is Bundle)
            {
                carried.Widen(variable);
                return [null];
            }

            if (carried.Names(variable) && now is { } whole && before[variable] is Bundle { Form: BundleForm.View } && whole.Type.IsArray && whole is not ReaderValue)
            {
                _frame.Variables[variable] = now = Widened(whole);
            }

            if (now is ReaderValue changed && !now.HasFormOf(was) && carried.Names(variable))
            {
                Report(Descriptors.NotSupported, _place!, $"{changed.Description} that a loop puts in the place of another is not supported in a differentiable method");
            }

            if (now is null || !(now is ReaderValue || was is ReaderValue ? now.HasFormOf(was) : true))
            {
                parts[variable] = null;
                continue;
            }

            parts[variable] = [.. now.Leaves()];
            foreach (var (leaf, part) in was.Leaves().Select((leaf, part) => (leaf, part)))
            {
                // Written under another name.
                if (!carried.Has(variable, part) && leaf.Type.IsArray && part < parts[variable]!.Count && parts[variable]![part] != leaf)
                {
                    carried.Add(variable, part);
                }
            }
        }

        Value? Yield((ISymbol Variable, int Part) name) => parts.TryGetValue(name.Variable, out var leaves) && leaves is not null && name.Part < leaves.Count ? leaves[name.Part] : null;
        foreach (var slot in slots.Where(s => s.IsShared))
        {
            foreach (var name in slot.Names.Where(n => Yield(n) != Yield(slot.Names[0])))
            {
                carried.SetApart(name.Variable, name.Part);
            }
        }

        return [.. slots.Select(s => Yield(s.Names[0]))];
    }

    /// <summary>
    /// Whether the arrays that an iteration writes are each one array, whichever iteration it is: none may be the same as
    /// another that is known.
    /// </summary>
    private bool MayWriteIn(List<Slot> slots, CarriedSet carried, Dictionary<ISymbol, Value?> before, ImmutableArray<Block> regions)
    {
        var body = regions[regions.Length - 1];
        var parameters = body.Parameters.RemoveRange(0, body.Parameters.Length - slots.Count);
        for (var j = 0; j < slots.Count; j++)
        {
            if (!slots[j].Initial.Type.IsArray || !_written.TryGetValue(parameters[j], out var site))
            {
                continue;
            }

            foreach (var variable in before.Where(v => v.Key is not IMethodSymbol && v.Value is not null))
            {
                foreach (var (leaf, part) in variable.Value!.Leaves().Select((leaf, part) => (leaf, part)).Where(l => l.leaf == slots[j].Initial))
                {
                    if (!carried.Has(variable.Key, part))
                    {
                        carried.Add(variable.Key, part);
                    }
                    else if (!slots[j].Names.Any(n => n.Part == part && SymbolEqualityComparer.Default.Equals(n.Variable, variable.Key)))
                    {
                        return RefuseShared(site);
                    }
                }
            }

            if (carried.HasGrown)
            {
                return false;
            }

            if (!MayWrite(slots[j].Initial, site))
            {
                return false;
            }

            NoteWritten(slots[j].Initial, site);
            var yielded = body.Results[body.Results.Length - slots.Count + j];
            if (SourcesOf(yielded).Overlaps(_parameters))
            {
                return MayWrite(yielded, site);
            }

            bool MayBecome(Value other) => other != slots[j].Initial && MayBeSame(yielded, other);
            if (Enumerable.Range(0, slots.Count).Any(k => k != j && !slots[k].IsResult && MayBecome(body.Results[body.Results.Length - slots.Count + k]))
                || before.Any(v => v.Key is not IMethodSymbol && v.Value is not null && v.Value.Leaves().Where((l, part) => l.Type.IsArray && !carried.Has(v.Key, part)).Any(MayBecome)))
            {
                return RefuseShared(site);
            }
        }

        return true;
    }

    private bool RefuseShared(IOperation site)
    {
        Report(Descriptors.NotSupported, site, $"'{Shorten(site.Syntax.ToString())}' writes to an array, and it depends on the iteration whether that is the same as another one: work on a copy, '.ToArray()'");
        return false;
    }

    /// <summary>Variables that a loop carries, as a whole or, where it only writes to their arrays, in part.</summary>
    private sealed class CarriedSet
    {
        private readonly Dictionary<ISymbol, HashSet<int>?> _parts = new(SymbolEqualityComparer.Default);
        private readonly Dictionary<ISymbol, HashSet<int>> _apart = new(SymbolEqualityComparer.Default);
        private readonly Dictionary<ISymbol, HashSet<int>> _dropped = new(SymbolEqualityComparer.Default);
        private readonly Dictionary<ISymbol, HashSet<int>> _needed = new(SymbolEqualityComparer.Default);

        /// <param name="variables">The variables that the loop assigns.</param>
        /// <param name="hasPlace">Those that stay where they are, a part of an array or an element, and of which only the array changes.</param>
        public CarriedSet(IEnumerable<ISymbol> variables, Func<ISymbol, bool> hasPlace)
        {
            foreach (var variable in variables.Where(v => !_parts.ContainsKey(v)))
            {
                _parts[variable] = hasPlace(variable) ? [0] : null;
                Variables.Add(variable);
            }
        }

        /// <summary>The variables in the order in which they are carried.</summary>
        public List<ISymbol> Variables { get; } = [];

        /// <summary>Whether anything has been added since the slots were laid out.</summary>
        public bool HasGrown { get; set; }

        /// <summary>Variables that hold an array at first and a part of one later.</summary>
        public List<ISymbol> ToWiden { get; } = [];

        public bool Names(ISymbol variable) => _parts.ContainsKey(variable);

        public bool Has(ISymbol variable, int part) => _parts.TryGetValue(variable, out var parts) && (parts is null ? !IsIn(_dropped, variable, part) : parts.Contains(part));

        public void Add(ISymbol variable, int part)
        {
            HasGrown = true;
            if (!_parts.TryGetValue(variable, out var parts))
            {
                _parts[variable] = parts = [];
                Variables.Add(variable);
            }

            _ = parts?.Add(part);
            if (_dropped.TryGetValue(variable, out var dropped))
            {
                _ = dropped.Remove(part);
            }

            _ = NoteIn(_needed, variable, part);
        }

        /// <summary>Leaves out what no iteration has changed, unless it has been added because one does.</summary>
        public void Drop(ISymbol variable, int part)
        {
            if (IsIn(_needed, variable, part) || !_parts.TryGetValue(variable, out var parts))
            {
                return;
            }

            _ = parts?.Remove(part);
            HasGrown |= parts is not null || NoteIn(_dropped, variable, part);
        }

        public bool IsApart(ISymbol variable, int part) => IsIn(_apart, variable, part);

        public void SetApart(ISymbol variable, int part) => HasGrown |= NoteIn(_apart, variable, part);

        private static bool IsIn(Dictionary<ISymbol, HashSet<int>> noted, ISymbol variable, int part) =>
            noted.TryGetValue(variable, out var parts) && parts.Contains(part);

        private static bool NoteIn(Dictionary<ISymbol, HashSet<int>> noted, ISymbol variable, int part)
        {
            if (!noted.TryGetValue(variable, out var parts))
            {
                noted[variable] = parts = [];
            }

            return parts.Add(part);
        }

        public void Widen(ISymbol variable)
        {
            HasGrown = true;
            ToWiden.Add(variable);
        }
    }

    /// <summary>One value that a loop carries.</summary>
    private sealed class Slot(Value initial, bool isShared)
    {
        public Value Initial { get; } = initial;

        /// <summary>Whether other names of the same array may share it.</summary>
        public bool IsShared { get; } = isShared;

        public List<(ISymbol Variable, int Part)> Names { get; } = [];

        /// <summary>Whether it is nothing but what a return has left for after the loop.</summary>
        public bool IsResult => Names.All(n => n.Variable is IMethodSymbol);
    }
}
