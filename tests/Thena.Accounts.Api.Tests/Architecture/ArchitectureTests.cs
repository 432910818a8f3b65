using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NetArchTest.Rules;
using Thena.Accounts.Api.Settings;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Moving;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Tests.Architecture;

public sealed class ArchitectureTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private static readonly Assembly Core = typeof(ServiceRegistration).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;
    private static readonly Assembly Moving = typeof(MovingRegistration).Assembly;
    private static readonly Assembly Postgres = typeof(AccountsDbContext).Assembly;

    [Fact]
    public void Core_OfAllTypes_KnowsNoHttp() =>
        Expect(Types.InAssembly(Core).Should().NotHaveDependencyOnAny("Microsoft.AspNetCore", "System.Net.Http", "Thena.Accounts.Api"));

    [Fact]
    public void Core_OfAllTypes_KnowsNoNpgsql() => Expect(Types.InAssembly(Core).Should().NotHaveDependencyOn("Npgsql"));

    [Fact]
    public void Postgres_OfAllTypes_KnowsNoFeatureAndNoHttp() => Expect(Types.InAssembly(Postgres).Should()
        .NotHaveDependencyOnAny("Thena.Accounts.Core", "Thena.Accounts.Api", "Microsoft.AspNetCore", "System.Net.Http"));

    [Fact]
    public void Core_OfAllTypes_KnowsNoImport() =>
        Expect(Types.InAssembly(Core).Should().NotHaveDependencyOnAny("Thena.Accounts.Moving", "CsvHelper", "System.CommandLine"));

    [Fact]
    public void Moving_OfAllTypes_KnowsNoServer() =>
        Expect(Types.InAssembly(Moving).Should().NotHaveDependencyOnAny("Thena.Accounts.Api", "Microsoft.AspNetCore", "Npgsql"));

    [Fact]
    public void Kinds_OfAllRecords_ComeAfterThoseTheyReferTo()
    {
        var names = RecordKinds.All.Select(kind => kind.Name).ToList();

        Assert.NotEmpty(names);
        Assert.All(RecordKinds.All, kind => Assert.All(
            kind.ReferencedKinds,
            other => Assert.True(names.IndexOf(other) <= names.IndexOf(kind.Name), $"{kind.Name} -> {other}")));
    }

    [Fact]
    public void Kinds_WithForeignKeys_DescribeThemAndDependOnTheirTargets()
    {
        using var scope = server.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Model;
        var kindOf = RecordKinds.All.ToDictionary(kind => kind.EntityType, kind => kind);
        foreach (var kind in RecordKinds.All)
        {
            var references = kind.ReferencedKinds;
            foreach (var key in model.FindEntityType(kind.EntityType)!.GetForeignKeys())
            {
                if (!kindOf.TryGetValue(key.PrincipalEntityType.ClrType, out var target))
                {
                    continue;
                }

                Assert.True(references.Contains(target.Name), $"{kind.Name} does not describe its reference to {target.Name}");
                if (typeof(IReferenceData).IsAssignableFrom(target.EntityType))
                {
                    // What is referred to by name is refused or replaced on deletion.
                    continue;
                }

                var dependents = scope.ServiceProvider.GetServices(typeof(IDependents<>).MakeGenericType(target.EntityType));
                Assert.True(
                    dependents.Any(one => (string)one!.GetType().GetProperty("Kind")!.GetValue(one)! == kind.Name),
                    $"{kind.Name} has no IDependents<{target.EntityType.Name}>");
            }
        }
    }

    [Fact]
    public void Json_OfAllOperations_HasGeneratedContracts()
    {
        var types = server.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .SelectMany(operation => operation.SupportedResponseTypes.Select(response => response.Type)
                .Concat(operation.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Body)
                    .Select(parameter => (Type?)parameter.Type)))
            .OfType<Type>()
            .Where(type => type != typeof(void))
            .Distinct()
            .ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.True(MovingJson.Options.TryGetTypeInfo(type, out _), $"{type} is in no JSON context"));
    }

    [Fact]
    public void Api_OfAllTypes_KnowsNoDatabaseLibrary() =>
        Expect(Types.InAssembly(Api).Should().NotHaveDependencyOnAny("Microsoft.EntityFrameworkCore", "Npgsql"));

    [Fact]
    public void Api_OutsideEmbeddedDatabase_KnowsNoEmbeddedPostgres() => Expect(Types.InAssembly(Api)
        .That()
            .DoNotHaveName("EmbeddedDatabase")
        .Should().NotHaveDependencyOn("Thena.Accounts.EmbeddedPostgres"));

    [Theory]
    [InlineData("Thena.Accounts.Core")]
    [InlineData("Thena.Accounts.Moving")]
    [InlineData("Thena.Accounts.Api")]
    public void Namespaces_OfOneAssembly_FormNoCycle(string assembly)
    {
        // The database context and the JSON context name the types of all features; what composes them stands in the root namespace.
        string[] everywhere = [nameof(AccountsDbContext), "WireJsonContext", "WireJson"];
        var types = Types.InAssembly(Assembly.Load(assembly));
        var namespaces = types.That().ResideInNamespaceStartingWith(assembly + ".").GetTypes()
            .Select(type => type.Namespace!)
            .Where(name => !name.Contains("Migrations", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        var users = namespaces.ToDictionary(name => name, name => types.That().HaveDependencyOn(name).GetTypes()
            .Where(type => !everywhere.Any(shared => Outermost(type).Name.StartsWith(shared, StringComparison.Ordinal)))
            .Select(type => type.Namespace!)
            .Where(user => user != name && namespaces.Contains(user))
            .ToHashSet());

        Assert.Contains(users, used => used.Value.Count > 0);

        // Takes away, again and again, what nothing that is left uses: only cycles remain.
        while (users.Keys.FirstOrDefault(name => !users[name].Any(users.ContainsKey)) is { } free)
        {
            users.Remove(free);
        }

        Assert.Empty(users.SelectMany(used => used.Value.Where(users.ContainsKey).Select(user => $"{user} -> {used.Key}")));
    }

    [Fact]
    public void Entities_InSignaturesOfServices_NeverLeaveCore()
    {
        var entities = EntityTypes().ToHashSet();
        var leaks = Core.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Service", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => Mentioned(method.ReturnType).Any(entities.Contains))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Empty(leaks);
        Expect(Types.InAssembly(Api).Should().NotHaveDependencyOnAny([.. entities.Select(entity => entity.FullName)]));
    }

    [Fact]
    public void Entities_WithoutAReasonOnRecord_AreTenantScoped()
    {
        // An organization is the scope itself. A key is found by its hash before its organization is known.
        Type[] exceptions = [typeof(Organization), typeof(ApiKey)];

        Assert.Equal(
            exceptions.Select(type => type.Name),
            EntityTypes().Where(type => !typeof(ITenantScoped).IsAssignableFrom(type)).Select(type => type.Name).OrderDescending());
    }

    [Fact]
    public void Tables_OfTenantScopedEntities_LeadEveryKeyAndIndexWithTheOrganization()
    {
        using var scope = server.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Model;
        foreach (var type in model.GetEntityTypes().Where(type => typeof(ITenantScoped).IsAssignableFrom(type.ClrType)))
        {
            var keys = type.GetKeys().Select(key => key.Properties)
                // Stored responses expire by their age, whatever their organization. No two organizations have an account with the same ID.
                .Concat(type.GetIndexes()
                    .Where(index => index.Properties[0].Name is not (nameof(IdempotentRequest.CreatedAt) or nameof(Change.AccountIds)))
                    .Select(index => index.Properties))
                .Concat(type.GetForeignKeys().Select(key => key.Properties));
            Assert.All(keys, properties => Assert.Equal(nameof(ITenantScoped.OrganizationId), properties[0].Name));
            Assert.Contains(AccountsDbContext.OrganizationFilter, type.GetDeclaredQueryFilters().Select(filter => filter.Key));
        }
    }

    [Fact]
    public void Endpoints_WithoutAllowAnonymous_AreClosed()
    {
        string[] open =
        [
            "/", "/health/live", "/health/ready",
            "/reference/favicon.svg", "/reference/scalar.aspnetcore.js", "/reference/scalar.js", "/reference/{documentName?}",
        ];
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        var anonymous = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

        Assert.Equal(open, anonymous.Order(StringComparer.Ordinal));
        Assert.All(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null),
            endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<IAuthorizeData>()));
    }

    [Fact]
    public void Options_BoundToTheConfiguration_AreKnownToTheCheckOfSettings()
    {
        var known = server.Services.GetServices<SettingsSection>().Select(section => section.Options).ToHashSet();
        var bound = Api.GetTypes().Concat(Core.GetTypes()).Concat(Postgres.GetTypes()).Concat(Moving.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false })
            .Where(type => server.Services.GetServices(typeof(IOptionsChangeTokenSource<>).MakeGenericType(type)).Any())
            .ToList();

        Assert.NotEmpty(bound);
        Assert.All(bound, type => Assert.Contains(type, known));
    }

    [Fact]
    public void Settings_OfTheirPage_Exist()
    {
        var sections = server.Services.GetServices<SettingsSection>().ToList();
        var names = Regex
            .Matches(
                File.ReadAllText(SettingsPage()),
                "`[A-Z][A-Za-z]*(__[A-Za-z0-9]+)+",
                RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(5))
            .Select(match => match.Value[1..].Replace("__", ":", StringComparison.Ordinal))
            .Where(name => sections.Any(section => name.StartsWith($"{section.Name}:", StringComparison.Ordinal)))
            .ToList();
        var known = sections.SelectMany(Setting.Of).Select(setting => setting.Path).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(known, path => name == path || name.StartsWith($"{path}:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Services_OfAllFeatures_AreSealedWithoutInterface()
    {
        var services = Core.GetExportedTypes().Where(type => type.Name.EndsWith("Service", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(services);
        Assert.All(services, type => Assert.True(type.IsSealed && type.GetInterfaces().Length == 0, type.Name));
    }

    private static string SettingsPage([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "docs", "configuration.md");

    private static IEnumerable<Type> EntityTypes() => Core.GetTypes()
        .SelectMany(type => type.GetInterfaces())
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))
        .Select(type => type.GetGenericArguments()[0]).Distinct();

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> Mentioned(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Mentioned).Append(type) : [type];

    private static void Expect(ConditionList condition)
    {
        var result = condition.GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
