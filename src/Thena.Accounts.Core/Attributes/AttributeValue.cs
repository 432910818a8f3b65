using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A value of one of the organization's pick lists.</summary>
public sealed class AttributeValue : TenantEntity, IReferenceData
{
    /// <summary>The list that the value belongs to.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>The text of the value.</summary>
    public required string Value { get; set; }

    /// <summary>The text in lower case. It is unique in the list, and references match it.</summary>
    public string ValueKey
    {
        get => StringNormalization.Key(Value);
        private set => _ = value;
    }

    /// <summary>The name of a Hero icon.</summary>
    public string? Icon { get; set; }

    /// <summary>The color, as <c>#RRGGBB</c>.</summary>
    public string? Color { get; set; }

    /// <summary>For a task status: whether tasks with this status are closed.</summary>
    public bool? IsClosed { get; set; }

    /// <summary>Whether new records get this value by default. A list has at most one default.</summary>
    public bool IsDefault { get; set; }
}

internal sealed class AttributeValueConfiguration : IEntityTypeConfiguration<AttributeValue>
{
    /// <summary>The text of a value is unique in its list.</summary>
    public static readonly UniqueIndex<AttributeValue> UniqueValue =
        new("ux_attribute_values_value_key", "An attribute value with this name already exists!");

    /// <summary>
    /// A list has at most one default. Writers lock the values of the list, so only concurrent inserts into an empty list can violate this.
    /// </summary>
    public static readonly UniqueIndex<AttributeValue> UniqueDefault =
        new("ux_attribute_values_default", "Another value has become the default meanwhile!") { NamesExisting = false };

    public void Configure(EntityTypeBuilder<AttributeValue> builder)
    {
        builder.ToTable("attribute_values");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(value => value.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(value => value.Kind).HasConversion(kind => kind.ToName(), name => ParseKind(name));
        builder.HasIndex(value => new { value.OrganizationId, value.Kind, value.ValueKey })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueValue.Name);
        builder.HasIndex(value => new { value.OrganizationId, value.Kind }, UniqueDefault.Name)
            .IsUnique().HasFilter($"is_default and {TenantEntityMapping.Living}").HasDatabaseName(UniqueDefault.Name);
    }

    /// <summary>Reads the name of a pick list from the database.</summary>
    public static AttributeKind ParseKind(string name) =>
        AttributeKinds.TryParse(name, out var kind)
            ? kind
            : throw new InvalidOperationException($"Unknown attribute {name} in the database.");
}
