using System.Globalization;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>The file as such: the same everywhere, without warnings in any project.</summary>
public class GeneratedFileTests
{
    [Fact]
    public void SameModel_GivesTheSameBytes_InEveryCulture()
    {
        var expected = Functions.All().Select(f => GradientEmitter.Emit(f.Model)).ToList();
        var culture = new CultureInfo("sv-SE");
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "\u2212";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Functions.All().Select(f => GradientEmitter.Emit(f.Model)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void NullableDisabled_GivesNoWarning()
    {
        foreach (var (_, model) in Functions.All())
        {
            Assert.Equal([], Generated.Problems(GradientEmitter.Emit(model), model, NullableContextOptions.Disable));
        }
    }

    [Fact]
    public void Lines_EndWithLineFeed_AndInNothingElse()
    {
        foreach (var (_, model) in Functions.All())
        {
            var source = GradientEmitter.Emit(model);
            Assert.DoesNotContain('\r', source);
            Assert.EndsWith("}\n", source);
            Assert.DoesNotContain(source.Split('\n'), line => line.EndsWith(' '));
            Assert.DoesNotContain("\n\n\n", source);
        }
    }

    [Fact]
    public void NetworkOfTheQuestion_IsAsOnPaper()
    {
        var source = GradientEmitter.Emit(Functions.Question());
        Assert.Contains("""
                    // δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)                                  2×1
                    TDoubles2 delta2 = TDoubles2.Load(w3Entries, 0) * TDoubles2.Create(delta3) * a2 * (1.0 - a2);
            """, source);
        Assert.Contains("""
                    // ∂w2 = δ2·a1ᵀ                                                   2×2
                    TDoubles2.Store(intoW2, 0, TDoubles2.Create(delta2[0]) * a1, accumulate);
                    TDoubles2.Store(intoW2, 2, TDoubles2.Create(delta2[1]) * a1, accumulate);
            """, source);
    }

    [Fact]
    public void EntriesThatAreNumbers_AreNeitherComputedNorMultiplied()
    {
        var source = GradientEmitter.Emit(Functions.Chain());
        Assert.Contains("""
                    // z2 = z1·t3                                                     3×3
                    double z2_00 = z1_00 * t3_00 + z1_01 * t3_10;
            """, source);
        Assert.DoesNotContain("0.0 *", source);
        Assert.DoesNotContain("* 0.0", source);
        Assert.DoesNotContain("+ 0.0", source);
    }

    [Fact]
    public void MethodThatCouldNotBeRead_KeepsItsSurface_AndThrowsWhenCalled()
    {
        var matrix = new ParameterModel(
            "w", "global::GradGen.Matrix<double, global::GradGen.N2, global::GradGen.N2>", ParameterKind.Matrix,
            new TensorType(ScalarType.Float64, Shape.Of(2, 2)), true);
        var other = new ParameterModel("@lock", "string", ParameterKind.Other, TensorType.Int32, false, "in ");
        var result = new ParameterModel("upstream", "double", ParameterKind.Scalar, new TensorType(ScalarType.Float64, Shape.Scalar), true);
        var model = new MethodUnderTest().Fails(result, "a \"try\" in C:\\x,\nand <more>", matrix, other);

        var generated = Generated.Of(model with { MethodName = "Forward" });
        var fault = Assert.Throws<InvalidOperationException>(() => generated.Backward([new Tensor(Shape.Of(2, 2), new double[4]), Tensor.Scalar(0)], null));

        Assert.Equal("GradGen could not differentiate 'Network.Forward': a \"try\" in C:\\x,\nand <more>", fault.Message);
        Assert.Equal(["Value", "W"], generated.GradientType.GetProperties().Select(p => p.Name));
    }

    [Fact]
    public void MembersThatWouldClash_AreCalledGradient()
    {
        Assert.Equal(
            ["Into", "ValueGradient", "Class", "Upstream", "DInto", "ValueGradientGradient"],
            GradientMembers.Of(Functions.Clashes()).Select(m => m.Member));
    }

    [Fact]
    public void LoopThatDoesNothing_IsEmittedAndRuns()
    {
        var m = new MethodUnderTest();
        var x = m.Scalar("x");
        var builder = m.Builder;
        var region = builder.Region([TensorType.Int32, x.Value.Type], p => [p[1]]);
        var (from, to) = (builder.Literal(ScalarType.Int32, 0), builder.Literal(ScalarType.Int32, 3));
        var result = builder.AddControlFlow(ControlFlow.Loop, [from, to, x.Value], [region], [x.Value.Type])[0];
        var generated = Generated.Of(m.Returns(new Term(builder, result)));
        Assert.Equal([7.0, 1.0], generated.Backward([Tensor.Scalar(7)], null).Select(r => r.Entries[0]));
    }

    [Fact]
    public void ConditionThatChangesWhatIsCarried_IsRefusedLoudly()
    {
        var m = new MethodUnderTest();
        var x = m.Scalar("x");
        var builder = m.Builder;
        var condition = builder.Region([x.Value.Type], p => [x.Greater(2).Value, (new Term(builder, p[0]) * x).Value]);
        var body = builder.Region([x.Value.Type], p => [p[0]]);
        var result = builder.AddControlFlow(ControlFlow.While, [x.Value], [condition, body], [x.Value.Type])[0];
        Assert.Throws<NotSupportedException>(() => GradientEmitter.Emit(m.Returns(new Term(builder, result))));
    }

    [Fact]
    public void Dimension_GetsItsSize()
    {
        var model = new DimensionModel(
            "Models", new EquatableArray<ContainingType>([new ContainingType("struct", "Pixels")]), 784, "Pixels.g.cs");
        Assert.Equal(
            """
            // <auto-generated/>
            #nullable enable

            namespace Models;

            partial struct Pixels
            {
                /// <summary>784.</summary>
                [global::System.CodeDom.Compiler.GeneratedCode("GradGen", "1.0.0")]
                public static int Size => 784;
            }

            """,
            DimensionEmitter.Emit(model));
    }
}
