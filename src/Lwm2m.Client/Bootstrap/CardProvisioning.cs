namespace Lwm2m.Client;

/// <summary>What came from a smartcard, and how things were without it. Made only where there is a card port.</summary>
internal sealed class CardProvisioning
{
    public readonly SmartcardReader Reader;

    /// <summary>Hash of the file that was applied; <see cref="SmartcardReader.None"/> without one.</summary>
    public int Hash;

    /// <summary>What the card replaced; null while nothing comes from it.</summary>
    public Lwm2mClient.Provisioning? Changes;

    /// <summary>Another file was seen: it is applied at the next Poll.</summary>
    public bool IsSwapped;

    /// <summary>When to look again although nobody is to be registered at.</summary>
    public long DueMs = long.MaxValue;

    public CardProvisioning(ISmartcard card) => Reader = new SmartcardReader(card);
}
