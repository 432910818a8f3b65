using CsCheck;

namespace Thena.Accounts.Api.Tests.Contacts;

/// <summary>Compares random sequences of requests for contacts and accounts with a simple model of the rules.</summary>
public sealed class PeopleModelTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Emails = ["a@x.com", "b@x.com", "a@y.com", "b@z.com", "c@gmail.com"];
    private static readonly string[] Domains = ["x.com", "y.com", "z.com"];

    [Fact]
    public async Task Sequence_OfAnything_LeavesWhatTheModelHas()
    {
        var step = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 2], Gen.Bool);

        await step.Array[20].SampleAsync(
            async steps =>
            {
                var model = new Model(await server.CreateTenantAsync());
                foreach (var (operation, first, second, domain, flag) in steps)
                {
                    await model.DoAsync(operation, Emails[first], Emails[second], Domains[domain], flag);
                    await model.CompareAsync();
                }
            },
            iter: 30,
            threads: 2);
    }

    private sealed class Model(Tenant tenant)
    {
        private readonly Dictionary<string, Company> _accounts = [];
        private readonly Dictionary<string, Person> _contacts = [];

        public Task DoAsync(int operation, string first, string second, string domain, bool flag) => operation switch
        {
            0 => CreateAccountAsync(domain, flag),
            1 => DeleteAccountAsync(domain),
            2 => UpdateAccountAsync(domain, second.Split('@')[1], flag),
            3 => CreateContactAsync(first, domain, flag),
            4 => UpdateEmailAsync(first, second),
            5 => UpdateLinksAsync(first, domain, flag),
            6 => DeleteContactAsync(first),
            7 => BulkAsync(first, second, domain),
            _ => IngestAsync(first, second, flag),
        };

        public async Task CompareAsync()
        {
            Assert.Equal(
                _accounts.Select(pair => $"{pair.Value.Id} {pair.Key} {pair.Value.Secondary}").Order(StringComparer.Ordinal),
                (await tenant.ListAllAsync(Paths.Accounts))
                    .Select(row => $"{string.Join(' ', row.Texts("id", "primaryDomain"))} {row.GetProperty("secondaryDomain").GetString()}")
                    .Order(StringComparer.Ordinal));
            Assert.Equal(
                _contacts.Values
                    .Select(person =>
                        $"{person.Id} {person.Email} {person.LastName} {string.Join(' ', person.Links.Order(StringComparer.Ordinal))}")
                    .Order(StringComparer.Ordinal),
                (await tenant.ListAllAsync(Paths.Contacts))
                    .Select(row => $"{string.Join(' ', row.Texts("id", "email", "lastName"))} {string.Join(' ', row.LinkedIds())}")
                    .Order(StringComparer.Ordinal));
        }

        private async Task CreateAccountAsync(string domain, bool link)
        {
            var answer = await tenant.PostAccountAsync(new { primaryDomain = domain, addExistingUsersToAccountContacts = link });
            if (_accounts.ContainsKey(domain))
            {
                answer.Expect(409);
                return;
            }

            _accounts[domain] = new Company { Id = answer.Expect(201).Id };
            LinkExisting(domain, link);
        }

        private async Task UpdateAccountAsync(string domain, string secondaryDomain, bool link)
        {
            if (_accounts.TryGetValue(domain, out var account))
            {
                (await tenant.PutAccountAsync(account.Id, new { secondaryDomain, addExistingUsersToAccountContacts = link }))
                    .Expect(200);
                account.Secondary = secondaryDomain;
                LinkExisting(domain, link);
            }
        }

        private async Task DeleteAccountAsync(string domain)
        {
            if (_accounts.Remove(domain, out var account))
            {
                (await tenant.DeleteAccountAsync(account.Id)).Expect(200);
                foreach (var person in _contacts.Values)
                {
                    person.Links.Remove(account.Id);
                }
            }
        }

        private async Task CreateContactAsync(string email, string domain, bool upper)
        {
            var written = upper ? email.ToUpperInvariant() : email;
            var answer = await tenant.PostContactAsync(new { email = written, accountIds = LinksTo(domain) });
            if (_contacts.TryGetValue(email, out var existing))
            {
                Assert.Equal(existing.Id, answer.Expect(409).TextOf("existingId"));
                return;
            }

            _contacts[email] = new Person { Id = answer.Expect(201).Id, Email = written, Links = [.. LinksTo(domain)] };
        }

        private async Task UpdateEmailAsync(string email, string other)
        {
            if (!_contacts.TryGetValue(email, out var person))
            {
                return;
            }

            var answer = await tenant.PutContactAsync(person.Id, new { email = other, lastName = "Changed" });
            if (email != other && _contacts.ContainsKey(other))
            {
                answer.Expect(409);
                return;
            }

            answer.Expect(200);
            _contacts.Remove(email);
            (person.Email, person.LastName) = (other, "Changed");
            _contacts[other] = person;
        }

        private async Task UpdateLinksAsync(string email, string domain, bool none)
        {
            if (_contacts.TryGetValue(email, out var person))
            {
                person.Links = none ? [] : [.. LinksTo(domain)];
                (await tenant.PutContactAsync(person.Id, new { accountIds = person.Links })).Expect(200);
            }
        }

        private async Task DeleteContactAsync(string email)
        {
            if (_contacts.Remove(email, out var person))
            {
                (await tenant.DeleteContactAsync(person.Id)).Expect(200);
            }
        }

        private async Task BulkAsync(string first, string second, string domain)
        {
            var answer = await tenant.PostContactsAsync(
                [new { email = first }, new { email = second.ToUpperInvariant() }], new { accountIds = LinksTo(domain) });
            var created = 0;
            foreach (var (email, written, index) in ((string, string, int)[])[(first, first, 0), (second, second.ToUpperInvariant(), 1)])
            {
                if (!_contacts.ContainsKey(email))
                {
                    created++;
                    _contacts[email] = new Person
                    {
                        Id = answer["results"][index].Text("id"),
                        Email = written,
                        Links = [.. LinksTo(domain)],
                    };
                }
            }

            Assert.Equal(created, answer.Expect(created > 0 ? 201 : 200)["created"].GetInt32());
        }

        private async Task IngestAsync(string first, string second, bool named)
        {
            var lastName = named ? "Ingested" : "";
            var users = ((string[])[first, second]).Select(email => new { email, lastName });
            var data = (await tenant.PostIngestAsync(users)).Expect(200)["data"];
            var accounts = (await tenant.ListAllAsync(Paths.Accounts))
                .ToDictionary(row => row.Text("primaryDomain"), row => row.Text("id"));
            foreach (var (email, index) in ((string[])[first, second]).Distinct().Select((email, index) => (email, index)))
            {
                var person = _contacts.TryGetValue(email, out var known)
                    ? known
                    : _contacts[email] = new Person { Id = data[index].Text("uid"), Email = email };
                Assert.Equal(person.Id, data[index].Text("uid"));
                person.LastName = person.LastName.Length > 0 ? person.LastName : lastName;
                var domain = email.Split('@')[1];
                var account = _accounts.GetValueOrDefault(domain) ?? _accounts.Values.Where(account => account.Secondary == domain)
                    .MinBy(account => account.Id, StringComparer.Ordinal);
                if (account is null && domain != "gmail.com")
                {
                    account = _accounts[domain] = new Company { Id = accounts[domain] };
                }

                _ = account is not null && person.Links.Add(account.Id);
            }
        }

        private string[] LinksTo(string domain) => _accounts.TryGetValue(domain, out var account) ? [account.Id] : [];

        private void LinkExisting(string domain, bool link)
        {
            var account = _accounts[domain];
            foreach (
                var person in link
                    ? _contacts.Where(pair => pair.Key.Split('@')[1] is var own && (own == domain || own == account.Secondary))
                    : [])
            {
                person.Value.Links.Add(account.Id);
            }
        }
    }

    private sealed class Company
    {
        public required string Id { get; init; }

        public string Secondary { get; set; } = "";
    }

    private sealed class Person
    {
        public required string Id { get; init; }

        public required string Email { get; set; }

        public string LastName { get; set; } = "";

        public HashSet<string> Links { get; set; } = [];
    }
}
