using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Postgres.Schema.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_update_times",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_update_times", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "idempotent_requests",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    etag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_requests", x => new { x.organization_id, x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "imported_records",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    old_id = table.Column<string>(type: "text", nullable: false),
                    new_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_records", x => new { x.organization_id, x.kind, x.old_id });
                });

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    tier = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reference_versions",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reference_versions", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                    table.ForeignKey(
                        name: "fk_api_keys_organization_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "attribute_values",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    value_key = table.Column<string>(type: "text", nullable: false),
                    icon = table.Column<string>(type: "text", nullable: true),
                    color = table.Column<string>(type: "text", nullable: true),
                    is_closed = table.Column<bool>(type: "boolean", nullable: true),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attribute_values", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_attribute_values_organization_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "custom_fields",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    field_type = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    options = table.Column<string[]>(type: "text[]", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    team_id = table.Column<string>(type: "text", nullable: true),
                    placeholder_text = table.Column<string>(type: "text", nullable: true),
                    hint_text = table.Column<string>(type: "text", nullable: true),
                    default_value = table.Column<string>(type: "text", nullable: true),
                    mandatory_on_creation = table.Column<bool>(type: "boolean", nullable: false),
                    mandatory_on_close = table.Column<bool>(type: "boolean", nullable: false),
                    visible_to_customer = table.Column<bool>(type: "boolean", nullable: false),
                    editable_by_customer = table.Column<bool>(type: "boolean", nullable: false),
                    auto_add_to_all_forms = table.Column<bool>(type: "boolean", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_fields", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_custom_fields_organization_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "relationship_types",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    inverse_id = table.Column<Guid>(type: "uuid", nullable: true),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationship_types", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_relationship_types_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relationship_types_relationship_types_organization_id_inver",
                        columns: x => new { x.organization_id, x.inverse_id },
                        principalTable: "relationship_types",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    avatar_url = table.Column<string>(type: "text", nullable: true),
                    email_key = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_users_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_name = table.Column<string>(type: "text", nullable: false),
                    last_name = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: false),
                    email_key = table.Column<string>(type: "text", nullable: false),
                    email_domain = table.Column<string>(type: "text", nullable: false),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    avatar_url = table.Column<string>(type: "text", nullable: true),
                    contact_type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contacts", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_contacts_attribute_values_organization_id_contact_type_id",
                        columns: x => new { x.organization_id, x.contact_type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_contacts_organization_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    primary_domain = table.Column<string>(type: "text", nullable: false),
                    secondary_domain = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    logo = table.Column<string>(type: "text", nullable: true),
                    website = table.Column<string>(type: "text", nullable: true),
                    status_id = table.Column<Guid>(type: "uuid", nullable: true),
                    classification_id = table.Column<Guid>(type: "uuid", nullable: true),
                    health_id = table.Column<Guid>(type: "uuid", nullable: true),
                    industry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    annual_revenue = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    employees = table.Column<int>(type: "integer", nullable: true),
                    billing_address = table.Column<string>(type: "text", nullable: true),
                    shipping_address = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    search = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_accounts_attribute_values_organization_id_classification_id",
                        columns: x => new { x.organization_id, x.classification_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accounts_attribute_values_organization_id_health_id",
                        columns: x => new { x.organization_id, x.health_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accounts_attribute_values_organization_id_industry_id",
                        columns: x => new { x.organization_id, x.industry_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accounts_attribute_values_organization_id_status_id",
                        columns: x => new { x.organization_id, x.status_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accounts_organization_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accounts_users_organization_id_account_owner_id",
                        columns: x => new { x.organization_id, x.account_owner_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "contact_custom_field_values",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    custom_field_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    data = table.Column<string>(type: "json", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_custom_field_values", x => new { x.organization_id, x.contact_id, x.custom_field_id });
                    table.ForeignKey(
                        name: "fk_contact_custom_field_values_contacts_organization_id_contac",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_contact_custom_field_values_custom_fields_organization_id_c",
                        columns: x => new { x.organization_id, x.custom_field_id },
                        principalTable: "custom_fields",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "account_contacts",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_contacts", x => new { x.organization_id, x.account_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_account_contacts_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_account_contacts_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_custom_field_values",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    custom_field_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    data = table.Column<string>(type: "json", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_custom_field_values", x => new { x.organization_id, x.account_id, x.custom_field_id });
                    table.ForeignKey(
                        name: "fk_account_custom_field_values_accounts_organization_id_accoun",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_account_custom_field_values_custom_fields_organization_id_c",
                        columns: x => new { x.organization_id, x.custom_field_id },
                        principalTable: "custom_fields",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "activities",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    duration = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status_id = table.Column<Guid>(type: "uuid", nullable: false),
                    creator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activities", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_activities_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_attribute_values_organization_id_status_id",
                        columns: x => new { x.organization_id, x.status_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_users_organization_id_creator_id",
                        columns: x => new { x.organization_id, x.creator_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_notes_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notes_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notes_users_organization_id_author_id",
                        columns: x => new { x.organization_id, x.author_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "relationships",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    related_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    fact_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    fact_related_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    fact_type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationships", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_relationships_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relationships_accounts_organization_id_related_account_id",
                        columns: x => new { x.organization_id, x.related_account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relationships_relationship_types_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "relationship_types",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "activity_participants",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_participants", x => new { x.organization_id, x.activity_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_activity_participants_activities_organization_id_activity_id",
                        columns: x => new { x.organization_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_activity_participants_users_organization_id_user_id",
                        columns: x => new { x.organization_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status_id = table.Column<Guid>(type: "uuid", nullable: false),
                    priority_id = table.Column<Guid>(type: "uuid", nullable: false),
                    creator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_tasks_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_activities_organization_id_activity_id",
                        columns: x => new { x.organization_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_priority_id",
                        columns: x => new { x.organization_id, x.priority_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_status_id",
                        columns: x => new { x.organization_id, x.status_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_users_organization_id_assignee_id",
                        columns: x => new { x.organization_id, x.assignee_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_users_organization_id_creator_id",
                        columns: x => new { x.organization_id, x.creator_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateIndex(
                name: "ix_account_contacts_organization_id_contact_id",
                table: "account_contacts",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_account_update_times_organization_id_updated_at_id",
                table: "account_update_times",
                columns: new[] { "organization_id", "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_account_owner_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "account_owner_id", "id" },
                filter: "account_owner_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_classification_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "classification_id", "id" },
                filter: "classification_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_health_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "health_id", "id" },
                filter: "health_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_industry_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "industry_id", "id" },
                filter: "industry_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_search_id",
                table: "accounts",
                columns: new[] { "organization_id", "search", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_secondary_domain",
                table: "accounts",
                columns: new[] { "organization_id", "secondary_domain" },
                filter: "secondary_domain is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_source_id",
                table: "accounts",
                columns: new[] { "organization_id", "source", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_status_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "status_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_accounts_primary_domain",
                table: "accounts",
                columns: new[] { "organization_id", "primary_domain" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_account_id_id",
                table: "activities",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_status_id_id",
                table: "activities",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_type_id_id",
                table: "activities",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_organization_id",
                table: "api_keys",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ux_attribute_values_default",
                table: "attribute_values",
                columns: new[] { "organization_id", "kind" },
                unique: true,
                filter: "is_default and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_attribute_values_value_key",
                table: "attribute_values",
                columns: new[] { "organization_id", "kind", "value_key" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_contact_type_id_id",
                table: "contacts",
                columns: new[] { "organization_id", "contact_type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_email_domain",
                table: "contacts",
                columns: new[] { "organization_id", "email_domain" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_contacts_email_key",
                table: "contacts",
                columns: new[] { "organization_id", "email_key" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_custom_fields_name_key",
                table: "custom_fields",
                columns: new[] { "organization_id", "source", "name_key" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_requests_created_at",
                table: "idempotent_requests",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_account_id_id",
                table: "notes",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_type_id_id",
                table: "notes",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationship_types_organization_id_inverse_id",
                table: "relationship_types",
                columns: new[] { "organization_id", "inverse_id" },
                unique: true,
                filter: "inverse_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_relationship_types_name_key",
                table: "relationship_types",
                columns: new[] { "organization_id", "name_key" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_account_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_related_account_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "related_account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_type_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_relationships_fact",
                table: "relationships",
                columns: new[] { "organization_id", "fact_account_id", "fact_related_account_id", "fact_type_id" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_account_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_activity_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "activity_id", "id" },
                filter: "activity_id is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_assignee_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "assignee_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_priority_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "priority_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_status_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_type_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_users_email_key",
                table: "users",
                columns: new[] { "organization_id", "email_key" },
                unique: true,
                filter: "deleted_at is null");

            // Unset values come last in these orders.
            migrationBuilder.Sql("""
                create index ix_accounts_organization_id_annual_revenue_id
                on accounts (organization_id, coalesce(annual_revenue, -1), id) where deleted_at is null;
                """);
            migrationBuilder.Sql("""
                create index ix_accounts_organization_id_employees_id
                on accounts (organization_id, coalesce(employees, -1), id) where deleted_at is null;
                """);

            // The index of searches (ADR 17).
            migrationBuilder.Sql("""
                create function search_grams(organization_id uuid, search text) returns tsvector
                language plpgsql immutable strict parallel safe cost 500 as
                $function$
                declare
                    prefix text := right(organization_id::text, 8);
                    grams text[];
                begin
                    for position in 1..length(search) loop
                        grams := grams || (prefix || substr(search, position, 4));
                    end loop;
                    return array_to_tsvector(grams);
                end
                $function$;
                """);
            migrationBuilder.Sql("""
                create index ix_accounts_search_grams
                on accounts using gin (search_grams(organization_id, search)) with (gin_pending_list_limit = 1024) where deleted_at is null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function search_grams cascade;");
            migrationBuilder.DropTable(
                name: "account_contacts");

            migrationBuilder.DropTable(
                name: "account_custom_field_values");

            migrationBuilder.DropTable(
                name: "account_update_times");

            migrationBuilder.DropTable(
                name: "activity_participants");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "contact_custom_field_values");

            migrationBuilder.DropTable(
                name: "idempotent_requests");

            migrationBuilder.DropTable(
                name: "imported_records");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "reference_versions");

            migrationBuilder.DropTable(
                name: "relationships");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "custom_fields");

            migrationBuilder.DropTable(
                name: "relationship_types");

            migrationBuilder.DropTable(
                name: "activities");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "attribute_values");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "organizations");
        }
    }
}
