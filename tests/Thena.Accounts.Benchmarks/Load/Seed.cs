using System.Globalization;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>Creates records with set-based SQL, much faster than the API could.</summary>
internal static class Seed
{
    /// <summary>An ID as PostgreSQL computes it: grows with the number, so that larger numbers are newer records.</summary>
    private const string NewId = "(lpad(to_hex(1700000000000 + n), 12, '0') || lpad(to_hex(n), 20, '0'))::uuid";

    /// <summary>Creates accounts of an organization, each with every pick list value that fits its number.</summary>
    public static async Task AccountsAsync(BenchmarkDatabase database, Ulid organization, int first, int last)
    {
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            with picks as (
                select kind, array_agg(id order by id) as ids
                from attribute_values where organization_id = '{organization.ToGuid()}' group by kind
            )
            insert into accounts (organization_id, id, created_at, updated_at, name, primary_domain, source, search, metadata,
                status_id, classification_id, health_id, industry_id, account_owner_id, annual_revenue, employees, description, website)
            select '{organization.ToGuid()}', {NewId}, now() - n * interval '1 second', now() - (n * 7919 % 1000003) * interval '1 second',
                'Account ' || n, 'account-' || n || '.example', 'manual',
                lower('Account ' || n || chr(31) || 'account-' || n || '.example' || chr(31)), json_build_object('number', n),
                status.ids[1 + n % array_length(status.ids, 1)::bigint],
                classification.ids[1 + n % array_length(classification.ids, 1)::bigint],
                health.ids[1 + n % array_length(health.ids, 1)::bigint], industry.ids[1 + n % array_length(industry.ids, 1)::bigint],
                (select id from users where organization_id = '{organization.ToGuid()}' limit 1),
                n * 7919 % 1000003, n * 104729 % 100003, 'The account with the number ' || n, 'https://account-' || n || '.example'
            from generate_series({first}::bigint, {last}::bigint) n
            join picks status on status.kind = 'account_status'
            join picks classification on classification.kind = 'account_classification'
            join picks health on health.kind = 'account_health'
            join picks industry on industry.kind = 'account_industry'
            """));
        await AddUpdateTimesAsync(database);
        await database.ExecuteAsync("vacuum analyze accounts");
    }

    /// <summary>Adds the times of change of accounts that have none yet.</summary>
    public static async Task AddUpdateTimesAsync(BenchmarkDatabase database)
    {
        await database.ExecuteAsync(
            "insert into account_update_times (organization_id, id, updated_at) select organization_id, id, updated_at from accounts "
            + "on conflict do nothing");
        await database.ExecuteAsync("vacuum analyze account_update_times");
    }

    /// <summary>Creates contacts of an organization, each linked to one account.</summary>
    public static async Task ContactsAsync(BenchmarkDatabase database, Ulid organization, int first, int last, int accounts)
    {
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into contacts (organization_id, id, created_at, updated_at, first_name, last_name, email, email_key, email_domain,
                contact_type_id, metadata)
            select '{organization.ToGuid()}', {NewId}, now(), now(), 'First' || n, 'Last' || n,
                'person' || n || '@account-' || (1 + n % {accounts}) || '.example',
                'person' || n || '@account-' || (1 + n % {accounts}) || '.example', 'account-' || (1 + n % {accounts}) || '.example',
                (select id from attribute_values
                    where organization_id = '{organization.ToGuid()}' and kind = 'contact_type' and is_default and deleted_at is null),
                json_build_object('number', n)
            from generate_series({first}::bigint, {last}::bigint) n
            """));
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into account_contacts (organization_id, account_id, contact_id)
            select contacts.organization_id, accounts.id, contacts.id
            from contacts join accounts on accounts.organization_id = contacts.organization_id
                and accounts.primary_domain = contacts.email_domain
            where contacts.organization_id = '{organization.ToGuid()}'
            on conflict do nothing
            """));
        await database.ExecuteAsync("vacuum analyze contacts, account_contacts");
    }

    /// <summary>Creates accounts named like companies, of four random syllables and a common word.</summary>
    public static async Task CompaniesAsync(BenchmarkDatabase database, Ulid organization, int count)
    {
        await AccountsAsync(database, organization, 1, count);
        await database.ExecuteAsync("""
            update accounts set name = made.name, search = lower(made.name || chr(31) || accounts.primary_domain || chr(31))
            from (
                select id, initcap(
                    syllables[1 + hash[1] % 40] || syllables[1 + hash[2] % 40]
                    || syllables[1 + hash[3] % 40] || syllables[1 + hash[4] % 40])
                    || ' ' || words[1 + hash[4] % 10] as name
                from (
                    select id, array[
                        get_byte(md5, 0), get_byte(md5, 1), get_byte(md5, 2), get_byte(md5, 3)] as hash
                    from (select id, decode(md5(id::text), 'hex') as md5 from accounts) hashed) numbers,
                    (select string_to_array('ba be bo ca ce co da de do fa fe fo ga ge go la le lo ma me mo na ne no pa pe po ra re ro '
                        || 'sa se so ta te to va ve vo wi', ' ') as syllables,
                        string_to_array('Industries Holding Group Software Partners Logistics Foods Energy Labs Media', ' ') as words) texts
            ) made
            where accounts.id = made.id
            """);
        await database.ExecuteAsync("vacuum full analyze accounts");
    }

    /// <summary>Creates organizations with the pick lists and the first accounts of another one.</summary>
    public static async Task OrganizationsAsync(BenchmarkDatabase database, Ulid model, int count, int accounts = 100)
    {
        await database.ExecuteAsync("drop table if exists new_organizations");
        await database.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"create table new_organizations as select gen_random_uuid() as new_id from generate_series(1, {count})"));
        await CopyAsync("organizations", "id", "id = '{0}'");
        await CopyAsync("users", "organization_id", "organization_id = '{0}'");
        await CopyAsync("attribute_values", "organization_id", "organization_id = '{0}'");
        await CopyAsync(
            "accounts",
            "organization_id",
            string.Create(CultureInfo.InvariantCulture, $"organization_id = '{{0}}' order by id limit {accounts}"));
        await database.ExecuteAsync("drop table new_organizations");
        await AddUpdateTimesAsync(database);
        await database.ExecuteAsync("vacuum analyze organizations, users, attribute_values, accounts");

        async Task CopyAsync(string table, string key, string rows)
        {
            var columns = string.Join(", ", await database.QueryAsync<string>(
                $"select column_name::text from information_schema.columns where table_name = '{table}' and column_name <> '{key}'"));
            await database.ExecuteAsync(
                $"insert into {table} ({key}, {columns}) select new_id, {columns} from new_organizations, "
                + $"(select {columns} from {table} where {string.Format(CultureInfo.InvariantCulture, rows, model.ToGuid())}) model");
        }
    }
}
