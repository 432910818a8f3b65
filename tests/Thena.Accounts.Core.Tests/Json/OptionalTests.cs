using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tests.Json;

public sealed class OptionalTests
{
    [Fact]
    public void IsSet_OfTheDefault_IsFalse()
    {
        Optional<string?> absent = default;

        Assert.False(absent.IsSet);
        Assert.Null(absent.Value);
    }

    [Fact]
    public void IsSet_OfNull_IsTrueAndDiffersFromAbsent()
    {
        Optional<string?> cleared = new(null);

        Assert.True(cleared.IsSet);
        Assert.NotEqual(default, cleared);
    }

    [Theory]
    [InlineData(typeof(Optional<string>), typeof(string))]
    [InlineData(typeof(Optional<int?>), typeof(int?))]
    [InlineData(typeof(string), typeof(string))]
    [InlineData(typeof(List<string>), typeof(List<string>))]
    public void Unwrap_OfAType_GivesWhatIsInside(Type type, Type inside) => Assert.Equal(inside, OptionalJsonConverterFactory.Unwrap(type));
}
