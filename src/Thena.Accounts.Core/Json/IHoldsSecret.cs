namespace Thena.Accounts.Core.Json;

/// <summary>A response that shows a secret. If it is stored, to be sent again, it is encrypted.</summary>
public interface IHoldsSecret;
