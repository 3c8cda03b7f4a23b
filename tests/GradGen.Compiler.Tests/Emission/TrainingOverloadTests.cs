using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>The overloads for training loops: they write or add where they are told, and allocate nothing.</summary>
/// <remarks>
/// Not beside other tests: what those allocate makes the collector run, the pool that tapes rent from lets go of its arrays
/// then, and they would be counted here.
/// </remarks>
[Collection(nameof(TrainingOverloadTests))]
[CollectionDefinition(nameof(TrainingOverloadTests), DisableParallelization = true)]
public class TrainingOverloadTests
{
    public static TheoryData<string> Names() => EmittedGradientTests.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Into_WritesIntoTheMatricesThatAreThere_AndAccumulateAdds(string name)
    {
        var model = Functions.Named(name);
        var generated = Generated.Of(model);
        var arguments = Inputs.For(model.Function!);
        var upstream = Inputs.For(model.Result.Type, new Random(5));
        var once = generated.Backward(arguments, upstream);
        var all = generated.Arguments(arguments, upstream);

        var into = generated.Empty();
        generated.Into(all, ref into);
        var members = generated.Members(into);
        EmittedGradientTests.AssertClose(once, generated.ToTensors(into), 0);

        generated.Into(all, ref into, accumulate: true);
        Tensor[] twice = [once[0], .. once.Skip(1).Select(t => new Tensor(t.Shape, [.. t.Entries.Select(e => e + e)]))];
        EmittedGradientTests.AssertClose(twice, generated.ToTensors(into), EmittedGradientTests.Tolerance(model));

        generated.Into(all, ref into);
        EmittedGradientTests.AssertClose(once, generated.ToTensors(into), 0);
        Assert.All(members.Zip(generated.Members(into)), m => Assert.True(m.First!.GetType().IsValueType || ReferenceEquals(m.First, m.Second)));
    }

    [Fact]
    public void MembersThatAreNull_AreMade_OthersKept()
    {
        var model = Functions.Question();
        var generated = Generated.Of(model);
        var arguments = Inputs.For(model.Function!);
        var expected = generated.Backward(arguments, null);
        var full = generated.Empty();
        generated.Into(generated.Arguments(arguments), ref full);
        var w2 = generated.Members(full)[2];

        var into = generated.Gradient(null, null, w2, null);
        generated.Into(generated.Arguments(arguments), ref into);

        Assert.Same(w2, generated.Members(into)[2]);
        EmittedGradientTests.AssertClose(expected, generated.ToTensors(into), 0);
    }

    [Fact]
    public void SameMatrixTwiceOrAnArgument_IsRefused_AndNothingIsWritten()
    {
        var model = Functions.Question();
        var generated = Generated.Of(model);
        var arguments = generated.Arguments(Inputs.For(model.Function!));
        var full = generated.Empty();
        generated.Into(arguments, ref full);
        var members = generated.Members(full);
        var before = generated.ToTensors(full);

        var twice = generated.Gradient(members[0], members[1], members[1], members[3]);
        var fault = Assert.Throws<ArgumentException>(() => generated.Into(arguments, ref twice, accumulate: true));
        Assert.Contains("into.W1 and into.W2", fault.Message);

        var argument = generated.Gradient(members[0], members[1], arguments[0], members[3]);
        fault = Assert.Throws<ArgumentException>(() => generated.Into(arguments, ref argument));
        Assert.Contains("into.W2 and w1", fault.Message);

        EmittedGradientTests.AssertClose(before, generated.ToTensors(full), 0);
    }

    [Fact]
    public void NullArgument_AndIndexFault_LeaveTheGradientAsItWas()
    {
        var model = Functions.Classifier(10, 32);
        var generated = Generated.Of(model);
        var tensors = Inputs.For(model.Function!);
        var into = generated.Empty();
        generated.Into(generated.Arguments(tensors), ref into);
        var before = generated.ToTensors(into);

        var withoutX = generated.Arguments(tensors);
        withoutX[2] = null;
        Assert.Equal("x", Assert.Throws<ArgumentNullException>(() => generated.Into(withoutX, ref into)).ParamName);

        tensors[3] = Tensor.Scalar(-1);
        var badLabel = generated.Arguments(tensors);
        Assert.Throws<ArgumentOutOfRangeException>(() => generated.Into(badLabel, ref into, accumulate: true));

        EmittedGradientTests.AssertClose(before, generated.ToTensors(into), 0);
    }

    [Theory]
    [InlineData("question")]
    [InlineData("batch")]
    [InlineData("classifier")]
    [InlineData("choice in loops")]
    [InlineData("parts in loops")]
    [InlineData("rigid")]
    [InlineData("plane")]
    [InlineData("long chain")]
    public void NothingIsAllocated(string name)
    {
        var model = Functions.Named(name);
        var names = string.Join(", ", model.Parameters.Select(p => p.Name));
        var generated = Generated.Of(model, besides: $$"""
            /// <summary>The bytes that a thousand calls allocate.</summary>
            public static long Allocated({{string.Join(", ", model.Parameters.Select(p => p.TypeName + " " + p.Name))}}, {{model.Result.TypeName}} upstream)
            {
                {{model.GradientName}} into = default;
                for (int i = 0; i < 100; i++) { {{model.BackwardName}}({{names}}, upstream, ref into, true); }
                long before = global::System.GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++) { {{model.BackwardName}}({{names}}, upstream, ref into, true); }
                return global::System.GC.GetAllocatedBytesForCurrentThread() - before;
            }
            """);
        var arguments = generated.Arguments(Inputs.For(model.Function!), Inputs.For(model.Result.Type, new Random(1)));

        // The pool that tapes are rented from lets go of arrays when the collector runs, which other tests may make it do: then the
        // next call allocates, and one measurement says nothing. What allocates in every call does so in all of them.
        var measured = Enumerable.Range(0, 5).Select(_ => (long)Generated.Invoke(generated.Type.GetMethod("Allocated")!, arguments)!);
        Assert.Contains(0L, measured);
    }
}
