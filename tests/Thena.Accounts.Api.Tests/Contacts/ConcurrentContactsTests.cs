namespace Thena.Accounts.Api.Tests.Contacts;

/// <summary>Concurrent requests for the same people.</summary>
public sealed class ConcurrentContactsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Ingest_OfTheSamePeopleByMany_CreatesEachOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var people = People(500, 40);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => tenant.PostIngestAsync(people.Select(email => new { email }))));

        Assert.All(answers, answer => Assert.Equal(500, answer.Expect(200)["data"].GetArrayLength()));
        Assert.Single(
            answers.Select(answer => string.Join(' ', answer["data"].EnumerateArray().Select(row => row.Text("uid")))).Distinct());
        await tenant.ExpectEachOnceAndLinkedAsync(people);
    }

    [Fact]
    public async Task Ingest_OfOverlappingPeopleInAnyOrder_CreatesEachOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var people = People(500, 40);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(call =>
        {
            string[] some = [.. Enumerable.Range(0, 300).Select(index => people[(index + (call * 31)) % 500])];
            new Random(call).Shuffle(some);
            return tenant.PostIngestAsync(some.Select(email => new { email, lastName = "Lovelace" }));
        }));

        Assert.All(answers, answer => Assert.Equal(300, answer.Expect(200)["data"].GetArrayLength()));
        await tenant.ExpectEachOnceAndLinkedAsync(people);
    }

    [Fact]
    public async Task Ingest_BesideAccountsAndContactsInBulk_LinksEachToItsAccount()
    {
        for (var round = 0; round < 4; round++)
        {
            var tenant = await server.CreateTenantAsync();
            var people = People(200, 20);
            string[] domains = [.. people.Select(email => email.Split('@')[1]).Distinct()];
            var bodies = people.Select(email => new { email });

            var calls = Enumerable.Range(0, 4).Select(_ => tenant.PostIngestAsync(bodies))
                .Concat(
                    domains.Select(
                        domain => tenant.PostAccountAsync(new { primaryDomain = domain, addExistingUsersToAccountContacts = true })))
                .Concat(Enumerable.Range(0, 2).Select(_ => tenant.PostContactsAsync(bodies.Reverse())));
            var answers = await Task.WhenAll(calls.ToArray());

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 409, $"{answer.Status} {answer.Text}"));
            Assert.All(answers.Take(4), answer => answer.Expect(200));
            await tenant.ExpectEachOnceAndLinkedAsync(people);
        }
    }

    [Fact]
    public async Task Ingest_WhileTheSamePeopleAreDeleted_NeverFails()
    {
        var tenant = await server.CreateTenantAsync();
        var people = People(40, 4);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(call => Task.Run(async () =>
        {
            List<Answer> all = [];
            for (var round = 0; round < 12; round++)
            {
                if (call % 2 == 0)
                {
                    all.Add(await tenant.PostIngestAsync(people.Select(email => new { email })));
                    continue;
                }

                var rows = await tenant.ListAllAsync(Paths.Contacts);
                all.AddRange(await Task.WhenAll(rows.Select(row => tenant.DeleteContactAsync(row.Text("id")))));
            }

            return all;
        })));

        Assert.Equal(
            [],
            answers.SelectMany(answer => answer)
                .Where(answer => (int)answer.Status is not (200 or 404))
                .Select(answer => answer.Text)
                .Distinct());
        Assert.All(
            answers.Where((_, call) => call % 2 == 0).SelectMany(answer => answer),
            answer => Assert.Equal(40, answer.Expect(200)["data"].GetArrayLength()));
        (await tenant.PostIngestAsync(people.Select(email => new { email }))).Expect(200);
        await tenant.ExpectEachOnceAndLinkedAsync(people);
    }

    [Fact]
    public async Task Ingest_WhileItsAccountsAreDeleted_ShowsNoDeletedAccount()
    {
        var tenant = await server.CreateTenantAsync();
        var people = People(40, 8);
        HashSet<string> deleted = [];

        for (var round = 0; round < 8; round++)
        {
            var ingests = Enumerable.Range(0, 4).Select(_ => tenant.PostIngestAsync(people.Select(email => new { email }))).ToList();
            foreach (var row in await tenant.ListAllAsync(Paths.Accounts))
            {
                (await tenant.DeleteAccountAsync(row.Text("id"))).Expect(200);
                deleted.Add(row.Text("id"));
            }

            Assert.All(await Task.WhenAll(ingests), answer => answer.Expect(200));
        }

        Assert.NotEmpty(deleted);
        Assert.All(
            await tenant.ListAllAsync(Paths.Contacts), contact => Assert.DoesNotContain(contact.LinkedIds(), deleted.Contains));
        foreach (var id in deleted)
        {
            Assert.Equal("[]", (await tenant.Client.Get($"{Paths.Contacts}?accountId={id}")).Expect(200).Text);
        }

        (await tenant.PostIngestAsync(people.Select(email => new { email }))).Expect(200);
        await tenant.ExpectEachOnceAndLinkedAsync(people);
    }

    [Fact]
    public async Task Create_OfOneEmailByMany_CreatesItOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var email = Given.NewEmail();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16)
                .Select(call => tenant.PostContactAsync(new { email = call % 2 == 0 ? email : email.ToUpperInvariant() })));

        var created = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(
            answers.Where(answer => answer != created),
            answer => Assert.Equal(created.Id, answer.ExpectError(409, "A contact with this email already exists!").TextOf("existingId")));
        Assert.Single(await tenant.ListAllAsync(Paths.Contacts));
    }

    [Fact]
    public async Task Update_OfTwoContactsToOneEmail_LetsOneHaveIt()
    {
        var tenant = await server.CreateTenantAsync();
        var contacts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.CreateContactAsync()));
        var email = Given.NewEmail();

        var answers = await Task.WhenAll(contacts.Select(contact => tenant.PutContactAsync(contact.Id, new { email })));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal(winner.Id, answer.Expect(409).TextOf("existingId")));
    }

    [Fact]
    public async Task Update_OfLinksWhileTheAccountIsDeleted_NeverShowsIt()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            var account = await tenant.CreateAccountAsync();
            var contacts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.CreateContactAsync()));
            object links = new { accountIds = new[] { account.Id } };

            var puts = contacts.Select(contact => tenant.PutContactAsync(contact.Id, links)).ToList();
            var bulk = tenant.PostContactsAsync([new { email = Given.NewEmail() }], links);
            (await tenant.DeleteAccountAsync(account.Id)).Expect(200);

            Assert.All(await Task.WhenAll([.. puts, bulk]), answer => Assert.True((int)answer.Status is 200 or 201 or 404, answer.Text));
            Assert.All(await tenant.ListAllAsync(Paths.Contacts), contact => Assert.Empty(contact.LinkedIds()));
            Assert.Equal("[]", (await tenant.Client.Get($"{Paths.Contacts}?accountId={account.Id}")).Expect(200).Text);
        }
    }

    private static string[] People(int count, int domains) =>
        [.. Enumerable.Range(0, count).Select(index => FormattableString.Invariant($"p{index}@d{index % domains}.example"))];
}
