using System.Collections.Concurrent;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>
/// Tells the readers in this process that changes of an organization have been committed. A hint that saves time: what other processes
/// commit is found by looking.
/// </summary>
public sealed class ChangeSignal
{
    private readonly ConcurrentDictionary<Ulid, TaskCompletionSource> _waiting = new();
    private readonly ConcurrentBag<Action<Ulid>> _listeners = [];

    /// <summary>Adds a method that is called after each commit with changes, on the thread of the writer. It must not wait.</summary>
    public void Listen(Action<Ulid> listener) => _listeners.Add(listener);

    /// <summary>Returns a task that ends at the next commit with changes of an organization.</summary>
    /// <remarks>Ask for it before you look: what is committed after that ends it.</remarks>
    public Task Next(Ulid organizationId) =>
        _waiting.GetOrAdd(organizationId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells of a commit.</summary>
    public void Raise(Ulid organizationId)
    {
        if (_waiting.TryRemove(organizationId, out var waiting))
        {
            waiting.SetResult();
        }

        foreach (var listener in _listeners)
        {
            listener(organizationId);
        }
    }
}
