using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Accounts, for what handles all kinds of records.</summary>
public sealed class AccountKind : RecordKind<Account, AccountResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = SharedKinds.Accounts;

    private static readonly string[] PickLists = ["status", "classification", "health", "industry"];

    /// <summary>Creates the descriptor.</summary>
    public AccountKind()
        : base(Plural, "v1/accounts", AccountJson.Default, AccountResponse.From)
    {
        EventName = "account";
        PayloadName = "account";
        NotFound = AccountService.NotFound;
        Requests = new RecordRequests<AccountService, CreateAccountRequest, UpdateAccountRequest, AccountResponse>(
            (accounts, request, cancellationToken) => accounts.CreateAsync(request, cancellationToken),
            (accounts, id, request, cancellationToken) => accounts.UpdateAsync(id, request, cancellationToken))
        {
            CreateSet = (accounts, items, cancellationToken) => accounts.CreateSetAsync(items, cancellationToken),
        };
        Key = new RecordKey("primaryDomain") { Changeable = "primaryDomain", MakeUnused = text => $"{text}.invalid" };
        FieldSource = CustomFieldSource.Account;
        MembersWithDefault = PickLists;
        Examples = new RecordExamples { Deleted = 503, Change = """{"status": "ACTIVE", "health": "YELLOW", "employees": 1250}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<AccountService>();
        services.AddUse<Account>(AttributeKind.AccountStatus, nameof(Account.StatusId));
        services.AddUse<Account>(AttributeKind.AccountClassification, nameof(Account.ClassificationId));
        services.AddUse<Account>(AttributeKind.AccountHealth, nameof(Account.HealthId));
        services.AddUse<Account>(AttributeKind.AccountIndustry, nameof(Account.IndustryId));
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.PickListValues(PickLists);
        members.User("accountOwnerId", "accountOwnerEmail", "accountOwner", "accountOwnerAvatarUrl");
        members.CustomFieldValues();
    }
}
