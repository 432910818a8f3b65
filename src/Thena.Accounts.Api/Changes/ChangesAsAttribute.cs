namespace Thena.Accounts.Api.Changes;

/// <summary>Says what the changes of an operation come from, if it is not a request that changes one record.</summary>
/// <param name="source">See <see cref="Postgres.Changes.ChangeSource"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChangesAsAttribute(string source) : Attribute
{
    /// <summary>See <see cref="Postgres.Changes.ChangeSource"/>.</summary>
    public string Source => source;
}
