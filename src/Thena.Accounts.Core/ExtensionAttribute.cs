namespace Thena.Accounts.Core;

/// <summary>
/// Marks what goes beyond the documented API: an operation, all operations of a controller, or a parameter of the query. The API document
/// says so with <c>x-extension</c>. The document of the documented operations leaves it out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ExtensionAttribute : Attribute;
