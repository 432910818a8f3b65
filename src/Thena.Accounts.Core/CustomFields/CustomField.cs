using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The definition of a field that an organization adds to its records (contract: Custom fields).</summary>
public sealed class CustomField : TenantEntity
{
    /// <summary>The field's name.</summary>
    public required string Name { get; set; }

    /// <summary>The name in lower case, by which it is unique among the fields of its source.</summary>
    public string NameKey
    {
        get => StringNormalization.Key(Name);
        private set => _ = value;
    }

    /// <summary>The sort of record it belongs to, see <see cref="CustomFieldSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of its values, see <see cref="CustomFieldTypes"/>.</summary>
    public required string FieldType { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>What may be chosen, for the kinds that choose.</summary>
    public string[] Options { get; set; } = [];

    /// <summary>The client's own data; of a <c>regex</c> field, <c>pattern</c> is the expression.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The team it belongs to, if to one: an id of the client's, as there are no teams here.</summary>
    public string? TeamId { get; set; }

    /// <summary>What an empty form shows.</summary>
    public string? PlaceholderText { get; set; }

    /// <summary>What explains the field.</summary>
    public string? HintText { get; set; }

    /// <summary>The value that forms start with.</summary>
    public string? DefaultValue { get; set; }

    /// <summary>Whether a record cannot be created without it.</summary>
    public bool MandatoryOnCreation { get; set; }

    /// <summary>Whether a ticket cannot be closed without it.</summary>
    public bool MandatoryOnClose { get; set; }

    /// <summary>Whether customers see it.</summary>
    public bool VisibleToCustomer { get; set; }

    /// <summary>Whether customers may change it.</summary>
    public bool EditableByCustomer { get; set; }

    /// <summary>Whether new forms have it.</summary>
    public bool AutoAddToAllForms { get; set; }

    /// <summary>Whether values may be given.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts the changes, from 1; an update names the one it was made from.</summary>
    public int Version { get; set; } = 1;
}

internal sealed class CustomFieldConfiguration : IEntityTypeConfiguration<CustomField>
{
    /// <summary>The name of a field is unique among the fields of its source.</summary>
    public static readonly UniqueRule UniqueName = UniqueRule.Create<CustomField>(
        "ux_custom_fields_name_key",
        "A custom field with this name already exists!",
        field => twin => twin.Source == field.Source && twin.NameKey == field.NameKey);

    public void Configure(EntityTypeBuilder<CustomField> builder)
    {
        builder.ToTable("custom_fields");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(field => field.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(field => field.Version).IsConcurrencyToken();
        builder.HasIndex(field => new { field.OrganizationId, field.Source, field.NameKey })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueName.Index);
    }
}
