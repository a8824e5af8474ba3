using Lwm2m.Client;
using Lwm2m.Client.Tests.Storage;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

/// <summary>The device's file system: forgets what was not synced when the power goes, which may be at any byte of any write.</summary>
internal sealed class Disk : IStorageFiles
{
    private readonly Device _device;

    public Disk(Device device, int seed)
    {
        _device = device;
        Files = new FakeFiles(seed);
    }

    public FakeFiles Files { get; }

    /// <summary>Something was read or written since this was set to false.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Bytes in all files together.</summary>
    public int Used
    {
        get
        {
            int used = 0;
            foreach (string name in Files.Names)
                used += Files[name].Length;
            return used;
        }
    }

    public int Length(string file)
    {
        long own = Begin();
        return End(own, Files.Length(file));
    }

    public int Read(string file, int position, byte[] buffer, int offset, int count)
    {
        long own = Begin();
        return End(own, Files.Read(file, position, buffer, offset, count));
    }

    public bool Create(string file)
    {
        long own = Begin();
        return End(own, Files.Create(file));
    }

    public bool Append(byte[] buffer, int offset, int count)
    {
        long own = Begin();
        return End(own, Files.Append(buffer, offset, count));
    }

    public bool Close()
    {
        long own = Begin();
        return End(own, Files.Close());
    }

    public bool Rename(string file, string name)
    {
        long own = Begin();
        return End(own, Files.Rename(file, name));
    }

    public bool Delete(string file)
    {
        long own = Begin();
        return End(own, Files.Delete(file));
    }

    private long Begin()
    {
        IsTouched = true;
        return _device.BeginOwn();
    }

    private T End<T>(long own, T result)
    {
        if (Files.IsOff)
            _device.PowerIsGone();
        // The files keep a list of what was done, which nobody reads here.
        Files.Log.Clear();
        _device.EndOwn(own);
        return result;
    }
}
