using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD2001, GRAD2002 and GRAD2003 in instance methods: which members are inputs, and what stays refused.</summary>
public class InstanceMethodTests
{
    [Theory]
    [InlineData("partial class C", "double _w = 1; [Differentiable] double F(double x) => _w * x;")]
    [InlineData("partial class C", "readonly Matrix<double, N2, N2> _w = new(); double S { get; } = 1; [Differentiable] double F(Vector<double, N2> x) => Sum(_w * x) * S;")]
    [InlineData("partial record C(double W)", "[Differentiable] double F(double x) => W * x;")]
    [InlineData("readonly partial struct C", "readonly double _w; [Differentiable] double F(double x) => _w * x;")]
    [InlineData("partial class C", "double _w; [Differentiable] double F(double x) { {|GRAD2003:_w|} = x; return x; }")]
    [InlineData("partial struct C", "double _w; [Differentiable] double F(double x) { {|GRAD2003:_w|} += x; return x; }")]
    [InlineData("partial struct C", "double _w; void Set(double y) => _w = y; [Differentiable] double F(double x) { {|GRAD2002:Set(x)|}; return x; }")]
    [InlineData("partial class C(double w)", "[Differentiable] double F(double x) => w * x;")]
    [InlineData("partial class C(double w)", "[Differentiable] double F(double x) { {|GRAD2003:w|} = x; return x; }")]
    [InlineData("partial class C(double w)", "double G() => w; [Differentiable] double F(double w) => {|GRAD2002:G()|} * w;")]
    [InlineData("class B(double w) { protected double G() => w; } partial class C() : B(2)", "[Differentiable] double F(double x) => {|GRAD2002:G()|} * x;")]
    [InlineData("partial class C", "[Differentiable] public virtual double {|GRAD2001:F|}(double x) => x;")]
    [InlineData("partial class C", "public virtual double G(double x) => x; [Differentiable] double F(double x) => {|GRAD2002:G(x)|};")]
    [InlineData("sealed partial class C", "double _w; public override string ToString() => \"\"; public double G(double x) => x * _w; [Differentiable] double F(double x) => G(x);")]
    [InlineData("partial class C", "static double S; [Differentiable] double F(double x) => {|GRAD2001:S|} * x;")]
    [InlineData("partial class C<T> where T : struct, IDimension", "Vector<double, T> _v = new(); [Differentiable] double F(double x) => Sum({|GRAD2001:_v|}) * x;")]
    [InlineData("partial class C", "C? _next; double _w = 1; [Differentiable] double F(double x) => {|GRAD2001:_next|}!._w * x;")]
    [InlineData("partial class C", "readonly System.Collections.Generic.List<double> _l = []; [Differentiable] double F(double x) => {|GRAD2001:_l[0]|} * x;")]
    [InlineData("partial class C", "double _w = 1; [Differentiable] double F(double x) => G(this, x); static double G(C c, double x) => c._w * x;")]
    [InlineData("partial interface C", "[Differentiable] double {|GRAD2001:F|}(double x) => x;")]
    public Task Members(string type, string members) => Check.Analyzer<DifferentiableAnalyzer>($$"""
        #nullable enable
        #pragma warning disable CS0649, CS0169, CS0414, CS8618
        public {{type}}
        {
            {{members}}
        }
        """);
}
