namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1001: the inner sizes of a product differ.</summary>
public class InnerSizesTests
{
    private const string Base = "Cannot multiply 2×1 by 2×2: the left side has 1 column, the right side 2 rows.";

    [Fact]
    public Task ProductInForwardOrder_SaysBothShapesAndWhatFits() => Check.Statements(
        "var g = {|GRAD1001:d * w2|};", "",
        Base + " 'd.T * w2' gives 1×2. 'w2 * d' gives 2×1. 'w2.T * d' gives 2×1.");

    [Fact]
    public Task WhereTheResultIsDeclared_OnlyWhatFitsThereIsNamed() => Check.Statements(
        "Vector<double, N2> g = {|CS0029:{|GRAD1001:d * w2|}|};", "",
        Base + " 'w2 * d' gives 2×1. 'w2.T * d' gives 2×1.");

    [Fact]
    public Task WhereTheResultIsReturned_OnlyWhatFitsThereIsNamed() => Check.Shapes(
        "class C { Vector<double, N2> M(Vector<double, N2> d, Matrix<double, N2, N2> w2) => {|CS0029:{|GRAD1001:d * w2|}|}; }",
        Base + " 'w2 * d' gives 2×1. 'w2.T * d' gives 2×1.");

    [Fact]
    public Task WhereTheResultIsAssigned_OnlyWhatFitsThereIsNamed() => Check.Statements(
        "w3 = {|CS0029:{|GRAD1001:d * w2|}|};", "",
        Base + " 'd.T * w2' gives 1×2.");

    [Fact]
    public Task InsideASum_OnlyWhatFitsTheSumIsNamed() => Check.Statements(
        "var g = ({|GRAD1001:d * w2|}) + w3;", "",
        Base + " 'd.T * w2' gives 1×2.");

    [Fact]
    public Task InsideACall_OnlyWhatFitsTheCallIsNamed() => Check.Statements(
        "var g = w3 * Sigmoid({|GRAD1001:d * w2|});", "",
        Base + " 'w2 * d' gives 2×1. 'w2.T * d' gives 2×1.");

    [Fact]
    public Task EqualShapes_OfferTheProductEntryByEntry() => Check.Statements(
        "var g = {|GRAD1001:a * b|};", "Matrix<double, N2, N3> a, Matrix<double, N2, N3> b",
        "Cannot multiply 2×3 by 2×3: the left side has 3 columns, the right side 2 rows."
        + " 'a.T * b' gives 3×3. 'a * b.T' gives 2×2. 'Hadamard(a, b)' gives 2×3.");

    [Fact]
    public Task NothingFits_OnlySaysWhatIsWrong() => Check.Statements(
        "var g = {|GRAD1001:a * b|};", "Matrix<double, N2, N3> a, Matrix<double, N4, N5> b",
        "Cannot multiply 2×3 by 4×5: the left side has 3 columns, the right side 4 rows.");

    [Fact]
    public Task TransposedOperand_IsOfferedWithoutItsTranspose() => Check.Statements(
        "var g = {|GRAD1001:a.T * b|};", "Matrix<double, N2, N3> a, Matrix<double, N3, N4> b",
        "Cannot multiply 3×2 by 3×4: the left side has 2 columns, the right side 3 rows."
        + " 'a * b' gives 2×4. 'b.T * a.T' gives 4×2.");

    [Fact]
    public Task OperatorsAsOperands_GetTheParenthesesTheyNeed() => Check.Statements(
        "var g = {|GRAD1001:(d + d) * (w1 - w2)|};", "",
        Base + " '(d + d).T * (w1 - w2)' gives 1×2. '(w1 - w2) * (d + d)' gives 2×1. '(w1 - w2).T * (d + d)' gives 2×1.");

    [Fact]
    public Task ProductAsOperand_IsPutInParenthesesOnTheRight() => Check.Statements(
        "var g = {|GRAD1001:w1 * d * w2|};", "",
        Base + " '(w1 * d).T * w2' gives 1×2. 'w2 * (w1 * d)' gives 2×1. 'w2.T * (w1 * d)' gives 2×1.");

    [Fact]
    public Task LongOperands_AreShortenedInTheMessage() => Check.Statements(
        "var g = {|GRAD1001:Sigmoid(w1 * Sigmoid(w1 * Sigmoid(w1 * Sigmoid(w1 * x)))) * w2|};", "",
        Base + " 'Sigmoid(…).T * w2' gives 1×2. 'w2 * Sigmoid(…)' gives 2×1. 'w2.T * Sigmoid(…)' gives 2×1.");

    [Theory]
    [InlineData("w1 * x")]
    [InlineData("w3 * (w2 * (w1 * x))")]
    [InlineData("x * w3")] // an outer product: 2×1 by 1×2
    [InlineData("x.T * w1 * x")]
    [InlineData("2.0 * w1 * 3.0")]
    [InlineData("Hadamard(x, x) * w3")]
    public Task ProductsThatFit_AreSilent(string product) => Check.Statements($"var g = {product};");

    [Fact]
    public Task NamedDimensionOfTheSameSize_Fits() => Check.Shapes("""
        [Dimension(2)] public readonly struct Hidden : IDimension { public static int Size => 2; }
        class C { Vector<double, N2> M(Matrix<double, N2, Hidden> w, Vector<double, N2> x) => w * x; }
        """);

    [Fact]
    public Task NamedDimensionOfAnotherSize_DoesNotFit() => Check.Shapes("""
        [Dimension(3)] public readonly struct Hidden : IDimension { public static int Size => 3; }
        class C { Vector<double, N2> M(Matrix<double, N2, Hidden> w, Vector<double, N2> x) => {|GRAD1001:w * x|}; }
        """,
        "Cannot multiply 2×3 by 2×1: the left side has 3 columns, the right side 2 rows. Hidden is 3.");

    [Fact]
    public Task SizesThatAreTypeParameters_AreSilent() => Check.Shapes("""
        class C
        {
            Matrix<double, A, E> M<A, B, D, E>(Matrix<double, A, B> a, Matrix<double, D, E> b)
                where A : struct, IDimension where B : struct, IDimension where D : struct, IDimension where E : struct, IDimension
                => a * b;
        }
        """);

    [Fact]
    public Task EntriesThatAreATypeParameter_HaveShapesAllTheSame() => Check.Shapes("""
        class C
        {
            object M<T>(Matrix<T, N2, N3> a, Matrix<T, N4, N5> b) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
                => {|GRAD1001:a * b|};
        }
        """);

    [Fact]
    public Task ScalarFormulaOfTheForum_IsReportedOnceWhereItFirstFails() => Check.Statements(
        """
        var h1 = Sigmoid(w1 * x);
        var h2 = Sigmoid(w2 * h1);
        var dW1 = {|GRAD1005:Slope(w3 * h2) * w3 * Slope(w2 * h1)|} * w2 * Slope(w1 * x) * x;
        static Vector<double, T> Slope<T>(Vector<double, T> z) where T : struct, IDimension => Hadamard(Sigmoid(z), 1 - Sigmoid(z));
        """, "",
        "'Slope(w3 * h2) * w3 * Slope(w2 * h1)' is 1×2 by 2×1 and gives 1×1, which does not multiply a 2×2: was a product entry by entry meant?");

    [Fact]
    public Task VariableThatIsWrong_SpoilsWhatIsComputedFromIt() => Check.Statements("""
        var wrong = {|GRAD1001:d * w2|};
        var alsoWrong = wrong * w2;
        var third = w1 + Sigmoid(-alsoWrong.T);
        """);

    [Fact]
    public Task VariableWithADeclaredType_IsTakenAtItsWord() => Check.Statements("""
        Matrix<double, N2, N2> declared = {|GRAD1001:d * w2|};
        var right = declared * x;
        var wrong = {|GRAD1001:d * declared|};
        """);

    [Fact]
    public Task TwoMistakesSideBySide_AreTwo() => Check.Statements("var g = ({|GRAD1001:d * w1|}) + ({|GRAD1001:d * w2|});");

    [Fact]
    public Task CompoundAssignment_IsChecked() => Check.Statements(
        "a = a * w; {|GRAD1001:a *= b|};", "Matrix<double, N2, N3> a, Matrix<double, N3, N3> w, Matrix<double, N2, N3> b",
        "Cannot multiply 2×3 by 2×3: the left side has 3 columns, the right side 2 rows. 'a = Hadamard(a, b)' gives 2×3.");

    [Fact]
    public Task Lambda_FieldInitializer_PropertyAndTopLevelAreChecked() => Check.Shapes("""
        class C
        {
            private static readonly Matrix<double, N2, N2> W = Matrix<double, N2, N2>.Identity();
            private static readonly Vector<double, N2> D = [1, 2];
            private readonly object _field = {|GRAD1001:D * W|};
            public object Property => {|GRAD1001:D * W|};
            public Func<object> Lambda = () => {|GRAD1001:D * W|};
            public object Local() { return Inner(); object Inner() => {|GRAD1001:D * W|}; }
            public C() : this({|GRAD1001:D * W|}) { }
            public C(object o) { }
        }
        """);

    [Fact]
    public async Task TopLevelStatements_AreChecked()
    {
        var compilation = Check.Compilation(
            "using GradGen; Matrix<double, N2, N2> w = new(); Vector<double, N2> d = [1, 2]; System.Console.WriteLine(d * w);");
        var diagnostics = await Check.DiagnosticsOf<Compiler.Analyzers.ShapeAnalyzer>(compilation.WithOptions(compilation.Options.WithOutputKind(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication)));
        Assert.Equal("GRAD1001", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public async Task UnfinishedCode_IsSilentOrRight_AndNeverCrashes()
    {
        var whole = Check.InMethod(
            "var a = (d * w2) + Sigmoid(w1 * x); var b = w1[0, 1] * a; Matrix<double, N2, N2> m = [[1, 2], [3, 4]]; "
            + "a *= b; var t = (double)(x.T * x);");
        for (var length = 0; length < whole.Length; length += 5)
        {
            foreach (var unfinished in new[] { whole[..length], whole.Remove(length, 1) })
            {
                Assert.DoesNotContain(await Check.Diagnostics<Compiler.Analyzers.ShapeAnalyzer>(unfinished), d => d.Id == "AD0001");
            }
        }
    }

    [Fact]
    public Task UnfinishedStatementBeside_DoesNotHideAMistake() => Check.Statements(
        "var g = {|GRAD1001:d * w2|}; var h = w1 * {|CS1525:;|}");

    [Fact]
    public Task UnknownOperand_IsSilent() => Check.Statements("var g = {|CS0103:unknown|} * w2; var h = d * {|CS0103:unknown|};");

    [Fact]
    public async Task DeclarationsOfTheOperands_AreAdditionalLocations()
    {
        var file = Check.InMethod("var local = w2; var g = d.T * local.T * w3;");
        var diagnostic = Assert.Single(await Check.Diagnostics<Compiler.Analyzers.ShapeAnalyzer>(file));
        Assert.Equal(
            ["Matrix<double, N1, N2>"],
            diagnostic.AdditionalLocations.Select(l => file.Substring(l.SourceSpan.Start, l.SourceSpan.Length)));
    }

    [Fact]
    public async Task ThousandTerms_AreNoMatter()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("x", 1000)) + " + w1";
        Assert.Equal("GRAD1002", Assert.Single(await Check.Diagnostics<Compiler.Analyzers.ShapeAnalyzer>(Check.InMethod($"var g = {sum};"))).Id);
    }

    [Theory]
    [InlineData("TransposeLeft", "var g = d.T * w2;")]
    [InlineData("Swap", "var g = w2 * d;")]
    [InlineData("SwapAndTransposeLeft", "var g = w2.T * d;")]
    public Task EachRepair_CanBeChosen(string key, string after) => Check.Repair(key, "var g = {|GRAD1001:d * w2|};", after);

    [Fact]
    public Task Repair_KeepsCommentsAround() => Check.Repair(
        "TransposeLeft",
        "var g = /* before */ {|GRAD1001:d /* in */ * w2|} /* after */;",
        "var g = /* before */ d.T * w2 /* after */;");

    [Fact]
    public Task Repair_PutsInParentheses() => Check.Repair(
        "Swap", "var g = {|GRAD1001:w1 * d * (w1 + w2)|};", "var g = (w1 + w2) * (w1 * d);");

    [Fact]
    public Task Repair_OfATranspose_RemovesIt() => Check.Repair(
        "TransposeLeft", "var g = {|GRAD1001:a.T * b|};", "var g = a * b;", "Matrix<double, N2, N3> a, Matrix<double, N3, N4> b");

    [Fact]
    public Task Repair_OfACompoundAssignment() => Check.Repair(
        "Hadamard", "{|GRAD1001:a *= b|};", "a = Hadamard(a, b);", "Matrix<double, N2, N3> a, Matrix<double, N2, N3> b");

    [Fact]
    public Task FixAll_RepairsAllOfAKindAtOnce() => Check.Repair(
        "SwapAndTransposeLeft",
        "var g = {|GRAD1001:d * w2|}; var h = {|GRAD1001:d * w1|}; var i = Sigmoid({|GRAD1001:x * w1|});",
        "var g = w2.T * d; var h = w1.T * d; var i = Sigmoid(w1.T * x);");

    [Fact]
    public Task WithoutUsingStatic_TheFunctionIsQualified() => Check.Fix<Compiler.Analyzers.ShapeAnalyzer, GradGen.CodeFixes.ShapeFix>(
        "using GradGen; class C { object M(Matrix<double, N2, N3> a, Matrix<double, N2, N3> b) => {|GRAD1001:a * b|}; }",
        "using GradGen; class C { object M(Matrix<double, N2, N3> a, Matrix<double, N2, N3> b) => MatrixFunctions.Hadamard(a, b); }",
        "GradGen.Hadamard",
        usings: "");

    [Fact]
    public Task FunctionHiddenByTheUsersOwn_IsQualified() => Check.Repair(
        "Hadamard",
        "double Hadamard(object a, object b) => 0; var g = {|GRAD1001:a * b|}; Hadamard(a, b);",
        "double Hadamard(object a, object b) => 0; var g = MatrixFunctions.Hadamard(a, b); Hadamard(a, b);",
        "Matrix<double, N2, N3> a, Matrix<double, N2, N3> b");
}
