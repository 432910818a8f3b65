namespace Thena.Accounts.Core.Attachments;

/// <summary>A record that files can be attached to.</summary>
internal interface IAttachable
{
    /// <summary>Its attachments.</summary>
    AttachmentList Attachments { get; set; }
}
