
namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>Concurrent deletions that change the same records.</summary>
public sealed class DeletionRaceTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const int Accounts = 12;
    private const int Records = 300;

    private static readonly string[] Attributes = ["task_type", "task_status", "task_priority"];

    [Fact]
    public async Task Delete_AccountsAndTheValuesThatTheirRecordsUse_AtOnce_NeitherFails()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 4; round++)
        {
            List<string[]> values = [];
            foreach (var attribute in Attributes)
            {
                values.Add(
                    [
                        (await tenant.CreateAttributeValueAsync(attribute, $"A{round}")).Id,
                        (await tenant.CreateAttributeValueAsync(attribute, $"B{round}")).Id,
                    ]);
            }

            var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(_ => tenant.CreateAccountAsync()));
            var tasks = new string[Records];
            await InParallelAsync(async index => tasks[index] = (await tenant.CreateRecordAsync(
                Feature.Tasks,
                accounts[index * 5 % Accounts].Id,
                new { type = values[0][index % 2], status = values[1][index / 2 % 2], priority = values[2][index / 4 % 2] })).Id);

            // An update moves a row in the table. An account and a value then read the rows that they share in different orders.
            await InParallelAsync(async index => (await tenant.Client.Put(
                $"/v1/accounts/tasks/{tasks[index * 7 % Records]}",
                new { description = new string('x', index * 31 % 400) + round })).Expect(200));

            var answers = await Task.WhenAll(
                values.SelectMany(pair => pair).Select(value => tenant.DeleteAttributeValueAsync(value, forceDelete: true))
                    .Concat(accounts.Select(account => tenant.DeleteAccountAsync(account.Id))));

            Assert.All(answers, answer => answer.Expect(200));
        }
    }

    private static Task InParallelAsync(Func<int, Task> action) => Parallel.ForEachAsync(
        Enumerable.Range(0, Records),
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
        async (index, _) => await action(index));
}
