namespace Lwm2m.Client;

// What must survive a power cut (records of StorageRecords).
public sealed partial class Lwm2mClient
{
    private int _unsaved;

    /// <summary>Something changed that these records hold: they are written before the answer to the request at hand goes out.</summary>
    private void Unsaved(int records) => _unsaved |= records;

    // Nothing is kept yet over a restart.
    private static bool CanResume(ServerAccount account) => false;
}
