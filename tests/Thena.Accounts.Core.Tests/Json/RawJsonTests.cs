using System.Text.Json;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tests.Json;

public sealed class RawJsonTests
{
    [Theory]
    [InlineData(""" { "b" : 1.0 , "a" : [ 1e400 , null ] } """, """{"b":1.0,"a":[1e400,null]}""")]
    [InlineData("123456789012345678901234567890.10", "123456789012345678901234567890.10")]
    [InlineData("\"\\u00e9\\n\"", "\"é\\n\"")]
    [InlineData("-0", "-0")]
    [InlineData("null", "null")]
    public void Read_OfAValue_KeepsItButForBlanks(string written, string text)
    {
        var json = Read(written);

        Assert.Equal(text, json.Text);
        Assert.Equal(text, JsonSerializer.Serialize<RawJson?>(json, WireJson.Options));
    }

    [Theory]
    [InlineData("{}", JsonValueKind.Object)]
    [InlineData("[]", JsonValueKind.Array)]
    [InlineData("\"\"", JsonValueKind.String)]
    [InlineData("-1", JsonValueKind.Number)]
    [InlineData("true", JsonValueKind.True)]
    [InlineData("false", JsonValueKind.False)]
    [InlineData("null", JsonValueKind.Null)]
    public void Kind_OfAValue_IsThatOfItsElement(string text, JsonValueKind kind)
    {
        Assert.Equal(kind, new RawJson(text).Kind);
        Assert.Equal(kind, new RawJson(text).ToElement().ValueKind);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"b":{"d":3.0,"c":2},"a":1}""", true)]
    [InlineData("1", "1.0", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("\"\\u0061\"", "\"a\"", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("""{"a":1}""", """{"A":1}""", false)]
    [InlineData("""{"a":null}""", "{}", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("true", "false", false)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("1e99999999999", "1.0e99999999999", false)]
    public void Equals_OfTwoValues_ComparesThemAsJson(string left, string right, bool equal)
    {
        Assert.Equal(equal, new RawJson(left) == new RawJson(right));
        Assert.Equal(!equal, new RawJson(right) != new RawJson(left));
        Assert.True(!equal || new RawJson(left).GetHashCode() == new RawJson(right).GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("[]")]
    public void ObjectOrEmpty_OfWhatIsNoObject_IsEmpty(string? text) =>
        Assert.Equal("{}", RawJson.ObjectOrEmpty(text is null ? null : new RawJson(text)).Text);

    [Fact]
    public void Text_OfTheDefault_IsNull() => Assert.Equal("null", default(RawJson).Text);

    private static RawJson Read(string text) => JsonSerializer.Deserialize<RawJson?>(text, WireJson.Options) ?? default;
}
