namespace Thena.Accounts.Api.Intake;

/// <summary>Marks, in the metadata of an endpoint, that the body of its requests is a file.</summary>
internal interface IFileBody;
