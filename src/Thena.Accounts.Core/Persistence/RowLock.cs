namespace Thena.Accounts.Core.Persistence;

/// <summary>How rows are held until the end of a transaction.</summary>
internal enum RowLock
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Against change and deletion: for rows that what is about to be written refers to.</summary>
    ForShare,

    /// <summary>Against change and deletion by others, not against new rows that refer to them: for rows that are about to be changed.</summary>
    ForChange,
}
