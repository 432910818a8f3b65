using System.Globalization;
using System.Text.Json;
using CsCheck;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>
/// Copies of records whose domains, email addresses and names change hands between two runs: no record is taken for another one.
/// </summary>
public sealed class MovedKeysTests(AccountsServer server, PostgresServer postgres) : IClassFixture<AccountsServer>
{
    private const int Histories = 2;

    public static TheoryData<CopyWay> Ways { get; } = new(Enum.GetValues<CopyWay>());

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Copy_AfterAKeyWasGivenToAnotherRecord_KeepsBothRecords(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var source = copy.Source;
        var first = await source.CreateAccountAsync(new { name = "First", primaryDomain = "d1.example" });
        var note = await source.CreateRecordAsync(Feature.Notes, first.Id, new { content = "Of First" });
        var contact = await source.CreateContactAsync(new { firstName = "First", email = "e1@example.com" });
        Assert.Empty((await copy.RunAsync()).Refused);
        (await source.PutAccountAsync(first.Id, new { primaryDomain = "d3.example" })).Expect(200);
        (await source.PutContactAsync(contact.Id, new { email = "e3@example.com" })).Expect(200);
        await source.CreateAccountAsync(new { name = "Second", primaryDomain = "d1.example" });
        await source.CreateContactAsync(new { firstName = "Second", email = "e1@example.com" });
        await source.CreateAccountAsync(new { name = "Third", primaryDomain = "d4.example" });
        await source.CreateContactAsync(new { firstName = "Third", email = "e4@example.com" });

        var report = await copy.RunAsync();

        Assert.Empty(report.Refused);
        Assert.Equal((2, 1), Numbers(report, AccountKind.Plural));
        Assert.Equal((2, 1), Numbers(report, ContactKind.Plural));
        var copies = await copy.ReadCopiesAsync();
        var accounts = await copy.Target.ListAllAsync(Paths.Accounts);
        Assert.Equal(
            ["First d3.example", "Second d1.example", "Third d4.example"],
            accounts.Select(account => $"{account.Text("name")} {account.Text("primaryDomain")}").Order(StringComparer.Ordinal));
        Assert.Equal("First", accounts.Single(account => account.Text("id") == copies[(AccountKind.Plural, first.Id)]).Text("name"));
        Assert.Equal(
            copies[(AccountKind.Plural, first.Id)],
            (await copy.Target.GetRecordAsync(Feature.Notes, copies[(NoteKind.Plural, note.Id)])).Text("accountId"));
        Assert.Equal(
            ["First e3@example.com", "Second e1@example.com", "Third e4@example.com"],
            (await copy.Target.ListAllAsync(Paths.Contacts)).Select(one => $"{one.Text("firstName")} {one.Text("email")}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Copy_AfterTheRecordWithAKeyWasDeleted_RefusesTheNextOneUntilTheCopyIsDeletedToo(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var first = await copy.Source.CreateAccountAsync(new { name = "First", primaryDomain = "d1.example" });
        await copy.RunAsync();
        (await copy.Source.DeleteAccountAsync(first.Id)).Expect(200);
        var second = await copy.Source.CreateAccountAsync(new { name = "Second", primaryDomain = "d1.example" });
        var left = (await copy.ReadCopiesAsync())[(AccountKind.Plural, first.Id)];

        var refused = Assert.Single((await copy.RunAsync()).Refused);

        Assert.Equal(
            new RefusedRecord(
                AccountKind.Plural,
                second.Id,
                $"The record {left} has the same primaryDomain, and is the copy of another record, {first.Id}. "
                    + $"If {first.Id} has been deleted, delete its copy, and run the import again"),
            refused);
        Assert.Equal("First", Assert.Single(await copy.Target.ListAllAsync(Paths.Accounts)).Text("name"));
        (await copy.Target.DeleteAccountAsync(left)).Expect(200);
        Assert.Empty((await copy.RunAsync()).Refused);
        Assert.Equal("Second", Assert.Single(await copy.Target.ListAllAsync(Paths.Accounts)).Text("name"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Copy_AfterAPickListValueWasDeletedAndCreatedAgain_TakesTheCopyForTheNewOne(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var value = await copy.Source.CreateAttributeValueAsync("account_status", "Paused");
        await copy.RunAsync();
        (await copy.Source.DeleteAttributeValueAsync(value.Id)).Expect(200);
        await copy.Source.CreateAttributeValueAsync("account_status", "Paused", new { color = "#AA00FF" });
        await copy.Source.CreateAccountAsync(new { status = "Paused" });

        var report = await copy.RunAsync();

        Assert.Empty(report.Refused);
        Assert.Equal("Paused", Assert.Single(await copy.Target.ListAllAsync(Paths.Accounts)).Text("status"));
        var copied = await copy.Target.FindAttributeValueAsync("account_status", "Paused");
        Assert.Equal("#AA00FF", copied.GetProperty("configuration").Text("color"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Copy_AfterRecordsHaveExchangedTheirKeys_DoesTheSame(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        await CreateExchangedAsync(copy);

        var report = await copy.RunAsync();

        Assert.Empty(report.Refused);
        Assert.Equal((0, 2), Numbers(report, AccountKind.Plural));
        await ExpectSameAccountsAsync(copy);
        if (way != CopyWay.OtherServer)
        {
            Assert.Equal(await TimesAsync(copy.Source), await TimesAsync(copy.Target));
        }

        Assert.Equal((0, 0), Numbers(await copy.RunAsync(), AccountKind.Plural));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ManyAccounts.Count - 1)]
    public async Task Import_AfterManyRecordsHaveHandedOnTheirKeys_DoesTheSame(int distance)
    {
        var tenant = await server.CreateTenantAsync();
        Assert.Empty((await server.ImportAsync(tenant, new ManyAccounts(0))).Refused);

        var report = await server.ImportAsync(tenant, new ManyAccounts(distance));

        Assert.Empty(report.Refused);
        Assert.Equal((0, ManyAccounts.Count), Numbers(report, AccountKind.Plural));
        var expected = Enumerable.Range(0, ManyAccounts.Count).Select(number => ManyAccounts.Describe(number, distance));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            (await tenant.ListAllAsync(Paths.Accounts)).Select(one => $"{one.Text("name")} {one.Text("primaryDomain")}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(CopyWay.Files)]
    [InlineData(CopyWay.Server)]
    public async Task Copy_InterruptedWhileRecordsExchangeTheirKeys_IsCompletedByTheNextRun(CopyWay way)
    {
        Assert.SkipWhen(postgres.Cluster is not null, "Distributed tables have no triggers.");
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var (first, second) = await CreateExchangedAsync(copy);

        // Fails once a record has given up its domain for the other one.
        await server.ExecuteAsync(
            """
            create function stop() returns trigger language plpgsql as $$
            begin
                if exists (select from accounts where organization_id = new.organization_id and primary_domain like 'moving-%') then
                    raise exception 'Stop';
                end if;
                return new;
            end $$;
            create trigger stop before update on accounts for each row execute function stop()
            """);
        await Assert.ThrowsAnyAsync<Exception>(copy.RunAsync);
        await server.ExecuteAsync("drop function stop cascade");
        Assert.Contains(await copy.Target.ListAllAsync(Paths.Accounts), IsParked);

        await ExpectCompletedAsync(copy, first, second);
    }

    [Fact]
    public async Task CopyToAnotherServer_InterruptedWhileRecordsExchangeTheirKeys_IsCompletedByTheNextRun()
    {
        using var copy = await OrganizationCopy.CreateAsync(server, CopyWay.OtherServer);
        var (first, second) = await CreateExchangedAsync(copy);
        var updates = 0;
        copy.BeforeUpdate = _ => updates = updates == 1 ? throw new RecordSourceException("Stop") : updates + 1;
        await Assert.ThrowsAsync<RecordSourceException>(copy.RunAsync);
        copy.BeforeUpdate = _ => { };
        Assert.Contains(await copy.Target.ListAllAsync(Paths.Accounts), IsParked);

        await ExpectCompletedAsync(copy, first, second);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Copy_AfterAnyHistoryOfKeys_MakesBothSidesEqualOrSaysWhatDiffers(CopyWay way) =>
        await Gen.Select(
            Gen.Int[0, 4], Gen.Int[0, KeyHistory.Actions - 1], Gen.Int[0, KeyHistory.Keys - 1], Gen.Int[0, KeyHistory.Keys - 1],
            (kind, action, first, second) => new KeyEvent(kind, action, first, second)).Array[10, 20].Array[3].SampleAsync(
            async runs =>
            {
                using var copy = await OrganizationCopy.CreateAsync(server, way);
                var history = new KeyHistory(copy);
                foreach (var (number, happenings) in runs.Index())
                {
                    foreach (var happening in happenings)
                    {
                        await history.HappenAsync(happening);
                    }

                    await history.ExpectEqualAsync(await copy.RunAsync());
                    if (number % 2 == 1)
                    {
                        await history.DeleteLeftoversAsync();
                    }
                }

                await history.DeleteLeftoversAsync();
                var report = await copy.RunAsync();
                Assert.Empty(report.Refused);
                await history.ExpectEqualAsync(report);
                await history.ExpectNoOthersAsync();
            },
            iter: Histories,
            threads: 1);

    private static (long Created, long Changed) Numbers(ImportReport report, string kind)
    {
        var numbers = report.Kinds.Single(one => one.Kind == kind);
        return (numbers.Created, numbers.Changed);
    }

    private static async Task<IEnumerable<string>> TimesAsync(Tenant tenant) =>
        (await tenant.ListAllAsync(Paths.Accounts)).Select(account => account.Text("updatedAt"));

    private static bool IsParked(JsonElement account) =>
        account.Text("primaryDomain").EndsWith(".invalid", StringComparison.Ordinal);

    /// <summary>Copies two accounts, which then exchange their domains.</summary>
    private static async Task<(string First, string Second)> CreateExchangedAsync(OrganizationCopy copy)
    {
        var source = copy.Source;
        var first = (await source.CreateAccountAsync(new { name = "First", primaryDomain = "d1.example" })).Id;
        var second = (await source.CreateAccountAsync(new { name = "Second", primaryDomain = "d2.example" })).Id;
        await copy.RunAsync();
        await ExchangeAsync(source, (first, "d2.example"), (second, "d1.example"));
        return (first, second);
    }

    private static async Task ExchangeAsync(Tenant source, (string Id, string Domain) one, (string Id, string Domain) other)
    {
        (await source.PutAccountAsync(one.Id, new { primaryDomain = Given.NewDomain() })).Expect(200);
        (await source.PutAccountAsync(other.Id, new { primaryDomain = other.Domain })).Expect(200);
        (await source.PutAccountAsync(one.Id, new { primaryDomain = one.Domain })).Expect(200);
    }

    /// <summary>Asserts that a run after an interruption brings what the source has by now: what it had before the exchange.</summary>
    private static async Task ExpectCompletedAsync(OrganizationCopy copy, string first, string second)
    {
        await ExchangeAsync(copy.Source, (first, "d1.example"), (second, "d2.example"));
        Assert.Empty((await copy.RunAsync()).Refused);
        await ExpectSameAccountsAsync(copy);
    }

    /// <summary>Asserts that the accounts are the same on both sides.</summary>
    private static async Task ExpectSameAccountsAsync(OrganizationCopy copy)
    {
        var (expected, actual) = (await ReadAsync(copy.Source), await ReadAsync(copy.Target));
        Assert.Equal(expected, actual);

        async Task<IEnumerable<string>> ReadAsync(Tenant tenant) => (await tenant.ListAllAsync(Paths.Accounts))
            .Select(account => $"{account.Text("name")} {account.Text("primaryDomain")}")
            .Order(StringComparer.Ordinal);
    }

    /// <summary>More accounts than are written together, which stand in a circle. Each has the domain of another one.</summary>
    private sealed class ManyAccounts(int distance) : IRecordSource
    {
        public const int Count = 450;

        public bool IsNewestFirst => false;

        public int MaxPasses => 1;

        public bool CreatesUsers => true;

        public static string Describe(int number, int distance) =>
            string.Create(CultureInfo.InvariantCulture, $"No. {number} d{(number + distance) % Count}.example");

        public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
            (kind == AccountKind.Plural ? Enumerable.Range(0, Count).Select(Account) : []).ToAsyncEnumerable();

        private ReadOnlyMemory<byte> Account(int number)
        {
            var words = Describe(number, distance).Split(' ');
            return JsonSerializer.SerializeToUtf8Bytes(new
            {
                id = $"acc_{words[1]}",
                name = $"No. {words[1]}",
                primaryDomain = words[2],
                createdAt = "2025-01-06T21:00:00.000Z",
            });
        }
    }
}
