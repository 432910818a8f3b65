using System.CommandLine;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Administration;

/// <summary>The commands for organizations.</summary>
internal static class OrganizationCommands
{
    /// <summary>Creates <c>organizations</c>.</summary>
    public static Command Create(CommandHost host) => new CommandWithExamples(
        "organizations", "Manages organizations, the tenants of the server")
    {
        CreateOrganization(host),
        ListOrganizations(host),
    };

    /// <summary>Creates the option for the tier of a new organization.</summary>
    internal static Option<string> TierOption()
    {
        var tier = new Option<string>("--tier") { DefaultValueFactory = _ => "standard", Description = "The organization's tier" };
        tier.AcceptOnlyFromAmong("free", "standard", "enterprise");
        return tier;
    }

    /// <summary>Returns the tier.</summary>
    internal static OrganizationTier Tier(ParseResult parsed, Option<string> tier) =>
        Enum.Parse<OrganizationTier>(parsed.GetValue(tier)!, ignoreCase: true);

    private static Command CreateOrganization(CommandHost host)
    {
        var name = new Option<string>("--name") { Required = true, Description = "The organization's name" };
        var tier = TierOption();
        return host.Define(
            new CommandWithExamples(
                "create", "Creates an organization with default pick lists", "organizations create --name \"Acme\" --tier enterprise"),
            [name, tier],
            (parsed, service, cancellationToken) =>
                service.CreateOrganizationAsync(new(parsed.GetValue(name)!, Tier(parsed, tier)), cancellationToken));
    }

    private static Command ListOrganizations(CommandHost host) => host.DefineList(
        new CommandWithExamples("list", "Lists all organizations", "organizations list", "organizations list --output json"),
        [],
        async (_, service, cancellationToken) =>
            new Listing<OrganizationResponse>(await service.ListOrganizationsAsync(cancellationToken)).ToResult());
}
