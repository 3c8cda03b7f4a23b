using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Advice;

/// <summary>GRAD2005: which parameters have no influence on the result that a gradient could show.</summary>
internal static class Influence
{
    /// <summary>The parameters that are differentiated in vain.</summary>
    public static IEnumerable<IParameterSymbol> Missing(IMethodSymbol method, GradientModel model, Function function)
    {
        foreach (var declared in model.Declared.Where(d => !d.IsMember))
        {
            var leaves = declared.Part.Leaves.Where(l => model.Parameters[l].IsDifferentiated).ToList();
            var parameter = method.Parameters.FirstOrDefault(p => p.Name == declared.Name.TrimStart('@'));
            if (leaves.Count > 0 && parameter is { Name: not ['_', ..] } && !leaves.Any(l => HasInfluence(function, function.Parameters[l])))
            {
                yield return parameter;
            }
        }
    }

    /// <summary>Whether the result varies with a parameter alone.</summary>
    private static bool HasInfluence(Function function, Value parameter)
    {
        var activity = new Activity();
        activity.Add(parameter);
        activity.Extend(function.Body.Instructions);
        return function.Results.Any(activity.Has);
    }
}
