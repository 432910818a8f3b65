using System.Text.Json;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// A file that remembers which record of one server is which of another, so that an interrupted copy can be continued. Each line is written
/// when the other server has confirmed the record.
/// </summary>
internal sealed class CopyLog : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<(string Kind, string OldId), ServerCopy> _copies = [];

    private CopyLog(FileStream file) => _file = file;

    /// <summary>All records that have been copied.</summary>
    public IEnumerable<ServerCopy> Copies => _copies.Values;

    /// <summary>Opens a file, or creates it. It is locked against other copies until it is closed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="from">The server that records are read from.</param>
    /// <param name="to">The server that they are written to.</param>
    /// <exception cref="RecordSourceException">The file is in use, or not that of a copy between these servers.</exception>
    public static CopyLog Open(string path, string from, string to)
    {
        CopyLog? log = null;
        try
        {
            log = new CopyLog(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            log.Load(path, new CopyHeader(from, to));
            return log;
        }
        catch (Exception exception)
        {
            log?.Dispose();
            throw exception is JsonException ? new RecordSourceException($"{path} is not the state of a copy.") : exception;
        }
    }

    /// <summary>Returns what is known about a record, or <see langword="null"/>.</summary>
    public ServerCopy? Find(string kind, string oldId) => _copies.GetValueOrDefault((kind, oldId));

    /// <summary>Adds a record that the other server has confirmed, or replaces what was known about it.</summary>
    public void Add(ServerCopy copy)
    {
        _copies[(copy.Kind, copy.OldId)] = copy;
        Write(copy);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Load(string path, CopyHeader header)
    {
        RemoveHalfLine();
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        if (reader.ReadLine() is not { } first)
        {
            Write(header);
            return;
        }

        var found = JsonSerializer.Deserialize<CopyHeader>(first, MovingJson.Options);
        if (found != header)
        {
            throw new RecordSourceException(
                $"{path} is the state of a copy from {found?.From} to {found?.To}. Name another file with --state.");
        }

        while (reader.ReadLine() is { } line)
        {
            var copy = JsonSerializer.Deserialize<ServerCopy>(line, MovingJson.Options)!;
            _copies[(copy.Kind, copy.OldId)] = copy;
        }

        _file.Position = _file.Length;
    }

    /// <summary>Removes the end of a line that was being written when a copy was interrupted.</summary>
    private void RemoveHalfLine()
    {
        for (var end = _file.Length; end > 0; end--)
        {
            _file.Position = end - 1;
            if (_file.ReadByte() == '\n')
            {
                _file.SetLength(end);
                return;
            }
        }

        _file.SetLength(0);
    }

    private void Write<T>(T line)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, MovingJson.Options), (byte)'\n']);
        _file.Flush();
    }
}
