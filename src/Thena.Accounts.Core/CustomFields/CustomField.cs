using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The definition of a field that an organization adds to its records (contract: Custom fields).</summary>
public sealed class CustomField : TenantEntity, IReferenceData
{
    private HashSet<string>? _optionSet;

    /// <summary>The field's name.</summary>
    public required string Name { get; set; }

    /// <summary>The name in lower case. It is unique among the living fields of the same source.</summary>
    public string NameKey
    {
        get => StringNormalization.Key(Name);
        private set => _ = value;
    }

    /// <summary>The kind of record that the field belongs to, see <see cref="CustomFieldSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The type of the values, see <see cref="CustomFieldTypes"/>.</summary>
    public required string FieldType { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The options of a choice field.</summary>
    public string[] Options
    {
        get;
        set => (field, _optionSet) = (value, null);
    } = [];

    /// <summary>The client's own data. For a <c>regex</c> field, <c>pattern</c> is the expression that values must match.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The ID of the team that the field belongs to, if any. Clients choose it, as the service has no teams.</summary>
    public string? TeamId { get; set; }

    /// <summary>The placeholder of an empty form field.</summary>
    public string? PlaceholderText { get; set; }

    /// <summary>The hint shown beside the form field.</summary>
    public string? HintText { get; set; }

    /// <summary>The initial value in forms.</summary>
    public string? DefaultValue { get; set; }

    /// <summary>Whether a record needs a value when it is created.</summary>
    public bool MandatoryOnCreation { get; set; }

    /// <summary>Whether a ticket needs a value before it can be closed.</summary>
    public bool MandatoryOnClose { get; set; }

    /// <summary>Whether customers can see the field.</summary>
    public bool VisibleToCustomer { get; set; }

    /// <summary>Whether customers can edit the field.</summary>
    public bool EditableByCustomer { get; set; }

    /// <summary>Whether new forms include the field.</summary>
    public bool AutoAddToAllForms { get; set; }

    /// <summary>Whether records can be given values for the field.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The number of the version, from 1. An update names the version it is based on.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether a text is one of the options. Takes the same time however many there are.</summary>
    internal bool HasOption(string text) => (_optionSet ??= new(Options, StringComparer.Ordinal)).Contains(text);
}

internal sealed class CustomFieldConfiguration : IEntityTypeConfiguration<CustomField>
{
    /// <summary>The name of a field is unique among the fields of its source.</summary>
    public static readonly UniqueIndex<CustomField> UniqueName =
        new("ux_custom_fields_name_key", "A custom field with this name already exists!");

    public void Configure(EntityTypeBuilder<CustomField> builder)
    {
        builder.ToTable("custom_fields");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(field => field.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(field => field.Version).IsConcurrencyToken();
        builder.HasIndex(field => new { field.OrganizationId, field.Source, field.NameKey })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueName.Name);
    }
}
