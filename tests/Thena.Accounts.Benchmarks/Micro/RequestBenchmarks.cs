using System.Text.Json;
using BenchmarkDotNet.Attributes;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Benchmarks.Micro;

/// <summary>What a request costs before it reaches the database: reading JSON, validation, IDs, domains and email addresses.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private byte[] _one = [];
    private byte[] _many = [];
    private CreateAccountRequest _request = new();
    private IValidator<CreateAccountRequest>? _validator;

    /// <summary>Prepares the bodies.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var account = new
        {
            name = "Acme",
            primaryDomain = "acme.com",
            status = "ACTIVE",
            employees = 120,
            metadata = new { tier = "gold" },
        };
        _one = JsonSerializer.SerializeToUtf8Bytes(account);
        _many = JsonSerializer.SerializeToUtf8Bytes(new { accounts = Enumerable.Repeat(account, 5_000) });
        _request = (CreateAccountRequest)RequestJson.Read(_one, typeof(CreateAccountRequest), out _)!;
        _validator = new ServiceCollection().AddAccounts(_ => "Host=localhost").BuildServiceProvider()
            .GetRequiredService<IValidator<CreateAccountRequest>>();
    }

    /// <summary>Reads the body of one account.</summary>
    [Benchmark]
    public object? ReadAccount() => RequestJson.Read(_one, typeof(CreateAccountRequest), out _);

    /// <summary>Reads the body of 5,000 accounts.</summary>
    [Benchmark]
    public object? ReadBulk() => RequestJson.Read(_many, typeof(CreateAccountsRequest), out _);

    /// <summary>Validates one account.</summary>
    [Benchmark]
    public bool Validate() => _validator!.Validate(_request).IsValid;

    /// <summary>Parses an ID.</summary>
    [Benchmark]
    public bool ParseId() => WireFormat.TryParseId("01JZ6F9T3N4S8W5V7X2Y1A0BCD", out _);

    /// <summary>Normalizes a domain.</summary>
    [Benchmark]
    public bool NormalizeDomain() => DomainName.TryNormalize("https://www.Acme.com/about", out _);

    /// <summary>Parses an email address.</summary>
    [Benchmark]
    public bool ParseEmail() => EmailAddress.TryParse("John.Doe@acme.com", out _, out _);
}

/// <summary>What a response costs after it has been read from the database.</summary>
[MemoryDiagnoser]
public class ResponseBenchmarks
{
    private readonly ArrayPoolWriter _output = new();
    private AccountResponse[] _page = [];

    /// <summary>Prepares a page.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var display = new Core.Attributes.AttributeDisplay { Icon = "star", Color = "#16A34A" };
        var now = TimeProvider.System.GetUtcNow();
        _page = [.. Enumerable.Range(0, 50).Select(index => new AccountResponse
        {
            Id = "01JZ6F9T3N4S8W5V7X2Y1A0BCD",
            Name = $"Account {index}",
            Description = "A customer",
            Source = "manual",
            Logo = null,
            StatusId = "01JZ6F9T3N4S8W5V7X2Y1A0BCE",
            Status = "ACTIVE",
            StatusConfiguration = display,
            ClassificationId = "",
            Classification = "",
            ClassificationConfiguration = display,
            HealthId = "",
            Health = "",
            HealthConfiguration = display,
            IndustryId = "",
            Industry = "",
            IndustryConfiguration = display,
            PrimaryDomain = $"account-{index}.example",
            SecondaryDomain = null,
            AccountOwner = "Ada Lovelace",
            AccountOwnerId = "01JZ6F9T3N4S8W5V7X2Y1A0BCF",
            AccountOwnerEmail = "ada@example.com",
            AccountOwnerAvatarUrl = null,
            AnnualRevenue = 1_250_000.5m,
            Employees = 120,
            Website = null,
            BillingAddress = null,
            ShippingAddress = null,
            CustomFieldValues = [],
            Metadata = RawJson.EmptyObject,
            CreatedAt = now,
            UpdatedAt = now,
        })];
    }

    /// <summary>Writes a page of 50 accounts.</summary>
    [Benchmark]
    public long WritePage()
    {
        _output.Clear();
        using var writer = new Utf8JsonWriter(_output);
        JsonSerializer.Serialize(writer, _page, WireJson.Options.GetTypeInfo(typeof(IReadOnlyList<AccountResponse>)));
        return writer.BytesCommitted;
    }

    private sealed class ArrayPoolWriter : System.Buffers.IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[1_024 * 1_024];
        private int _written;

        public void Clear() => _written = 0;

        public void Advance(int count) => _written += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_written);

        public Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_written);
    }
}
