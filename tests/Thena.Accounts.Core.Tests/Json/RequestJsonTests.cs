using System.Text;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tests.Json;

public sealed class RequestJsonTests
{
    [Fact]
    public void Read_OfAbsentAndNullMembers_TellsThemApart()
    {
        var request = Read<UpdateAccountRequest>(
            """{"name":null,"employees":null,"metadata":null,"customFieldValues":null,"source":"x"}""");

        Assert.True(request.Name is { IsSet: true, Value: null });
        Assert.True(request.Employees is { IsSet: true, Value: null });
        Assert.True(request.Metadata.IsSet);
        Assert.True(request.CustomFieldValues is { IsSet: true, Value: null });
        Assert.Equal("x", request.Source.Value);
        Assert.False(request.Description.IsSet);
        Assert.False(request.AnnualRevenue.IsSet);
    }

    [Theory]
    [InlineData("""{"NAME":"x","unknown":{"name":1},"primarydomain":5}""")]
    [InlineData("\uFEFF{}")]
    [InlineData(" {} ")]
    public void Read_OfUnknownMembers_IgnoresThem(string body) => Assert.False(Read<UpdateAccountRequest>(body).Name.IsSet);

    [Fact]
    public void Read_OfPairsOfSurrogatesThatAreEscaped_KeepsThem() =>
        Assert.Equal("😀", Read<UpdateAccountRequest>("""{"name":"\uD83D\uDE00"}""").Name.Value);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{\"name\":}")]
    [InlineData("{'name':'x'}")]
    [InlineData("{\"name\":\"x\",}")]
    [InlineData("{} {}")]
    [InlineData("// comment\n{}")]
    [InlineData("{\"employees\":01}")]
    [InlineData("{\"employees\":NaN}")]
    [InlineData("{\"name\":\"a\nb\"}")]
    [InlineData("""{"name":"x","name":"y"}""")]
    [InlineData("""{"name":"x","n\u0061me":"y"}""")]
    [InlineData("""{"metadata":{"a":1,"a":2}}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"x\"")]
    public void Read_OfWhatIsNoObject_NamesTheBody(string body)
    {
        RequestJson.Read(Encoding.UTF8.GetBytes(body), typeof(UpdateAccountRequest), out var problems);

        Assert.Equal("", Assert.Single(problems).Field);
    }

    [Fact]
    public void Read_OfADuplicateBesideAWrongType_NamesTheBody() =>
        Assert.Equal([""], Fields("""{"employees":"x","name":"x","name":"y"}"""));

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    [InlineData(10_000, false)]
    public void Read_OfNestedMetadata_TakesSixtyFourLevels(int arrays, bool expected)
    {
        // The body is the first level, metadata the second.
        var body = "{\"metadata\":{\"a\":" + new string('[', arrays) + new string(']', arrays) + "}}";

        Assert.Equal(expected ? [] : [""], Fields(body));
    }

    [Theory]
    [InlineData(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xFF, 0x22, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x22, 0x3A, 0x31, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xC0, 0x80, 0x22, 0x7D })]
    public void Read_OfInvalidUtf8_NamesTheBody(byte[] body)
    {
        Assert.Null(RequestJson.Read(body.ToArray(), typeof(UpdateAccountRequest), out var problems));
        Assert.Equal("", Assert.Single(problems).Field);
    }

    [Fact]
    public void Read_OfWrongTypes_NamesEveryMemberAndKeepsTheRest()
    {
        var body = """
            {"name":5,"description":"kept","employees":1.5,"annualRevenue":"1","metadata":{"a":1},
            "addExistingUsersToAccountContacts":"true",
            "customFieldValues":[{"customFieldId":"kept"},{"customFieldId":5,"metadata":{}},"x",null],"logo":{}}
            """u8;

        var request = Assert.IsType<UpdateAccountRequest>(RequestJson.Read(body.ToArray(), typeof(UpdateAccountRequest), out var problems));

        Assert.Equal(
            [
                "addExistingUsersToAccountContacts", "annualRevenue", "customFieldValues[1].customFieldId", "customFieldValues[2]",
                "employees", "logo", "name",
            ],
            problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.StartsWith(problem.Field + " must be ", problem.Message, StringComparison.Ordinal));
        Assert.Equal("kept", request.Description.Value);
        Assert.False(request.Name.IsSet);
        Assert.Equal("kept", request.CustomFieldValues.Value?[0].CustomFieldId.Value);
    }

    [Theory]
    [InlineData("""{"name":"a\u0000"}""", "name")]
    [InlineData("""{"name":"a\ud800b"}""", "name")]
    [InlineData("""{"name":"a\uDC00b"}""", "name")]
    [InlineData("""{"metadata":{"a":["\u0000"]}}""", "metadata")]
    [InlineData("""{"metadata":{"\u0000":1}}""", "metadata")]
    [InlineData("""{"customFieldValues":[{"fieldId":"x","value":"\u0000"}]}""", "customFieldValues[0].value")]
    public void Read_OfTextThatCannotBeKept_NamesTheMember(string body, string field) => Assert.Equal([field], Fields(body));

    private static string[] Fields(string body)
    {
        RequestJson.Read(Encoding.UTF8.GetBytes(body), typeof(UpdateAccountRequest), out var problems);
        return [.. problems.Select(problem => problem.Field)];
    }

    private static T Read<T>(string body)
    {
        var request = RequestJson.Read(Encoding.UTF8.GetBytes(body), typeof(T), out var problems);
        Assert.Empty(problems);
        return Assert.IsType<T>(request);
    }
}
