using System.Globalization;
using System.Text.Json;
using Request = Thena.Accounts.Benchmarks.Load.Requests;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>How one of the compared servers is asked for the same.</summary>
/// <param name="Name">The name of the server.</param>
/// <param name="Requests">Makes the next request of each case, in the order of <see cref="CaseNames"/>.</param>
internal sealed record Peer(string Name, IReadOnlyList<Func<ReadOnlyMemory<byte>>> Requests)
{
    /// <summary>The number of accounts that the last case, the bulk creation, creates with one request.</summary>
    public const int SetSize = 1_000;

    /// <summary>The key that the script gives to the administrator of Directus.</summary>
    private const string DirectusKey = "access_token=benchmark";

    private static int _count;

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> CaseNames { get; } =
    [
        "details", "list of 50", "list of 50 by status", "search, 50 hits", "update", "update of an indexed field", "create", "bulk of 1,000 (rows)",
    ];

    /// <summary>Thena.Accounts.</summary>
    /// <param name="name">Its name, with its settings.</param>
    /// <param name="key">The key of the organization.</param>
    /// <param name="ids">The IDs of its accounts.</param>
    public static Peer Accounts(string name, string key, IReadOnlyList<string> ids) => new(name,
    [
        () => Request.Get($"/v1/accounts/{Any(ids)}", key),
        () => Request.Get("/v1/accounts?limit=50", key),
        () => Request.Get("/v1/accounts?limit=50&status=ACTIVE", key),
        () => Request.Get($"/v1/accounts?limit=50&search={AnyTerm()}", key),
        () => Request.Send("PUT", $"/v1/accounts/{Any(ids)}", key, Json(new { description = NewText() })),
        () => Request.Send("PUT", $"/v1/accounts/{Any(ids)}", key, Json(new { description = NewText(), employees = AnyNumber() })),
        () => Request.Send("POST", "/v1/accounts", key, Json(NewAccount())),
        () => Request.Send("POST", "/v1/accounts/bulk", key, Json(new { accounts = Set() })),
    ]);

    /// <summary>Platformatic DB. Its updates must name the columns that cannot be null.</summary>
    /// <param name="accounts">The number of accounts in its table.</param>
    public static Peer Platformatic(int accounts) => new("Platformatic DB",
    [
        () => Request.Get($"/accounts/{PeerTable.Id(AnyOf(accounts))}", ""),
        () => Request.Get("/accounts/?limit=50&orderby.createdAt=desc", ""),
        () => Request.Get("/accounts/?limit=50&orderby.createdAt=desc&where.status.eq=ACTIVE", ""),
        () => Request.Get($"/accounts/?limit=50&orderby.createdAt=desc&where.primaryDomain.ilike=%25{AnyTerm()}%25", ""),
        () => Put(accounts, number => new
        {
            name = PeerTable.Name(number), primaryDomain = PeerTable.Domain(number), description = NewText(), updatedAt = Now(),
        }),
        () => Put(accounts, number => new
        {
            name = PeerTable.Name(number),
            primaryDomain = PeerTable.Domain(number),
            description = NewText(),
            employees = AnyNumber(),
            updatedAt = Now(),
        }),
        () => Request.Send("POST", "/accounts/", "", Json(NewAccount())),
        () => Request.Send("POST", "/graphql", "", Json(new
        {
            query = "mutation($inputs: [AccountInput]!) { insertAccounts(inputs: $inputs) "
                + "{ id name primaryDomain status industry employees description website createdAt updatedAt } }",
            variables = new { inputs = Set() },
        })),
    ]);

    /// <summary>Directus.</summary>
    /// <param name="accounts">The number of accounts in its table.</param>
    public static Peer Directus(int accounts) => new("Directus",
    [
        () => Request.Get($"/items/accounts/{PeerTable.Id(AnyOf(accounts))}?{DirectusKey}", ""),
        () => Request.Get($"/items/accounts?limit=50&sort=-created_at&{DirectusKey}", ""),
        () => Request.Get($"/items/accounts?limit=50&sort=-created_at&filter[status][_eq]=ACTIVE&{DirectusKey}", ""),
        () => Request.Get(
            $"/items/accounts?limit=50&sort=-created_at&filter[primary_domain][_icontains]={AnyTerm()}&{DirectusKey}", ""),
        () => Request.Send(
            "PATCH", $"/items/accounts/{PeerTable.Id(AnyOf(accounts))}?{DirectusKey}", "", Json(new { description = NewText(), updated_at = Now() })),
        () => Request.Send(
            "PATCH", $"/items/accounts/{PeerTable.Id(AnyOf(accounts))}?{DirectusKey}", "",
            Json(new { description = NewText(), employees = AnyNumber(), updated_at = Now() })),
        () => Request.Send("POST", $"/items/accounts?{DirectusKey}", "", Json(NewAccount("primary_domain"))),
        () => Request.Send("POST", $"/items/accounts?{DirectusKey}", "", Json(Set("primary_domain"))),
    ]);

    private static string Any(IReadOnlyList<string> ids) => ids[Random.Shared.Next(ids.Count)];

    private static int AnyOf(int accounts) => 1 + Random.Shared.Next(accounts);

    private static ReadOnlyMemory<byte> Put(int accounts, Func<int, object> body)
    {
        var number = AnyOf(accounts);
        return Request.Send("PUT", $"/accounts/{PeerTable.Id(number)}", "", Json(body(number)));
    }

    private static string AnyTerm() => $"account-{Random.Shared.Next(100, 1_000)}";

    private static int AnyNumber() => Random.Shared.Next(1_000_000);

    private static string NewText() => $"Changed {Interlocked.Increment(ref _count)}";

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private static IEnumerable<object> Set(string domain = "primaryDomain") =>
        Enumerable.Range(0, SetSize).Select(_ => NewAccount(domain));

    /// <summary>A new account, in the names of fields of the API or of columns.</summary>
    private static object NewAccount(string domain = "primaryDomain")
    {
        var number = Interlocked.Increment(ref _count);
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = $"Acme {number}",
            [domain] = $"created-{number}.example",
            ["status"] = "ACTIVE",
            ["industry"] = "Retail",
            ["employees"] = 120,
        };
    }

    private static string Json(object body) => JsonSerializer.Serialize(body);
}
