using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Secrets;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>Encrypts secrets with ASP.NET Core Data Protection.</summary>
internal sealed class DataProtectionSecrets(IDataProtectionProvider provider) : IWebhookSecrets
{
    private readonly IDataProtector _protector = provider.CreateProtector("Thena.Accounts.Webhooks");

    public string Protect(string secret) => _protector.Protect(secret);

    public string? Unprotect(string secret)
    {
        try
        {
            return _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Keeps the keys of Data Protection in the database, where all servers find them.</summary>
internal sealed class DatabaseKeyRepository(SecretKeys keys) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.ReadAll().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) => keys.Add(element.ToString(SaveOptions.DisableFormatting));

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;
}
