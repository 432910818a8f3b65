using Thena.Accounts.Core.Events;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <summary>
/// Erases contacts for good, for the right to be forgotten (extension: changes). Of the person nothing is left: neither the record, also if
/// it was deleted before, nor what its changes and stored responses have of it. IDs stay.
/// </summary>
public sealed class ContactErasure(Writes writes)
{
    /// <summary>Erases a contact.</summary>
    public Task<Result> EraseAsync(Ulid id, CancellationToken cancellationToken) => writes.RunAsync(
        async unit =>
        {
            var organization = unit.OrganizationId;
            var contacts = unit.Read(
                $"select revision, updated_at from contacts where organization_id = {organization} and id = {id} for update",
                row => (Version: row.GetInt32(0), At: row.GetFieldValue<DateTimeOffset>(1)));
            var changes = unit.Read(
                $"""
                select version, id, type from changes
                where organization_id = {organization} and record_id = {id} and type like 'customer-contact:%'
                order by version desc limit 1
                """,
                row => (Version: row.GetInt32(0), At: new Ulid(row.GetGuid(1)).Time, Type: row.GetString(2)));
            await unit.SendAsync();

            // The contact may be older than what is kept of its changes, or have been removed past the server.
            if (contacts.Count == 0 && changes is [] or [{ Type: EventTypes.ContactErased }])
            {
                return ContactService.NotFound;
            }

            var (version, at) = contacts is [var contact] ? contact : (changes[0].Version, changes[0].At);
            unit.Execute($"delete from account_contacts where organization_id = {organization} and contact_id = {id}");
            unit.Execute($"delete from contact_custom_field_values where organization_id = {organization} and contact_id = {id}");
            unit.Execute($"delete from contacts where organization_id = {organization} and id = {id}");
            unit.Execute($"delete from imported_records where organization_id = {organization} and new_id = {id}");
            unit.Execute(
                $"""
                delete from idempotent_requests
                where organization_id = {organization} and position(convert_to({id.ToString()}, 'UTF8') in body) > 0
                """);
            unit.Execute(
                $"""
                update changes set before = null, after = null, changed = '[]'
                where organization_id = {organization} and record_id = {id}
                """);

            // A receiver may have answered with what it was sent.
            unit.Execute($"update webhook_deliveries set response = null where organization_id = {organization} and record_id = {id}");
            unit.AddEvent(EventTypes.ContactErased, id, version + 1, payload: null, at);
            return Result.Done;
        },
        cancellationToken);
}
