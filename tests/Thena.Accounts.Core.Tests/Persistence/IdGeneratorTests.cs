using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Tests.Persistence;

public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void Next_WithinOneMillisecond_Grows()
    {
        var generator = new IdGenerator(new SetClock(() => Start));

        AssertGrows([.. Enumerable.Range(0, 100_000).Select(_ => generator.Next())]);
    }

    [Fact]
    public void Next_WhenTheClockGoesBackAndForth_Grows()
    {
        var tick = 0;
        var generator = new IdGenerator(new SetClock(() => Start.AddMilliseconds(tick++ % 7 * 1_000 - tick)));

        AssertGrows([.. Enumerable.Range(0, 10_000).Select(_ => generator.Next())]);
    }

    [Fact]
    public void Next_WithANewMillisecond_CarriesItsTime() => Assert.Equal(Start, new IdGenerator(new SetClock(() => Start)).Next().Time);

    [Fact]
    public void Next_OfTwoGenerators_DiffersInTheSameMillisecond()
    {
        var clock = new SetClock(() => Start);

        Assert.NotEqual(new IdGenerator(clock).Next(), new IdGenerator(clock).Next());
    }

    [Fact]
    public async Task Next_AcrossThreads_GrowsForEachAndRepeatsNone()
    {
        var generator = new IdGenerator(TimeProvider.System);

        var ofThreads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 20_000).Select(_ => generator.Next()).ToArray(), TestContext.Current.CancellationToken)));

        Assert.All(ofThreads, AssertGrows);
        Assert.Equal(160_000, ofThreads.SelectMany(ids => ids).Distinct().Count());
    }

    /// <summary>Asserts that the IDs ascend, both as values and as text.</summary>
    private static void AssertGrows(Ulid[] ids)
    {
        for (var index = 1; index < ids.Length; index++)
        {
            Assert.True(ids[index - 1].CompareTo(ids[index]) < 0);
            Assert.True(string.CompareOrdinal(ids[index - 1].ToString(), ids[index].ToString()) < 0);
        }
    }

    private sealed class SetClock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
