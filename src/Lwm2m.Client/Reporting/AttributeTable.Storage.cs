namespace Lwm2m.Client;

// The table as a list, for the client's storage.
internal sealed partial class AttributeTable
{
    public int Capacity => _mask.Length;

    public bool IsUsed(int slot) => _mask[slot] != 0;

    public int Server(int slot) => _server[slot];

    public long Path(int slot) => _path[slot];

    /// <summary>What is attached there.</summary>
    public void Attached(int slot, AttributeSet into)
    {
        into.Clear();
        LoadMissing(slot, into);
    }
}
