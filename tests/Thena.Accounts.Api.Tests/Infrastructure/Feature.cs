
namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>Activities, notes and tasks: the features whose records belong to an account and follow the same rules.</summary>
public static class Feature
{
    /// <summary>The name of a feature: the last segment of its path.</summary>
    public const string Activities = "activities", Notes = "notes", Tasks = "tasks";

    /// <summary>Returns the noun for one record: <c>activity</c>, <c>note</c> or <c>task</c>.</summary>
    public static string NounOf(string feature) => feature == Activities ? "activity" : feature[..^1];

    /// <summary>Returns the message of the 404 for an unknown record.</summary>
    public static string NotFoundOf(string feature) => $"Account {NounOf(feature)} not found";

    /// <summary>Returns the path of the records, or of one record.</summary>
    public static string PathOf(string feature, string? id = null) => $"{Paths.Accounts}/{feature}{(id is null ? "" : $"/{id}")}";
}
