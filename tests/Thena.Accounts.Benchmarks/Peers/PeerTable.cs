using System.Globalization;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>
/// The table of accounts that a team would give to one of the other servers: texts instead of pick lists, and six indexes.
/// </summary>
internal static class PeerTable
{
    /// <summary>The ID of the account with a number.</summary>
    public static string Id(int number) => Guid.Parse(number.ToString("D32", CultureInfo.InvariantCulture)).ToString();

    /// <summary>The name of the account with a number.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"Account {number}");

    /// <summary>The domain of the account with a number.</summary>
    public static string Domain(int number) => string.Create(CultureInfo.InvariantCulture, $"account-{number}.example");

    /// <summary>Creates the table, with the accounts that <see cref="Seed"/> gives to Thena.Accounts.</summary>
    public static async Task CreateAsync(BenchmarkDatabase database, int accounts)
    {
        await database.ExecuteAsync("""
            create extension if not exists pg_trgm;
            create table accounts (
                id uuid primary key default gen_random_uuid(),
                name varchar(255) not null,
                primary_domain varchar(255) not null unique,
                secondary_domain varchar(255),
                status varchar(255),
                classification varchar(255),
                health varchar(255),
                industry varchar(255),
                source varchar(255),
                account_owner varchar(255),
                annual_revenue bigint,
                employees integer,
                description text,
                website text,
                metadata jsonb,
                created_at timestamptz not null default now(),
                updated_at timestamptz not null default now()
            )
            """);
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into accounts (id, name, primary_domain, status, classification, health, industry, source, account_owner,
                annual_revenue, employees, description, website, metadata, created_at, updated_at)
            select lpad(n::text, 32, '0')::uuid, 'Account ' || n, 'account-' || n || '.example',
                (array['ACTIVE', 'PENDING', 'INACTIVE'])[1 + n % 3], (array['ENTERPRISE', 'MID_MARKET', 'SMB'])[1 + n % 3],
                (array['HEALTHY', 'AT_RISK', 'CHURNED'])[1 + n % 3],
                (array['Retail', 'Software', 'Energy', 'Foods'])[1 + n % 4], 'manual', 'Ada Lovelace', n * 7919 % 1000003,
                n * 104729 % 100003, 'The account with the number ' || n, 'https://account-' || n || '.example',
                jsonb_build_object('number', n), now() - n * interval '1 second', now() - (n * 7919 % 1000003) * interval '1 second'
            from generate_series(1, {accounts}::bigint) n
            """));
        await database.ExecuteAsync("""
            create index on accounts (created_at, id);
            create index on accounts (status, created_at, id);
            create index on accounts (employees, id);
            create index on accounts using gin (primary_domain gin_trgm_ops);
            """);
        await database.ExecuteAsync("vacuum analyze accounts");
    }
}
