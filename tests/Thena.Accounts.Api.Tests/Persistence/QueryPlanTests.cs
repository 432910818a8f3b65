using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>
/// The plans of PostgreSQL for every list, filter, order and search, among 100,000 records of each kind: none reads a whole table, and none
/// sorts or reads much more than the page that it returns.
/// </summary>
public sealed class QueryPlanTests(QueryPlanTests.Database database) : IClassFixture<QueryPlanTests.Database>
{
    private const int MaxRowsRead = 10_000;
    private const int MaxRowsSorted = 1_000;

    public static TheoryData<string, Func<IServiceProvider, Task<string?>>> Lists { get; } = new()
    {
        { "accounts", services => Accounts(services, new()) },
        { "accounts, name", services => Accounts(services, new() { Sort = "name" }) },
        { "accounts, name ascending", services => Accounts(services, new() { Sort = "name", Order = "ASC" }) },
        { "accounts, updatedAt", services => Accounts(services, new() { Sort = "updatedAt" }) },
        { "accounts, updatedAt ascending", services => Accounts(services, new() { Sort = "updatedAt", Order = "ASC" }) },
        { "accounts, annualRevenue", services => Accounts(services, new() { Sort = "annualRevenue" }) },
        { "accounts, annualRevenue ascending", services => Accounts(services, new() { Sort = "annualRevenue", Order = "ASC" }) },
        { "accounts, employees", services => Accounts(services, new() { Sort = "employees" }) },
        { "accounts, employees ascending", services => Accounts(services, new() { Sort = "employees", Order = "ASC" }) },
        { "accounts, createdAt ascending", services => Accounts(services, new() { Order = "ASC" }) },
        { "accounts by source", services => Accounts(services, new() { Source = "manual" }) },
        { "accounts by rare source", services => Accounts(services, new() { Source = "slack" }) },
        { "accounts by status", services => Accounts(services, new() { Status = "ACTIVE" }) },
        { "accounts by classification", services => Accounts(services, new() { Classification = "SMB" }) },
        { "accounts by health", services => Accounts(services, new() { Health = "RED" }) },
        { "accounts by industry", services => Accounts(services, new() { Industry = "Retail" }) },
        { "accounts by absent status", services => Accounts(services, new() { Status = "NOWHERE" }) },
        { "accounts by owner", services => Accounts(services, new() { AccountOwnerId = Ulid.MaxValue.ToString() }) },
        { "accounts, selective search", services => Accounts(services, new() { Search = "account-7777." }) },
        { "accounts, common search", services => Accounts(services, new() { Search = "example" }) },
        { "accounts, absent search", services => Accounts(services, new() { Search = "nowhere-to-be-found" }) },
        { "accounts, search for parts apart", services => Accounts(services, new() { Search = "example account" }) },
        { "accounts, search for two letters", services => Accounts(services, new() { Search = "77" }) },
        { "accounts, search for two absent letters", services => Accounts(services, new() { Search = "zq" }) },
        { "accounts, search for one absent letter", services => Accounts(services, new() { Search = "z" }) },
        { "accounts, old search", services => Accounts(services, new() { Search = "account 33" }) },
        { "accounts, search by name", services => Accounts(services, new() { Search = "account 33", Sort = "name" }) },
        { "accounts, search by status", services => Accounts(services, new() { Search = "t-4321.", Status = "ACTIVE" }) },
        { "accounts, page of a search", services => Accounts(services, new() { Search = "account-9", Page = 10 }) },
        { "accounts, createdAfter of few", services => Accounts(services, new() { CreatedAfter = Created(99_990) }) },
        { "accounts, createdAfter of most", services => Accounts(services, new() { CreatedAfter = Created(100), Order = "ASC" }) },
        { "accounts, createdBefore of few", services => Accounts(services, new() { CreatedBefore = Created(10) }) },
        { "accounts, createdBefore of most", services => Accounts(services, new() { CreatedBefore = Created(60_000) }) },
        {
            "accounts, created in a period",
            services => Accounts(services, new() { CreatedAfter = Created(30_000), CreatedBefore = Created(30_020) })
        },
        {
            "accounts by status, createdAfter of few",
            services => Accounts(services, new() { Status = "ACTIVE", CreatedAfter = Created(99_990) })
        },
        { "accounts, updatedAfter of few", services => Accounts(services, new() { UpdatedAfter = Updated(10) }) },
        { "accounts, updatedAfter of most", services => Accounts(services, new() { UpdatedAfter = Updated(2_000) }) },
        { "accounts, updatedBefore of few", services => Accounts(services, new() { UpdatedBefore = Updated(1_665) }) },
        {
            "accounts, updatedAfter in the order of updates",
            services => Accounts(services, new() { UpdatedAfter = Updated(800), Sort = "updatedAt", Order = "ASC" })
        },
        {
            "accounts by status, updatedAfter of most",
            services => Accounts(services, new() { Status = "ACTIVE", UpdatedAfter = Updated(2_000) })
        },
        {
            "accounts, updatedAfter of few with a search",
            services => Accounts(services, new() { UpdatedAfter = Updated(10), Search = "nowhere-to-be-found" })
        },
        { "contacts", services => Contacts(services, new()) },
        { "contacts, createdAfter of few", services => Contacts(services, new() { CreatedAfter = Created(99_990) }) },
        { "contacts, updatedAfter of most", services => Contacts(services, new() { UpdatedAfter = Updated(2_000) }) },
        { "contacts by type", services => Contacts(services, new() { ContactType = "PRIMARY" }) },
        { "contacts by rare type", services => Contacts(services, new() { ContactType = "LEGAL" }) },
        { "activities", services => Activities(services, new()) },
        { "activities by type", services => Activities(services, new() { Type = "CALL" }) },
        { "activities by rare status", services => Activities(services, new() { Status = "CANCELLED" }) },
        { "notes", services => Notes(services, new()) },
        { "notes by type", services => Notes(services, new() { Type = "GENERAL" }) },
        { "tasks", services => Tasks(services, new()) },
        { "tasks by type", services => Tasks(services, new() { Type = "FOLLOW_UP" }) },
        { "tasks by rare priority", services => Tasks(services, new() { Priority = "HIGH" }) },
        { "relationships", services => Relationships(services, new()) },
        { "relationships by absent account", services => Relationships(services, new() { AccountId = Ulid.MaxValue.ToString() }) },
    };

    /// <summary>
    /// The best plan of a search depends on its term, and that of accounts that have changed on how many there are. They are planned each
    /// time.
    /// </summary>
    public static TheoryData<string, Func<IServiceProvider, Task<string?>>> PlannedLists { get; } =
        [.. Lists.Where(row => !row.Data.Item1.Contains("search", StringComparison.Ordinal)
            && (!row.Data.Item1.Contains("updatedAfter", StringComparison.Ordinal)
                || row.Data.Item1.StartsWith("contacts", StringComparison.Ordinal))
            && !row.Data.Item1.Contains("updatedBefore", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public async Task List_OfManyRecords_ReadsLittleMoreThanItsPage(string name, Func<IServiceProvider, Task<string?>> list)
    {
        var (statements, _) = await database.CaptureAsync(list);

        // A search reads the start of the list, at most twice, and then asks its index.
        Assert.InRange(statements.Count, 1, name.Contains("search", StringComparison.Ordinal) ? 3 : 1);
        foreach (var (sql, parameters) in statements)
        {
            ExpectCheap(name, await database.ExplainAsync(sql, parameters));
        }
    }

    /// <summary>
    /// Plain PostgreSQL only. The coordinator of a cluster plans each execution, because the parameters decide which shard it asks. What
    /// that costs is in docs/scaling.md.
    /// </summary>
    [Theory]
    [MemberData(nameof(PlannedLists), DisableDiscoveryEnumeration = true)]
    public async Task List_ReadAgainAndAgain_IsNotPlannedEachTime(string name, Func<IServiceProvider, Task<string?>> list)
    {
        Assert.SkipWhen(database.IsDistributed, "Citus plans each execution.");
        var (statements, _) = await database.CaptureAsync(list);

        foreach (var (sql, parameters) in statements)
        {
            Assert.True(await database.KeepsPlanAsync(sql, parameters), $"{name}: PostgreSQL plans it on each execution.\n{sql}");
        }
    }

    [Fact]
    public async Task List_OfRecordsWithManyParts_ReadsEachRecordInOneRow()
    {
        // The newest contacts have 101 accounts and 50 custom field values each.
        var (statements, _) = await database.CaptureAsync(services => Contacts(services, new()));

        var (sql, parameters) = Assert.Single(statements);
        Assert.Equal(51, (await database.ExplainAsync(sql, parameters)).GetProperty("Actual Rows").GetDouble());
    }

    /// <summary>11,111 accounts have the term, of which the newest is the 10,002nd of the list.</summary>
    [Fact]
    public async Task Search_ForACommonTermWithoutNewRecords_GoesOnWithTheList()
    {
        IReadOnlyList<AccountResponse> found = [];
        var (statements, _) = await database.CaptureAsync(async services =>
        {
            var service = services.GetRequiredService<AccountService>();
            var result = await service.ListAsync(new() { Search = "account 8", Limit = 50 }, TestContext.Current.CancellationToken);
            Assert.True(result.TryGetValue(out var page, out _));
            found = page.Items.Whole!;
            return page.Next;
        });

        Assert.Equal(Enumerable.Range(89_950, 50).Reverse().Select(number => $"Account {number}"), found.Select(account => account.Name));
        Assert.Equal(4, statements.Count);
        foreach (var (sql, parameters) in statements)
        {
            ExpectCheap("common term", await database.ExplainAsync(sql, parameters), maxRowsRead: 12_000);
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("updatedAt")]
    [InlineData("annualRevenue")]
    [InlineData("employees")]
    [InlineData("createdAt")]
    public async Task NextPage_InEveryOrder_StartsWhereTheCursorIs(string sort)
    {
        foreach (var order in (string[])["ASC", "DESC"])
        {
            var near = await ExplainNextAsync(page: 2);
            var far = await ExplainNextAsync(page: 700);

            ExpectCheap($"{sort} {order}", near, MaxRowsSorted);
            ExpectCheap($"{sort} {order}", far, MaxRowsSorted);

            // If the cost depended on the cursor, PostgreSQL would plan each page anew.
            Assert.Equal(near.GetProperty("Total Cost").GetDouble(), far.GetProperty("Total Cost").GetDouble());

            async Task<JsonElement> ExplainNextAsync(int page)
            {
                var query = new ListAccountsQuery { Sort = sort, Order = order };
                var (_, cursor) = await database.CaptureAsync(services => Accounts(services, query with { Page = page }));
                var (statements, _) = await database.CaptureAsync(services => Accounts(services, query with { Cursor = cursor }));
                var (sql, parameters) = Assert.Single(statements);
                return await database.ExplainAsync(sql, parameters);
            }
        }
    }

    /// <summary>The time of creation of a record, by its number.</summary>
    private static DateTimeOffset Created(int number) => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + number);

    /// <summary>A time before now. About 60 accounts were changed in each of the last 1,667 minutes.</summary>
    private static DateTimeOffset Updated(int minutesAgo) => TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo);

    private static async Task<string?> Accounts(IServiceProvider services, ListAccountsQuery query)
    {
        var service = services.GetRequiredService<AccountService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Contacts(IServiceProvider services, ListContactsQuery query)
    {
        var service = services.GetRequiredService<ContactService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Activities(IServiceProvider services, ListActivitiesQuery query)
    {
        var service = services.GetRequiredService<ActivityService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Notes(IServiceProvider services, ListNotesQuery query)
    {
        var service = services.GetRequiredService<NoteService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Tasks(IServiceProvider services, ListTasksQuery query)
    {
        var service = services.GetRequiredService<TaskService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Relationships(IServiceProvider services, ListRelationshipsQuery query)
    {
        var service = services.GetRequiredService<RelationshipService>();
        return Next(await service.ListAsync(query with { Limit = 50 }, TestContext.Current.CancellationToken));
    }

    private static string? Next<T>(Result<Page<T>> result) =>
        result.TryGetValue(out var page, out var error) ? page.Next : throw new InvalidOperationException(error.Message);

    private static void ExpectCheap(string name, JsonElement plan, int maxRowsRead = MaxRowsRead)
    {
        foreach (var node in Nodes(plan))
        {
            var type = node.Text("Node Type");
            var loops = node.GetProperty("Actual Loops").GetDouble();
            var removed = node.TryGetProperty("Rows Removed by Filter", out var filtered) ? filtered.GetDouble() : 0;
            var rows = (node.GetProperty("Actual Rows").GetDouble() + removed) * loops;
            var table = node.TryGetProperty("Relation Name", out var relation) ? relation.GetString() : "";
            Assert.True(rows <= maxRowsRead, $"{name}: {type} on {table} reads {rows} rows.\n{plan}");
            Assert.False(type == "Sort" && rows > MaxRowsSorted, $"{name}: sorts {rows} rows.\n{plan}");
            Assert.False(type == "Seq Scan" && Database.LargeTables.Contains(table), $"{name}: reads all of {table}.\n{plan}");
        }
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    /// <summary>A database with 100,000 records of each kind, and the services of the product with a log of their statements.</summary>
    public sealed class Database(PostgresServer postgres) : IAsyncLifetime
    {
        private readonly StatementLog _log = new();
        private ServiceProvider? _services;
        private NpgsqlDataSource? _dataSource;
        private Caller? _caller;

        public static IReadOnlyList<string> LargeTables { get; } =
            ["accounts", "account_update_times", "contacts", "account_contacts", "activities", "notes", "tasks", "relationships"];

        public async ValueTask InitializeAsync()
        {
            var connectionString = await postgres.CreateDatabaseAsync();
            _dataSource = NpgsqlDataSource.Create(connectionString);
            var services = new ServiceCollection().AddAccounts(_ => connectionString);
            services.RemoveAll<NpgsqlDataSource>();
            services.AddSingleton(
                new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 100 } }
                    .UseLoggerFactory(LoggerFactory.Create(logging => logging.AddProvider(_log)))
                    .EnableParameterLogging()
                    .Build());
            _services = services.BuildServiceProvider();
            await using var scope = _services.CreateAsyncScope();
            var created = await scope.ServiceProvider.GetRequiredService<AdministrationService>().BootstrapAsync(
                new(new("Large", OrganizationTier.Enterprise), "Ada", "ada@example.com"), TestContext.Current.CancellationToken);
            Assert.True(created.TryGetValue(out var bootstrap, out _));
            _caller = new Caller(
                Id(bootstrap.OrganizationId), OrganizationTier.Enterprise, Id(bootstrap.UserId), Id(bootstrap.Id), "", ApiKeyScopes.All);
            await SeedAsync();
            // Loads the reference data, which are not read again.
            await CaptureAsync(services => Accounts(services, new()));
        }

        /// <summary>Whether the tables are distributed on a Citus cluster.</summary>
        public bool IsDistributed => postgres.Cluster is not null;

        /// <summary>Runs a use case and returns its statements with their parameters, and the cursor of the next page.</summary>
        public async Task<(IReadOnlyList<(string Sql, object?[] Parameters)> Statements, string? Next)> CaptureAsync(
            Func<IServiceProvider, Task<string?>> useCase)
        {
            await using var scope = _services!.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(_caller!);
            _log.Statements.Clear();
            var next = await useCase(scope.ServiceProvider);
            return ([.. _log.Statements.Where(statement => statement.Sql.StartsWith("select r.", StringComparison.Ordinal))], next);
        }

        /// <summary>Whether PostgreSQL keeps a plan of a prepared statement after some executions.</summary>
        public async Task<bool> KeepsPlanAsync(string sql, object?[] parameters)
        {
            await using var connection = await _dataSource!.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = CreateCommand(connection, sql, parameters);
            await command.PrepareAsync(TestContext.Current.CancellationToken);
            for (var execution = 0; execution < 10; execution++)
            {
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            await using var kept = CreateCommand(
                connection, "select generic_plans > 0 from pg_prepared_statements where statement = $1", [sql]);
            return (bool)(await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        /// <summary>The plan of a statement, with the rows that it really reads.</summary>
        public async Task<JsonElement> ExplainAsync(string sql, object?[] parameters)
        {
            await using var connection = await _dataSource!.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = CreateCommand(connection, $"explain (analyze, format json) {sql}", parameters);
            var json = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            return JsonElement.Parse(json)[0].GetProperty("Plan");
        }

        public async ValueTask DisposeAsync()
        {
            await _services!.DisposeAsync();
            await _dataSource!.DisposeAsync();
        }

        private static NpgsqlCommand CreateCommand(NpgsqlConnection connection, string sql, object?[] parameters)
        {
            var command = new NpgsqlCommand(sql, connection);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter ?? DBNull.Value });
            }

            return command;
        }

        private static Ulid Id(string text) => Ulid.Parse(text, CultureInfo.InvariantCulture);

        private async Task SeedAsync()
        {
            await using var command = _dataSource!.CreateCommand(
                // The rows are made to fit, so nothing has to look for the rows that they name: that would take most of the time.
                $"""
                set local session_replication_role = replica;
                create temporary table seed as
                select n, (lpad(to_hex(1700000000000 + n), 12, '0') || lpad(to_hex(n), 20, '0'))::uuid as id,
                    '{_caller!.OrganizationId.ToGuid()}'::uuid as org, '{_caller.UserId.ToGuid()}'::uuid as person, now() as at,
                    '{"{}"}'::json as json
                from generate_series(1, 100000::bigint) n;
                create temporary table picks as
                    select kind, array_agg(id order by id) as ids from attribute_values group by kind;
                insert into accounts (organization_id, id, created_at, updated_at, name, primary_domain, source, search, metadata,
                    status_id, classification_id, health_id, industry_id, account_owner_id, annual_revenue, employees)
                select org, id, at, at - n * 7919 % 100003 * interval '1 second', 'Account ' || n, 'account-' || n || '.example',
                    case n when 500 then 'slack' else 'manual' end,
                    'account ' || n || chr(31) || 'account-' || n || '.example' || chr(31), json,
                    (select ids[1 + n % 5] from picks where kind = 'account_status'),
                    (select ids[1 + n % 4] from picks where kind = 'account_classification'),
                    (select ids[1 + n % 3] from picks where kind = 'account_health'),
                    (select ids[1 + n % 4] from picks where kind = 'account_industry'),
                    person, nullif(n * 7919 % 100003, 5), nullif((n * 104729 % 10007)::int, 5)
                from seed;
                insert into account_update_times (organization_id, id, updated_at) select organization_id, id, updated_at from accounts;
                insert into contacts (organization_id, id, created_at, updated_at, first_name, email, email_key, email_domain,
                    contact_type_id, metadata)
                select org, id, at, at, 'First' || n, n || '@x.example', n || '@x.example', 'x.example',
                    (select case when n = 500 then ids[3] else ids[1] end from picks where kind = 'contact_type'), json
                from seed;
                insert into account_contacts (organization_id, account_id, contact_id) select org, id, id from seed;
                insert into account_contacts (organization_id, account_id, contact_id)
                select c.org, a.id, c.id from seed c join seed a on a.n <= 100 where c.n > 99900;
                insert into custom_fields (organization_id, id, created_at, updated_at, name, name_key, source, field_type, options,
                    metadata, mandatory_on_creation, mandatory_on_close, visible_to_customer, editable_by_customer,
                    auto_add_to_all_forms, is_active,
                    version)
                select org, id, at, at, 'Field ' || n, 'field ' || n, 'customer_contact', 'single_line', '{"{}"}', json,
                    false, false, false, false, false, true, 1
                from seed where n <= 50;
                insert into contact_custom_field_values (organization_id, contact_id, custom_field_id, position, data, metadata)
                select c.org, c.id, f.id, f.n, '"value"', c.json from seed c join seed f on f.n <= 50 where c.n > 99900;
                insert into activities (organization_id, id, created_at, updated_at, account_id, activity_timestamp, duration, location,
                    type_id, status_id, creator_id, attachments, metadata)
                select org, id, at, at, id, at, 5, 'Zoom', (select ids[1 + n % 4] from picks where kind = 'activity_type'),
                    (select case when n = 500 then ids[3] else ids[1] end from picks where kind = 'activity_status'), person, '[]', json
                from seed;
                insert into notes (organization_id, id, created_at, updated_at, account_id, content, type_id, visibility, author_id,
                    attachments, metadata)
                select org, id, at, at, id, 'Text', (select ids[1] from picks where kind = 'note_type'), 'public', person, '[]', json
                from seed;
                insert into tasks (organization_id, id, created_at, updated_at, account_id, title, assignee_id, type_id, status_id,
                    priority_id, creator_id, attachments, metadata)
                select org, id, at, at, id, 'Task', person, (select ids[1 + n % 4] from picks where kind = 'task_type'),
                    (select ids[1] from picks where kind = 'task_status'),
                    (select case when n = 500 then ids[3] else ids[1] end from picks where kind = 'task_priority'), person, '[]', json
                from seed;
                insert into relationships (organization_id, id, created_at, updated_at, account_id, related_account_id, type_id,
                    fact_account_id, fact_related_account_id, fact_type_id, metadata)
                select a.org, a.id, a.at, a.at, a.id, b.id, t.id, a.id, b.id, t.id, a.json
                from seed a join seed b on b.n = a.n % 100000 + 1 cross join (select min(id::text)::uuid as id from relationship_types) t;
                analyze;
                """);
            command.CommandTimeout = 300;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Keeps the statements that the database library logs.</summary>
    private sealed class StatementLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(string Sql, object?[] Parameters)> Statements { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(StringComparer.Ordinal);
            if (values.GetValueOrDefault("BatchCommands") is IEnumerable<(string Sql, IEnumerable<object?> Parameters)> commands)
            {
                foreach (var (sql, parameters) in commands)
                {
                    Statements.Enqueue((sql, [.. parameters]));
                }
            }
            else if (values.GetValueOrDefault("CommandText") is string sql)
            {
                Statements.Enqueue((sql, values.GetValueOrDefault("Parameters") as object?[] ?? []));
            }
        }

        public void Dispose()
        {
        }
    }
}
