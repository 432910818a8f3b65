using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Moving;
using Thena.Accounts.Core.Moving.Rows;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Postgres;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Core;

/// <summary>Registers the services of the product.</summary>
public static class ServiceRegistration
{
    /// <summary>The entities of all features.</summary>
    internal static EntityModel Entities { get; } = new(typeof(ServiceRegistration).Assembly, conventions =>
    {
        conventions.Properties<RawJson>().HaveConversion<RawJsonValueConverter>().HaveColumnType("json");
        conventions.Properties<AttachmentList>().HaveConversion<AttachmentListConverter>().HaveColumnType("jsonb");
    });

    /// <summary>Adds the services of all features, their validators and the database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">Returns the connection string of the database. Called when the database is first needed.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddPostgres(connectionString, Entities);

        services.AddHybridCache();
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddScoped<AdministrationService>();
        services.AddScoped<AttributeValueService>();
        services.AddScoped<CustomFieldService>();
        services.AddScoped<AccountService>();
        services.AddSingleton<IContactLinker, ContactLinker>();
        services.AddScoped<ContactService>();
        services.AddScoped<IngestService>();
        services.AddSingleton<PublicMailboxProviders>();
        services.AddScoped<RelationshipTypeService>();
        services.AddScoped<RelationshipService>();
        services.AddScoped<ActivityService>();
        services.AddScoped<NoteService>();
        services.AddScoped<TaskService>();

        services.AddSingleton<RecordImporter>();
        services.AddSingleton<RecordExporter>();
        services.AddSingleton<RowImporter>();

        services.AddUse<Account>(AttributeKind.AccountStatus, nameof(Account.StatusId));
        services.AddUse<Account>(AttributeKind.AccountClassification, nameof(Account.ClassificationId));
        services.AddUse<Account>(AttributeKind.AccountHealth, nameof(Account.HealthId));
        services.AddUse<Account>(AttributeKind.AccountIndustry, nameof(Account.IndustryId));
        services.AddUse<Contact>(AttributeKind.ContactType, nameof(Contact.ContactTypeId));
        services.AddUse<Activity>(AttributeKind.ActivityType, nameof(Activity.TypeId));
        services.AddUse<Activity>(AttributeKind.ActivityStatus, nameof(Activity.StatusId));
        services.AddUse<Note>(AttributeKind.NoteType, nameof(Note.TypeId));
        services.AddUse<AccountTask>(AttributeKind.TaskType, nameof(AccountTask.TypeId));
        services.AddUse<AccountTask>(AttributeKind.TaskStatus, nameof(AccountTask.StatusId));
        services.AddUse<AccountTask>(AttributeKind.TaskPriority, nameof(AccountTask.PriorityId));

        services.AddSingleton<IDependents<Account>, AccountContactDependents>();
        services.AddSingleton<IDependents<Account>, AccountRelationshipDependents>();
        services.AddSingleton<IDependents<Account>, AccountActivityDependents>();
        services.AddSingleton<IDependents<Account>, AccountNoteDependents>();
        services.AddSingleton<IDependents<Account>, AccountTaskDependents>();
        services.AddSingleton<IDependents<Activity>, ActivityTaskDependents>();

        // Validation errors use the JSON names of members, and are always in English.
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null
            ? null
            : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        services.AddValidatorsFromAssembly(typeof(ServiceRegistration).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }

    private static void AddUse<T>(this IServiceCollection services, AttributeKind kind, string property)
        where T : TenantEntity =>
        services.AddSingleton<AttributeUse>(new AttributeUse<T>(kind, property));
}
