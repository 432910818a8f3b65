namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form in which the custom-field operations answer.</summary>
/// <typeparam name="T">What is answered.</typeparam>
/// <param name="Data">What is answered.</param>
/// <param name="Status">Always <see langword="true"/>: errors have the error body instead.</param>
/// <param name="Message">What was done.</param>
/// <param name="Timestamp">When.</param>
public sealed record CustomFieldEnvelope<T>(T Data, bool Status, string Message, DateTimeOffset Timestamp)
    where T : notnull;
