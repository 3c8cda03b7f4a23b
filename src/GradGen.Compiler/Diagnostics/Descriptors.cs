using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Diagnostics;

/// <summary>
/// Every diagnostic: id, title, message, severity. A page beside this file (GRADnnnn.md) explains each, and its
/// first section is the description; a test owns ids, pages and the release file.
/// </summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MustBePartial = Error(
        "GRAD0001", "A type with a differentiable method must be partial",
        "'{0}' is marked [Differentiable] but its containing type '{1}' is not partial");

    public static readonly DiagnosticDescriptor TypeNotDifferentiable = Error(
        "GRAD0003", "A parameter's or result's type cannot be differentiated", "{0}");

    public static readonly DiagnosticDescriptor InvalidDimension = Error(
        "GRAD0004", "A dimension without its interface or size", "{0}");

    public static readonly DiagnosticDescriptor OneEntry = Warning(
        "GRAD0005", "A 1×1 matrix where a number is meant", "{0}");

    public static readonly DiagnosticDescriptor NameTaken = Error(
        "GRAD0006", "The generated name is already taken",
        "{0}");

    public static readonly DiagnosticDescriptor InnerSizes = Error(
        "GRAD1001", "The inner sizes of a product differ", "{0}");

    public static readonly DiagnosticDescriptor DifferentShapes = Error(
        "GRAD1002", "Shapes must be equal", "{0}");

    public static readonly DiagnosticDescriptor ColumnProduct = Error(
        "GRAD1004", "Product of two column vectors", "{0}");

    public static readonly DiagnosticDescriptor ScalarCollapse = Error(
        "GRAD1005", "A row times a column is one number", "{0}");

    public static readonly DiagnosticDescriptor OutOfRange = Error(
        "GRAD1006", "Index or count out of range", "{0}");

    public static readonly DiagnosticDescriptor NotSquare = Error(
        "GRAD1007", "A square matrix is required", "{0}");

    public static readonly DiagnosticDescriptor StackSizes = Error(
        "GRAD1009", "Stacked matrices must have equal sizes where they meet", "{0}");

    public static readonly DiagnosticDescriptor MixedNames = Warning(
        "GRAD1010", "Two dimensions of equal size that have two names", "{0}");

    public static readonly DiagnosticDescriptor NotSupported = Error(
        "GRAD2001", "Not supported in a differentiable method", "{0}");

    public static readonly DiagnosticDescriptor NoDerivative = Error(
        "GRAD2002", "Call of a method without a derivative", "{0}");

    public static readonly DiagnosticDescriptor WritesState = Error(
        "GRAD2003", "A differentiable method must not change state", "{0}");

    public static readonly DiagnosticDescriptor ZeroDerivative = Error(
        "GRAD2004", "A conversion on the path has no derivative", "{0}");

    public static readonly DiagnosticDescriptor NoInfluence = Warning(
        "GRAD2005", "A parameter that the result does not depend on", "{0}");

    public static readonly DiagnosticDescriptor Decision = new(
        "GRAD2006", "A condition depends on what is differentiated", "{0}", "GradGen",
        DiagnosticSeverity.Warning, isEnabledByDefault: false, description: Pages.Summary("GRAD2006"));

    public static readonly DiagnosticDescriptor Recursion = Error(
        "GRAD2009", "A recursion cannot be differentiated", "{0}");

    public static readonly DiagnosticDescriptor Aliased = Error(
        "GRAD2010", "A variable that goes by two names", "{0}");

    public static readonly DiagnosticDescriptor WrongDerivative = Error(
        "GRAD2012", "A derivative given by hand has the wrong signature", "{0}");

    public static readonly DiagnosticDescriptor CannotBeRead = Error(
        "GRAD2013", "async, yield, goto, unsafe and dynamic cannot be differentiated", "{0}");

    public static readonly DiagnosticDescriptor GradientTranspose = Error(
        "GRAD3001", "A gradient written by hand misses a transpose", "{0}");

    public static readonly DiagnosticDescriptor GradientHadamard = Error(
        "GRAD3002", "A matrix product where a product entry by entry is due", "{0}");

    public static readonly DiagnosticDescriptor GradientMatrixProduct = Error(
        "GRAD3003", "A product entry by entry where a matrix product is due", "{0}");

    public static readonly DiagnosticDescriptor GradientOrder = Error(
        "GRAD3004", "The factors of a gradient stand in the wrong order", "{0}");

    public static readonly DiagnosticDescriptor GradientFactor = Error(
        "GRAD3005", "A factor of the chain rule is missing or wrong", "{0}");

    public static readonly DiagnosticDescriptor GradientArgument = Error(
        "GRAD3006", "The derivative of a nonlinearity is taken at the wrong place", "{0}");

    public static readonly DiagnosticDescriptor GradientConstant = Error(
        "GRAD3007", "A constant factor or a sign of a gradient is wrong", "{0}");

    public static readonly DiagnosticDescriptor GradientOfForm = Error(
        "GRAD3008", "The gradient of a quadratic form takes its matrix for symmetric", "{0}");

    public static readonly DiagnosticDescriptor GradientSum = Error(
        "GRAD3009", "A gradient is not summed over what was spread", "{0}");

    public static readonly DiagnosticDescriptor GradientTerms = Error(
        "GRAD3010", "A gradient lacks terms of a parameter that is used several times", "{0}");

    public static readonly DiagnosticDescriptor GradientLayout = Error(
        "GRAD3011", "A gradient is laid out otherwise than its parameter", "{0}");

    public static readonly DiagnosticDescriptor GradientVerified = Info(
        "GRAD3012", "A gradient written by hand is right", "{0}");

    public static readonly DiagnosticDescriptor RootOfZero = Warning(
        "GRAD4001", "A root of what can be 0 has no finite slope there", "{0}");

    public static readonly DiagnosticDescriptor DivisorOfZero = Warning(
        "GRAD4002", "A logarithm or a quotient of what can be 0", "{0}");

    public static readonly DiagnosticDescriptor UnstableForm = Warning(
        "GRAD4003", "A formula that overflows or loses its digits", "{0}");

    public static readonly DiagnosticDescriptor GuardedValue = Warning(
        "GRAD4004", "Where guards the value but not the gradient", "{0}");

    public static readonly DiagnosticDescriptor Subgradient = new(
        "GRAD4006", "A function that has no derivative somewhere", "{0}", "GradGen",
        DiagnosticSeverity.Info, isEnabledByDefault: false, description: Pages.Summary("GRAD4006"));

    public static readonly DiagnosticDescriptor LostDigits = Warning(
        "GRAD4007", "A difference that loses the digits of a float", "{0}");

    public static readonly DiagnosticDescriptor ProductOrder = Info(
        "GRAD5001", "Another order of products costs less", "{0}");

    public static readonly DiagnosticDescriptor GeneratedSize = Warning(
        "GRAD5002", "A generated method is very large", "{0}");

    public static readonly DiagnosticDescriptor Repetition = Info(
        "GRAD5003", "The same is computed again", "{0}");

    public static readonly DiagnosticDescriptor SelfCheckFailed = Error(
        "GRAD9001", "GradGen refused a gradient of its own", "{0}");

    private static DiagnosticDescriptor Warning(string id, string title, string message) => new(
        id, title, message, "GradGen", DiagnosticSeverity.Warning, isEnabledByDefault: true, description: Pages.Summary(id));

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, "GradGen", DiagnosticSeverity.Error, isEnabledByDefault: true, description: Pages.Summary(id));

    private static DiagnosticDescriptor Info(string id, string title, string message) => new(
        id, title, message, "GradGen", DiagnosticSeverity.Info, isEnabledByDefault: true, description: Pages.Summary(id));
}
