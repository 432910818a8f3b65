namespace Thena.Accounts.Api.Metrics;

/// <summary>The limits that can refuse a request, as metrics name them.</summary>
internal static class RequestLimits
{
    /// <summary>Requests of a key per minute.</summary>
    public const string Requests = "requests";

    /// <summary>Requests of an address without a valid key per minute.</summary>
    public const string RequestsWithoutKey = "requests_without_key";

    /// <summary>Look-ups of new keys for an address per minute.</summary>
    public const string KeyLookUps = "key_lookups";

    /// <summary>Requests with large bodies that wait.</summary>
    public const string HeavyRequests = "heavy_requests";

    /// <summary>Bytes of bodies that are being received.</summary>
    public const string Bodies = "bodies";

    /// <summary>Bytes of bodies that are being received from a key.</summary>
    public const string BodiesOfKey = "bodies_of_key";

    /// <summary>Exports at once.</summary>
    public const string Exports = "exports";

    /// <summary>Exports of a key at once.</summary>
    public const string ExportsOfKey = "exports_of_key";

    /// <summary>Streams and waiting requests of a key in the feed.</summary>
    public const string FeedReaders = "feed_readers";
}
