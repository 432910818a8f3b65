namespace Thena.Accounts.Api.Tests.Attributes;

public sealed class CreateAttributeValueTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Taken = "An attribute value with this name already exists!";

    [Fact]
    public async Task Create_WithEveryField_AnswersAndListsThem()
    {
        var tenant = await server.CreateTenantAsync();

        var created = (await tenant.Client.Post(
            Paths.AttributeValues, new
            {
                attribute = "task_status",
                value = " BLOCKED ",
                icon = "star",
                color = "#16A34A",
                isClosed = true,
                isDefault = true,
            })).Expect(201);

        Assert.Equal("task_status", created.TextOf("attribute"));
        Assert.Equal("BLOCKED", created.TextOf("value"));
        Assert.True(created["isDefault"].GetBoolean());
        Assert.Equal("""{"icon":"star","color":"#16A34A","isClosed":true}""", created["configuration"].GetRawText());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", created.TextOf("createdAt"));
        Assert.Equal(created.TextOf("createdAt"), created.TextOf("updatedAt"));
        Assert.Equal(created.Text, (await tenant.ListAttributeValuesAsync("task_status"))[^1].GetRawText());
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"icon":"star"}""", """{"icon":"star"}""")]
    [InlineData("""{"color":"#abcdef"}""", """{"color":"#abcdef"}""")]
    [InlineData("""{"icon":null,"color":null,"isClosed":null,"isDefault":null}""", "{}")]
    [InlineData("""{"icon":"","color":""}""", "{}")]
    public async Task Create_WithSomeFields_ConfiguresOnlyThose(string more, string configuration)
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING", more);

        Assert.Equal(configuration, created["configuration"].GetRawText());
        Assert.False(created["isDefault"].GetBoolean());
    }

    [Theory]
    [MemberData(nameof(DefaultAttributeValuesTests.Lists), MemberType = typeof(DefaultAttributeValuesTests))]
    public async Task Create_InEachList_TakesIsClosedTrueOnlyForTaskStatus(string attribute, string existing)
    {
        Assert.NotEmpty(existing);
        var tenant = await server.CreateTenantAsync();

        await tenant.CreateAttributeValueAsync(attribute, "OPEN", new { isClosed = false });
        var closed = await tenant.PostAttributeValueAsync(attribute, "CLOSED", new { isClosed = true });

        if (attribute == "task_status")
        {
            closed.Expect(201);
        }
        else
        {
            closed.ExpectProblem("isClosed");
            Assert.DoesNotContain(await tenant.ListAttributeValuesAsync(attribute), value => value.Text("value") == "CLOSED");
        }
    }

    [Theory]
    [InlineData("active")]
    [InlineData(" AcTiVe ")]
    public async Task Create_WithANameThatIsTakenInAnyCase_Answers409WithTheTwin(string value)
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.FindAttributeValueAsync("account_status", "ACTIVE");

        var refused = (await tenant.PostAttributeValueAsync("account_status", value)).ExpectError(409, Taken);

        Assert.Equal(existing.Text("id"), refused.TextOf("existingId"));
    }

    [Fact]
    public async Task Create_OfOneNameByManyAtOnce_LetsOneThrough()
    {
        var tenant = await server.CreateTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            tenant.PostAttributeValueAsync("account_status", number % 2 == 0 ? "NEW" : "new")));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(answers.Except([winner]), answer => Assert.Equal(winner.Id, answer.ExpectError(409, Taken).TextOf("existingId")));
    }

    [Fact]
    public async Task Create_WithANameOfAnotherList_Answers201()
    {
        var tenant = await server.CreateTenantAsync();

        await tenant.CreateAttributeValueAsync("account_health", "ACTIVE");
    }

    [Fact]
    public async Task Create_WithTheNameOfADeletedValue_Answers201()
    {
        var tenant = await server.CreateTenantAsync();
        var first = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");
        (await tenant.DeleteAttributeValueAsync(first.Id)).Expect(200);

        var second = await tenant.CreateAttributeValueAsync("account_status", "onboarding");

        Assert.NotEqual(first.Id, second.Id);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    public async Task Create_WithALongValue_TakesUpTo255(int length)
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAttributeValueAsync("account_status", new string('é', length));

        _ = length <= 255 ? answer.Expect(201) : answer.ExpectProblem("value");
    }

    [Theory]
    [InlineData("attribute", """{"value":"X"}""")]
    [InlineData("attribute", """{"value":"X","attribute":null}""")]
    [InlineData("attribute", """{"value":"X","attribute":"nothing"}""")]
    [InlineData("value", """{"attribute":"account_status"}""")]
    [InlineData("value", """{"attribute":"account_status","value":null}""")]
    [InlineData("value", """{"attribute":"account_status","value":" "}""")]
    [InlineData("color", """{"attribute":"account_status","value":"X","color":"red"}""")]
    [InlineData("color", """{"attribute":"account_status","value":"X","color":"#12345"}""")]
    [InlineData("color", """{"attribute":"account_status","value":"X","color":"#1234567"}""")]
    [InlineData("color", """{"attribute":"account_status","value":"X","color":"#12345g"}""")]
    [InlineData("isDefault", """{"attribute":"account_status","value":"X","isDefault":"true"}""")]
    [InlineData("isClosed", """{"attribute":"account_status","value":"X","isClosed":1}""")]
    public async Task Create_WithABadMember_Answers400AndAddsNothing(string member, string body)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post(Paths.AttributeValues, body)).ExpectProblem(member);

        Assert.Equal(5, (await tenant.ListAttributeValuesAsync("account_status")).Length);
    }
}
