using System.Collections.Generic;
using System.Globalization;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>The engine as the table of observations sees it: values by path, attributes, and a log of what was sent.</summary>
internal sealed class FakeHost : IObservationHost
{
    private int _messageId = 100;

    public FakeHost(int attributePlaces) => Attributes = new AttributeTable(attributePlaces);

    public AttributeTable Attributes { get; }

    public ObservationTable? Table { get; set; }

    public Dictionary<long, double> Values { get; } = new();

    /// <summary>Servers with an unacknowledged CON.</summary>
    public HashSet<int> Busy { get; } = new();

    /// <summary>NSTART = 1; false lets any number of CONs out.</summary>
    public bool OneAtATime { get; set; } = true;

    public HashSet<int> Offline { get; } = new();

    /// <summary>Servers to which the transport takes nothing.</summary>
    public HashSet<int> Refusing { get; } = new();

    /// <summary>Slot of the CON that each server has last got.</summary>
    public Dictionary<int, int> LastConfirmable { get; } = new();

    public List<string> Sent { get; } = new();

    /// <summary>What the log of a test for allocations would cost, it must not have.</summary>
    public bool Silent { get; set; }

    public int Notifications { get; private set; }

    public int Attempts { get; private set; }

    public int LastMessageId => _messageId;

    public long DefaultPmin { get; set; } = -1;

    public long DefaultPmax { get; set; } = -1;

    public int DefaultCon { get; set; } = -1;

    public bool ReadValue(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double number, out int hash)
    {
        bool found = Values.TryGetValue(ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId), out number);
        hash = number.GetHashCode();
        return found;
    }

    public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into) =>
        Attributes.Resolve(server, objectId, instanceId, resourceId, resourceInstanceId, DefaultPmin, DefaultPmax, DefaultCon, into);

    public NotifyResult Notify(int slot, bool confirmable, long nowMs)
    {
        Attempts++;
        ObservationTable table = Table!;
        int server = table.Server(slot);
        if (Offline.Contains(server))
            return NotifyResult.Offline;
        if (confirmable && Busy.Contains(server))
            return NotifyResult.Busy;
        long path = ObservedPath.Pack(table.ObjectId(slot), table.InstanceId(slot), table.ResourceId(slot), table.ResourceInstanceId(slot));
        if (!Values.TryGetValue(path, out double value))
        {
            Log(nowMs, server, "4.04 " + Paths.Text(path));
            return NotifyResult.Failed;
        }

        if (Refusing.Contains(server) && !confirmable)
            return NotifyResult.Refused;
        if (confirmable && OneAtATime)
            Busy.Add(server);
        if (table.HasStored(slot))
        {
            LastConfirmable[server] = slot;
            table.Sent(slot, ++_messageId, confirmable);
            string samples = "";
            int until = 0;
            for (int at = table.NextSample(slot, 0); at >= 0; at = table.NextSample(slot, until = table.AfterSample(at)))
                samples += " " + table.Samples[at + ObservationTable.SampleHead] + "@" + table.SampleTimeMs(at) / 1000;
            Log(nowMs, server, "CON #" + table.NextSequence(slot) + " " + Paths.Text(path) + ":" + samples);
            table.SendSamples(slot, until);
            return NotifyResult.Sent;
        }

        if (confirmable)
            LastConfirmable[server] = slot;
        table.Sent(slot, ++_messageId, confirmable);
        int sequence = table.NextSequence(slot);
        Notifications++;
        if (!Silent)
            Log(nowMs, server, (confirmable ? "CON #" : "NON #") + sequence + " " + Paths.Text(path) + "=" + value.ToString(CultureInfo.InvariantCulture));
        return NotifyResult.Sent;
    }

    /// <summary>What is kept for servers that are away.</summary>
    public KeepResult Keeps { get; set; } = KeepResult.Latest;

    public KeepResult Keep(int slot, long nowMs)
    {
        if (Keeps is KeepResult.Latest or KeepResult.Dropped)
            return Keeps;
        ObservationTable table = Table!;
        long path = ObservedPath.Pack(table.ObjectId(slot), table.InstanceId(slot), table.ResourceId(slot), table.ResourceInstanceId(slot));
        int at;
        while ((at = table.OpenSample(slot, path, table.Hqmax(slot))) < 0 || at + 1 > table.Samples.Length)
            table.DropSample();
        table.Samples[at] = (byte)Values[path];
        table.CloseSample(slot, path, nowMs, 1);
        return Keeps;
    }

    public long PauseMs(int failures) => 1000L << failures;

    private void Log(long nowMs, int server, string line) =>
        Sent.Add((nowMs / 1000.0).ToString(CultureInfo.InvariantCulture) + "s " + (server == 0 ? "" : "server " + server + " ") + line);
}
