namespace Thena.Accounts.Core.Attachments;

/// <summary>A record that files can be attached to.</summary>
internal interface IAttachable
{
    /// <summary>The attachments of the record.</summary>
    AttachmentList Attachments { get; set; }
}
