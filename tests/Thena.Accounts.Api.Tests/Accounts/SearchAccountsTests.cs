namespace Thena.Accounts.Api.Tests.Accounts;

/// <summary>Searches among so many accounts that the start of the list does not hold all of them.</summary>
public sealed class SearchAccountsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Names =
    [
        "Umbrella O'Neill & Söhne", "C:\\Temp \"quoted\"", "日本電気株式会社", "😀😀 Emoji 😀", "Zażółć gęślą jaźń", "a 'b' | c & !d:*", "İstanbul ẞ Æ",
    ];

    [Fact]
    public async Task List_WithAnyPartOfAName_FindsTheAccountsThatContainIt()
    {
        // A search reads the 1,000 newest accounts before it asks the index.
        var tenant = await server.CreateTenantAsync();
        await CreateAsync(tenant, Names);
        await CreateAsync(tenant, [.. Enumerable.Range(0, 1_050).Select(number => $"Common {number}")]);

        foreach (var name in Names.Select(name => name.ToLowerInvariant()))
        {
            var runes = name.EnumerateRunes().ToArray();
            foreach (var length in (int[])[1, 2, 3, 4, 5, 8, 9, runes.Length])
            {
                for (var start = 0; start + length <= runes.Length; start++)
                {
                    await ExpectAsync(string.Concat(runes.Skip(start).Take(length)));
                }
            }
        }

        foreach (var absent in (string[])["zzq", "q", "neil umbr", "neill umbrella", "\\\\", "''", "日電", "😀 😀"])
        {
            await ExpectAsync(absent);
        }

        async Task ExpectAsync(string term)
        {
            var expected = Names.Where(name => name.ToLowerInvariant().Contains(term.Trim(), StringComparison.Ordinal)).ToList();
            if (term.Trim() is "" || "common 0123456789.example".Contains(term.Trim(), StringComparison.Ordinal))
            {
                return;
            }

            var answer = (await tenant.ListAccountsAsync($"limit=1&includeTotal=true&search={Uri.EscapeDataString(term)}")).Expect(200);
            Assert.Equal($"{term}: {expected.Count}", $"{term}: {answer.Headers["X-Total-Count"]}");
            Assert.Equal(expected.TakeLast(1), answer.Each("name"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&order=ASC")]
    [InlineData("&sort=name")]
    [InlineData("&sort=employees&order=ASC")]
    [InlineData("&status=active")]
    public async Task List_OfASearch_HasTheSamePagesHoweverItIsRead(string order)
    {
        var tenant = await server.CreateTenantAsync();
        await CreateAsync(
            tenant, [.. Enumerable.Range(0, 2_400).Select(number => number % 240 == 7 ? $"Rare {number}" : $"Common {number}")]);

        var all = (await tenant.ListAccountsAsync($"limit=100&search=rare{order}")).Expect(200).Each("name");

        Assert.Equal(10, all.Length);
        Assert.Equal(all, await ReadByCursorAsync($"/v1/accounts?limit=1&search=rare{order}"));
        Assert.Equal(all, await ReadByNumberAsync());

        async Task<List<string>> ReadByCursorAsync(string path)
        {
            List<string> names = [];
            for (string? next = path; next is not null;)
            {
                var page = (await tenant.Client.Get(next)).Expect(200);
                names.AddRange(page.Each("name"));
                next = page.Links().GetValueOrDefault("next");
            }

            return names;
        }

        async Task<List<string>> ReadByNumberAsync()
        {
            List<string> names = [];
            for (var number = 1; number <= 6; number++)
            {
                names.AddRange((await tenant.ListAccountsAsync($"limit=2&page={number}&search=rare{order}")).Expect(200).Each("name"));
            }

            return names;
        }
    }

    private static async Task CreateAsync(Tenant tenant, IReadOnlyCollection<string> names) => (await tenant.PostAccountsAsync(
        names.Select((name, index) => new
        {
            name,
            primaryDomain = $"{index}.{names.Count}.example",
            employees = index % 5,
            status = "ACTIVE",
        }))).Expect(201);
}
