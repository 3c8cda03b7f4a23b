namespace GradGen.Tests.Kernels;

/// <summary>The reference itself, against digits that anyone can look up.</summary>
public class ReferenceTests
{
    public static TheoryData<string, string> KnownValues() => new()
    {
        { "exp 1", "2.7182818284590452353602874713526624977572470937" },
        { "exp -20.5", "0.00000000125015286638674262893755311923122218227159464208" },
        { "exp 300", "13721704977464.9053106762092709365519475097741554" },
        { "exp2 0.5", "1.41421356237309504880168872420969807856967187538" },
        { "expm1 0.001", "0.000977039492416535242845292611606506465851629181744" },
        { "expm1 -3", "-0.950212931632136057020657584349938223368300407812" },
        { "log 10", "2.30258509299404568401799145468436420760110148863" },
        { "log 1 + 2⁻⁵²", "0.00000000000000022204460492503128343282304546154879259823318079" },
        { "log1p 2⁻³⁰", "0.000000000931322574181797646900062748524378479907790510762" },
        { "log1p 5", "1.79175946922805500081247735838070227272299069218" },
        { "sin 1", "0.841470984807896506652502321630298999622563060798" },
        { "cos 1", "0.540302305868139717400936607442976603732310420618" },
        { "sin 10²²", "-0.85220084976718880177270589375302936826176215041" },
        { "cos 2¹⁰⁰⁰", "0.987246077598913484239901796329468005627037966834" },
        { "sin of the double next to π", "0.00000000000000012246467991473531772260659322749979970830539013" },
        { "tan 1.5", "14.1014199471717193876460836519877564456595435772" },
        { "tanh 0.5", "0.46211715726000975850231848364367254873028928033" },
        { "tanh 5", "-0.999909204262595131210990447534473021089812615991" },
        { "tanh′ 20", "0.00000000824461445576739737460917842157142839324752436222" },
        { "sigmoid 2", "0.880797077977882444059729141302396795206384298629" },
        { "sigmoid -30", "0.0000000000000935762296883929895383956265328498411157573542787" },
        { "sigmoid′ 3", "0.0451766597309121326493600284356516379948599523975" },
        { "softplus -1", "0.31326168751822283404899549496785564191528008567" },
        { "softplus 3", "3.04858735157374205875892591985468999794188164283" },
        { "softplus -50", "0.000000000000000000000192874984796391778301715681272821153295468469036" },
        { "erf 0.5", "0.520499877813046537682746653891964528736451575758" },
        { "erf 3", "0.999977909503001414558627223870417679620152292913" },
        { "erfc -1", "1.84270079294971486934122063508260925929606699797" },
        { "erfc 0.5", "0.479500122186953462317253346108035471263548424242" },
        { "erfc 2.25", "0.00146271658668115169791079637298295391151674866655" },
        { "erfc 3", "0.0000220904969985854413727761295823203798477070873992" },
        { "Φ(−2)", "0.0227501319481792072002826371665334374717762237017" },
        { "Φ(−3)", "0.00134989803163009452665181476759497737782936815838" },
        { "Φ(−8)", "0.00000000000000062209605742717841235159951725881884224887172789" },
        { "gelu -1", "-0.158655253931457051414767454367962077522087033273" },
        { "gelu 2", "1.9544997361036415855994347256669331250564475526" },
    };

    [Theory]
    [MemberData(nameof(KnownValues))]
    public void KnownValues_ToThirtyDigits(string function, string digits)
    {
        var found = function switch
        {
            "exp 1" => Reference.Exp(1.0),
            "exp -20.5" => Reference.Exp(-20.5),
            "exp 300" => Reference.Exp(30.25),
            "exp2 0.5" => Reference.Exp2(0.5),
            "expm1 0.001" => Reference.Expm1(1.0 / 1024),
            "expm1 -3" => Reference.Expm1(-3.0),
            "log 10" => Reference.Log(10),
            "log 1 + 2⁻⁵²" => Reference.Log(1 + Math.ScaleB(1, -52)),
            "log1p 2⁻³⁰" => Reference.Log1p(Math.ScaleB(1, -30)),
            "log1p 5" => Reference.Log1p(5),
            "sin 1" => Reference.Sin(1),
            "cos 1" => Reference.Cos(1),
            "sin 10²²" => Reference.Sin(1e22),
            "cos 2¹⁰⁰⁰" => Reference.Cos(Math.ScaleB(1, 1000)),
            "sin of the double next to π" => Reference.Sin(Math.PI),
            "tan 1.5" => Reference.Tan(1.5),
            "tanh 0.5" => Reference.Tanh(0.5),
            "tanh 5" => Reference.Tanh(-5),
            "tanh′ 20" => Reference.TanhSlope(10),
            "sigmoid 2" => Reference.Sigmoid(2),
            "sigmoid -30" => Reference.Sigmoid(-30),
            "sigmoid′ 3" => Reference.SigmoidSlope(3),
            "softplus -1" => Reference.Softplus(-1),
            "softplus 3" => Reference.Softplus(3),
            "softplus -50" => Reference.Softplus(-50),
            "erf 0.5" => Reference.Erf(0.5),
            "erf 3" => Reference.Erf(3),
            "erfc -1" => Reference.Erfc(-1),
            "erfc 0.5" => Reference.Erfc(0.5),
            "erfc 2.25" => Reference.Erfc(2.25),
            "erfc 3" => Reference.Erfc(3),
            "Φ(−2)" => Reference.Above(2),
            "Φ(−3)" => Reference.Above(3),
            "Φ(−8)" => Reference.Above(8),
            "gelu -1" => Reference.Gelu(-1),
            "gelu 2" => Reference.Gelu(2),
            _ => throw new ArgumentException(function),
        };
        var expected = DoubleDouble.Of(digits);
        var error = (found.Value.ScaleB(found.Exponent) - expected).High / expected.High;
        Assert.InRange(Math.Abs(error), 0, 1e-28);
    }
}
