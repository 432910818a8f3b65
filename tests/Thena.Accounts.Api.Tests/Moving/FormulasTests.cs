using CsCheck;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Api.Tests.Moving;

public sealed class FormulasTests
{
    [Fact]
    public void ToCell_OfAnyText_IsNoFormulaAndIsReadAsTheText() => Gen.Char["='+-@\t\r\n＝＋－＠a1 ;"].Array[0, 6].Sample(letters =>
    {
        var text = new string(letters);
        var cell = Formulas.ToCell(text);
        Assert.False(cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..], cell);
        Assert.Equal(text, Formulas.FromCell(cell));
    });

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("'quoted'")]
    [InlineData("a=b")]
    public void ToCell_OfATextThatIsNoFormula_IsTheText(string text) => Assert.Equal(text, Formulas.ToCell(text));
}
